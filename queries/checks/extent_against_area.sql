-- question: Which printed extents are far larger than the stated area of the site?
-- params:
--   $as_known_on     null::date
-- returns:
--   finding_key      VARCHAR   key of the finding, stable
--   subject_table    VARCHAR   table of the thing concerned
--   subject_id       VARCHAR   key in that table
--   subject          VARCHAR   what disagrees
--   said_a           VARCHAR   one statement
--   place_a          VARCHAR   place in its document
--   document_id_a    VARCHAR   documents.document_id
--   said_b           VARCHAR   the other statement
--   place_b          VARCHAR   place in its document
--   document_id_b    VARCHAR   documents.document_id
--   worked_out       VARCHAR   what was worked out here to see it; null = nothing
with
boxes as (
    select
        extents.*,
        (extents.north_deg - extents.south_deg) * 111.32
        * (extents.east_deg - extents.west_deg) * 111.32 * cos(radians((extents.north_deg + extents.south_deg) / 2))
        * 100 as box_ha,
    from known_site_extents($as_known_on) as extents
)

select
    boxes.site_extent_id || '_' || areas.site_area_id as finding_key,
    'sites' as subject_table,
    boxes.site_id as subject_id,
    'Extent and area of ' || sites.name as subject,
    boxes.printed as said_a,
    boxes.locator as place_a,
    boxes.document_id as document_id_a,
    hectares_said(areas.area_ha) as said_b,
    areas.locator as place_b,
    areas.document_id as document_id_b,
    'The printed bounds hold about ' || format('{:,}', (round(boxes.box_ha, -3))::bigint) || ' ha.' as worked_out,
from boxes
inner join known_site_areas($as_known_on) as areas on boxes.site_id = areas.site_id
inner join sites on boxes.site_id = sites.site_id
-- A box is always larger than what lies in it; ten times is beyond any shape.
where boxes.box_ha > 10 * areas.area_ha and not areas.is_derived and areas.document_id = boxes.document_id
order by boxes.site_extent_id, areas.site_area_id
