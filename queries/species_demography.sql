-- question: What is measured about birth, life and death of one species, and on which animals?
-- params:
--   $as_known_on     null::date
--   $species_id      'hooded_crane'
-- returns:
--   parameter_id     VARCHAR   demography.parameter_id
--   parameter        VARCHAR   what was measured
--   value            DOUBLE    see measure_unit
--   low              DOUBLE    see measure_unit
--   high             DOUBLE    see measure_unit
--   measure_unit     VARCHAR   unit in words
--   measured         VARCHAR   period or place measured
--   taxon_name       VARCHAR   taxon measured
--   is_relative      BOOLEAN   measured on a relative that stands in for the species
--   formula          VARCHAR   how a figure worked out by us was worked out; null = printed in the document
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    demography.parameter_id,
    demography.parameter,
    demography.value,
    demography.low,
    demography.high,
    demography.unit as measure_unit,
    demography.period as measured,
    demography.taxon_name,
    coalesce(list_contains(string_split(demography.caveat_ids, ' '), 'relative_species'), false) as is_relative,
    demography.formula,
    demography.document_id,
    demography.locator,
    demography.caveat_ids,
    demography.note,
from known_demography($as_known_on) as demography
where demography.species_id = $species_id
order by is_relative, demography.parameter, demography.taxon_name, demography.parameter_id
