-- rule: The protection of a site is the highest level among its designations in force: international, then national,
-- then subnational. Statements of press agencies decide only where no other document states a level; web pages without an
-- author who answers for them never do. Level none only where an official document (of a State or of NEASPEC) says so. A
-- designation that a later document calls former, or merged into a national park, is no longer in force. A designation in
-- force of which no document names the level gives level not_known, and only where nothing else is stated. side = one State: what is stated for the other side
-- of a border alone is left out. document_ids are the best graded documents that state the level itself, never one that only
-- names the site. A site with no statement known by then has no row here: not known is not the same as none.
create or replace macro site_protection(as_known_on, side := null) as table
select states.site_id, states.level, states.statements, states.is_one_side, states.document_ids, states.caveat_ids,
from protection_states(as_known_on, side := side) as states
where states.level is not null
