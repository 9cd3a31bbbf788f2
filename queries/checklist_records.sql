-- question: What does each document say of the species of a shared area's working list?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   checklist_record_id  VARCHAR  checklist_records.checklist_record_id
--   shared_area_id   VARCHAR   shared_areas.shared_area_id
--   taxon_id         VARCHAR   checklist_taxa.taxon_id
--   scientific_name  VARCHAR   accepted name
--   english_name     VARCHAR   -
--   country_code     VARCHAR   countries.country_code
--   country_name     VARCHAR   -
--   site_id          VARCHAR   sites.site_id; null = another place
--   place            VARCHAR   as the document names it
--   presence         VARCHAR   allowed value
--   as_stated     VARCHAR   as stated
--   value            DOUBLE    largest number stated; null = none
--   qualifier        VARCHAR   allowed value; null = no number
--   unit             VARCHAR   allowed value; null = no number
--   count_words      VARCHAR   what is said of numbers beside that; null = nothing
--   listing_scheme   VARCHAR   allowed value; null = the document names none
--   listing          VARCHAR   as printed
--   is_name_matched_here BOOLEAN the document gives no scientific name
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   as_of            VARCHAR   null = the document does not say
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    records.checklist_record_id,
    records.shared_area_id,
    records.taxon_id,
    taxa.scientific_name,
    taxa.english_name,
    records.country_code,
    countries.name as country_name,
    records.site_id,
    records.place,
    records.presence,
    records.as_stated,
    records.value,
    records.qualifier,
    records.unit,
    records.count_words,
    records.listing_scheme,
    records.listing,
    records.is_name_matched_here,
    records.document_id,
    records.locator,
    records.as_of,
    records.caveat_ids,
    records.note,
from known_checklist_records($as_known_on) as records
inner join checklist_taxa as taxa on records.taxon_id = taxa.taxon_id
inner join countries on records.country_code = countries.country_code
where $shared_area_id is null or records.shared_area_id = $shared_area_id
order by records.shared_area_id, taxa.scientific_name, records.country_code, records.checklist_record_id
