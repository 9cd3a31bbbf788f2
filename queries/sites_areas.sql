-- question: Which areas do documents state for one site and its parts?
-- params:
--   $as_known_on     null::date
--   $site_id         'khasansky'
-- returns:
--   site_area_id     VARCHAR   site_areas.site_area_id
--   area_ha          DOUBLE    ha
--   part             VARCHAR   allowed value
--   part_name        VARCHAR   -
--   formula          VARCHAR   how a sum made by us was worked out; null = printed in the document
--   is_current       BOOLEAN   the area shown for the site
--   as_of            VARCHAR   ISO 8601 date
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    known.site_area_id,
    known.area_ha,
    known.part,
    known.part_name,
    known.formula,
    current.site_area_id is not null as is_current,
    known.as_of,
    known.document_id,
    known.locator,
    known.caveat_ids,
    known.note,
from known_site_areas($as_known_on) as known
left join current_site_areas($as_known_on) as current on known.site_area_id = current.site_area_id
where known.site_id = $site_id
order by
    list_position(['whole', 'core', 'buffer', 'part', 'lakes', 'planned', 'not_clear'], known.part),
    known.is_derived, known.area_ha desc, known.site_area_id
