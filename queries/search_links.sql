-- question: What belongs to a site, a species or a project: projects, requests, movements and meetings?
-- params:
--   $as_known_on     null::date
--   $thing           'sites/rason'
-- returns:
--   thing            VARCHAR   table/key of the site, species or project; a null $thing asks for all
--   kind             VARCHAR   projects, issues, movements, meetings, sites or species
--   key              VARCHAR   key in that table
with
links as (
    select 'sites/' || known.site_id as thing, 'projects' as kind, known.project_id as key,
    from known_project_sites($as_known_on) as known
    union
    select 'species/' || known.species_id, 'projects', known.project_id,
    from known_project_species($as_known_on) as known
    where known.species_id is not null
    union
    select links.subject_table || '/' || links.subject_id, 'issues', coalesce(issues.repeats_issue_id, issues.issue_id),
    from evidence_links as links
    inner join known_issues($as_known_on) as issues on links.from_id = issues.issue_id
    where links.from_table = 'issues' and links.subject_table in ('sites', 'species', 'projects')
    union
    select 'sites/' || unnest([known.from_site_id, known.to_site_id]), 'movements', known.movement_id,
    from known_movements($as_known_on) as known
    union
    select 'species/' || known.species_id, 'movements', known.movement_id,
    from known_movements($as_known_on) as known
    union
    select 'species/' || known.species_id, 'sites', known.site_id,
    from known_site_species($as_known_on) as known
    where known.species_id is not null
    union
    select 'sites/' || known.site_id, 'species', known.species_id,
    from known_site_species($as_known_on) as known
    where known.species_id is not null
    union
    select 'projects/' || known.project_id, 'meetings', known.meeting_id,
    from known_events($as_known_on) as known
    where known.project_id is not null and known.meeting_id is not null
    union
    select 'sites/' || known.site_id, 'meetings', known.meeting_id,
    from known_events($as_known_on) as known
    where known.site_id is not null and known.meeting_id is not null
)

select links.thing, links.kind, links.key,
from links
where links.thing is not null and ($thing is null or links.thing = $thing)
order by links.thing, links.kind, links.key
