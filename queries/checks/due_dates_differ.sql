-- question: Which asks are given another date, for the answer or for the event asked about, where the same meeting repeats them?
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
dated as (
    select known.*, coalesce(known.due_date, known.event_date) as date, known.due_date is null as is_event,
    from known_issues($as_known_on) as known
)

select
    repeated.issue_id as finding_key,
    'issues' as subject_table,
    asked.issue_id as subject_id,
    asked.subject as subject,
    'in ' || asked.date as said_a,
    asked.locator as place_a,
    asked.document_id as document_id_a,
    'in ' || repeated.date as said_b,
    repeated.locator as place_b,
    repeated.document_id as document_id_b,
    null::varchar as worked_out,
from dated as repeated
inner join dated as asked on repeated.repeats_issue_id = asked.issue_id and repeated.is_event = asked.is_event
where left(repeated.date, least(length(repeated.date), length(asked.date)))
    <> left(asked.date, least(length(repeated.date), length(asked.date)))
order by repeated.issue_id
