-- question: In which months do documents record a flagship bird at a site, and which role do they state for it there?
-- params:
--   $as_known_on     null::date
--   $month           null
-- returns:
--   site_id          VARCHAR   sites.site_id
--   site_name        VARCHAR   -
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   month            INTEGER   1 to 12
--   roles            VARCHAR   roles stated for the species at the site, of any month, separated by a space; null = none is stated
--   bases            VARCHAR   count and movement: what was recorded in the month, separated by a space
--   document_ids     VARCHAR   documents.document_id, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
-- A month that a count or the end of a journey bears; no document read states a role month by month, so a role is that of the site, not
-- of the month, and a month without a row says nothing about birds. Sums and figures of zero record no bird.
with
recorded as (
    select
        counts.site_id, counts.species_id, counts.as_of as day, 'count' as basis, counts.document_id, counts.caveat_ids,
    from known_counts($as_known_on) as counts
    where
        counts.site_id is not null and not counts.is_derived and coalesce(counts.value, counts.high, counts.low) > 0
        and left(counts.as_of, 4)::integer between coalesce(counts.year_from, counts.year_to) and counts.year_to
    union all
    select moved.from_site_id, moved.species_id, moved.date_from, 'movement', moved.document_id, moved.caveat_ids,
    from known_movements($as_known_on) as moved
    where moved.from_site_id is not null and moved.movement_kind = 'journey'
    union all
    select moved.to_site_id, moved.species_id, moved.date_to, 'movement', moved.document_id, moved.caveat_ids,
    from known_movements($as_known_on) as moved
    where moved.to_site_id is not null and moved.movement_kind = 'journey'
),

roles as (
    select known.site_id, known.species_id, string_agg(distinct known.role, ' ' order by known.role) as roles,
    from known_site_species($as_known_on) as known
    where known.role <> 'present'
    group by known.site_id, known.species_id
)

select
    recorded.site_id, sites.name as site_name, recorded.species_id, species.name as species_name,
    substr(recorded.day, 6, 2)::integer as month, any_value(roles.roles) as roles,
    string_agg(distinct recorded.basis, ' ' order by recorded.basis) as bases,
    string_agg(distinct recorded.document_id, ' ' order by recorded.document_id) as document_ids,
    string_agg(distinct recorded.caveat_ids, ' ' order by recorded.caveat_ids) as caveat_ids,
from recorded
inner join sites on recorded.site_id = sites.site_id
inner join species on recorded.species_id = species.species_id
left join roles on recorded.site_id = roles.site_id and recorded.species_id = roles.species_id
where
    species.taxon_group = 'migratory_bird' and length(recorded.day) >= 7
    and ($month is null or substr(recorded.day, 6, 2)::integer = $month)
group by recorded.site_id, sites.name, recorded.species_id, species.name, month
order by sites.name, species.name, month
