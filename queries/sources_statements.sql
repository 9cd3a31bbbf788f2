-- question: Which statements of all tables meet what is searched for?
-- params:
--   $as_known_on     null::date
--   $document_id     null::varchar
--   $grade           null::varchar
--   $search          '@species/amur_tiger|amur+tiger adult'
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
-- $search is an expression as neaspec/data/search/query.py writes it: groups separated by a space, ways of meeting a group by |,
-- terms of a way by +; '' is met by every statement.
with
groups as (
    select unnest(list_filter(string_split($search, ' '), lambda word: word <> '')) as ways
),

ways as (
    select
        groups.ways as group_asked,
        unnest(string_split(groups.ways, '|')) as way,
    from groups
),

terms as (
    select
        ways.group_asked,
        ways.way,
        unnest(list_distinct(string_split(ways.way, '+'))) as term,
        len(list_distinct(string_split(ways.way, '+'))) as terms_asked,
    from ways
),

ways_met as (
    select
        search_terms.table_name,
        search_terms.statement_id,
        terms.group_asked,
        terms.way,
    from terms
    inner join search_terms on terms.term = search_terms.term
    group by all
    having count(*) = any_value(terms.terms_asked)
),

found as (
    select statements.*,
    from all_statements($as_known_on) as statements
    where $document_id is null or statements.document_id = $document_id
)

select
    found.table_name, found.statement_id, found.about, found.said, found.note, found.document_id, found.locator,
    documents.published_date, found.as_of, found.caveat_ids, count(*) over () as found,
from found
inner join documents on found.document_id = documents.document_id
where
    ($grade is null or documents.grade = $grade)
    and (
        not exists (select 1 as one from groups)
        or (found.table_name, found.statement_id) in (
            select
                met.table_name,
                met.statement_id,
            from ways_met as met
            group by met.table_name, met.statement_id
            having count(distinct met.group_asked) = (select count(*) as asked from groups)
        )
    )
order by found.known_on desc, found.table_name, found.statement_id
limit $most
