-- question: Between which limits do documents place the sites, where they print all four and no mistake is seen?
-- params:
--   $as_known_on     null::date
-- returns:
--   site_extent_id   VARCHAR   site_extents.site_extent_id
--   site_id          VARCHAR   sites.site_id
--   part_name        VARCHAR   null = the whole site
--   west_deg         DOUBLE    degrees east
--   south_deg        DOUBLE    degrees north
--   east_deg         DOUBLE    degrees east
--   north_deg        DOUBLE    degrees north
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
-- A range is no outline: a site lies somewhere in it. Nesting and roosting places are left out.
select
    known.site_extent_id,
    known.site_id,
    known.part_name,
    known.west_deg,
    known.south_deg,
    known.east_deg,
    known.north_deg,
    known.document_id,
    known.locator,
    known.caveat_ids,
from known_site_extents($as_known_on) as known
inner join known_sites($as_known_on) as sites on known.site_id = sites.site_id
where
    known.west_deg < known.east_deg and known.south_deg < known.north_deg
    and not contains(coalesce(known.caveat_ids, ''), 'printed_error')
    and not sites.is_sensitive
order by known.site_extent_id
