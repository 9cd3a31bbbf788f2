-- question: With what effort was one species searched for?
-- params:
--   $as_known_on     null::date
--   $species_id      'white_naped_crane'
-- returns:
--   effort_id        VARCHAR   survey_effort.effort_id
--   is_own           BOOLEAN   named for this species; false = for a project that covers it among others
--   project          VARCHAR   projects.short_title
--   area_name        VARCHAR   area searched
--   country_name     VARCHAR   -
--   year_from        BIGINT    year
--   year_to          BIGINT    year
--   effort_kind      VARCHAR   allowed value
--   method           VARCHAR   allowed value
--   value            DOUBLE    see effort_unit
--   effort_unit      VARCHAR   unit in words
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    effort.effort_id,
    effort.species_id is not null as is_own,
    projects.short_title as project,
    effort.area_name,
    countries.name as country_name,
    effort.year_from,
    effort.year_to,
    effort.effort_kind,
    effort.method,
    effort.value,
    effort.unit as effort_unit,
    effort.document_id,
    effort.locator,
    effort.caveat_ids,
    effort.note,
from known_survey_effort($as_known_on) as effort
left join known_projects($as_known_on) as projects on effort.project_id = projects.project_id
left join countries on effort.country_code = countries.country_code
where
    effort.species_id = $species_id
    or (
        effort.species_id is null
        and effort.project_id in (
            select covered.project_id from known_project_species($as_known_on) as covered
            where covered.species_id = $species_id
        )
    )
order by is_own desc, effort.year_to desc nulls last, effort.area_name, effort.effort_id
