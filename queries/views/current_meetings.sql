-- rule: A meeting is known when the document about it was published, or when it had taken place by then: those who were
-- there knew of it. A meeting without a day is known only by its document.
create or replace macro current_meetings(as_known_on) as table
select meetings.*,
from meetings
inner join documents on meetings.document_id = documents.document_id
where
    as_known_on is null
    or documents.known_on <= as_known_on
    or try_cast(coalesce(meetings.end_date, meetings.start_date) as date) <= as_known_on
