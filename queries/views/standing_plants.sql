-- rule: A plant that stands or may come to stand: one that was cancelled, shelved or retired is none. Where the table has no
-- status, the plant is taken as standing.
create or replace macro standing_plants(as_known_on) as table
select energy_plants.*,
from energy_plants
inner join documents on energy_plants.document_id = documents.document_id
where
    (as_known_on is null or documents.known_on <= as_known_on)
    and coalesce(energy_plants.status, '') not in ('cancelled', 'shelved', 'retired')
