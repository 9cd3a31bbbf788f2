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
--   said_of_it       VARCHAR   what States put on record about the document itself; null = nothing
-- A document that bears only a year may be cited within that year, for what is known from the day of a meeting.
with
said as (
    select
        later_notes.subject_id, string_agg(later_notes.what, ' ' order by later_notes.later_note_id) as said_of_it,
    from known_later_notes($as_known_on) as later_notes
    where later_notes.subject_table = 'documents'
    group by all
)

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
    said.said_of_it,
from documents
left join said on documents.document_id = said.subject_id
where
    list_contains($document_ids::varchar[], documents.document_id)
    and (
        $as_known_on is null or documents.known_on <= $as_known_on
        or length(documents.published_date) = 4 and documents.published_date <= left($as_known_on::varchar, 4)
    )
order by documents.document_id
