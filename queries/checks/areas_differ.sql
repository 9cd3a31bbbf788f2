-- question: For which sites do documents state different sizes of the whole?
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
areas as (
    select
        known.site_id,
        known.area_ha,
        arg_min(known.site_area_id, known.site_area_id) as site_area_id,
        arg_min(known.locator, known.site_area_id) as locator,
        arg_min(known.document_id, known.site_area_id) as document_id,
    from known_site_areas($as_known_on) as known
    where known.part = 'whole' and not known.is_derived
    group by known.site_id, known.area_ha
)

select
    smaller.site_area_id || '_' || larger.site_area_id as finding_key,
    'sites' as subject_table,
    smaller.site_id as subject_id,
    'Area of ' || sites.name as subject,
    hectares_said(smaller.area_ha) as said_a,
    smaller.locator as place_a,
    smaller.document_id as document_id_a,
    hectares_said(larger.area_ha) as said_b,
    larger.locator as place_b,
    larger.document_id as document_id_b,
    null::varchar as worked_out,
from areas as smaller
inner join areas as larger on smaller.site_id = larger.site_id and smaller.area_ha < larger.area_ha
inner join sites on smaller.site_id = sites.site_id
-- Rounding explains up to one per cent.
where larger.area_ha > 1.01 * smaller.area_ha
order by smaller.site_area_id, larger.site_area_id
