-- question: Which sites are known, how are they protected, how large are they and which flagship species use them?
-- params:
--   $as_known_on     null::date
--   $country_code    null
--   $species_id      null
--   $level           null
-- returns:
--   site_id          VARCHAR   sites.site_id
--   name             VARCHAR   -
--   country_codes    VARCHAR   countries.country_code, separated by a space
--   country_names    VARCHAR   separated by a semicolon
--   site_kind        VARCHAR   allowed value
--   part_of_site_id  VARCHAR   sites.site_id
--   latitude         DOUBLE    degrees north; null = no point found
--   longitude        DOUBLE    degrees east
--   coordinate_basis VARCHAR   allowed value; approximate where no document known by then states the position
--   is_tumen         BOOLEAN   belongs to the Tumen estuary inset
--   level            VARCHAR   highest level in force; none = a document says so; not_known = no document says
--   standing         VARCHAR   level_not_named, one_side, signed, in_parts or proposed; null = the level says it all
--   protection_document_ids VARCHAR documents that state level or standing, separated by a space; null = none does
--   protection_caveat_ids VARCHAR caveats of what they state, separated by a space
--   designations     VARCHAR   in force, separated by a semicolon
--   recognitions     VARCHAR   labels that protect nothing, separated by a semicolon
--   proposals        VARCHAR   proposed and not in force, separated by a semicolon
--   area_ha          DOUBLE    ha; null = no area of the whole site found
--   is_area_derived  BOOLEAN   the area is a sum made by us
--   species_names    VARCHAR   separated by a semicolon
--   document_ids     VARCHAR   documents.document_id, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
uses as (
    select
        known.site_id, string_agg(distinct species.name, '; ' order by species.name) as species_names,
        list(distinct known.document_id) as document_ids,
        string_agg(distinct known.caveat_ids, ' ' order by known.caveat_ids) as caveat_ids,
    from known_site_species($as_known_on) as known
    inner join species on known.species_id = species.species_id
    group by known.site_id
    having $species_id is null or bool_or(known.species_id = $species_id)
)

select
    sites.site_id, sites.name, sites.country_codes,
    (select string_agg(countries.name, '; ' order by countries.name)
        from countries where contains(sites.country_codes, countries.country_code)) as country_names,
    sites.site_kind, sites.part_of_site_id, sites.latitude, sites.longitude,
    if(sites.coordinate_basis in ('stated', 'midpoint_of_extent') and positions.site_id is null, 'approximate',
        sites.coordinate_basis) as coordinate_basis, sites.is_tumen,
    coalesce(shown.level, 'not_known') as level, shown.standing,
    nullif(array_to_string(list_sort(coalesce(shown.standing_document_ids, shown.document_ids)), ' '), '') as protection_document_ids,
    shown.caveat_ids as protection_caveat_ids,
    shown.designations, shown.recognitions, shown.proposals,
    areas.area_ha, areas.is_derived as is_area_derived, uses.species_names,
    -- Whatever the row says, its document is there: the name, the level, each designation, area, species, position.
    array_to_string(
        [sites.document_id] || list_sort(
            list_filter(
                list_distinct(
                    coalesce(shown.standing_document_ids, shown.document_ids, []) || coalesce(shown.label_document_ids, [])
                    || coalesce(uses.document_ids, []) || [areas.document_id, positions.document_id]
                ),
                lambda key: key <> sites.document_id
            )
        ), ' '
    ) as document_ids,
    concat_ws(' ', sites.caveat_ids, shown.caveat_ids, areas.caveat_ids, uses.caveat_ids, positions.caveat_ids) as caveat_ids,
from known_sites($as_known_on) as sites
left join protection_states($as_known_on, side := $country_code) as shown on sites.site_id = shown.site_id
left join uses on sites.site_id = uses.site_id
left join current_site_areas($as_known_on) as areas on sites.site_id = areas.site_id
left join site_positions($as_known_on) as positions on sites.site_id = positions.site_id
where
    ($country_code is null or contains(sites.country_codes, $country_code))
    and ($species_id is null or uses.site_id is not null)
    and ($level is null or coalesce(shown.level, 'not_known') = $level)
order by sites.name, sites.site_id
