-- question: Which meetings were held or announced, when, where, and who was stated to attend?
-- params:
--   $as_known_on     null::date
--   $kind            null
-- returns:
--   meeting_id        VARCHAR  meetings.meeting_id
--   kind              VARCHAR  allowed value
--   name              VARCHAR  -
--   number            BIGINT   ordinal
--   start_date        VARCHAR  ISO 8601 date; null = not found
--   end_date          VARCHAR  ISO 8601 date
--   place             VARCHAR  -
--   host_name         VARCHAR  host State
--   host_country_code VARCHAR  ISO 3166-1 alpha-3
--   modality          VARCHAR  allowed value
--   state             VARCHAR  allowed value; announced = planned for a day before the day looked at, its record was not read
--   relevance         VARCHAR  -
--   present           VARCHAR  ISO 3166-1 alpha-3 of States stated as present
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
with
attendance as (
    select
        known.meeting_id,
        string_agg(distinct known.country_code, ' ' order by known.country_code) as present,
    from known_meeting_attendance($as_known_on) as known
    group by known.meeting_id
)

select
    meetings.meeting_id, meetings.kind, meetings.name, meetings.number, meetings.start_date, meetings.end_date,
    meetings.place, countries.name as host_name, meetings.host_country_code, meetings.modality,
    if(
        meetings.state = 'planned'
        and meetings.end_date < left(looked.day::varchar, length(meetings.end_date)),
        'announced', meetings.state
    ) as state,
    meetings.relevance, attendance.present, meetings.document_id, meetings.locator,
    meetings.caveat_ids,
from current_meetings($as_known_on) as meetings
cross join data_day($as_known_on) as looked
left join countries on meetings.host_country_code = countries.country_code
left join attendance on meetings.meeting_id = attendance.meeting_id
where $kind is null or meetings.kind = $kind
order by meetings.start_date nulls last, meetings.number nulls last, meetings.meeting_id
