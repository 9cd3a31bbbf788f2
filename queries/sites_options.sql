-- question: Which sites can be chosen?
-- params:
--   $as_known_on     null::date
-- returns:
--   site_id          VARCHAR   sites.site_id
--   name             VARCHAR   -
select
    sites.site_id,
    sites.name,
from known_sites($as_known_on) as sites
order by sites.name, sites.site_id
