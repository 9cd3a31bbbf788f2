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
--   document_id       VARCHAR  documents.document_id
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
    select current.project_id, current.currency, sum(current.amount) as amount,
    from current
    where current.level = 'component'
    group by current.project_id, current.currency
),

parts as (
    select
        current.project_id, current.short_title, if(current.level = 'project', 'whole', 'component') as part,
        current.component_id, current.component_number, current.amount, current.currency, current.kind,
        current.funder_name, current.document_id, current.locator, current.caveat_ids,
    from current
    union all
    -- What the documents do not break down: the rest of the total, or all of it where no component has an amount.
    select
        totals.project_id, totals.short_title, 'not_itemised', null, null,
        totals.amount - coalesce(itemised.amount, 0), totals.currency, 'derived', totals.funder_name,
        totals.document_id, totals.locator, 'derived',
    from current as totals
    left join itemised on totals.project_id = itemised.project_id and totals.currency = itemised.currency
    where totals.level = 'project' and totals.amount > coalesce(itemised.amount, 0)
)

select
    parts.project_id, parts.short_title, parts.part, parts.component_id, parts.component_number, parts.amount,
    parts.currency, parts.kind, parts.funder_name,
    max(parts.amount) filter (where parts.part = 'whole') over (partition by parts.project_id) as project_amount,
    parts.document_id, parts.locator, parts.caveat_ids,
from parts
order by project_amount desc nulls last, parts.project_id, list_position(['whole', 'component', 'not_itemised'], parts.part),
    parts.component_number
