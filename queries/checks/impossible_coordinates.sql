-- question: Which printed coordinates have minutes or seconds of 60 or more?
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
parts as (
    select
        extents.*,
        list_transform(regexp_extract_all(extents.printed, '(\d+)(?:\.\d+)?\s*[″"]', 1), lambda x: x::integer) as seconds,
        list_transform(regexp_extract_all(extents.printed, '(\d+)\s*[′'']', 1), lambda x: x::integer) as minutes,
    from known_site_extents($as_known_on) as extents
)

select
    parts.site_extent_id as finding_key,
    'sites' as subject_table,
    parts.site_id as subject_id,
    'Coordinates of ' || sites.name as subject,
    parts.printed as said_a,
    parts.locator as place_a,
    parts.document_id as document_id_a,
    null::varchar as said_b,
    null::varchar as place_b,
    parts.document_id as document_id_b,
    'Minutes and seconds of an angle are below 60.' as worked_out,
from parts
inner join sites on parts.site_id = sites.site_id
where list_max(parts.seconds) >= 60 or list_max(parts.minutes) >= 60
order by parts.site_extent_id
