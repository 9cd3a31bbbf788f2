-- rule: An animal was present in a place and month if a record of it that is used says so. It counts in the lists of a
-- country only if one of them supports the country: touching the border zone is not being known there.
select
    animals.individual_key,
    animals.species_id,
    animals.taxon,
    animals.sex,
    used.data_set::varchar as data_set,
    used.land::varchar as country_code,
    used.place_kind::varchar as place_kind,
    used.place_id::varchar as place_id,
    date_trunc('month', used.time + to_minutes(used.offset_minutes))::timestamp as month,
    count(*) as records,
    bool_or(used.support > 0) as is_supported,
    string_agg(distinct used.evidence::varchar, ' ' order by used.evidence::varchar) as evidence,
    coalesce(arg_max(used.age, used.time) filter (where used.age <> ''), '') as age,
from used
inner join animals on used.animal = animals.animal
where used.land is not null and used.land <> 'beyond'
group by all
order by all
