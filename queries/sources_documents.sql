-- question: Which documents are there, and how many statements of which tables were taken from each?
-- params:
--   $as_known_on     null::date
--   $grade           'scientific'
-- returns:
--   document_id      VARCHAR   documents.document_id
--   title            VARCHAR   -
--   published_title  VARCHAR   title in the words of its publisher; null = the title
--   publisher        VARCHAR   -
--   published_date   VARCHAR   ISO 8601 date, as exact as it is known; null = undated
--   seen_date        VARCHAR   ISO 8601 date
--   kind             VARCHAR   allowed value
--   grade            VARCHAR   allowed value
--   language         VARCHAR   ISO 639-1
--   url              VARCHAR   null = none was found
--   document_code    VARCHAR   symbol of the document
--   note             VARCHAR   one sentence for readers
--   meeting_name     VARCHAR   meeting it was written for
--   statements       BIGINT    rows taken from it
with
taken as (
    select
        statements.document_id,
        count(*) as statements,
    from all_statements($as_known_on) as statements
    group by statements.document_id
)

select
    documents.document_id,
    documents.title,
    documents.published_title,
    documents.publisher,
    documents.published_date,
    documents.seen_date,
    documents.kind,
    documents.grade,
    documents.language,
    documents.url,
    documents.document_code,
    documents.note,
    meetings.name as meeting_name,
    coalesce(taken.statements, 0) as statements,
from documents
left join taken on documents.document_id = taken.document_id
left join meetings on documents.meeting_id = meetings.meeting_id
where
    ($as_known_on is null or documents.known_on <= $as_known_on)
    and ($grade is null or documents.grade = $grade)
order by statements desc, documents.document_id
