-- question: What else do documents say about projects, meetings, species, frameworks or the programme?
-- params:
--   $as_known_on     null::date
--   $subject_tables  ['projects', 'components']
-- returns:
--   fact_id           VARCHAR  facts.fact_id
--   subject_table     VARCHAR  allowed value
--   subject_id        VARCHAR  key in the table of the subject
--   project_id        VARCHAR  the project, of a component its project; null = about something else
--   about             VARCHAR  name of the subject
--   component_number  INTEGER  ordinal; null = not about a component
--   topic             VARCHAR  allowed value
--   what              VARCHAR  -
--   value             DOUBLE   in the unit; null = no figure
--   unit              VARCHAR  -
--   as_of             VARCHAR  ISO 8601 date
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
select
    known.fact_id, known.subject_table, known.subject_id,
    coalesce(components.project_id, projects.project_id) as project_id,
    coalesce(
        owners.short_title, projects.short_title, meetings.name, species.name, frameworks.name,
        if(known.subject_table = 'programme', 'NEASPEC', null), known.subject_id
    ) as about,
    components.number::integer as component_number, known.topic, known.what, known.value::double as value, known.unit,
    known.as_of, known.document_id, known.locator, known.caveat_ids, known.note,
from known_facts($as_known_on) as known
left join components on known.subject_table = 'components' and known.subject_id = components.component_id
left join projects as owners on components.project_id = owners.project_id
left join projects on known.subject_table = 'projects' and known.subject_id = projects.project_id
left join meetings on known.subject_table = 'meetings' and known.subject_id = meetings.meeting_id
left join species on known.subject_table = 'species' and known.subject_id = species.species_id
left join frameworks on known.subject_table = 'frameworks' and known.subject_id = frameworks.framework_id
where list_contains($subject_tables::varchar[], known.subject_table)
order by about, component_number nulls first, known.topic, known.fact_id
