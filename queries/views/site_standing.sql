-- rule: What a level of protection alone does not tell. level_not_named = a protected area in force, of which no document
-- names the level; one_side = it is stated for one side of the border alone; signed = an
-- agreement is signed and nothing read says that it is in force; in_parts = nothing is stated for the whole, and a part of it
-- has a protection; proposed = only a proposal is stated. What a document of a later date states is not told. A site with none
-- of these has no row here. document_ids are the documents that say so. side = one State, as in site_protection.
create or replace macro site_standing(as_known_on, side := null) as table
with
stated as (
    select
        designations.site_id,
        list_sort(list(distinct designations.document_id) filter (designations.state = 'signed')) as signed_ids,
        list_sort(list(distinct designations.document_id) filter (designations.state = 'proposed')) as proposed_ids,
    from known_designations(as_known_on) as designations
    where side is null or designations.country_code is null or designations.country_code = side
    group by designations.site_id
),

parts as (
    select
        sites.part_of_site_id as site_id,
        list_sort(list_distinct(flatten(list(shown.document_ids)))) as document_ids,
    from known_sites(as_known_on) as sites
    inner join site_protection(as_known_on, side := side) as shown on sites.site_id = shown.site_id
    where sites.part_of_site_id is not null and shown.level not in ('none', 'not_known')
    group by sites.part_of_site_id
),

standings as (
    select
        sites.site_id,
        case
            when shown.level = 'not_known' then 'level_not_named'
            when shown.site_id is not null then if(shown.is_one_side, 'one_side', null)
            when stated.signed_ids is not null then 'signed'
            when parts.site_id is not null then 'in_parts'
            when stated.proposed_ids is not null then 'proposed'
        end as standing,
        shown.document_ids as shown_ids, stated.signed_ids, stated.proposed_ids, parts.document_ids as parts_ids,
    from sites
    left join stated on sites.site_id = stated.site_id
    left join parts on sites.site_id = parts.site_id
    left join site_protection(as_known_on, side := side) as shown on sites.site_id = shown.site_id
)

select
    standings.site_id,
    standings.standing,
    case standings.standing
        when 'level_not_named' then standings.shown_ids
        when 'one_side' then standings.shown_ids
        when 'signed' then standings.signed_ids
        when 'in_parts' then standings.parts_ids
        when 'proposed' then standings.proposed_ids
        else []
    end as document_ids,
from standings
where standings.standing is not null
