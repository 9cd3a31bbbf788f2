-- rule: The protection of a site is the highest level among its designations in force: international, then national,
-- then subnational. Statements of press agencies decide only where no other document states a level; web pages without an
-- author who answers for them never do. Level none only where an official document (of a State or of NEASPEC) says so. A
-- designation that a later document calls former, or merged into a national park, is no longer in force. A designation in
-- force of which no document names the level gives level not_known, and only where nothing else is stated. side = one State: what is stated for the other side
-- of a border alone is left out. document_ids are the best graded documents that state the level itself, never one that only
-- names the site. A site with no statement known by then has no row here: not known is not the same as none.
create or replace macro site_protection(as_known_on, side := null) as table
with
known as (
    select
        designations.*,
        documents.known_on,
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) as grade_rank,
        list_position(['international', 'national', 'subnational', 'none', 'not_known'], designations.level) as level_rank,
        max(documents.known_on) filter (designations.state in ('former', 'merged_into_national_park'))
            over (partition by designations.site_id, designations.designation) as former_on,
    from known_designations(as_known_on) as designations
    inner join documents on designations.document_id = documents.document_id
    where side is null or designations.country_code is null or designations.country_code = side
),

in_force as (
    select known.*
    from known
    where
        known.state = 'in_force'
        and known.grade_rank <= 4
        and (known.level <> 'none' or known.grade_rank = 1)
        and (known.former_on is null or known.former_on <= known.known_on)
),

highest as (
    -- Press (rank 4) only where it is all there is.
    select
        in_force.site_id,
        arg_min(in_force.level, (in_force.grade_rank = 4, in_force.level_rank)) as level,
    from in_force
    group by in_force.site_id
),

stating as (
    select
        in_force.*,
        min(in_force.grade_rank) over (partition by in_force.site_id) as best_rank,
    from in_force
    inner join highest on in_force.site_id = highest.site_id and in_force.level = highest.level
),

decided as (
    -- A document that describes the larger area alone is cited with those that name the site.
    select stating.*,
    from stating
    qualify
        stating.grade_rank = stating.best_rank
        or bool_or(stating.grade_rank = stating.best_rank and contains(coalesce(stating.caveat_ids, ''), 'site_not_named'))
            over (partition by stating.site_id)
)

select
    decided.site_id,
    any_value(decided.level) as level,
    count(*)::integer as statements,
    bool_and(decided.country_code is not null) as is_one_side,
    list_sort(list(distinct decided.document_id)) as document_ids,
    array_to_string(
        list_sort(list_distinct(string_split(string_agg(decided.caveat_ids, ' ' order by decided.caveat_ids), ' '))), ' '
    ) as caveat_ids,
from decided
group by decided.site_id
