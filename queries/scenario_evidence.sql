-- question: Which cases of deaths at lines, of marking and of distance are on record, of which birds?
-- params:
--   $as_known_on     null::date
-- returns:
--   parameter_id     VARCHAR   demography.parameter_id
--   parameter        VARCHAR   what was measured
--   taxon_name       VARCHAR   taxon measured
--   value            DOUBLE    see measure_unit
--   low              DOUBLE    see measure_unit
--   high             DOUBLE    see measure_unit
--   measure_unit     VARCHAR   unit in words
--   measured         VARCHAR   period measured
--   is_own           BOOLEAN   measured on birds of one of the flagship species
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    demography.parameter_id,
    demography.parameter,
    demography.taxon_name,
    demography.value,
    demography.low,
    demography.high,
    demography.unit as measure_unit,
    demography.period as measured,
    not coalesce(list_contains(string_split(demography.caveat_ids, ' '), 'relative_species'), false) as is_own,
    demography.document_id,
    demography.locator,
    demography.caveat_ids,
    demography.note,
from known_demography($as_known_on) as demography
where
    demography.parameter_id like 'energy\_%' escape '\'
    or regexp_matches(demography.parameter_id, 'mortality_(power_line|accidents|cause_share_power_line|cause_share_poisoning)')
order by is_own desc, demography.parameter_id
