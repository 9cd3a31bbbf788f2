-- rule: A record is of the animal that its name, sample or stated match says, as neaspec/crossings/identity/identities.py
-- (final_keys) settles it when all records are read.
create or replace temp view placed as
select given.* replace (coalesce(renamed.final_key, given.individual_key) as individual_key)
from given
left join renamed
    on given.individual_key = renamed.individual_key
    and given.data_set = renamed.data_set
    and given.individual = renamed.individual
    and given.taxon = renamed.taxon;
