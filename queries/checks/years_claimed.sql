-- question: Which claims on the year a site was established differ from its designations or from each other?
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
    first.claim_id || '_' || other.claim_id as finding_key,
    first.subject_table as subject_table,
    first.subject_id as subject_id,
    'Year ' || sites.name || ' was established' as subject,
    first.claim as said_a,
    first.locator as place_a,
    first.document_id as document_id_a,
    other.claim as said_b,
    other.locator as place_b,
    other.document_id as document_id_b,
    null::varchar as worked_out,
from known_claims($as_known_on) as first
inner join known_claims($as_known_on) as other
    on
        first.subject_table = other.subject_table and first.subject_id = other.subject_id
        and first.claim_id < other.claim_id and first.value <> other.value
        and first.claim_kind in ('established_year', 'designated_year')
        and other.claim_kind in ('established_year', 'designated_year')
inner join sites on first.subject_id = sites.site_id
order by first.claim_id, other.claim_id
