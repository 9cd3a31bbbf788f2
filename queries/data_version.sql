-- question: Of which day are the data?
-- params:
--   $as_known_on       null::date
-- returns:
--   newest_seen_date   VARCHAR   ISO 8601 date on which the newest document was read
--   documents          BIGINT    number of documents
select
    max(documents.seen_date) as newest_seen_date,
    count(*) as documents,
from documents
where $as_known_on is null or documents.known_on <= $as_known_on
order by 1
