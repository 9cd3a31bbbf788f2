-- question: What is each component of a project for: its title, objective, target areas and species?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   component_id      VARCHAR  components.component_id
--   project_id        VARCHAR  projects.project_id
--   short_title       VARCHAR  -
--   component_number  INTEGER  ordinal
--   title             VARCHAR  -
--   objective         VARCHAR  -
--   target_areas      VARCHAR  null = the document names none
--   species           VARCHAR  names of the target species, separated by "; "
--   document_ids      VARCHAR  documents of the title, the objective and the areas
--   locator           VARCHAR  -
--   as_of             VARCHAR  ISO 8601 date
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
with
targets as (
    select
        known.component_id,
        string_agg(distinct species.name, '; ' order by species.name) as species,
    from known_project_species($as_known_on) as known
    inner join species on known.species_id = species.species_id
    where known.component_id is not null
    group by known.component_id
)

select
    components.component_id, components.project_id, projects.short_title,
    components.number::integer as component_number, components.title, components.objective, components.target_areas,
    targets.species, components.document_id as document_ids, components.locator, components.as_of,
    components.caveat_ids, components.note,
from known_components($as_known_on) as components
inner join projects on components.project_id = projects.project_id
left join targets on components.component_id = targets.component_id
where $project_id is null or components.project_id = $project_id
order by components.project_id, components.number
