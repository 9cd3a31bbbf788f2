-- question: Which States hosted meetings, and where does the name of each stand on a map?
-- params:
--   $as_known_on     null::date
-- returns:
--   country_code     VARCHAR   ISO 3166-1 alpha-3
--   country_name     VARCHAR   -
--   label_latitude   DOUBLE    degrees north: where the name of the State stands, no place of a meeting
--   label_longitude  DOUBLE    degrees east
--   meetings         INTEGER   number of meetings hosted
--   meeting_ids      VARCHAR   meetings.meeting_id, the newest first, separated by a space
select
    countries.country_code, countries.name as country_name, countries.label_latitude, countries.label_longitude,
    count(*)::integer as meetings,
    string_agg(meetings.meeting_id, ' ' order by meetings.start_date desc, meetings.meeting_id) as meeting_ids,
from current_meetings($as_known_on) as meetings
inner join countries on meetings.host_country_code = countries.country_code
group by all
order by countries.name
