-- question: Which current figures of animals changed between two dates, and which of them by a quarter or more?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   species_id        VARCHAR  species.species_id
--   species_name      VARCHAR  -
--   area_name         VARCHAR  -
--   count_kind        VARCHAR  allowed value
--   population_part   VARCHAR  allowed value
--   method            VARCHAR  allowed value
--   unit              VARCHAR  allowed value
--   old_value         DOUBLE   see unit; null = only a range
--   old_low           DOUBLE   see unit
--   old_high          DOUBLE   see unit
--   old_qualifier     VARCHAR  allowed value
--   old_year          BIGINT   year
--   new_value         DOUBLE   see unit; null = only a range
--   new_low           DOUBLE   see unit
--   new_high          DOUBLE   see unit
--   new_qualifier     VARCHAR  allowed value
--   new_year          BIGINT   year
--   change_share      DOUBLE   share of the old figure, from the lower end of a range; null = it is zero
--   is_jump           BOOLEAN  a quarter or more
--   old_document_id   VARCHAR  documents.document_id
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   country_code      VARCHAR  ISO 3166-1 alpha-3; null = the area lies in several States, or is the whole range
--   is_range          BOOLEAN  the figure stands for the whole range of the species
--   headline_order    BIGINT   rank of its series among those that stand for the species; null = of none
-- Only figures of the same species, area, kind, part of the population, method, unit and qualifier are compared (a minimum
-- says nothing about a change of a count);
-- not those that their caveats call unlike their neighbours, and not where the figure known at the earlier date was more
-- than two years old by then: what lies between the two is no change between the dates.
select
    species.species_id, species.name as species_name, later.area_name, later.count_kind, later.population_part,
    later.method, later.unit,
    earlier.value as old_value, earlier.low as old_low, earlier.high as old_high,
    earlier.qualifier as old_qualifier, earlier.year_to as old_year,
    later.value as new_value, later.low as new_low, later.high as new_high,
    later.qualifier as new_qualifier, later.year_to as new_year,
    coalesce(later.value, later.low) / nullif(coalesce(earlier.value, earlier.low), 0) - 1 as change_share,
    coalesce(abs(round(change_share, 9)) >= 0.25, coalesce(later.value, later.low) > 0) as is_jump,
    earlier.document_id as old_document_id, later.document_id, later.locator, later.caveat_ids,
    later.country_code, coalesce(series.headline_order is not null and later.country_code is null, false) as is_range,
    series.headline_order,
from current_counts($known_from) as earlier
inner join current_counts($as_known_on) as later
    on
        earlier.species_id = later.species_id
        and earlier.area_id = later.area_id
        and (earlier.season is null) = (later.season is null)
        and earlier.count_kind = later.count_kind
        and earlier.population_part = later.population_part
        and earlier.method = later.method
        and earlier.unit = later.unit
        and earlier.qualifier = later.qualifier
inner join species on later.species_id = species.species_id
left join series on later.series_id = series.series_id
where
    earlier.count_id <> later.count_id
    and earlier.year_to >= year($known_from::date) - 2
    and not regexp_matches(
        concat_ws(' ', earlier.caveat_ids, later.caveat_ids), '\b(not_like_for_like|area_differs|method_differs)\b'
    )
    and (
        earlier.value is distinct from later.value or earlier.low is distinct from later.low
        or earlier.high is distinct from later.high
    )
order by species.sort_order, later.area_name, later.count_kind, later.population_part, later.method, later.count_id
