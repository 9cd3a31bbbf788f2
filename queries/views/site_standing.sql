-- rule: What a level of protection alone does not tell. one_side = it is stated for one side of the border alone; signed = an
-- agreement is signed and nothing read says that it is in force; proposed = only a proposal is stated. What a document of a
-- later date states is not told. A site with none of these has no row here.
create or replace macro site_standing(as_known_on) as table
with
stated as (
    select
        designations.site_id,
        bool_or(designations.state = 'in_force') as has_level,
        bool_and(designations.country_code is not null) filter (designations.state = 'in_force') as is_one_side,
        bool_or(designations.state = 'signed') as is_signed,
        bool_or(designations.state = 'proposed') as is_proposed,
    from known_designations(as_known_on) as designations
    group by designations.site_id
),

standings as (
    select
        sites.site_id,
        case
            when stated.has_level then if(stated.is_one_side, 'one_side', null)
            when stated.is_signed then 'signed'
            when stated.is_proposed then 'proposed'
        end as standing,
    from sites
    left join stated on sites.site_id = stated.site_id
)

select standings.site_id, standings.standing,
from standings
where standings.standing is not null
