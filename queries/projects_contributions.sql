-- question: Which contributions beyond single projects are stated, by funder and year?
-- params:
--   $as_known_on     null::date
-- returns:
--   budget_id         VARCHAR  budgets.budget_id
--   item              VARCHAR  -
--   amount            DOUBLE   currency units, nominal
--   currency          VARCHAR  ISO 4217
--   per               VARCHAR  total or year
--   funder_name       VARCHAR  -
--   as_of             VARCHAR  ISO 8601 date
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
select
    budgets.budget_id, budgets.item, budgets.amount, budgets.currency, budgets.per, organisations.name as funder_name,
    budgets.as_of, budgets.document_id, budgets.locator, budgets.caveat_ids, budgets.note,
from known_budgets($as_known_on) as budgets
left join organisations on budgets.funder_id = organisations.organisation_id
where budgets.level = 'contributor_total' and not budgets.is_derived
order by budgets.as_of nulls last, budgets.budget_id
