-- question: Which Senior Officials Meetings can the reader go back to?
-- params:
--   $as_known_on   null::date
-- returns:
--   meeting_id     VARCHAR   meetings.meeting_id
--   name           VARCHAR   -
--   number         BIGINT    ordinal
--   held_on        DATE      last day of the meeting
--   document_id    VARCHAR   documents.document_id
--   caveat_ids     VARCHAR   caveats.caveat_id, separated by a space
-- SOM-24 is the first whose papers are among the documents.
select
    meetings.meeting_id,
    meetings.name,
    meetings.number,
    try_cast(meetings.end_date as date) as held_on,
    meetings.document_id,
    meetings.caveat_ids,
from current_meetings($as_known_on) as meetings
where
    meetings.kind = 'som'
    and meetings.state = 'held'
    and meetings.number >= 24
    and try_cast(meetings.end_date as date) is not null
order by meetings.number desc, meetings.meeting_id
