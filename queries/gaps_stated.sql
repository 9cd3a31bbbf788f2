-- question: What is missing, and is it not surveyed, not reported, not known or not found?
-- params:
--   $as_known_on     null::date
--   $species_id      'amur_tiger'
--   $country_code    null
--   $site_id         null
--   $project_id      null
--   $meeting_id      null
-- returns:
--   gap_id           VARCHAR   gaps.gap_id
--   subject_table    VARCHAR   table in which the figure is missing
--   species_id       VARCHAR   species.species_id; null = not one species
--   species_name     VARCHAR   -
--   country_code     VARCHAR   ISO 3166-1 alpha-3; null = no single country
--   country_name     VARCHAR   -
--   site_id          VARCHAR   sites.site_id
--   site_name        VARCHAR   -
--   project_id       VARCHAR   projects.project_id
--   meeting_id       VARCHAR   meetings.meeting_id
--   state            VARCHAR   allowed value of gaps.state
--   what             VARCHAR   what is missing, one sentence
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   as_of            VARCHAR   ISO 8601 date
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    gaps.gap_id,
    gaps.subject_table,
    gaps.species_id,
    species.name as species_name,
    gaps.country_code,
    countries.name as country_name,
    gaps.site_id,
    sites.name as site_name,
    gaps.project_id,
    gaps.meeting_id,
    gaps.state,
    gaps.what,
    gaps.document_id,
    gaps.locator,
    gaps.as_of,
    gaps.caveat_ids,
    gaps.note,
from known_gaps($as_known_on) as gaps
left join species on gaps.species_id = species.species_id
left join countries on gaps.country_code = countries.country_code
left join known_sites($as_known_on) as sites on gaps.site_id = sites.site_id
where
    ($species_id is null or gaps.species_id = $species_id)
    and ($country_code is null or gaps.country_code = $country_code)
    and ($site_id is null or gaps.site_id = $site_id)
    and ($project_id is null or gaps.project_id = $project_id)
    and ($meeting_id is null or gaps.meeting_id = $meeting_id)
order by
    list_position(['not_surveyed', 'not_reported', 'not_known', 'not_found'], gaps.state),
    species.sort_order nulls last, gaps.country_code nulls last, gaps.gap_id
