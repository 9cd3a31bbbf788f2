-- rule: The current figure of one species, area, kind, part of the population and method is the one that speaks of the
-- newest year; of several for that year, the one of the best graded document (official, scientific, organisation, press);
-- of these, the newest document. An area is its row in areas.csv, however a document spells it. Figures without a year,
-- derived figures and figures of web pages are never current.
create or replace macro current_counts(as_known_on) as table
with
known as (
    select
        counts.*,
        documents.known_on,
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) as grade_rank,
    from known_counts(as_known_on) as counts
    inner join documents on counts.document_id = documents.document_id
    where counts.year_to is not null and not counts.is_derived and documents.grade <> 'web_page'
)

select known.* exclude (known_on, grade_rank)
from known
qualify row_number() over (
    partition by
        known.species_id,
        known.area_id,
        known.season is null,
        known.count_kind,
        known.population_part,
        known.method
    order by known.year_to desc, known.grade_rank asc, known.known_on desc, known.count_id asc
) = 1
