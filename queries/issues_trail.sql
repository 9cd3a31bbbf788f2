-- question: What was asked before, what followed, and what was said again for one ask?
-- params:
--   $as_known_on     null::date
--   $issue_id        'som_27_tumen_views'
-- returns:
--   of_issue_id      VARCHAR   issues.issue_id the step belongs to; a null $issue_id asks for all
--   step             VARCHAR   earlier_ask, repeated, follow_up or later_ask
--   date_from        VARCHAR   ISO 8601 date; first day of the meeting of an ask
--   date             VARCHAR   ISO 8601 date; last day of the meeting of an ask
--   meeting_id       VARCHAR   meetings.meeting_id; null for a follow-up
--   meeting_name     VARCHAR   -
--   status           VARCHAR   allowed value of follow_ups.status; null for an ask
--   what             VARCHAR   -
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
asks as (
    select
        issues.*,
        meetings.name as meeting_name, meetings.start_date, meetings.end_date,
    from known_issues($as_known_on) as issues
    inner join meetings on issues.meeting_id = meetings.meeting_id
),

steps as (
    select 'earlier_ask' as step, trail.issue_id as of_issue_id, trail.earlier_issue_id as issue_id,
    from known_issue_trail($as_known_on) as trail
    union all
    select 'later_ask' as step, trail.earlier_issue_id as of_issue_id, trail.issue_id as issue_id,
    from known_issue_trail($as_known_on) as trail
    union all
    select 'repeated' as step, issues.repeats_issue_id as of_issue_id, issues.issue_id as issue_id,
    from asks as issues
    where issues.repeats_issue_id is not null
),

told as (
    select
        steps.of_issue_id, steps.step, asks.start_date as date_from, asks.end_date as date, asks.meeting_id,
        asks.meeting_name, null::varchar as status,
        asks.subject || ': ' || asks.asked as what, asks.document_id, asks.locator, asks.caveat_ids,
    from steps
    inner join asks on steps.issue_id = asks.issue_id
    union all
    select
        follow_ups.issue_id as of_issue_id, 'follow_up' as step, null as date_from, follow_ups.date, null as meeting_id,
        null as meeting_name, follow_ups.status,
        follow_ups.what, follow_ups.document_id, follow_ups.locator, follow_ups.caveat_ids,
    from known_follow_ups($as_known_on) as follow_ups
)

select
    told.of_issue_id, told.step, told.date_from, told.date, told.meeting_id, told.meeting_name, told.status, told.what,
    told.document_id, told.locator, told.caveat_ids,
from told
where $issue_id is null or told.of_issue_id = $issue_id
order by told.of_issue_id, told.date nulls last, told.step, told.what
