-- rule: One figure stands in a series for each year: of several for that year, the one of the best graded document
-- (official, scientific, organisation, press); of these, the newest document. Figures of web pages do not stand.
create or replace macro series_counts(as_known_on) as table
select counts.*
from known_counts(as_known_on) as counts
inner join documents on counts.document_id = documents.document_id
where
    counts.series_id is not null and counts.year_to is not null and documents.grade <> 'web_page'
qualify row_number() over (
    partition by counts.series_id, counts.year_to
    order by
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) asc, documents.known_on desc,
        counts.count_id asc
) = 1
