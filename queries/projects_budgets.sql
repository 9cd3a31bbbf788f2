-- question: What money is stated for each project and component, and what part of it is not itemised?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   project_id        VARCHAR  projects.project_id
--   short_title       VARCHAR  -
--   part              VARCHAR  whole, component or not_itemised
--   component_id      VARCHAR  components.component_id
--   component_number  INTEGER  ordinal
--   amount            DOUBLE   currency units, nominal
--   currency          VARCHAR  ISO 4217
--   kind              VARCHAR  allowed value; derived = worked out here
--   funder_name       VARCHAR  -
--   project_amount    DOUBLE   amount of the whole project, currency units
--   document_ids      VARCHAR  of the amount, or of all amounts it is worked out from; documents.document_id, separated by a space
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
with
current as (
    select
        budgets.*,
        projects.short_title,
        components.number::integer as component_number,
        organisations.name as funder_name,
    from current_budgets($as_known_on) as budgets
    inner join projects on budgets.project_id = projects.project_id
    left join components on budgets.component_id = components.component_id
    left join organisations on budgets.funder_id = organisations.organisation_id
    where budgets.level in ('project', 'component') and ($project_id is null or budgets.project_id = $project_id)
),

itemised as (
    select
        current.project_id, current.currency, sum(current.amount) as amount,
        string_agg(distinct current.document_id, ' ' order by current.document_id) as document_ids,
        string_agg(distinct current.locator, '; ' order by current.locator) as locators,
        string_agg(distinct current.caveat_ids, ' ' order by current.caveat_ids) as caveat_ids,
    from current
    where current.level = 'component'
    group by current.project_id, current.currency
),

parts as (
    select
        current.project_id, current.short_title, if(current.level = 'project', 'whole', 'component') as part,
        current.component_id, current.component_number, current.amount, current.currency, current.kind,
        current.funder_name, current.document_id as document_ids, current.locator, current.caveat_ids,
    from current
    union all
    -- What the documents do not break down: the rest of the total, worked out from the total and its components.
    select
        totals.project_id, totals.short_title, 'not_itemised', null, null,
        totals.amount - itemised.amount, totals.currency, 'derived', totals.funder_name,
        concat_ws(' ', totals.document_id, itemised.document_ids), concat_ws('; ', totals.locator, itemised.locators),
        concat_ws(' ', 'derived', itemised.caveat_ids),
    from current as totals
    inner join itemised on totals.project_id = itemised.project_id and totals.currency = itemised.currency
    where totals.level = 'project' and totals.amount > itemised.amount
)

select
    parts.project_id, parts.short_title, parts.part, parts.component_id, parts.component_number, parts.amount,
    parts.currency, parts.kind, parts.funder_name,
    max(parts.amount) filter (where parts.part = 'whole') over (partition by parts.project_id) as project_amount,
    parts.document_ids, parts.locator, parts.caveat_ids,
from parts
order by project_amount desc nulls last, parts.project_id, list_position(['whole', 'component', 'not_itemised'], parts.part),
    parts.component_number
