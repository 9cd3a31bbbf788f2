-- rule: A project is known as soon as any statement about it is: a period, an amount, a partner, an activity, a component.
-- What its own row tells (title, kind, state, summary) may come from a later document: state and summary are then null.
create or replace macro current_projects(as_known_on) as table
with
mentions as (
    select project_id from known_projects(as_known_on)
    union
    select project_id from known_components(as_known_on)
    union
    select project_id from known_project_periods(as_known_on)
    union
    select project_id from known_budgets(as_known_on)
    union
    select project_id from known_partners(as_known_on)
    union
    select project_id from known_activities(as_known_on)
)

select
    projects.* exclude (state, summary),
    known.state,
    known.summary,
from projects
inner join mentions on projects.project_id = mentions.project_id
left join known_projects(as_known_on) as known on projects.project_id = known.project_id
