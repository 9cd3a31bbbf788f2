-- question: For which species does a newer claim differ from the confirmed status?
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
    claims.status_id as finding_key,
    'species' as subject_table,
    claims.species_id as subject_id,
    species.name || ': status, ' || case claims.scheme when 'iucn' then 'IUCN Red List' when 'neaspec_paper' then 'NEASPEC paper'
        when 'national_list' then coalesce(claims.list_name, 'national list')
        when 'regional_list' then coalesce(claims.list_name, 'regional list') else upper(claims.scheme) end as subject,
    category_named(held.category) || coalesce(' (' || held.assessed_year || ')', '') as said_a,
    held.locator as place_a,
    held.document_id as document_id_a,
    category_named(claims.category) || coalesce(' (' || claims.assessed_year || ')', '') as said_b,
    claims.locator as place_b,
    claims.document_id as document_id_b,
    null::varchar as worked_out,
from current_statuses($as_known_on) as held
inner join current_statuses($as_known_on) as claims
    on
        held.species_id = claims.species_id and held.scheme = claims.scheme
        and held.country_code is not distinct from claims.country_code and held.scope = claims.scope
        and held.list_name is not distinct from claims.list_name
inner join species on claims.species_id = species.species_id
where held.is_current and not claims.is_current and held.category <> claims.category
order by claims.status_id
