-- rule: What records say of their animals, each different statement once.
select distinct individual_key, data_set, individual, taxon, sex
from given
order by all
