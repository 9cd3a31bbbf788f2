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
--   due_date               VARCHAR    ISO 8601 date, of the ask or of its repeat at the same meeting; null = none given
--   due_title              VARCHAR    title of the document that gives the date, where it is the repeat
--   is_nature_conservation BOOLEAN    false = put for all programme areas
--   is_agenda_item         BOOLEAN    only an item of the agenda: no state unless a document tells what followed
--   state                  VARCHAR    done; done_unconfirmed; partly; superseded; open = no follow-up on record
--   state_what             VARCHAR    what followed last
--   state_date             VARCHAR    ISO 8601 date
--   document_id            VARCHAR    documents.document_id
--   document_ids           VARCHAR    of the ask, its date and its follow-up, documents.document_id, separated by a space
--   locator                VARCHAR    -
--   caveat_ids             VARCHAR    of the ask and its follow-up, caveats.caveat_id, separated by a space
select
    told.issue_id, told.meeting_id, meetings.name as meeting_name, meetings.end_date as meeting_date, told.paragraph,
    told.subject, told.ask_kind, told.asked, told.addressee, told.due as due_date, told.due_title,
    told.is_nature_conservation, told.is_agenda_item, told.state, told.state_what, told.state_date,
    told.document_id, concat_ws(' ', told.document_id, told.due_document_id, told.state_document_ids) as document_ids, told.locator, told.caveat_ids,
from issue_states($as_known_on) as told
inner join meetings on told.meeting_id = meetings.meeting_id
where
    ($meeting_id is null or told.meeting_id = $meeting_id)
    and ($ask_kind is null or told.ask_kind = $ask_kind)
    and ($country_code is null or list_contains(string_split(told.addressee_country_codes, ' '), $country_code))
order by meetings.number desc, told.is_agenda_item, told.paragraph, told.issue_id
