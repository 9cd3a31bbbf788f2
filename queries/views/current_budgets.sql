-- rule: The current amount for one project, component and level is the one of the newest document; derived amounts are
-- never current (they are worked out from the current ones where they are shown).
create or replace macro current_budgets(as_known_on) as table
with
known as (
    select
        budgets.*,
        documents.known_on,
    from known_budgets(as_known_on) as budgets
    inner join documents on budgets.document_id = documents.document_id
    where not budgets.is_derived and budgets.amount is not null
)

select known.* exclude (known_on)
from known
qualify row_number() over (
    partition by known.project_id, known.component_id, known.level, known.per, known.item
    order by known.known_on desc, known.budget_id asc
) = 1
