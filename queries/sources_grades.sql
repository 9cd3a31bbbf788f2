-- question: How many documents of each grade are there, and how many statements rest on them?
-- params:
--   $as_known_on     null::date
-- returns:
--   grade            VARCHAR   allowed value
--   documents        BIGINT    number of documents from which something was taken
--   statements       BIGINT    number of statements
with
taken as (
    select
        statements.document_id,
        count(*) as statements,
    from all_statements($as_known_on) as statements
    group by statements.document_id
)

select
    documents.grade,
    count(taken.document_id) as documents,
    coalesce(sum(taken.statements), 0)::bigint as statements,
from documents
left join taken on documents.document_id = taken.document_id
where $as_known_on is null or documents.known_on <= $as_known_on
group by documents.grade
order by list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade)
