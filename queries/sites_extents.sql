-- question: Which coordinates do documents print for one site?
-- params:
--   $as_known_on     null::date
--   $site_id         'khasansky'
-- returns:
--   site_extent_id   VARCHAR   site_extents.site_extent_id
--   part_name        VARCHAR   -
--   printed          VARCHAR   letter by letter as printed
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    known.site_extent_id,
    known.part_name,
    known.printed,
    known.document_id,
    known.locator,
    known.caveat_ids,
    known.note,
from known_site_extents($as_known_on) as known
inner join known_sites($as_known_on) as sites on known.site_id = sites.site_id
-- Coordinates of nesting and roosting places are never repeated.
where known.site_id = $site_id and not sites.is_sensitive
order by known.site_extent_id
