-- question: Which rows are about one species, so that findings about them can be shown with it?
-- params:
--   $as_known_on     null::date
--   $species_id      'amur_tiger'
-- returns:
--   subject_table    VARCHAR   counts, movements, statuses or species
--   subject_id       VARCHAR   key in that table
select 'counts' as subject_table, counts.count_id as subject_id,
from known_counts($as_known_on) as counts
where counts.species_id = $species_id
union all
select 'movements' as subject_table, movements.movement_id as subject_id,
from known_movements($as_known_on) as movements
where movements.species_id = $species_id
union all
select 'statuses' as subject_table, statuses.status_id as subject_id,
from known_statuses($as_known_on) as statuses
where statuses.species_id = $species_id
union all
select 'species' as subject_table, species.species_id as subject_id,
from species
where species.species_id = $species_id
order by subject_table, subject_id
