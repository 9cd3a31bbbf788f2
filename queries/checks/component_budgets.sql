-- question: Which project totals are smaller than the budgets of their components together?
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
with
components as (
    select
        budgets.project_id,
        budgets.currency,
        sum(budgets.amount) as amount,
        string_agg(format('{:,} {}', budgets.amount::bigint, budgets.currency), ', ' order by budgets.budget_id) as said,
        min(budgets.locator) as locator,
        min(budgets.document_id) as document_id,
    from current_budgets($as_known_on) as budgets
    where budgets.level = 'component'
    group by budgets.project_id, budgets.currency
)

select
    totals.project_id as finding_key,
    'projects' as subject_table,
    totals.project_id as subject_id,
    'Budget of ' || projects.short_title as subject,
    format('{:,} {}', totals.amount::bigint, totals.currency) || ' for the whole project' as said_a,
    totals.locator as place_a,
    totals.document_id as document_id_a,
    components.said as said_b,
    components.locator as place_b,
    components.document_id as document_id_b,
    'The components make ' || format('{:,} {}', components.amount::bigint, components.currency) || '.' as worked_out,
from current_budgets($as_known_on) as totals
inner join components on totals.project_id = components.project_id and totals.currency = components.currency
inner join projects on totals.project_id = projects.project_id
-- Components that make less than the total are no difference: the rest is not itemised.
where totals.level = 'project' and totals.amount < components.amount
order by totals.project_id
