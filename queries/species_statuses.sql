-- question: Which status do conventions and lists give one species, and which claims were made over time?
-- params:
--   $as_known_on     null::date
--   $species_id      'black_faced_spoonbill'
-- returns:
--   species_id       VARCHAR   species.species_id; a null $species_id asks for all
--   status_id        VARCHAR   statuses.status_id
--   standing         VARCHAR   held; claim = newer, not confirmed, shown beside the held one; other = earlier or beside it
--   scheme           VARCHAR   allowed value
--   list_name        VARCHAR   which national list of a State; null in other schemes
--   category         VARCHAR   category or appendix in the terms of the scheme
--   assessed_year    BIGINT    year
--   scope            VARCHAR   what the status covers
--   country_name     VARCHAR   country of a national list
--   trend            VARCHAR   population trend as stated
--   is_confirmed     BOOLEAN   rests on the body that decides the status
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
-- The list of a part of a State is no list of the State: it stays among the statements and is left out here.
select
    statuses.species_id,
    statuses.status_id,
    case
        when current.is_current then 'held'
        when current.status_id is not null then 'claim'
        else 'other'
    end as standing,
    statuses.scheme,
    statuses.list_name,
    statuses.category,
    statuses.assessed_year,
    statuses.scope,
    countries.name as country_name,
    statuses.trend,
    statuses.is_confirmed,
    statuses.document_id,
    statuses.locator,
    statuses.caveat_ids,
    statuses.note,
from known_statuses($as_known_on) as statuses
left join current_statuses($as_known_on) as current on statuses.status_id = current.status_id
left join countries on statuses.country_code = countries.country_code
where
    ($species_id is null or statuses.species_id = $species_id)
    and statuses.scheme != 'regional_list'
order by
    statuses.species_id,
    list_position(['iucn', 'cites', 'cms', 'national_list', 'regional_list', 'neaspec_paper'], statuses.scheme),
    countries.name nulls first,
    statuses.list_name nulls first,
    list_position(['held', 'claim', 'other'], standing),
    statuses.assessed_year desc nulls last,
    statuses.status_id
