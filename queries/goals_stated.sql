-- question: What are the goals and approaches of the Nature Conservation Strategy, as documents state them?
-- params:
--   $as_known_on     null::date
-- returns:
--   goal_id           VARCHAR  goals.goal_id
--   goal_kind         VARCHAR  allowed value
--   number            BIGINT   ordinal
--   what              VARCHAR  -
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select goals.goal_id, goals.goal_kind, goals.number, goals.what, goals.document_id, goals.locator, goals.caveat_ids,
from known_goals($as_known_on) as goals
order by list_position(['goal', 'approach', 'track', 'connectivity_type'], goals.goal_kind), goals.number, goals.goal_id
