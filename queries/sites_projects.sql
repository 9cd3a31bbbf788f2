-- question: Which projects and components work at one site?
-- params:
--   $as_known_on     null::date
--   $site_id         'rason'
-- returns:
--   project_id        VARCHAR  projects.project_id
--   short_title       VARCHAR  -
--   component_number  INTEGER  ordinal; null = the project
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    known.project_id,
    projects.short_title,
    components.number::integer as component_number,
    known.document_id,
    known.locator,
    known.caveat_ids,
from known_project_sites($as_known_on) as known
inner join projects on known.project_id = projects.project_id
left join components on known.component_id = components.component_id
where known.site_id = $site_id
order by projects.short_title, components.number nulls first, known.project_site_id
