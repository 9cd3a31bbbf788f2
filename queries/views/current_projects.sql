-- rule: A project is known as soon as any statement about it is: a period, an amount, a partner, an activity, a component.
-- What its own row tells (title, kind, state, summary) may come from a later document: state and summary are then null, and the
-- source is the newest known mention.
create or replace macro current_projects(as_known_on) as table
with
mentions as (
    select project_id, document_id, locator from known_projects(as_known_on)
    union all
    select project_id, document_id, locator from known_components(as_known_on)
    union all
    select project_id, document_id, locator from known_project_periods(as_known_on)
    union all
    select project_id, document_id, locator from known_budgets(as_known_on)
    union all
    select project_id, document_id, locator from known_partners(as_known_on)
    union all
    select project_id, document_id, locator from known_activities(as_known_on)
),

newest as (
    select
        mentions.project_id,
        arg_max(mentions.document_id, (documents.known_on, mentions.document_id, mentions.locator)) as document_id,
        arg_max(mentions.locator, (documents.known_on, mentions.document_id, mentions.locator)) as locator,
    from mentions
    inner join documents on mentions.document_id = documents.document_id
    group by mentions.project_id
)

select
    projects.* exclude (state, summary, document_id, locator),
    coalesce(known.document_id, newest.document_id) as document_id,
    coalesce(known.locator, newest.locator) as locator,
    known.state,
    known.summary,
from projects
inner join newest on projects.project_id = newest.project_id
left join known_projects(as_known_on) as known on projects.project_id = known.project_id
