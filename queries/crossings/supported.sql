-- rule: A record supports its country fully (2) if the country is declared or the position lies inside it, partly (1) at
-- its coast, and not at all (0) in the border zone. Beyond the map there is no country, but the animal is elsewhere; at
-- open sea and where the status of an area is not settled, nothing is said. A doubtful record (neaspec/crossings/doubts)
-- says where the animal was, but makes no crossing confirmed; if its clock is in doubt, neither is its order.
create type source_name as enum (select distinct source from placed order by source);
create type place_name as enum (select distinct place_id from placed order by place_id);
create type kind_name as enum (select distinct place_kind from placed order by place_kind);
create type data_set_name as enum (select distinct data_set from placed order by data_set);
create type land_name as enum (select distinct land from (
    select country_code as land from placed union all select 'beyond'
) where land <> '' order by land);
create or replace temp table doubtful_of_animals as
select animals.animal, doubtful.time
from doubtful
inner join animals on doubtful.individual_key = animals.individual_key;
create or replace table supported as
select
    animals.animal,
    placed.time,
    (case when placed.zone = 'outside' and placed.country_code = '' then 'beyond' else nullif(placed.country_code, '') end)
        ::land_name as land,
    (case
        when placed.country_code = '' then 0
        when placed.basis = 'declared' or placed.zone = 'inside' then 2
        when placed.basis = 'coast' and placed.zone <> 'border_zone' then 1
        else 0
    end)::utinyint as support,
    placed.evidence in ('camera', 'genetic', 'ring') as is_proof,
    placed.is_contradicted,
    placed.time_quality in ('utc_assumed', 'day_only', 'interval') as is_about,
    placed.time_quality = 'long_interval'
        or placed.doubts <> '' and list_has_any(string_split(placed.doubts, ' '), $clock_doubts) as is_long,
    placed.doubts <> '' or doubtful.time is not null as is_doubtful,
    placed.offset_minutes,
    placed.evidence,
    placed.source::source_name as source,
    placed.row,
    placed.place_kind::kind_name as place_kind,
    placed.place_id::place_name as place_id,
    placed.data_set::data_set_name as data_set,
    placed.age
from placed
inner join animals on placed.individual_key = animals.individual_key
left join doubtful_of_animals as doubtful on animals.animal = doubtful.animal and placed.time = doubtful.time;
