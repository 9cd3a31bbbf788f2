-- rule: What a level of protection alone does not tell. level_not_named = a protected area in force, of which no document
-- names the level; one_side = it is stated for one side of the border alone; signed = an
-- agreement is signed and nothing read says that it is in force; in_parts = nothing is stated for the whole, and a part of it
-- has a protection; proposed = only a proposal is stated. What a document of a later date states is not told. A site with none
-- of these has no row here. document_ids are the documents that say so. side = one State, as in site_protection.
create or replace macro site_standing(as_known_on, side := null) as table
select states.site_id, states.standing, states.standing_document_ids as document_ids,
from protection_states(as_known_on, side := side) as states
where states.standing is not null
