-- question: Which species are on a shared area's working list, and in how many of its States are they on record?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   shared_area_id   VARCHAR   shared_areas.shared_area_id
--   taxon_id         VARCHAR   checklist_taxa.taxon_id
--   scientific_name  VARCHAR   accepted name
--   authorship       VARCHAR   author and year; null = no document read gives them
--   english_name     VARCHAR   -
--   organism_group   VARCHAR   allowed value
--   is_species       BOOLEAN   false where the document does not say which species
--   is_historical    BOOLEAN   an entry that only an old list has
--   species_id       VARCHAR   species.species_id; null = not a flagship species
--   name_list        VARCHAR   list whose name is accepted here
--   country_codes    VARCHAR   States where it is on record, separated by a space; null = none
--   states           BIGINT    number of these States
--   document_ids     VARCHAR   documents.document_id, separated by a space
--   note             VARCHAR   -
select
    records.shared_area_id,
    taxa.taxon_id,
    taxa.scientific_name,
    taxa.authorship,
    taxa.english_name,
    taxa.organism_group,
    taxa.is_species,
    taxa.is_historical,
    taxa.species_id,
    taxa.name_list,
    string_agg(distinct records.country_code, ' ' order by records.country_code)
        filter (where records.presence != 'not_found') as country_codes,
    count(distinct records.country_code) filter (where records.presence != 'not_found') as states,
    string_agg(distinct records.document_id, ' ' order by records.document_id) as document_ids,
    taxa.note,
from known_checklist_records($as_known_on) as records
inner join checklist_taxa as taxa on records.taxon_id = taxa.taxon_id
where $shared_area_id is null or records.shared_area_id = $shared_area_id
group by all
order by records.shared_area_id, taxa.organism_group, taxa.scientific_name
