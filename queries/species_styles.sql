-- question: In which colour and with which marker is each species drawn?
-- params:
--   $as_known_on   null::date
-- returns:
--   species_id    VARCHAR   species.species_id
--   name          VARCHAR   English name
--   colour        VARCHAR   on light backgrounds, #RRGGBB
--   colour_dark   VARCHAR   on dark backgrounds, #RRGGBB
--   marker        VARCHAR   marker shape
--   sort_order    BIGINT    position in lists
select
    species.species_id,
    species.name,
    species.colour,
    species.colour_dark,
    species.marker,
    species.sort_order
from species
where $as_known_on is null or $as_known_on is not null
order by species.sort_order, species.species_id
