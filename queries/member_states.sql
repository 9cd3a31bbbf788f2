-- question: Which States are members, and what are they called?
-- params:
--   $as_known_on     null::date
-- returns:
--   country_code     VARCHAR   ISO 3166-1 alpha-3
--   name             VARCHAR   short name in United Nations usage
--   official_name    VARCHAR   formal name in United Nations usage
-- Membership has not changed since the first meeting looked at, so the date plays no part.
select
    countries.country_code,
    countries.name,
    countries.official_name,
from countries
where countries.is_member and ($as_known_on is null or true)
order by countries.name
