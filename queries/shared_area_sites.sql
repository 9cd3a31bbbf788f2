-- question: Which sites are counted to a shared area, where are they and how are they protected?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   shared_area_id   VARCHAR   shared_areas.shared_area_id
--   site_id          VARCHAR   sites.site_id
--   name             VARCHAR   -
--   country_codes    VARCHAR   countries.country_code, separated by a space
--   country_names    VARCHAR   separated by a semicolon
--   site_kind        VARCHAR   allowed value
--   membership       VARCHAR   allowed value
--   why              VARCHAR   what the document says, or what the grouping rests on
--   is_whole         BOOLEAN   the site stands for the whole area
--   latitude         DOUBLE    degrees north; null = no point found
--   longitude        DOUBLE    degrees east
--   coordinate_basis VARCHAR   allowed value; approximate where no document known by then states the position
--   level            VARCHAR   as in sites_protected
--   standing         VARCHAR   as in sites_protected
--   designations     VARCHAR   in force, separated by a semicolon
--   document_id      VARCHAR   documents.document_id of the membership
--   locator          VARCHAR   -
--   protection_document_ids VARCHAR documents that state level or standing, separated by a space; null = none does
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
select
    known.shared_area_id,
    sites.site_id,
    sites.name,
    sites.country_codes,
    (select string_agg(countries.name, '; ' order by countries.name)
        from countries where contains(sites.country_codes, countries.country_code)) as country_names,
    sites.site_kind,
    known.membership,
    known.why,
    sites.site_id is not distinct from areas.site_id as is_whole,
    sites.latitude,
    sites.longitude,
    if(sites.coordinate_basis in ('stated', 'midpoint_of_extent') and positions.site_id is null, 'approximate',
        sites.coordinate_basis) as coordinate_basis,
    coalesce(shown.level, 'not_known') as level,
    shown.standing,
    shown.designations,
    known.document_id,
    known.locator,
    nullif(array_to_string(list_sort(coalesce(shown.standing_document_ids, shown.document_ids)), ' '), '') as protection_document_ids,
    nullif(array_to_string(list_sort(list_distinct(string_split(
        concat_ws(' ', known.caveat_ids, sites.caveat_ids, nullif(shown.caveat_ids, '')), ' '))), ' '), '') as caveat_ids,
from known_shared_area_sites($as_known_on) as known
inner join shared_areas as areas on known.shared_area_id = areas.shared_area_id
inner join known_sites($as_known_on) as sites on known.site_id = sites.site_id
left join protection_states($as_known_on) as shown on sites.site_id = shown.site_id
left join site_positions($as_known_on) as positions on sites.site_id = positions.site_id
where $shared_area_id is null or known.shared_area_id = $shared_area_id
order by areas.name, is_whole desc, sites.name, sites.site_id
