-- question: Under which names, in any language, is each thing known?
-- params:
--   $as_known_on     null::date
--   $kind            'sites'
-- returns:
--   kind             VARCHAR   table of the thing; a null $kind asks for all
--   key              VARCHAR   key in that table
--   name             VARCHAR   -
-- A help for the search: it shows no statement, so it does not depend on the day.
with
named as (
    select split_part(known.thing, '/', 1) as kind, split_part(known.thing, '/', 2) as key, known.name,
    from names_known as known
    union
    select 'meetings', meetings.meeting_id, 'SOM-' || meetings.number,
    from meetings
    where meetings.kind = 'som' and meetings.number is not null
)

select named.kind, named.key, named.name,
from named
where ($kind is null or named.kind = $kind) and ($as_known_on is null or true)
order by named.kind, named.key, named.name
