-- rule: An animal has the one sex its records state; where they state both it is not stated. Its species is the one its
-- records name.
create or replace table animals as
select
    individual_key,
    (row_number() over (order by individual_key))::integer as animal,
    min(individual) as individual,
    coalesce(min(species_id) filter (where species_id <> ''), '') as species_id,
    coalesce(min(taxon) filter (where taxon <> ''), '') as taxon,
    case when count(distinct nullif(sex, '')) = 1 then max(sex) else '' end as sex,
    string_agg(distinct data_set, ' | ' order by data_set) as data_sets
from placed
group by individual_key
order by individual_key;
