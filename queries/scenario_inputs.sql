-- question: From which rows is each input of the population model taken for a species, and what is assumed where there is none?
-- params:
--   $as_known_on     null::date
--   $species_id      'white_naped_crane'
-- returns:
--   input            VARCHAR   scenario_inputs.input
--   row_id           VARCHAR   key of the row of demography or counts; null = assumed
--   what             VARCHAR   what was measured or counted; null = assumed
--   taxon_name       VARCHAR   taxon measured; null = assumed
--   value            DOUBLE    the figure, in the unit of the input
--   low              DOUBLE    -
--   high             DOUBLE    -
--   measured         VARCHAR   period or year measured
--   spread           VARCHAR   scenario_inputs.spread
--   mark             VARCHAR   scenario_inputs.mark
--   input_note       VARCHAR   why it is taken or assumed
--   place            BIGINT    order of the rows of an input, the leading one first
--   document_id      VARCHAR   documents.document_id; null = assumed
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
wanted as (
    select scenario_inputs.*, unnest(string_split(coalesce(parameter_ids, ''), ' ')) as parameter_id,
        generate_subscripts(string_split(coalesce(parameter_ids, ''), ' '), 1) as place
    from scenario_inputs
    where species_id = $species_id
)

select
    wanted.input,
    coalesce(demography.parameter_id, counts.count_id) as row_id,
    coalesce(demography.parameter, counts.area_name) as what,
    coalesce(demography.taxon_name, if(counts.count_id is null, null, species.scientific_name)) as taxon_name,
    coalesce(demography.value, counts.value, if(wanted.parameter_id = '' and wanted.count_id is null, wanted.value, null))
        as value,
    coalesce(demography.low, counts.low, if(wanted.parameter_id = '' and wanted.count_id is null, wanted.low, null)) as low,
    coalesce(demography.high, counts.high, if(wanted.parameter_id = '' and wanted.count_id is null, wanted.high, null))
        as high,
    coalesce(demography.period, counts.season, counts.year_to::varchar) as measured,
    wanted.spread,
    wanted.mark,
    wanted.note as input_note,
    wanted.place::bigint as place,
    coalesce(demography.document_id, counts.document_id) as document_id,
    coalesce(demography.locator, counts.locator) as locator,
    coalesce(demography.caveat_ids, counts.caveat_ids) as caveat_ids,
from wanted
inner join species on wanted.species_id = species.species_id
left join known_demography($as_known_on) as demography on wanted.parameter_id = demography.parameter_id
left join known_counts($as_known_on) as counts on wanted.count_id = counts.count_id
where
    demography.parameter_id is not null
    or counts.count_id is not null
    or (wanted.parameter_id = '' and wanted.count_id is null)
order by wanted.scenario_input_id, wanted.place
