-- question: What was each meeting asked to consider, of whom, by when, and what is known to have followed?
-- params:
--   $as_known_on     '2025-12-31'::date
--   $meeting_id      'som_24'
--   $country_code    null
--   $ask_kind        null
-- returns:
--   issue_id               VARCHAR    issues.issue_id
--   meeting_id             VARCHAR    meetings.meeting_id
--   meeting_name           VARCHAR    -
--   meeting_date           VARCHAR    ISO 8601 date, last day of the meeting
--   paragraph              VARCHAR    paragraph of the paper
--   subject                VARCHAR    -
--   ask_kind               VARCHAR    allowed value of issues.ask_kind
--   asked                  VARCHAR    -
--   addressee              VARCHAR    -
--   due_date               VARCHAR    ISO 8601 date; null = none given
--   is_nature_conservation BOOLEAN    false = put for all programme areas
--   state                  VARCHAR    allowed value of follow_ups.status; open = nothing is known to have followed
--   state_what             VARCHAR    what followed last
--   state_date             VARCHAR    ISO 8601 date
--   days_open              INTEGER    days from the meeting to the day looked at; null = done
--   document_id            VARCHAR    documents.document_id
--   locator                VARCHAR    -
--   caveat_ids             VARCHAR    caveats.caveat_id, separated by a space
with
latest as (
    select
        follow_ups.*,
    from known_follow_ups($as_known_on) as follow_ups
    qualify row_number() over (
        partition by follow_ups.issue_id
        order by follow_ups.status = 'done' desc, follow_ups.date desc nulls last, follow_ups.follow_up_id asc
    ) = 1
)

select
    issues.issue_id,
    issues.meeting_id,
    meetings.name as meeting_name,
    meetings.end_date as meeting_date,
    issues.paragraph,
    issues.subject,
    issues.ask_kind,
    issues.asked,
    issues.addressee,
    issues.due_date,
    issues.is_nature_conservation,
    coalesce(latest.status, 'open') as state,
    latest.what as state_what,
    latest.date as state_date,
    if(
        coalesce(latest.status, 'open') = 'done', null,
        date_diff('day', meetings.end_date::date, coalesce($as_known_on, current_date))
    )::integer as days_open,
    issues.document_id,
    issues.locator,
    issues.caveat_ids,
from known_issues($as_known_on) as issues
inner join meetings on issues.meeting_id = meetings.meeting_id
left join latest on issues.issue_id = latest.issue_id
where
    issues.repeats_issue_id is null
    and ($meeting_id is null or issues.meeting_id = $meeting_id)
    and ($ask_kind is null or issues.ask_kind = $ask_kind)
    and ($country_code is null or list_contains(string_split(issues.addressee_country_codes, ' '), $country_code))
order by meetings.number desc, issues.paragraph, issues.issue_id
