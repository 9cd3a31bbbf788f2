-- question: What was planned and done in projects: activities and products by component?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   project_id        VARCHAR  projects.project_id
--   short_title       VARCHAR  -
--   component_number  INTEGER  ordinal; null = the project
--   work_kind         VARCHAR  activity or output
--   kind              VARCHAR  allowed value of activities.activity_kind; null for an output
--   what              VARCHAR  -
--   state             VARCHAR  allowed value
--   due_date          VARCHAR  ISO 8601 date for which it is planned
--   done_date         VARCHAR  ISO 8601 date on which it was done or begun
--   url               VARCHAR  address of a product, as printed
--   as_of             VARCHAR  ISO 8601 date of which the state is told
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
with
work as (
    select
        activities.project_id, activities.component_id, 'activity' as work_kind, activities.activity_kind as kind,
        activities.what, activities.state,
        if(activities.state in ('started', 'done'), null, activities.date) as due_date,
        if(activities.state in ('started', 'done'), activities.date, null) as done_date,
        null::varchar as url, activities.as_of,
        activities.document_id, activities.locator, activities.caveat_ids, activities.note,
        activities.activity_id as work_id,
    from known_activities($as_known_on) as activities
    union all
    select
        outputs.project_id, outputs.component_id, 'output', null, outputs.what, outputs.state, outputs.due_date,
        outputs.delivered_date, outputs.url, outputs.as_of, outputs.document_id, outputs.locator, outputs.caveat_ids,
        outputs.note, outputs.output_id,
    from known_outputs($as_known_on) as outputs
)

select
    work.project_id, projects.short_title, components.number::integer as component_number, work.work_kind, work.kind,
    work.what, work.state, work.due_date, work.done_date, work.url, work.as_of, work.document_id, work.locator, work.caveat_ids,
    work.note,
from work
inner join projects on work.project_id = projects.project_id
left join components on work.component_id = components.component_id
where $project_id is null or work.project_id = $project_id
order by work.project_id, components.number nulls first, work.work_kind, work.kind nulls last, work.work_id
