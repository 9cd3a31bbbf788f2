-- rule: A stated identity that joins animals of different species or sexes, or rests on a sample that two data sets
-- have, joins nothing: each of its animals keeps the name of its own data set. A name that one data set gives to animals
-- of two species is the name of an animal of each.
create or replace temp view placed as
select * replace (
    case
        when individual_key in (select individual_key from refused) then data_set || ': ' || individual
        else individual_key
    end || case
        when taxon <> '' and individual_key in (select individual_key from doubled) then ' (' || taxon || ')'
        else ''
    end as individual_key
)
from given;
