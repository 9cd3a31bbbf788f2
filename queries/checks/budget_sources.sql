-- question: For which projects do documents state different amounts for the same thing?
-- params:
--   $as_known_on     null::date
-- returns:
--   finding_key      VARCHAR   key of the finding, stable
--   subject_table    VARCHAR   table of the thing concerned
--   subject_id       VARCHAR   key in that table
--   subject          VARCHAR   what disagrees
--   said_a           VARCHAR   one statement
--   place_a          VARCHAR   place in its document
--   document_id_a    VARCHAR   documents.document_id
--   said_b           VARCHAR   the other statement
--   place_b          VARCHAR   place in its document
--   document_id_b    VARCHAR   documents.document_id
--   worked_out       VARCHAR   what was worked out here to see it; null = nothing
select
    first.budget_id || '_' || other.budget_id as finding_key,
    'projects' as subject_table,
    first.project_id as subject_id,
    'Amount for ' || projects.short_title as subject,
    format('{:,} {}', first.amount::bigint, first.currency) as said_a,
    first.locator as place_a,
    first.document_id as document_id_a,
    format('{:,} {}', other.amount::bigint, other.currency) as said_b,
    other.locator as place_b,
    other.document_id as document_id_b,
    null::varchar as worked_out,
from known_budgets($as_known_on) as first
inner join known_budgets($as_known_on) as other
    on
        first.project_id = other.project_id and first.component_id is not distinct from other.component_id
        and first.level = other.level and first.per = other.per and first.currency = other.currency
        and first.budget_id < other.budget_id and first.amount <> other.amount
inner join projects on first.project_id = projects.project_id
where not first.is_derived and not other.is_derived and first.level in ('project', 'component')
order by first.budget_id, other.budget_id
