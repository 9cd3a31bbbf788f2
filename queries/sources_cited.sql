-- question: What are the documents that figures were taken from?
-- params:
--   $as_known_on     null::date
--   $document_ids    ['som_24_paper', 'som_27_paper']
-- returns:
--   document_id      VARCHAR   documents.document_id
--   title            VARCHAR   -
--   publisher        VARCHAR   -
--   published_date   VARCHAR   ISO 8601 date; null = undated
--   seen_date        VARCHAR   ISO 8601 date
--   kind             VARCHAR   allowed value
--   grade            VARCHAR   allowed value
--   language         VARCHAR   ISO 639-1
--   url              VARCHAR   null = none was found
--   document_code    VARCHAR   -
-- A document that bears only a year may be cited within that year, for what is known from the day of a meeting.
select
    documents.document_id,
    documents.title,
    documents.publisher,
    documents.published_date,
    documents.seen_date,
    documents.kind,
    documents.grade,
    documents.language,
    documents.url,
    documents.document_code,
from documents
where
    list_contains($document_ids::varchar[], documents.document_id)
    and (
        $as_known_on is null or documents.known_on <= $as_known_on
        or length(documents.published_date) = 4 and documents.published_date <= left($as_known_on::varchar, 4)
    )
order by documents.document_id
