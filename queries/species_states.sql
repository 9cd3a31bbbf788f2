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
--   figures          BIGINT    figures of animals, pairs or nests in this country alone
--   newest_year      BIGINT    newest year of those figures
--   finding          VARCHAR   counted, zero (all figures are zero), not_surveyed, not_reported, not_known or not_found
--   what             VARCHAR   what is missing, where a document or a reader says so
--   document_ids     VARCHAR   documents of presence, newest figure and gap, separated by a space
with
present as (
    select
        stated.species_id, stated.country_code, string_agg(distinct stated.presence, ' ' order by stated.presence) as presences,
        string_agg(distinct stated.document_id, ' ' order by stated.document_id) as document_ids,
    from known_species_countries($as_known_on) as stated
    where ($species_id is null or stated.species_id = $species_id)
    group by stated.species_id, stated.country_code
),

counted as (
    select counts.species_id, counts.country_code, count(*) as figures, max(counts.year_to) as newest_year,
        max(coalesce(counts.value, counts.high, counts.low)) as highest,
        arg_max(counts.document_id, (counts.year_to, counts.count_id)) as document_ids,
    from current_counts($as_known_on) as counts
    where ($species_id is null or counts.species_id = $species_id) and counts.country_code is not null
    group by counts.species_id, counts.country_code
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
    coalesce(counted.figures, 0) as figures, counted.newest_year,
    case
        when counted.highest > 0 then 'counted'
        when counted.highest = 0 then 'zero'
        else coalesce(missing.state, 'not_found')
    end as finding,
    missing.what,
    array_to_string(list_sort(list_distinct(string_split(
        concat_ws(' ', present.document_ids, counted.document_ids, missing.document_ids), ' '
    ))), ' ') as document_ids,
from species
cross join countries
left join present on species.species_id = present.species_id and countries.country_code = present.country_code
left join counted on species.species_id = counted.species_id and countries.country_code = counted.country_code
left join missing on species.species_id = missing.species_id and countries.country_code = missing.country_code
where coalesce(present.country_code, counted.country_code, missing.country_code) is not null
order by species.sort_order, countries.is_member desc, countries.name
