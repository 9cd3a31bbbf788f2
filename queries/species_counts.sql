-- question: Which figures do documents give for one species, by area, kind and method?
-- params:
--   $as_known_on     null::date
--   $species_id      'amur_leopard'
-- returns:
--   count_id         VARCHAR   counts.count_id
--   chart_area       VARCHAR   area under which the figure is drawn: that of the newest figure of its series
--   area_name        VARCHAR   area counted, as the document names it
--   country_names    VARCHAR   countries covered; null = the world or the whole range
--   year_from        BIGINT    year
--   year_to          BIGINT    year; null = not stated
--   season           VARCHAR   -
--   count_kind       VARCHAR   allowed value
--   population_part  VARCHAR   allowed value
--   method           VARCHAR   allowed value
--   value            DOUBLE    see unit
--   low              DOUBLE    see unit
--   high             DOUBLE    see unit
--   qualifier        VARCHAR   allowed value
--   interval_kind    VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   series_id        VARCHAR   series.series_id; null = belongs to no series of like figures
--   series_name      VARCHAR   -
--   comparability    VARCHAR   why the figures of the series can be joined, or why not
--   is_joined        BOOLEAN   stands in a series whose figures are alike enough for a line
--   headline_order   BIGINT    place among the series that stand for the species; null = not one of them
--   is_region_part   BOOLEAN   part of a total of a larger area
--   is_derived       BOOLEAN   worked out by us
--   formula          VARCHAR   how it was worked out
--   is_current       BOOLEAN   newest figure of its area, kind, part and method (rule: current_counts)
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
with
counts as materialized (
    select states.*,
    from count_states($as_known_on, of_species := $species_id) as states
),

named as (
    select counts.count_id, string_agg(countries.name, ', ' order by countries.name) as country_names,
    from counts
    inner join countries
        on list_contains(string_split(coalesce(counts.country_codes, counts.country_code), ' '), countries.country_code)
    group by counts.count_id
)

select
    counts.count_id,
    if(counts.series_id is null, counts.area_name, arg_max(counts.area_name, counts.year_to) over same) as chart_area,
    counts.area_name, named.country_names, counts.year_from, counts.year_to, counts.season, counts.count_kind,
    counts.population_part, counts.method, counts.value, counts.low, counts.high, counts.qualifier,
    counts.interval_kind, counts.unit, counts.series_id, series.name as series_name, series.comparability,
    coalesce(series.is_joined and counts.stands_in_series, false) as is_joined,
    series.headline_order, coalesce(whole.area_id <> counts.area_id, false) as is_region_part, counts.is_derived, counts.formula,
    counts.is_current,
    counts.document_id, counts.locator, counts.caveat_ids, counts.note,
from counts
left join named on counts.count_id = named.count_id
left join known_series($as_known_on) as series on counts.series_id = series.series_id
left join counts as whole on counts.part_of_count_id = whole.count_id
window same as (partition by counts.series_id)
order by counts.area_name, counts.year_to nulls last, counts.count_id
