-- question: What causes what in the Tumen delta, as the study states it?
-- params:
--   $as_known_on     null::date
-- returns:
--   feedback_id       VARCHAR  feedbacks.feedback_id
--   cause             VARCHAR  -
--   effect            VARCHAR  -
--   mechanism         VARCHAR  -
--   side              VARCHAR  human or ecology
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    feedbacks.feedback_id, feedbacks.cause, feedbacks.effect, feedbacks.mechanism, feedbacks.side,
    feedbacks.document_id, feedbacks.locator, feedbacks.caveat_ids,
from known_feedbacks($as_known_on) as feedbacks
order by feedbacks.side desc, feedbacks.cause, feedbacks.effect, feedbacks.feedback_id
