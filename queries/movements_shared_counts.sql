-- question: How many animals did two countries each identify, how many in both, and how many are distinct?
-- params:
--   $as_known_on     null::date
--   $species_id      null
-- returns:
--   movement_id      VARCHAR   movements.movement_id
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   method           VARCHAR   allowed value
--   first_country_code VARCHAR ISO 3166-1 alpha-3
--   first_country    VARCHAR   name of a country
--   first_count      BIGINT    individuals identified there
--   second_country_code VARCHAR ISO 3166-1 alpha-3
--   second_country   VARCHAR   name of a country
--   second_count     BIGINT    individuals identified there
--   in_both          BIGINT    individuals recorded in both
--   distinct_animals BIGINT    individuals; worked out here: the two counts less those recorded in both; null = none was
--   year_from        BIGINT    year; first of either count
--   year_to          BIGINT    year; last of either count
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
national as (
    select counts.*,
    from known_counts($as_known_on) as counts
    where
        counts.country_code is not null and counts.count_kind = 'individuals_identified'
        and counts.population_part in ('all_ages', 'not_stated') and not counts.is_derived and counts.value is not null
)

select
    movements.movement_id, movements.species_id, species.name as species_name, movements.method,
    movements.from_country_code as first_country_code, first_state.name as first_country, first_list.value::bigint as first_count,
    movements.to_country_code as second_country_code, second_state.name as second_country, second_list.value::bigint as second_count,
    movements.individuals as in_both,
    if(movements.individuals > 0, first_list.value + second_list.value - movements.individuals, null)::bigint as distinct_animals,
    least(first_list.year_from, second_list.year_from) as year_from,
    greatest(first_list.year_to, second_list.year_to) as year_to,
    movements.document_id, movements.locator, movements.caveat_ids,
from known_movements($as_known_on) as movements
inner join national as first_list
    on movements.species_id = first_list.species_id and movements.from_country_code = first_list.country_code
    and movements.method = first_list.method and movements.document_id = first_list.document_id
inner join national as second_list
    on movements.species_id = second_list.species_id and movements.to_country_code = second_list.country_code
    and movements.method = second_list.method and movements.document_id = second_list.document_id
inner join species on movements.species_id = species.species_id
inner join countries as first_state on movements.from_country_code = first_state.country_code
inner join countries as second_state on movements.to_country_code = second_state.country_code
where movements.movement_kind = 'both_sides' and ($species_id is null or movements.species_id = $species_id)
order by movements.method, species.sort_order, movements.movement_id, first_list.count_id, second_list.count_id
