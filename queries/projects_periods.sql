-- question: Which periods do documents state for projects and components: planned, revised, actual?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   period_id         VARCHAR  project_periods.period_id
--   project_id        VARCHAR  projects.project_id
--   component_id      VARCHAR  components.component_id; null = the project
--   short_title       VARCHAR  -
--   component_number  INTEGER  ordinal
--   period_kind       VARCHAR  allowed value
--   start_date        VARCHAR  ISO 8601 date
--   end_date          VARCHAR  ISO 8601 date
--   duration_months   BIGINT   months as stated
--   is_tentative      BOOLEAN  called suggested or to be confirmed
--   is_current        BOOLEAN  newest statement of its kind
--   as_of             VARCHAR  ISO 8601 date
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   note              VARCHAR  -
select
    periods.period_id, periods.project_id, periods.component_id, projects.short_title,
    components.number::integer as component_number, periods.period_kind, periods.start_date, periods.end_date,
    periods.duration_months, periods.is_tentative, current.period_id is not null as is_current, periods.as_of,
    periods.document_id, periods.locator, periods.caveat_ids, periods.note,
from known_project_periods($as_known_on) as periods
inner join projects on periods.project_id = projects.project_id
left join components on periods.component_id = components.component_id
left join current_periods($as_known_on) as current on periods.period_id = current.period_id
where $project_id is null or periods.project_id = $project_id
order by
    min(periods.start_date) over (partition by periods.project_id) nulls last,
    periods.project_id, components.number nulls first, periods.start_date nulls last, periods.period_id
