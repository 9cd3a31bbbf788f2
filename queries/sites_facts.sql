-- question: What else do documents say about one site?
-- params:
--   $as_known_on     null::date
--   $site_id         'rason'
-- returns:
--   fact_id          VARCHAR   facts.fact_id
--   topic            VARCHAR   allowed value
--   what             VARCHAR   -
--   as_of            VARCHAR   ISO 8601 date
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    known.fact_id,
    known.topic,
    known.what,
    known.as_of,
    known.document_id,
    known.locator,
    known.caveat_ids,
    known.note,
from known_facts($as_known_on) as known
where known.subject_table = 'sites' and known.subject_id = $site_id
order by known.topic, known.fact_id
