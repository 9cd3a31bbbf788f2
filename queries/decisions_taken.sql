-- question: What did meetings decide, note or ask for?
-- params:
--   $as_known_on     null::date
--   $meeting_id      null
--   $project_id      null
-- returns:
--   decision_id       VARCHAR  decisions.decision_id
--   meeting_id        VARCHAR  meetings.meeting_id
--   meeting_name      VARCHAR  -
--   meeting_date      VARCHAR  ISO 8601 date
--   kind              VARCHAR  allowed value
--   subject           VARCHAR  -
--   what              VARCHAR  -
--   addressee         VARCHAR  -
--   project_ids       VARCHAR  projects.project_id, separated by a space
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    decisions.decision_id, decisions.meeting_id, meetings.name as meeting_name, meetings.end_date as meeting_date,
    decisions.kind, decisions.subject, decisions.what, decisions.addressee, decisions.project_ids,
    decisions.document_id, decisions.locator, decisions.caveat_ids,
from known_decisions($as_known_on) as decisions
inner join meetings on decisions.meeting_id = meetings.meeting_id
where
    ($meeting_id is null or decisions.meeting_id = $meeting_id)
    and ($project_id is null or list_contains(string_split(decisions.project_ids, ' '), $project_id))
order by meetings.end_date desc nulls last, decisions.decision_id
