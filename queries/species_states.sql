-- question: In which countries does one species live, and what is counted there: figures, zero, or nothing?
-- params:
--   $as_known_on     null::date
--   $species_id      'black_faced_spoonbill'
-- returns:
--   species_id       VARCHAR   species.species_id; a null $species_id asks for all
--   species_name     VARCHAR   -
--   country_code     VARCHAR   ISO 3166-1 alpha-3
--   country_name     VARCHAR   -
--   is_member        BOOLEAN   takes part in NEASPEC
--   presences        VARCHAR   allowed values of presence, separated by a space; null = not stated
--   area_name        VARCHAR   area of the figure that is shown for the State, as the document names it
--   count_kind       VARCHAR   allowed value
--   population_part  VARCHAR   allowed value
--   method           VARCHAR   allowed value
--   value            DOUBLE    see unit; null = only a range, or no figure
--   low              DOUBLE    see unit
--   high             DOUBLE    see unit
--   qualifier        VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   year_from        BIGINT    year
--   year_to          BIGINT    year
--   finding          VARCHAR   counted, zero (all figures are zero), not_surveyed, not_reported, not_known or not_found
--   what             VARCHAR   what is missing, where a document or a reader says so
--   document_ids     VARCHAR   documents of presence, figure and gap, separated by a space
--   caveat_ids       VARCHAR   caveats of the figure, separated by a space
-- One row for each State and figure (rule: state_counts), or one for a State without any.
with
present as (
    select
        stated.species_id, stated.country_code, string_agg(distinct stated.presence, ' ' order by stated.presence) as presences,
        string_agg(distinct stated.document_id, ' ' order by stated.document_id) as document_ids,
    from known_species_countries($as_known_on) as stated
    where ($species_id is null or stated.species_id = $species_id)
    group by stated.species_id, stated.country_code
),

missing as (
    select gaps.species_id, gaps.country_code, string_agg(distinct gaps.what, ' ' order by gaps.what) as what,
        arg_min(gaps.state, list_position(['not_surveyed', 'not_reported', 'not_known', 'not_found'], gaps.state)) as state,
        string_agg(distinct gaps.document_id, ' ' order by gaps.document_id) as document_ids,
    from known_gaps($as_known_on) as gaps
    where ($species_id is null or gaps.species_id = $species_id) and gaps.subject_table = 'counts' and gaps.country_code is not null
    group by gaps.species_id, gaps.country_code
)

select
    species.species_id, species.name as species_name, countries.country_code, countries.name as country_name,
    countries.is_member, present.presences,
    counted.area_name, counted.count_kind, counted.population_part, counted.method, counted.value, counted.low,
    counted.high, counted.qualifier, counted.unit, counted.year_from, counted.year_to,
    case
        when counted.highest > 0 then 'counted'
        when counted.highest = 0 then 'zero'
        else coalesce(missing.state, 'not_found')
    end as finding,
    missing.what,
    array_to_string(list_sort(list_distinct(string_split(
        concat_ws(' ', present.document_ids, counted.document_id, missing.document_ids), ' '
    ))), ' ') as document_ids,
    counted.caveat_ids,
from species
cross join countries
left join present on species.species_id = present.species_id and countries.country_code = present.country_code
left join state_counts($as_known_on) as counted on species.species_id = counted.species_id and countries.country_code = counted.country_code
left join missing on species.species_id = missing.species_id and countries.country_code = missing.country_code
where
    ($species_id is null or species.species_id = $species_id)
    and coalesce(present.country_code, counted.country_code, missing.country_code) is not null
order by
    species.sort_order, countries.is_member desc, countries.name, counted.unit, counted.year_to desc, counted.area_name,
    counted.count_id
