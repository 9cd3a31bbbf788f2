-- question: Which movements of animals between countries do documents state?
-- params:
--   $as_known_on     null::date
--   $species_id      null
--   $country_code    null
--   $method          null
-- returns:
--   movement_id       VARCHAR  movements.movement_id
--   species_id        VARCHAR  species.species_id
--   species_name      VARCHAR  -
--   movement_kind     VARCHAR  journey or both_sides
--   method            VARCHAR  allowed value
--   animal_name       VARCHAR  name or code of one animal, as published
--   individuals       BIGINT   individuals; null = not stated
--   females           BIGINT   individuals, as printed
--   males             BIGINT   individuals, as printed
--   unknown_sex       BIGINT   individuals, as printed
--   qualifier         VARCHAR  allowed value
--   from_country_code VARCHAR  ISO 3166-1 alpha-3
--   from_country_name VARCHAR  -
--   from_site_id      VARCHAR  sites.site_id; null = no site is stated
--   from_name         VARCHAR  site, else place, else country
--   from_latitude     DOUBLE   degrees north: of the site, else the place (one degree); null = only a country is stated, or no position known
--   from_longitude    DOUBLE   degrees east
--   to_country_code   VARCHAR  ISO 3166-1 alpha-3
--   to_country_name   VARCHAR  -
--   to_site_id        VARCHAR  sites.site_id; null = no site is stated
--   to_name           VARCHAR  site, else place, else country
--   to_latitude       DOUBLE   degrees north; null = only a country is stated, or no position known
--   to_longitude      DOUBLE   degrees east
--   date_from         VARCHAR  ISO 8601 date
--   date_to           VARCHAR  ISO 8601 date
--   distance_km       DOUBLE   km, as stated
--   via               VARCHAR  as stated
--   document_id       VARCHAR  documents.document_id, separated by a space
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
-- Animals recorded on both sides that several documents tell (same species, States, method and number) are one row.
select
    movements.movement_id, movements.species_id, species.name as species_name, movements.movement_kind,
    movements.method, movements.animal_name, movements.individuals, movements.females, movements.males,
    movements.unknown_sex, movements.qualifier, movements.from_country_code, home.name as from_country_name,
    movements.from_site_id, coalesce(from_site.name, from_place.name, home.name) as from_name,
    coalesce(from_site.latitude, from_place.latitude) as from_latitude,
    coalesce(from_site.longitude, from_place.longitude) as from_longitude,
    movements.to_country_code, away.name as to_country_name,
    movements.to_site_id, coalesce(to_site.name, to_place.name, away.name) as to_name,
    coalesce(to_site.latitude, to_place.latitude) as to_latitude,
    coalesce(to_site.longitude, to_place.longitude) as to_longitude,
    movements.date_from, movements.date_to, movements.distance_km, movements.via,
    array_to_string(list_sort(list_distinct(list(movements.document_id) over same)), ' ') as document_id,
    movements.locator, movements.caveat_ids, movements.note,
from known_movements($as_known_on) as movements
inner join species on movements.species_id = species.species_id
inner join countries as home on movements.from_country_code = home.country_code
inner join countries as away on movements.to_country_code = away.country_code
left join sites as from_site on movements.from_site_id = from_site.site_id
left join sites as to_site on movements.to_site_id = to_site.site_id
left join places as from_place on movements.from_place_id = from_place.place_id
left join places as to_place on movements.to_place_id = to_place.place_id
where
    ($species_id is null or movements.species_id = $species_id)
    and ($method is null or movements.method = $method)
    and ($country_code is null or $country_code in (movements.from_country_code, movements.to_country_code))
window
    same as (
        partition by
            movements.species_id, movements.from_country_code, movements.to_country_code, movements.method,
            movements.individuals,
            if(movements.movement_kind = 'both_sides' and movements.animal_name is null and movements.individuals > 1, 'joint', movements.movement_id)
    )
qualify row_number() over (same order by movements.date_from is null, movements.movement_id) = 1
order by species.sort_order, movements.date_from nulls last, movements.movement_id
