-- question: How does each flagship species stand: a range-wide estimate, or the figures of its States side by side?
-- params:
--   $as_known_on     null::date
-- returns:
--   species_id        VARCHAR  species.species_id
--   species_name      VARCHAR  -
--   standing          VARCHAR  range (whole range), state (figure of one State), areas (of single areas only), no_figure (lives there) or none
--   place_in_state    BIGINT   rank among the figures of one State, or of the whole range; null where there is no figure
--   country_code      VARCHAR  ISO 3166-1 alpha-3; null = the whole range
--   country_name      VARCHAR  -
--   area_name         VARCHAR  -
--   series_id         VARCHAR  series.series_id
--   series_name       VARCHAR  -
--   headline_order    BIGINT   rank
--   count_kind        VARCHAR  allowed value
--   population_part   VARCHAR  allowed value
--   method            VARCHAR  allowed value
--   value             DOUBLE   see unit; null = only a range
--   low               DOUBLE   see unit
--   high              DOUBLE   see unit
--   qualifier         VARCHAR  allowed value
--   unit              VARCHAR  allowed value
--   year_from         BIGINT   year
--   year_to           BIGINT   year
--   season            VARCHAR  -
--   points            VARCHAR  like figures, oldest first: year=value, separated by a space
--   earlier_value     DOUBLE   see unit; the figure before, where the series is not joined
--   earlier_low       DOUBLE   see unit
--   earlier_high      DOUBLE   see unit
--   earlier_qualifier VARCHAR  allowed value
--   earlier_year      BIGINT   year
--   earlier_document_id VARCHAR  documents.document_id
--   document_ids      VARCHAR  documents.document_id, separated by a space
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
-- Rule: species_standing.
with
figures as (
    select
        counts.*, series.name as series_name, series.headline_order, series.is_joined,
        row_number() over (partition by counts.series_id order by counts.year_to desc, counts.count_id asc) as place,
    from series_counts($as_known_on) as counts
    inner join known_series($as_known_on) as series on counts.series_id = series.series_id
    where series.headline_order is not null
),

trends as (
    select
        figures.series_id,
        string_agg(figures.year_to || '=' || figures.value, ' ' order by figures.year_to, figures.count_id) as points,
    from figures
    where figures.value is not null and figures.is_joined
    group by figures.series_id
)

select
    species.species_id, species.name as species_name, coalesce(standing.standing, 'none') as standing,
    standing.place_in_state, standing.country_code, countries.name as country_name, standing.area_name,
    standing.series_id, standing.series_name, standing.headline_order,
    standing.count_kind, standing.population_part, standing.method, standing.value, standing.low, standing.high,
    standing.qualifier, standing.unit, standing.year_from, standing.year_to, standing.season, trends.points,
    earlier.value as earlier_value, earlier.low as earlier_low, earlier.high as earlier_high,
    earlier.qualifier as earlier_qualifier, earlier.year_to as earlier_year,
    earlier.document_id as earlier_document_id,
    standing.document_ids, standing.locator, standing.caveat_ids,
from species
left join species_standing($as_known_on) as standing on species.species_id = standing.species_id
left join countries on standing.country_code = countries.country_code
left join figures as earlier
    on standing.series_id = earlier.series_id and earlier.place = 2 and not earlier.is_joined
left join trends on standing.series_id = trends.series_id
order by
    species.sort_order, standing.country_code is not null, countries.name, standing.headline_order, standing.series_id
