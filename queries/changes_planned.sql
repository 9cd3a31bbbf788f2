-- question: Which periods and budgets of projects are new or changed, and which products were delivered, between two dates?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   subject           VARCHAR  period, budget or output
--   about             VARCHAR  -
--   what              VARCHAR  which of its statements
--   old_said          VARCHAR  null: nothing of the kind was known
--   new_said          VARCHAR  -
--   is_ended          BOOLEAN  the new statement says that it is no longer in force
--   is_known_only     BOOLEAN  it became known; nothing says that it came about between the two dates
--   old_document_id   VARCHAR  documents.document_id
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
-- Start and end are compared, not their wording, and a document is no change of itself. Only documents with a date make news: what an undated page tells may be far older. A revised plan takes the place of the plan: a plan that was already revised is not compared.
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
        period_said(earlier.start_date, earlier.end_date) as old_said,
        period_said(later.start_date, later.end_date) as new_said,
        earlier.period_id is null and coalesce(later.end_date, later.start_date) < left($known_from::varchar, 7) as is_known_only,
        earlier.document_id as old_document_id, later.document_id, later.locator, later.caveat_ids,
    from current_periods($as_known_on) as later
    left join periods_before as earlier
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
    from current_budgets($as_known_on) as later
    left join current_budgets($known_from) as earlier
        on
            earlier.project_id = later.project_id and earlier.level = later.level and earlier.per = later.per
            and earlier.item = later.item and earlier.component_id is not distinct from later.component_id
    union all
    select
        'output', later.project_id, later.what, null, concat_ws(', ', later.state, later.delivered_date),
        later.delivered_date < left($known_from::varchar, length(later.delivered_date)), null, later.document_id,
        later.locator, later.caveat_ids,
    from known_outputs($as_known_on) as later
    where later.delivered_date is not null and later.output_id not in (select output_id from known_outputs($known_from))
)

select
    told.subject, projects.short_title as about, told.what, told.old_said, told.new_said, false as is_ended,
    told.is_known_only, told.old_document_id, told.document_id, told.locator, told.caveat_ids,
from told
inner join projects on told.about_id = projects.project_id
inner join documents on told.document_id = documents.document_id
where
    told.new_said <> '' and told.old_said is distinct from told.new_said
    and told.old_document_id is distinct from told.document_id
    and (told.old_said is not null or documents.known_on > $known_from and documents.published_date is not null)
order by told.subject, about, told.what, told.new_said
