-- question: Which figures of flagship species do documents give for one site?
-- params:
--   $as_known_on     null::date
--   $site_id         'izumi'
-- returns:
--   count_id         VARCHAR   counts.count_id
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   side_name        VARCHAR   country on whose side of the site alone was counted; null = the whole site
--   year_from        BIGINT    year
--   year_to          BIGINT    year
--   season           VARCHAR   -
--   count_kind       VARCHAR   allowed value
--   population_part  VARCHAR   allowed value
--   method           VARCHAR   allowed value
--   value            DOUBLE    see unit
--   low              DOUBLE    see unit
--   high             DOUBLE    see unit
--   qualifier        VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   series_id        VARCHAR   series.series_id; null = belongs to no series
--   is_joined        BOOLEAN   stands in a series whose figures are alike enough for a line
--   is_highest       BOOLEAN   highest figure of animals, pairs or nests found at one time, by species, unit and side
--   is_newest        BOOLEAN   newest figure of its kind and method
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
with
known as (
    select
        counts.*, sides.name as side_name,
        counts.count_kind in ('peak_count', 'census_count', 'breeding_pairs', 'nests')
        and counts.value is not null and counts.year_to is not null and documents.grade <> 'web_page' as is_at_once,
    from known_counts($as_known_on) as counts
    inner join sites on counts.site_id = sites.site_id
    inner join documents on counts.document_id = documents.document_id
    -- A figure of one side of a border is never that of the site.
    left join countries as sides on sites.country_code is null and counts.country_code = sides.country_code
    where counts.site_id = $site_id and not counts.is_derived
)

select
    known.count_id, known.species_id, species.name as species_name, known.side_name, known.year_from, known.year_to, known.season,
    known.count_kind, known.population_part, known.method, known.value, known.low, known.high, known.qualifier, known.unit,
    known.series_id, coalesce(series.is_joined and standing.count_id is not null, false) as is_joined,
    known.is_at_once and row_number() over (
        partition by known.species_id, known.unit, known.side_name, known.is_at_once
        order by known.value desc, known.year_to desc, known.count_id asc
    ) = 1 as is_highest,
    current.count_id is not null as is_newest, known.document_id, known.locator, known.caveat_ids, known.note,
from known
inner join species on known.species_id = species.species_id
left join known_series($as_known_on) as series on known.series_id = series.series_id
left join series_counts($as_known_on) as standing on known.count_id = standing.count_id
left join current_counts($as_known_on) as current on known.count_id = current.count_id
order by species.name, known.side_name, known.year_to desc nulls last, known.count_kind, known.count_id
