-- question: Where do sites with a position lie, and how exact is it?
-- params:
--   $as_known_on     null::date
-- returns:
--   site_id          VARCHAR   sites.site_id
--   name             VARCHAR   -
--   country_codes    VARCHAR   countries.country_code, separated by a space
--   site_kind        VARCHAR   allowed value
--   latitude         DOUBLE    degrees north
--   longitude        DOUBLE    degrees east
--   coordinate_precision_deg DOUBLE degrees; how far the point may be off
select
    sites.site_id,
    sites.name,
    sites.country_codes,
    sites.site_kind,
    sites.latitude,
    sites.longitude,
    sites.coordinate_precision_deg,
from known_sites($as_known_on) as sites
where sites.latitude is not null
order by sites.site_id
