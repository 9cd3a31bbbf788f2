-- question: How many statements of each table were taken from a document?
-- params:
--   $as_known_on     null::date
--   $document_id     'som_24_paper'
-- returns:
--   table_name       VARCHAR   name of the table
--   statements       BIGINT    number of statements
select
    statements.table_name,
    count(*) as statements,
from all_statements($as_known_on) as statements
where $document_id is null or statements.document_id = $document_id
group by statements.table_name
order by statements desc, statements.table_name
