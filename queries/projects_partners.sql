-- question: Which organisations take part in projects and components, in which role?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   project_id        VARCHAR  projects.project_id
--   short_title       VARCHAR  -
--   component_number  INTEGER  ordinal
--   organisation_id   VARCHAR  organisations.organisation_id
--   organisation_name VARCHAR  -
--   country_name      VARCHAR  seat; null = international
--   role              VARCHAR  allowed value
--   document_ids      VARCHAR  documents.document_id, separated by a space
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    partners.project_id,
    projects.short_title,
    components.number::integer as component_number,
    partners.organisation_id,
    organisations.name as organisation_name,
    countries.name as country_name,
    partners.role,
    string_agg(distinct partners.document_id, ' ' order by partners.document_id) as document_ids,
    string_agg(distinct partners.caveat_ids, ' ' order by partners.caveat_ids) as caveat_ids,
from known_partners($as_known_on) as partners
inner join projects on partners.project_id = projects.project_id
inner join organisations on partners.organisation_id = organisations.organisation_id
left join components on partners.component_id = components.component_id
left join countries on organisations.country_code = countries.country_code
where $project_id is null or partners.project_id = $project_id
group by all
order by partners.project_id, component_number nulls first, organisations.name, partners.role
