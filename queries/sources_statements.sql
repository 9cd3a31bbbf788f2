-- question: Which statements of all tables hold every word searched for?
-- params:
--   $as_known_on     null::date
--   $document_id     null::varchar
--   $grade           null::varchar
--   $search          'tiger adults'
--   $most            5
-- returns:
--   table_name       VARCHAR   name of the table
--   statement_id     VARCHAR   key in that table
--   about            VARCHAR   what it is about
--   said             VARCHAR   what it says, in one line
--   note             VARCHAR   note
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   place in the document
--   published_date   VARCHAR   ISO 8601 date of the document; null = undated
--   as_of            VARCHAR   ISO 8601 date spoken of
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   found            BIGINT    statements found in all, before $most cuts the list
with
found as (
    select
        statements.*,
        lower(concat_ws(' ', statements.about, statements.said, statements.note, statements.locator)) as text,
    from all_statements($as_known_on) as statements
    where $document_id is null or statements.document_id = $document_id
)

select
    found.table_name,
    found.statement_id,
    found.about,
    found.said,
    found.note,
    found.document_id,
    found.locator,
    documents.published_date,
    found.as_of,
    found.caveat_ids,
    count(*) over () as found,
from found
inner join documents on found.document_id = documents.document_id
where
    ($grade is null or documents.grade = $grade)
    and len(list_filter(string_split(lower(trim($search)), ' '), lambda word: not contains(found.text, word))) = 0
order by found.known_on desc, found.table_name, found.statement_id
limit $most
