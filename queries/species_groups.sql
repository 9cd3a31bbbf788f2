-- question: Which flagship species belong to a group that can be chosen as one: big cats, cranes, migratory birds?
-- params:
--   $as_known_on   null::date
-- returns:
--   group_id      VARCHAR   allowed value of terms: species_group
--   species_id    VARCHAR   species.species_id
select
    groups.group_id,
    species.species_id,
from species
inner join
    (values ('big_cats'), ('cranes'), ('migratory_birds')) as groups (group_id)
    on
        (groups.group_id = 'big_cats' and species.taxon_group = 'big_cat')
        or (groups.group_id = 'migratory_birds' and species.taxon_group = 'migratory_bird')
        or (groups.group_id = 'cranes' and ends_with(species.species_id, '_crane'))
where $as_known_on is null or $as_known_on is not null
order by groups.group_id, species.sort_order, species.species_id
