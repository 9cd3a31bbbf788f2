-- question: Which countries have sites?
-- params:
--   $as_known_on     null::date
-- returns:
--   country_code     VARCHAR   countries.country_code
--   name             VARCHAR   -
select
    countries.country_code,
    countries.name,
from countries
where
    exists (
        select 1
        from known_sites($as_known_on) as sites
        where contains(sites.country_codes, countries.country_code)
    )
order by countries.name
