-- question: Which agreements, memoranda and letters of agreement are stated, and in which state?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   agreement_id      VARCHAR  agreements.agreement_id
--   agreement         VARCHAR  -
--   agreement_kind    VARCHAR  allowed value
--   country_codes     VARCHAR  ISO 3166-1 alpha-3, separated by a space
--   project_id        VARCHAR  projects.project_id
--   number_of_documents BIGINT   documents
--   date              VARCHAR  ISO 8601 date
--   state             VARCHAR  allowed value
--   what              VARCHAR  -
--   as_of             VARCHAR  ISO 8601 date
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    agreements.agreement_id, agreements.agreement, agreements.agreement_kind, agreements.country_codes,
    agreements.project_id, agreements.number_of_documents, agreements.date, agreements.state, agreements.what,
    agreements.as_of, agreements.document_id, agreements.locator, agreements.caveat_ids,
from known_agreements($as_known_on) as agreements
where $project_id is null or agreements.project_id = $project_id
order by coalesce(agreements.date, agreements.as_of) nulls last, agreements.agreement_id
