-- question: How many power plants on record lie near the sites of a species, by bands of distance?
-- params:
--   $as_known_on     null::date
--   $species_id      'white_naped_crane'
-- returns:
--   site_id          VARCHAR   sites.site_id
--   site_name        VARCHAR   -
--   country_code     VARCHAR   countries.country_code; null = more than one
--   latitude         DOUBLE    degrees north
--   longitude        DOUBLE    degrees east
--   precision_km     DOUBLE    km that the place of the site may be off
--   within_5         BIGINT    plants whose stated place lies less than 5 km from that of the site
--   within_25        BIGINT    plants from 5 to 25 km
--   beyond_25        BIGINT    plants from 25 to 100 km
--   nearest_plants   VARCHAR   energy_plants.plant_id of the nearest five within 25 km, separated by a space
--   document_ids     VARCHAR   documents.document_id of site and plants, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
placed as (
    select distinct sites.site_id, sites.name, sites.country_code, sites.latitude, sites.longitude,
        sites.coordinate_precision_deg, sites.document_id
    from known_sites($as_known_on) as sites
    inner join known_site_species($as_known_on) as at_site on sites.site_id = at_site.site_id
    where at_site.species_id = $species_id and sites.latitude is not null
),

apart as (
    select
        placed.site_id, plants.plant_id, plants.document_id,
        2 * 6371 * asin(sqrt(
            pow(sin(radians(plants.latitude - placed.latitude) / 2), 2)
            + cos(radians(placed.latitude)) * cos(radians(plants.latitude))
            * pow(sin(radians(plants.longitude - placed.longitude) / 2), 2)
        )) as km
    from placed
    inner join standing_plants($as_known_on) as plants
        on plants.latitude between placed.latitude - 1.2 and placed.latitude + 1.2
),

near as (select site_id, plant_id, document_id, km from apart where km <= 100),

summed as (
    select
        site_id,
        count(*) filter (where km < 5) as within_5,
        count(*) filter (where km >= 5 and km < 25) as within_25,
        count(*) filter (where km >= 25) as beyond_25,
        array_to_string((list(plant_id order by km, plant_id) filter (where km < 25))[1:5], ' ') as nearest_plants,
        string_agg(distinct document_id, ' ' order by document_id) as plant_documents,
    from near
    group by site_id
)

select
    placed.site_id,
    placed.name as site_name,
    placed.country_code,
    placed.latitude,
    placed.longitude,
    placed.coordinate_precision_deg * 111 as precision_km,
    coalesce(summed.within_5, 0)::bigint as within_5,
    coalesce(summed.within_25, 0)::bigint as within_25,
    coalesce(summed.beyond_25, 0)::bigint as beyond_25,
    summed.nearest_plants,
    concat_ws(' ', placed.document_id, summed.plant_documents) as document_ids,
    if(summed.site_id is null, null, 'plant_place_uneven') as caveat_ids,
from placed
left join summed on placed.site_id = summed.site_id
order by placed.name, placed.site_id
