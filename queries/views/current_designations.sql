-- rule: The current statement on one designation of one site is the one of the best graded document, then the newest.
-- Other statements on the same designation (another year, another area) stay in designations and are shown beside it.
create or replace macro current_designations(as_known_on) as table
with
known as (
    select
        designations.*,
        documents.known_on,
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) as grade_rank,
    from known_designations(as_known_on) as designations
    inner join documents on designations.document_id = documents.document_id
)

select known.* exclude (known_on, grade_rank)
from known
qualify row_number() over (
    partition by known.site_id, known.designation
    order by known.grade_rank asc, known.known_on desc, known.designation_id asc
) = 1
