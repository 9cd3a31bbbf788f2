-- rule: Times are UTC; left_local and arrived_local are those of the place. Crossings in the order of animals and time, with the two records behind each.
select
    animals.individual_key,
    animals.individual,
    animals.species_id,
    animals.taxon,
    crossings.from_land::varchar as from_country_code,
    crossings.to_land::varchar as to_country_code,
    crossings.grade,
    crossings.reasons,
    crossings.left_at,
    crossings.arrived_at,
    crossings.from_record.local as left_local,
    crossings.to_record.local as arrived_local,
    epoch(crossings.arrived_at - crossings.left_at) / 86400 as gap_days,
    crossings.from_stay,
    crossings.to_stay,
    crossings.from_record.source::varchar as from_source,
    crossings.from_record.row as from_row,
    crossings.to_record.source::varchar as to_source,
    crossings.to_record.row as to_row,
    crossings.from_record.place_kind::varchar as from_place_kind,
    crossings.from_record.place_id::varchar as from_place_id,
    crossings.to_record.place_kind::varchar as to_place_kind,
    crossings.to_record.place_id::varchar as to_place_id,
    array_to_string(list_sort(list_distinct(
        string_split(crossings.from_evidence, ' ') || string_split(crossings.to_evidence, ' ')
    )), ' ') as evidence,
    animals.sex,
    crossings.age,
from crossings
inner join animals on crossings.animal = animals.animal
order by animals.individual_key, crossings.to_stay, crossings.from_stay, crossings.grade
