-- question: How are States named, and where does a map write their names?
-- params:
--   $as_known_on      null::date
-- returns:
--   country_code      VARCHAR   ISO 3166-1 alpha-3
--   name              VARCHAR   short name in United Nations usage
--   is_member         BOOLEAN   whether it is a member State
--   label_latitude    DOUBLE    degrees north
--   label_longitude   DOUBLE    degrees east
select
    countries.country_code,
    countries.name,
    countries.is_member,
    countries.label_latitude,
    countries.label_longitude,
from countries
where $as_known_on is null or $as_known_on is not null
order by countries.country_code
