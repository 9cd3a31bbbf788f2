-- question: Which periods and budgets of projects that are current changed between two dates?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   subject           VARCHAR  period or budget
--   about             VARCHAR  -
--   what              VARCHAR  which of its statements
--   old_said          VARCHAR  -
--   new_said          VARCHAR  -
--   is_ended          BOOLEAN  the new statement says that it is no longer in force
--   old_document_id   VARCHAR  documents.document_id
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
-- A revised plan takes the place of the plan: a plan that was already revised is not compared.
with
periods_before as (
    select periods.*,
    from current_periods($known_from) as periods
    qualify periods.period_kind <> 'planned' or count(*) filter (where periods.period_kind = 'revised') over (
        partition by periods.project_id, periods.component_id
    ) = 0
),

told as (
    select
        'period' as subject, later.project_id as about_id,
        concat_ws(', ', 'component ' || components.number, later.period_kind) as what,
        concat_ws(' to ', earlier.start_date, earlier.end_date) as old_said,
        concat_ws(' to ', later.start_date, later.end_date) as new_said,
        false as is_ended, earlier.document_id as old_document_id, later.document_id, later.locator, later.caveat_ids,
    from periods_before as earlier
    inner join current_periods($as_known_on) as later
        on
            earlier.project_id = later.project_id
            and later.period_kind in (earlier.period_kind, if(earlier.period_kind = 'planned', 'revised', 'none'))
            and earlier.component_id is not distinct from later.component_id
    left join components on later.component_id = components.component_id
    union all
    select
        'budget', later.project_id, later.item,
        format('{:,} {}', earlier.amount::bigint, earlier.currency),
        format('{:,} {}', later.amount::bigint, later.currency), false,
        earlier.document_id, later.document_id, later.locator, later.caveat_ids,
    from current_budgets($known_from) as earlier
    inner join current_budgets($as_known_on) as later
        on
            earlier.project_id = later.project_id and earlier.level = later.level and earlier.per = later.per
            and earlier.item = later.item and earlier.component_id is not distinct from later.component_id
)

select
    told.subject, projects.short_title as about, told.what, told.old_said,
    told.new_said, told.is_ended, told.old_document_id, told.document_id, told.locator, told.caveat_ids,
from told
inner join projects on told.about_id = projects.project_id
where told.old_said <> told.new_said
order by told.subject, about, told.what, told.new_said
