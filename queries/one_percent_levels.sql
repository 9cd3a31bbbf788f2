-- question: Which 1 % levels were worked out from population estimates, and from which?
-- params:
--   $as_known_on     null::date
-- returns:
--   one_percent_level_id VARCHAR one_percent_levels.one_percent_level_id
--   species_id       VARCHAR   species.species_id
--   population       VARCHAR   -
--   estimate         DOUBLE    individuals
--   estimate_year    BIGINT    -
--   worked_out_level BIGINT    individuals; worked out by the published rule, not official
--   official_level   BIGINT    individuals; null = not found
--   document_ids     VARCHAR   documents.document_id of estimate and rule, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    levels.one_percent_level_id,
    levels.species_id,
    levels.population,
    counts.value as estimate,
    counts.year_to as estimate_year,
    levels.worked_out_level,
    levels.official_level,
    concat_ws(' ', counts.document_id, levels.document_id) as document_ids,
    levels.caveat_ids,
    levels.note,
from known_one_percent_levels($as_known_on) as levels
inner join known_counts($as_known_on) as counts on levels.count_id = counts.count_id
order by levels.species_id, levels.one_percent_level_id
