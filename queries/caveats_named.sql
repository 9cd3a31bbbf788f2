-- question: What do the caveats that figures carry mean?
-- params:
--   $as_known_on     null::date
--   $caveat_ids      ['approximate', 'derived']
-- returns:
--   caveat_id        VARCHAR   caveats.caveat_id
--   name             VARCHAR   -
--   meaning          VARCHAR   -
--   severity         VARCHAR   allowed value
-- Caveats are explanations of ours and hold at any date.
select
    caveats.caveat_id,
    caveats.name,
    caveats.meaning,
    caveats.severity,
from caveats
where list_contains($caveat_ids::varchar[], caveats.caveat_id) and ($as_known_on is null or true)
order by caveats.caveat_id
