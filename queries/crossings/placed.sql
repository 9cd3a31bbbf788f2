-- rule: A stated identity that joins animals of different species or sexes joins nothing: each of its animals keeps the
-- name of its own data set.
create or replace temp view placed as
select * replace (
    case when individual_key in (select individual_key from refused) then data_set || ': ' || individual
    else individual_key end as individual_key
)
from given;
