-- question: Which counts are less than the sum of the parts stated for them?
-- params:
--   $as_known_on     null::date
-- returns:
--   finding_key      VARCHAR   key of the finding, stable
--   subject_table    VARCHAR   table of the thing concerned
--   subject_id       VARCHAR   key in that table
--   subject          VARCHAR   what disagrees
--   said_a           VARCHAR   one statement
--   place_a          VARCHAR   place in its document
--   document_id_a    VARCHAR   documents.document_id
--   said_b           VARCHAR   the other statement
--   place_b          VARCHAR   place in its document
--   document_id_b    VARCHAR   documents.document_id
--   worked_out       VARCHAR   what was worked out here to see it; null = nothing
with
parts as (
    select
        counts.part_of_count_id as count_id,
        sum(counts.value) as value,
        string_agg(counts.area_name || ' ' || counts.value::integer, ', ' order by counts.count_id) as said,
        min(counts.locator) as locator,
        min(counts.document_id) as document_id,
        bool_and(counts.population_part in ('adults', 'cubs')) as is_by_age,
    from known_counts($as_known_on) as counts
    where counts.part_of_count_id is not null and counts.value is not null
    group by counts.part_of_count_id
)

select
    totals.count_id as finding_key,
    'counts' as subject_table,
    totals.count_id as subject_id,
    species.name || ', ' || totals.area_name || ', ' || totals.year_to as subject,
    totals.value::integer || ' in all' as said_a,
    totals.locator as place_a,
    totals.document_id as document_id_a,
    parts.said as said_b,
    parts.locator as place_b,
    parts.document_id as document_id_b,
    'The parts make ' || parts.value::integer || '.' as worked_out,
from known_counts($as_known_on) as totals
inner join parts on totals.count_id = parts.count_id
inner join species on totals.species_id = species.species_id
where parts.value > totals.value or (parts.is_by_age and parts.value <> totals.value)
order by totals.count_id
