-- question: Where do the counts of two countries share animals, so that their sum counts some twice?
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
national as (
    select counts.*
    from known_counts($as_known_on) as counts
    where
        counts.country_code is not null and counts.count_kind = 'individuals_identified'
        and counts.population_part in ('all_ages', 'not_stated') and not counts.is_derived and counts.value is not null
)

select
    movements.movement_id as finding_key,
    'movements' as subject_table,
    movements.movement_id as subject_id,
    'National counts of ' || species.name || 's, ' || methods.name as subject,
    home_country.name || ' ' || home.value::integer || ', ' || away_country.name || ' ' || away.value::integer
    || ' (' || methods.name || ')' as said_a,
    home.locator as place_a,
    home.document_id as document_id_a,
    'Transborder movement: ' || movements.individuals || ' (' || methods.name || ')' as said_b,
    movements.locator as place_b,
    movements.document_id as document_id_b,
    'Adding the two lists would count animals twice. If each of the ' || movements.individuals || ' is in both lists, '
    || (home.value + away.value - movements.individuals)::integer || ' are different animals.' as worked_out,
from known_movements($as_known_on) as movements
inner join national as home
    on movements.species_id = home.species_id and movements.from_country_code = home.country_code
    and movements.method = home.method and movements.document_id = home.document_id
inner join national as away
    on movements.species_id = away.species_id and movements.to_country_code = away.country_code
    and movements.method = away.method and movements.document_id = away.document_id
inner join countries as home_country on home.country_code = home_country.country_code
inner join countries as away_country on away.country_code = away_country.country_code
inner join species on movements.species_id = species.species_id
cross join lateral (
    select case movements.method when 'camera_trap' then 'camera traps' when 'genetic' then 'genetic analysis'
        else replace(movements.method, '_', ' ') end as name
) as methods
where movements.movement_kind = 'both_sides' and movements.individuals > 0
order by movements.movement_id, home.count_id, away.count_id
