-- question: Which statements became known between two dates?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   table_name        VARCHAR  table of the statement
--   statement_id      VARCHAR  key in that table
--   about             VARCHAR  what it is about
--   said              VARCHAR  what it says in one line
--   known_on          DATE     day from which it is known
--   published_date    VARCHAR  ISO 8601 date, as exactly as the document states it
--   is_dated          BOOLEAN  its document bears a date; if not, it is known from the day it was read
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    statements.table_name,
    statements.statement_id,
    statements.about,
    statements.said,
    statements.known_on,
    documents.published_date,
    documents.published_date is not null as is_dated,
    statements.document_id,
    statements.locator,
    statements.caveat_ids,
from all_statements($as_known_on) as statements
inner join documents on statements.document_id = documents.document_id
where statements.known_on > $known_from
order by statements.table_name, statements.about, statements.statement_id
