-- rule: No State stands for all. Where an estimate of the whole range is on record it leads (standing range); else every
-- State with a current figure has its row (standing state), by name and not by size; one with figures of single areas only
-- has a row without a figure (standing areas), and so has a member State where the species lives without any (no_figure). Only series with a headline_order stand for a species. Nothing is added up.
create or replace macro species_standing(as_known_on) as table
with
figures as (
    select
        counts.*, series.name as series_name, series.headline_order, series.is_joined,
        row_number() over (partition by counts.series_id order by counts.year_to desc, counts.count_id asc) as place,
    from series_counts(as_known_on) as counts
    inner join series on counts.series_id = series.series_id
    where series.headline_order is not null
),

newest as (
    select
        figures.*, if(figures.country_code is null, 'range', 'state') as standing,
        row_number() over (
            partition by figures.species_id, figures.country_code order by figures.headline_order, figures.series_id
        ) as place_in_state,
    from figures
    where figures.place = 1
),

areas_only as (
    select
        counts.species_id, counts.country_code, 'areas' as standing,
        string_agg(distinct counts.document_id, ' ' order by counts.document_id) as document_ids,
    from current_counts(as_known_on) as counts
    where
        counts.country_code is not null and counts.unit = 'individuals'
        and coalesce(counts.value, counts.high, counts.low) > 0
        and not exists (
            select 1 from newest
            where
                newest.species_id = counts.species_id
                and (newest.standing = 'range' or newest.country_code = counts.country_code)
        )
    group by counts.species_id, counts.country_code
)

select newest.*, newest.document_id as document_ids, from newest
union all by name
select areas_only.*, from areas_only
union all by name
select
    present.species_id, present.country_code, 'no_figure' as standing,
    string_agg(distinct present.document_id, ' ' order by present.document_id) as document_ids,
from known_species_countries(as_known_on) as present
inner join countries on present.country_code = countries.country_code
where
    present.presence <> 'not_known' and countries.is_member
    and not exists (
        select 1 from newest
        where
            newest.species_id = present.species_id
            and (newest.standing = 'range' or newest.country_code = present.country_code)
    )
    and not exists (
        select 1 from areas_only
        where areas_only.species_id = present.species_id and areas_only.country_code = present.country_code
    )
group by present.species_id, present.country_code
