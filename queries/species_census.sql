-- question: In which years do the regional parts of a census add up to its total, and what are they?
-- params:
--   $as_known_on     null::date
--   $species_id      'black_faced_spoonbill'
-- returns:
--   year             BIGINT    year
--   area_name        VARCHAR   region counted
--   value            DOUBLE    individuals in the region
--   total            DOUBLE    individuals in all, as stated
--   parts_total      DOUBLE    individuals in all known parts together
--   adds_up          BOOLEAN   the parts make the total exactly
--   is_exact         BOOLEAN   the document does not call the part preliminary or rounded
--   document_id      VARCHAR   documents.document_id of the part
--   total_document_id VARCHAR  documents.document_id of the total
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
-- Parts are regions: rows of another area, the same animals (all ages with all ages). A year without any part is a
-- total alone: one row without a region.
with
totals as (
    select counts.*
    from series_counts($as_known_on) as counts
    where
        counts.species_id = $species_id and counts.value is not null
        and counts.series_id in (
            select whole.series_id
            from known_counts($as_known_on) as part
            inner join known_counts($as_known_on) as whole on part.part_of_count_id = whole.count_id
            where part.area_id <> whole.area_id and part.population_part = whole.population_part
        )
),

parts as (
    select counts.*, sum(counts.value) over (partition by counts.part_of_count_id) as parts_total,
    from known_counts($as_known_on) as counts
    inner join totals
        on counts.part_of_count_id = totals.count_id and counts.area_id <> totals.area_id
        and counts.population_part = totals.population_part
)

select
    totals.year_to as year,
    parts.area_name,
    parts.value,
    totals.value as total,
    parts.parts_total,
    coalesce(parts.parts_total = totals.value, false) as adds_up,
    parts.qualifier = 'exact' as is_exact,
    coalesce(parts.document_id, totals.document_id) as document_id,
    totals.document_id as total_document_id,
    coalesce(parts.locator, totals.locator) as locator,
    array_to_string(
        list_sort(list_distinct(string_split(nullif(concat_ws(' ', parts.caveat_ids, totals.caveat_ids), ''), ' '))), ' '
    ) as caveat_ids,
from totals
left join parts on totals.count_id = parts.part_of_count_id
order by totals.year_to, totals.count_id, parts.value desc nulls last, parts.area_name
