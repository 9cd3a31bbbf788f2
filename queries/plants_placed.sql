-- question: Which power plants near the sites on record are there, and where, as far as tables say?
-- params:
--   $as_known_on              null::date
-- returns:
--   plant_id                  VARCHAR   energy_plants.plant_id
--   name                      VARCHAR   -
--   country_code              VARCHAR   countries.country_code
--   fuel                      VARCHAR   energy_plants.fuel
--   capacity_mw               DOUBLE    MW
--   status                    VARCHAR   energy_plants.status; null = the table has none
--   commissioning_year        BIGINT    year; null = not on record
--   latitude                  DOUBLE    degrees north, rounded
--   longitude                 DOUBLE    degrees east, rounded
--   document_id               VARCHAR   documents.document_id
--   locator                   VARCHAR   -
--   caveat_ids                VARCHAR   caveats.caveat_id, separated by a space
--   note                      VARCHAR   -
select
    energy_plants.plant_id,
    energy_plants.name,
    energy_plants.country_code,
    energy_plants.fuel,
    energy_plants.capacity_mw,
    energy_plants.status,
    energy_plants.commissioning_year::bigint as commissioning_year,
    energy_plants.latitude,
    energy_plants.longitude,
    energy_plants.document_id,
    energy_plants.locator,
    energy_plants.caveat_ids,
    energy_plants.note,
from energy_plants
inner join documents on energy_plants.document_id = documents.document_id
where $as_known_on is null or documents.known_on <= $as_known_on
order by energy_plants.plant_id
