-- question: Where do two documents give different figures for the same count?
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
with
figures as (
    select
        counts.*,
        replace(coalesce(format('{:,.1f}', counts.value), format('{:,.1f} to {:,.1f}', counts.low, counts.high)), '.0', '')
            as said,
    from known_counts($as_known_on) as counts
    where not counts.is_derived and counts.year_to is not null
)

select
    first.count_id || '_' || other.count_id as finding_key,
    'counts' as subject_table,
    first.count_id as subject_id,
    species.name || ', ' || first.area_name || ', ' || first.year_to as subject,
    first.said || ' ' || first.unit as said_a,
    first.locator as place_a,
    first.document_id as document_id_a,
    other.said || ' ' || other.unit as said_b,
    other.locator as place_b,
    other.document_id as document_id_b,
    null::varchar as worked_out,
from figures as first
inner join figures as other
    on
        first.species_id = other.species_id and first.area_id = other.area_id
        and first.year_from is not distinct from other.year_from and first.year_to = other.year_to
        and first.season is not distinct from other.season and first.count_kind = other.count_kind
        and first.population_part = other.population_part and first.method = other.method
        and first.unit = other.unit and first.count_id < other.count_id
        and first.document_id <> other.document_id and first.said <> other.said
        -- Peaks of different days are different counts.
        and (first.count_kind <> 'peak_count' or first.as_of is not distinct from other.as_of)
inner join species on first.species_id = species.species_id
order by first.count_id, other.count_id
