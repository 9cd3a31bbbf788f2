-- rule: One record of an animal beyond the map between others of it, by file, with the first of them.
select
    stays.first.source::varchar as source,
    count(*) as count,
    list(stays.first.row order by stays.first.row) as first,
from stays
where stays.land = 'beyond' and stays.records = 1
    and exists (from stays as other where other.animal = stays.animal and other.stay = stays.stay - 1)
    and exists (from stays as other where other.animal = stays.animal and other.stay = stays.stay + 1)
group by all
order by all
