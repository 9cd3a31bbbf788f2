-- question: Which power plants near the sites on record are there, and where, as far as tables say?
-- params:
--   $as_known_on              null::date
-- returns:
--   plant_id                  VARCHAR   energy_plants.plant_id
--   name                      VARCHAR   -
--   country_code              VARCHAR   countries.country_code
--   fuel                      VARCHAR   energy_plants.fuel
--   capacity_mw               DOUBLE    MW
--   status                    VARCHAR   energy_plants.status; null = the table has none; never cancelled, shelved or retired
--   commissioning_year        BIGINT    year; null = not on record
--   latitude                  DOUBLE    degrees north, rounded
--   longitude                 DOUBLE    degrees east, rounded
--   document_id               VARCHAR   documents.document_id
--   locator                   VARCHAR   -
--   caveat_ids                VARCHAR   caveats.caveat_id, separated by a space
--   note                      VARCHAR   -
select
    plants.plant_id,
    plants.name,
    plants.country_code,
    plants.fuel,
    plants.capacity_mw,
    plants.status,
    plants.commissioning_year::bigint as commissioning_year,
    plants.latitude,
    plants.longitude,
    plants.document_id,
    plants.locator,
    plants.caveat_ids,
    plants.note,
from standing_plants($as_known_on) as plants
order by plants.plant_id
