-- rule: Figures shown for a State: the current one of the series that stands for the species there; without such a series,
-- one of each other series, and the highest figure where these are of pairs or nests alone; without any, those of three areas, the newest. A positive figure comes before a zero. Figures
-- of areas are named with their area and never added.
create or replace macro state_counts(as_known_on) as table
with
ranked as (
    select
        counts.*,
        max(coalesce(counts.value, counts.high, counts.low)) over state as highest,
        min(if(coalesce(counts.value, counts.high, counts.low) > 0, 0, 1)) over state as least_empty,
        if(coalesce(counts.value, counts.high, counts.low) > 0, 0, 1) as is_empty,
        min(series.headline_order) over state as first_headline,
        series.headline_order,
        row_number() over (
            partition by
                counts.species_id, counts.country_code, coalesce(counts.series_id, counts.area_id), counts.series_id is null
            order by
                coalesce(counts.value, counts.high, counts.low) > 0 desc, counts.year_to desc,
                coalesce(counts.value, counts.high, counts.low) desc, counts.count_id asc
        ) as place_in_area,
        max(counts.series_id) over state is not null as has_series,
        coalesce(bool_or(counts.series_id is not null and counts.unit = 'individuals') over state, false) as has_series_of_animals,
    from current_counts(as_known_on) as counts
    left join series on counts.series_id = series.series_id
    where
        counts.country_code is not null and counts.unit <> 'individuals_per_100km2'
    window state as (partition by counts.species_id, counts.country_code)
)

select * from ranked
where
    place_in_area = 1 and is_empty = least_empty
    and case
        when first_headline is not null then headline_order = first_headline
        when has_series then series_id is not null or not has_series_of_animals and coalesce(value, high, low) = highest
        else true
    end
qualify row_number() over (
    partition by species_id, country_code, has_series order by year_to desc, area_name, count_id
) <= if(has_series, 1000, 3)
