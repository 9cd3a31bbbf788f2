-- rule: The protection of a site is the highest level among its designations in force: international, then national,
-- then subnational. Level none only where a document says that it has no protection and no designation is in force.
-- A site with no statement known by then has no row here: its protection is not known, which is not the same as none.
create or replace macro site_protection(as_known_on) as table
with
ranked as (
    select
        designations.site_id,
        designations.level,
        designations.document_id,
        list_position(['international', 'national', 'subnational', 'none'], designations.level) as level_rank,
    from known_designations(as_known_on) as designations
    where designations.state = 'in_force'
)

select
    ranked.site_id,
    arg_min(ranked.level, ranked.level_rank) as level,
    count(*)::integer as statements,
    list_sort(list(distinct ranked.document_id)) as document_ids,
from ranked
group by ranked.site_id
