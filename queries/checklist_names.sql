-- question: Under which names do documents print the species of a shared area's working list?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   checklist_name_id VARCHAR  checklist_names.checklist_name_id
--   taxon_id         VARCHAR   checklist_taxa.taxon_id
--   scientific_name  VARCHAR   accepted name
--   name             VARCHAR   as printed
--   language         VARCHAR   ISO 639-1; la = scientific
--   name_kind        VARCHAR   allowed value
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    names.checklist_name_id,
    names.taxon_id,
    taxa.scientific_name,
    names.name,
    names.language,
    names.name_kind,
    names.document_id,
    names.locator,
    names.caveat_ids,
    names.note,
from known_checklist_names($as_known_on) as names
inner join checklist_taxa as taxa on names.taxon_id = taxa.taxon_id
where
    $shared_area_id is null
    or names.taxon_id in (
        select records.taxon_id
        from known_checklist_records($as_known_on) as records
        where records.shared_area_id = $shared_area_id
    )
order by taxa.scientific_name, names.language, names.name, names.checklist_name_id
