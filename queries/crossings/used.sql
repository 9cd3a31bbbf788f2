-- rule: An animal is in one place at a time. Of its records of one time in one country the best supported is used, the
-- others are duplicates; of records of one time in two countries none is used.
create or replace table twins as
with neighbours as (
    select
        *,
        lag(time) over animal_by_time as time_before,
        lead(time) over animal_by_time as time_after,
    from supported
    window animal_by_time as (partition by animal order by time)
),
same_time as (
    select * exclude (time_before, time_after) from neighbours where time = time_before or time = time_after
)
select
    *,
    count(distinct land) over (partition by animal, time) > 1 as is_in_two,
    row_number() over (
        partition by animal, time
        order by support desc, is_contradicted, is_doubtful, land, is_proof desc, evidence, place_kind, place_id, is_about, is_long,
            offset_minutes, age, data_set, source, row
    ) as place_in_group,
from same_time;
create or replace table used as
select * from supported
anti join (select distinct animal, time from twins) as found
    on supported.animal = found.animal and supported.time = found.time
union all
select * exclude (is_in_two, place_in_group) from twins where not is_in_two and place_in_group = 1;
