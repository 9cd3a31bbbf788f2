-- question: Which yearly growth of a species is on record?
-- params:
--   $as_known_on     null::date
--   $species_id      'black_faced_spoonbill'
-- returns:
--   row_id           VARCHAR   demography.parameter_id
--   what             VARCHAR   what was measured
--   taxon_name       VARCHAR   taxon measured
--   value            DOUBLE    growth factor a year
--   low              DOUBLE    -
--   high             DOUBLE    -
--   measured         VARCHAR   period
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
select
    demography.parameter_id as row_id,
    demography.parameter as what,
    demography.taxon_name,
    demography.value,
    demography.low,
    demography.high,
    demography.period as measured,
    demography.document_id,
    demography.locator,
    demography.caveat_ids,
from known_demography($as_known_on) as demography
where demography.species_id = $species_id and demography.parameter_id like '%\_growth\_rate\_%' escape '\'
order by demography.parameter_id
