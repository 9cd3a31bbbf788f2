-- rule: Whether a count is the current one (rule: current_counts) and whether it stands in its series (rule: series_counts),
-- in one pass over the counts; both rules read it. of_species = one species: neither rule looks beyond the species of a count.
create or replace macro count_states(as_known_on, of_species := null) as table
with
known as materialized (
    select
        counts.*, documents.known_on,
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) as grade_rank,
        counts.year_to is not null and documents.grade <> 'web_page' as is_dated,
    from known_counts(as_known_on) as counts
    inner join documents on counts.document_id = documents.document_id
    where of_species is null or counts.species_id = of_species
)

select
    known.* exclude (known_on, grade_rank, is_dated),
    known.is_dated and not known.is_derived and row_number() over (
        partition by
            known.is_dated and not known.is_derived,
            known.species_id,
            known.area_id,
            known.season is null,
            known.count_kind,
            known.population_part,
            known.method
        order by known.year_to desc, known.grade_rank asc, known.known_on desc, known.count_id asc
    ) = 1 as is_current,
    known.is_dated and known.series_id is not null and row_number() over (
        partition by known.is_dated, known.series_id, known.year_to
        order by known.grade_rank asc, known.known_on desc, known.count_id asc
    ) = 1 as stands_in_series,
from known
