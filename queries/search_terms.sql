-- question: Which terms does the search know of the statements of a table?
-- params:
--   $as_known_on     null::date
--   $table_name      'options'
-- returns:
--   term             VARCHAR   see neaspec/data/search/terms.py; @table/key = a thing the statement names
--   table_name       VARCHAR   name of the table; a null $table_name asks for all
--   statement_id     VARCHAR   key in that table
-- A help for the search: whether the statement is known on a day is asked of all_statements.
select
    search_terms.term,
    search_terms.table_name,
    search_terms.statement_id,
from search_terms
where ($table_name is null or search_terms.table_name = $table_name) and ($as_known_on is null or true)
order by search_terms.term, search_terms.table_name, search_terms.statement_id
