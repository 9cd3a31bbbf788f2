-- question: Which flagship species use one site, and how?
-- params:
--   $as_known_on     null::date
--   $site_id         'izumi'
-- returns:
--   site_species_id  VARCHAR   site_species.site_species_id
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   role             VARCHAR   allowed value
--   as_of            VARCHAR   ISO 8601 date
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    known.site_species_id,
    known.species_id,
    species.name as species_name,
    known.role,
    known.as_of,
    known.document_id,
    known.locator,
    known.caveat_ids,
    known.note,
from known_site_species($as_known_on) as known
inner join species on known.species_id = species.species_id
where known.site_id = $site_id
order by species.name, known.role, known.site_species_id
