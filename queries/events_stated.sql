-- question: Which events do documents tell: when, where, and what happened?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   event_id          VARCHAR  events.event_id
--   date_from         VARCHAR  ISO 8601 date; null = not dated
--   date_to           VARCHAR  ISO 8601 date; null = not dated
--   what              VARCHAR  -
--   place             VARCHAR  the place or else the site; null = none is stated
--   countries         VARCHAR  names of the States concerned, separated by ", "
--   project_id        VARCHAR  projects.project_id; null = of no project
--   short_title       VARCHAR  -
--   meeting_name      VARCHAR  -
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   as_of             VARCHAR  ISO 8601 date
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
with
told as (
    select
        known.event_id, unnest(string_split(known.country_codes, ' ')) as country_code,
    from known_events($as_known_on) as known
),

countries_in as (
    select told.event_id, string_agg(countries.name, ', ' order by countries.name) as names,
    from told
    inner join countries on told.country_code = countries.country_code
    group by told.event_id
)

select
    known.event_id, known.date_from, known.date_to, known.what,
    coalesce(known.place, sites.name) as place, countries_in.names as countries,
    known.project_id, projects.short_title, meetings.name as meeting_name, known.document_id, known.locator,
    known.as_of, known.caveat_ids, known.note,
from known_events($as_known_on) as known
left join countries_in on known.event_id = countries_in.event_id
left join projects on known.project_id = projects.project_id
left join sites on known.site_id = sites.site_id
left join meetings on known.meeting_id = meetings.meeting_id
where $project_id is null or known.project_id = $project_id
order by known.date_from nulls last, known.date_to nulls last, known.event_id
