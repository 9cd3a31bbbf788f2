-- question: For which sites do documents give different years for one designation?
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
select
    earlier.designation_id || '_' || later.designation_id as finding_key,
    'sites' as subject_table,
    earlier.site_id as subject_id,
    'Year of ' || sites.name as subject,
    earlier.designation || ', ' || earlier.designated_year as said_a,
    earlier.locator as place_a,
    earlier.document_id as document_id_a,
    later.designation || ', ' || later.designated_year as said_b,
    later.locator as place_b,
    later.document_id as document_id_b,
    null::varchar as worked_out,
from known_designations($as_known_on) as earlier
inner join known_designations($as_known_on) as later
    on
        earlier.site_id = later.site_id
        and earlier.level = later.level
        and lower(earlier.designation) = lower(later.designation)
        and (earlier.designated_year, earlier.designation_id) < (later.designated_year, later.designation_id)
        and earlier.identifier is not distinct from later.identifier
inner join sites on earlier.site_id = sites.site_id
where earlier.designated_year <> later.designated_year and earlier.state = later.state
order by earlier.designation_id, later.designation_id
