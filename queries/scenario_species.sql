-- question: Which species have inputs for the population model, with a number of birds to start from?
-- params:
--   $as_known_on     null::date
-- returns:
--   species_id       VARCHAR   species.species_id
--   name             VARCHAR   -
select
    species.species_id,
    species.name,
from scenario_inputs
inner join species on scenario_inputs.species_id = species.species_id
inner join known_counts($as_known_on) as counts on scenario_inputs.count_id = counts.count_id
where scenario_inputs.input = 'birds'
order by species.sort_order
