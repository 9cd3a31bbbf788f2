-- question: Which States share an area that has a working list of species?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   country_code     VARCHAR   countries.country_code
--   country_name     VARCHAR   -
select
    countries.country_code,
    countries.name as country_name,
from known_shared_areas($as_known_on) as areas
inner join countries on contains(areas.country_codes, countries.country_code)
where areas.shared_area_id = $shared_area_id
order by countries.name
