-- rule: A stay is a run of records of one animal in one country. Records that say no country (open sea) belong to the
-- stay before them and move neither its beginning nor its end. A gap, however long, does not end a stay; it is told.
create or replace table runs as
with seen as (
    select
        animal, time, land, support, is_proof, is_contradicted, is_doubtful, evidence, data_set, age,
        lag(land) over animal_by_time as land_before,
        lag(time) over animal_by_time as time_before,
    from used
    where land is not null
    window animal_by_time as (partition by animal order by time)
),
numbered as (
    select
        * exclude (time_before),
        (sum((land is distinct from land_before)::integer) over (
            partition by animal order by time rows unbounded preceding
        ))::integer as stay,
        case when land = land_before then time - time_before end as gap,
    from seen
)
select
    animal,
    stay,
    min(land) as land,
    count(*) as records,
    count(*) filter (where support = 2 and not is_contradicted and not is_doubtful) as solid_records,
    max(support) as support,
    bool_or(support = 2 and is_proof and not is_contradicted and not is_doubtful) as has_proof,
    bool_or(is_doubtful) as has_doubt,
    bool_and(is_doubtful) as is_all_doubtful,
    bool_or(support > 0 and not is_contradicted) as is_clear,
    min(time) as arrived_at,
    max(time) as left_at,
    min(time) filter (where support > 0) as sure_from,
    max(time) filter (where support > 0) as sure_to,
    min(time) filter (where support = 2 and not is_contradicted and not is_doubtful) as solid_from,
    max(time) filter (where support = 2 and not is_contradicted and not is_doubtful) as solid_to,
    string_agg(distinct evidence, ' ' order by evidence) as evidence,
    string_agg(distinct data_set::varchar, ' | ' order by data_set::varchar) as data_sets,
    coalesce(arg_max(age, time) filter (where age <> ''), '') as age,
    coalesce(epoch(max(gap)) / 86400, 0) as longest_gap_days,
from numbered
group by animal, stay;

-- The records at the ends of stays; an animal has one record of one time.
create or replace table ends as
with times as (
    select distinct animal, unnest([arrived_at, left_at, sure_from, sure_to]) as time from runs
)
select
    used.animal,
    used.time,
    {
        time: used.time, local: used.time + to_minutes(used.offset_minutes), source: used.source, row: used.row, place_kind: used.place_kind, place_id: used.place_id, is_about: used.is_about,
        is_long: used.is_long
    } as record,
from used
inner join times on used.animal = times.animal and used.time = times.time;

create or replace table stays as
with at_sea as (
    select runs.animal, runs.stay, count(*) as sea_records
    from (select animal, time from used where land is null) as sea
    asof join runs on sea.animal = runs.animal and sea.time >= runs.arrived_at
    group by runs.animal, runs.stay
)
select
    runs.*,
    coalesce(at_sea.sea_records, 0) as sea_records,
    first.record as first,
    last.record as last,
    first_sure.record as first_sure,
    last_sure.record as last_sure,
from runs
inner join ends as first on runs.animal = first.animal and runs.arrived_at = first.time
inner join ends as last on runs.animal = last.animal and runs.left_at = last.time
left join ends as first_sure on runs.animal = first_sure.animal and runs.sure_from = first_sure.time
left join ends as last_sure on runs.animal = last_sure.animal and runs.sure_to = last_sure.time
left join at_sea on runs.animal = at_sea.animal and runs.stay = at_sea.stay;
