-- rule: The designations of a site are listed apart by what they are: in force, labels that protect nothing, proposed or
-- signed. On the page of one State nothing is listed that is stated for the other side of its border alone.
create or replace macro site_labels(as_known_on, side := null) as table
select
    states.site_id, states.designations, states.recognitions, states.proposals, states.label_document_ids as document_ids,
from protection_states(as_known_on, side := side) as states
where states.has_labels
