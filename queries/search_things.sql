-- question: Which sites, species, movements, projects, requests, meetings, organisations and documents can be found by name?
-- params:
--   $as_known_on     null::date
--   $kind            'projects'
-- returns:
--   kind             VARCHAR   sites, species, movements, projects, issues, meetings, organisations or documents; a null $kind asks for all
--   key              VARCHAR   key in that table
--   name             VARCHAR   -
--   country_codes    VARCHAR   countries.country_code, separated by a space; of a movement from and to
--   detail           VARCHAR   species: scientific name; movement: species; request: meeting; meeting: place; document: publisher; organisation: acronym
--   detail_kind      VARCHAR   allowed value of sites.site_kind, movements.method, projects.state, issues.ask_kind, meetings.state, documents.kind, organisations.kind
--   detail_key       VARCHAR   movement: species.species_id; request: meetings.meeting_id; null = none
--   date_from        VARCHAR   ISO 8601 date
--   date_to          VARCHAR   ISO 8601 date
with
things as (
    select 'sites' as kind, sites.site_id as key, sites.name, sites.country_codes, sites.region as detail,
        sites.site_kind as detail_kind, null as detail_key, null as date_from, null as date_to, sites.name as place,
    from known_sites($as_known_on) as sites
    union all
    select 'species', species.species_id, species.name, null, species.scientific_name, species.taxon_group, null, null, null,
        lpad(species.sort_order::varchar, 3, '0'),
    from species
    union all
    select 'movements', moved.movement_id, coalesce(moved.animal_name, species.name),
        concat_ws(' ', moved.from_country_code, moved.to_country_code), species.name, moved.method, moved.species_id,
        moved.date_from, moved.date_to, coalesce(moved.date_from, moved.date_to),
    from known_movements($as_known_on) as moved
    inner join species on moved.species_id = species.species_id
    union all
    select 'projects', projects.project_id, projects.short_title, null, projects.title, projects.state, null, null, null,
        projects.short_title,
    from current_projects($as_known_on) as projects
    union all
    select 'issues', issues.issue_id, issues.subject, null, meetings.name, issues.ask_kind, issues.meeting_id, null,
        meetings.end_date, concat(9999 - coalesce(meetings.number, 0), issues.subject),
    from known_issues($as_known_on) as issues
    inner join meetings on issues.meeting_id = meetings.meeting_id
    where issues.repeats_issue_id is null
    union all
    select 'meetings', meetings.meeting_id, meetings.name, meetings.host_country_code, meetings.place, meetings.state,
        meetings.kind, meetings.start_date, meetings.end_date,
        concat(9999 - coalesce(left(meetings.start_date, 4)::integer, 0), meetings.name),
    from current_meetings($as_known_on) as meetings
    union all
    select 'organisations', organisation_id, name, country_code, acronym, kind, null, null, null, name,
    from organisations
    union all
    select 'documents', document_id, title, null, publisher, kind, null, published_date, published_date, title,
    from documents
    where $as_known_on is null or known_on <= $as_known_on
)

select things.kind, things.key, things.name, things.country_codes, things.detail, things.detail_kind, things.detail_key, things.date_from, things.date_to,
from things
where $kind is null or things.kind = $kind
order by things.kind, things.place, things.key
