-- question: Where do the sexes of moving animals not add up to their number?
-- params:
--   $as_known_on     null::date
-- returns:
--   finding_key      VARCHAR   key of the finding, stable
--   subject_table    VARCHAR   table of the thing concerned
--   subject_id       VARCHAR   key in that table
--   subject          VARCHAR   what disagrees
--   said_a           VARCHAR   one statement
--   place_a          VARCHAR   place in its document
--   document_id_a    VARCHAR   documents.document_id
--   said_b           VARCHAR   the other statement
--   place_b          VARCHAR   place in its document
--   document_id_b    VARCHAR   documents.document_id
--   worked_out       VARCHAR   what was worked out here to see it; null = nothing
select
    movements.movement_id as finding_key,
    'movements' as subject_table,
    movements.movement_id as subject_id,
    'Sexes of ' || species.name || 's recorded in two countries' as subject,
    movements.individuals || ' individuals' as said_a,
    movements.locator as place_a,
    movements.document_id as document_id_a,
    movements.females || ' females, ' || movements.males || ' males and ' || coalesce(movements.unknown_sex, 0)
    || ' of unknown sex' as said_b,
    movements.locator as place_b,
    movements.document_id as document_id_b,
    'The sexes make ' || (movements.females + movements.males + coalesce(movements.unknown_sex, 0)) || '.' as worked_out,
from known_movements($as_known_on) as movements
inner join species on movements.species_id = species.species_id
where
    movements.individuals is not null
    and movements.females + movements.males + coalesce(movements.unknown_sex, 0) <> movements.individuals
order by movements.movement_id
