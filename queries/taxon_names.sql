-- question: For which species and group is a name in field data taken?
-- params:
--   $as_known_on     null::date
-- returns:
--   name             VARCHAR   name without author and year
--   language         VARCHAR   ISO 639-1; la = scientific
--   species_id       VARCHAR   species.species_id; null = none of the flagship species
--   taxon_group      VARCHAR   big_cat, migratory_bird or other
--   relation         VARCHAR   accepted, synonym, wider, common or another
-- Names are no statements about a time, so all of them hold at every meeting a reader looks back to.
select
    taxon_names.name,
    taxon_names.language,
    taxon_names.species_id,
    taxon_names.taxon_group,
    taxon_names.relation,
from taxon_names
where $as_known_on is null or $as_known_on is not null
order by taxon_names.taxon_name_id
