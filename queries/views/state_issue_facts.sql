-- rule: The figures that bear on a request are those of the species, sites and projects linked to it. side = one State: the
-- figure that stands for a species there (or in its whole range), animals on both sides of its border, sites in it, animals
-- counted there; what is stated for a project counts for every State. No figure of one State is taken for another.
create or replace macro state_issue_facts(as_known_on, of_issue, side := null) as table
with
linked as (
    select distinct links.subject_table, links.subject_id,
    from evidence_links as links
    where links.from_table = 'issues' and links.from_id = of_issue
)

select
    'species/' || stands.species_id as fact_key, 1 as kind_order, 'species' as fact_kind, 'species' as subject_table, stands.species_id as subject_id,
    species.name, stands.area_name as detail, species.sort_order as own_order, stands.value, stands.low, stands.high, stands.qualifier, stands.unit,
    stands.count_kind, stands.population_part, stands.year_from::varchar as date_from, stands.year_to::varchar as date_to,
    stands.document_ids, stands.caveat_ids,
from species_standing(as_known_on) as stands
inner join linked on linked.subject_table = 'species' and stands.species_id = linked.subject_id
inner join species on stands.species_id = species.species_id
where
    stands.place_in_state = 1
    and (
        side is null or stands.country_code = side
        or stands.country_code is null and exists (
            select 1 from known_species_countries(as_known_on) as lives
            where lives.species_id = stands.species_id and lives.country_code = side and lives.presence <> 'not_known'
        )
    )
union all
select
    'movements/' || moved.movement_id, 2, 'both_sides', 'species', moved.species_id, species.name,
    array_to_string(list_filter([moved.from_country_code, moved.to_country_code], lambda code: code is distinct from side), ' '), species.sort_order, moved.individuals::double, null, null,
    moved.qualifier, 'individuals', null, null, moved.date_from, moved.date_to, moved.document_id, moved.caveat_ids,
from known_movements(as_known_on) as moved
inner join linked on linked.subject_table = 'species' and moved.species_id = linked.subject_id
inner join species on moved.species_id = species.species_id
where moved.movement_kind = 'both_sides' and moved.individuals > 0 and (side is null or side in (moved.from_country_code, moved.to_country_code))
union all
select
    'sites/' || sites.site_id, 3, 'site', 'sites', sites.site_id, sites.name, coalesce(shown.level, 'not_known'),
    list_position(['international', 'national', 'subnational', 'none'], coalesce(shown.level, 'not_known')), areas.area_ha, null, null, null, 'ha', null, null, null, null,
    concat_ws(' ', coalesce(array_to_string(shown.document_ids, ' '), sites.document_id), areas.document_id), concat_ws(' ', shown.caveat_ids, areas.caveat_ids),
from known_sites(as_known_on) as sites
inner join linked on linked.subject_table = 'sites' and sites.site_id = linked.subject_id
left join site_protection(as_known_on, side := side) as shown on sites.site_id = shown.site_id
left join current_site_areas(as_known_on) as areas on sites.site_id = areas.site_id
where side is null or contains(sites.country_codes, side)
union all
select
    'counts/' || counts.count_id, 4, 'site_count', 'sites', counts.site_id, sites.name, species.name, species.sort_order - counts.year_to * 100,
    counts.value, counts.low, counts.high, counts.qualifier, counts.unit, counts.count_kind, counts.population_part, counts.year_from::varchar, counts.year_to::varchar,
    counts.document_id, counts.caveat_ids,
from current_counts(as_known_on) as counts
inner join linked on linked.subject_table = 'sites' and counts.site_id = linked.subject_id
inner join sites on counts.site_id = sites.site_id
inner join species on counts.species_id = species.species_id
where
    counts.unit = 'individuals' and (side is null or contains(sites.country_codes, side))
    and counts.count_id not in (
        select stands.count_id from species_standing(as_known_on) as stands where stands.count_id is not null
    )
union all
select
    'budgets/' || budgets.budget_id, 5, 'budget', 'projects', budgets.project_id, projects.short_title, budgets.currency, 0, budgets.amount, null, null, null, null, null,
    null, budgets.as_of, budgets.as_of, budgets.document_id, budgets.caveat_ids,
from current_budgets(as_known_on) as budgets
inner join linked on linked.subject_table = 'projects' and budgets.project_id = linked.subject_id
inner join projects on budgets.project_id = projects.project_id
where budgets.level = 'project' and budgets.amount is not null
union all
select
    'periods/' || periods.period_id, 6, 'period', 'projects', periods.project_id, projects.short_title, periods.period_kind,
    list_position(['actual', 'stated', 'revised', 'planned'], periods.period_kind), null, null, null, null, null, null, null, periods.start_date, periods.end_date,
    periods.document_id, periods.caveat_ids,
from current_periods(as_known_on) as periods
inner join linked on linked.subject_table = 'projects' and periods.project_id = linked.subject_id
inner join projects on periods.project_id = projects.project_id
where periods.component_id is null
