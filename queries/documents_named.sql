-- question: By what are documents called in a sentence?
-- params:
--   $as_known_on     null::date
--   $document_ids    ['som_24_paper', 'workshop_2016_note']
-- returns:
--   document_id      VARCHAR   documents.document_id
--   kind             VARCHAR   allowed value
--   som_number       BIGINT    number of the Senior Officials Meeting it was written for; null = none
--   publisher        VARCHAR   -
--   grade            VARCHAR   allowed value
--   year             VARCHAR   year of the document; null = undated
select
    documents.document_id,
    documents.kind,
    if(meetings.kind = 'som', meetings.number, null) as som_number,
    documents.publisher,
    documents.grade,
    left(documents.published_date, 4) as year,
from documents
left join meetings on documents.meeting_id = meetings.meeting_id
where
    list_contains($document_ids::varchar[], documents.document_id)
    and ($as_known_on is null or documents.known_on <= $as_known_on)
order by documents.document_id
