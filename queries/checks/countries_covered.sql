-- question: Which claims of documents on the countries that a project covered differ?
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
    'projects' as subject_table,
    first.subject_id as subject_id,
    'Countries of ' || projects.short_title as subject,
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
        and first.claim_id < other.claim_id and first.document_id <> other.document_id
        and first.country_codes <> other.country_codes and first.value = other.value
inner join projects on first.subject_id = projects.project_id
where first.claim_kind = 'countries_covered' and other.claim_kind = 'countries_covered'
order by first.claim_id, other.claim_id
