-- question: What are the current figures of animals that documents give for one country?
-- params:
--   $as_known_on     null::date
--   $country_code    'MNG'
-- returns:
--   count_id         VARCHAR   counts.count_id
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   area_name        VARCHAR   -
--   year_from        BIGINT    year
--   year_to          BIGINT    year
--   season           VARCHAR   -
--   count_kind       VARCHAR   allowed value
--   population_part  VARCHAR   allowed value
--   method           VARCHAR   allowed value
--   value            DOUBLE    see unit
--   low              DOUBLE    see unit
--   high             DOUBLE    see unit
--   qualifier        VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
select
    counts.count_id, counts.species_id, species.name as species_name, counts.area_name, counts.year_from,
    counts.year_to, counts.season, counts.count_kind, counts.population_part, counts.method, counts.value, counts.low,
    counts.high, counts.qualifier, counts.unit, counts.document_id, counts.locator, counts.caveat_ids,
from current_counts($as_known_on) as counts
inner join species on counts.species_id = species.species_id
where counts.country_code = $country_code
order by species.sort_order, counts.year_to desc, counts.area_name, counts.count_id
