-- question: Which claims to be the first meeting since a year are contradicted by meetings in between?
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
    claims.claim_id || '_' || meetings.meeting_id as finding_key,
    'meetings' as subject_table,
    claims.subject_id as subject_id,
    'First workshop since ' || claims.value::integer as subject,
    claims.claim as said_a,
    claims.locator as place_a,
    claims.document_id as document_id_a,
    meetings.name || ', ' || meetings.start_date as said_b,
    meetings.locator as place_b,
    meetings.document_id as document_id_b,
    null::varchar as worked_out,
from known_claims($as_known_on) as claims
inner join current_meetings($as_known_on) as claimed on claims.subject_id = claimed.meeting_id
inner join current_meetings($as_known_on) as meetings
    on
        meetings.kind = claimed.kind
        and meetings.state = 'held'
        and left(meetings.start_date, 4)::integer > claims.value
        and meetings.start_date < claimed.start_date
where claims.claim_kind = 'first_meeting_since'
order by claims.claim_id, meetings.meeting_id
