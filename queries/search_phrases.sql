-- question: Under which names does the search know each thing?
-- params:
--   $as_known_on     null::date
-- returns:
--   phrase           VARCHAR   terms of the name (neaspec/data/search/terms.py), separated by a space
--   thing            VARCHAR   table and key of the thing that bears it, separated by /
-- A help for the search: it shows no statement, so it does not depend on the day.
select
    search_phrases.phrase,
    search_phrases.thing,
from search_phrases
where $as_known_on is null or true
order by search_phrases.phrase, search_phrases.thing
