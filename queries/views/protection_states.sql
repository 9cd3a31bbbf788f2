-- rule: Everything that designations say of a site, in one pass: its protection (rule: site_protection), what the level
-- alone does not tell (rule: site_standing), its labels (rule: site_labels). These three read it; what needs more than one
-- of them reads it once. side = one State: what is stated for the other side of a border alone is left out.
create or replace macro protection_states(as_known_on, side := null) as table
with
known as materialized (
    select
        designations.site_id, designations.designation, designations.level, designations.state,
        designations.country_code, designations.document_id, designations.caveat_ids, documents.known_on,
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) as grade_rank,
        row_number() over (
            partition by designations.site_id, designations.designation
            order by
                list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) asc,
                documents.known_on desc, designations.designation_id asc
        ) as place,
    from known_designations(as_known_on) as designations
    inner join documents on designations.document_id = documents.document_id
),

sided as materialized (
    select
        known.*,
        list_position(['international', 'national', 'subnational', 'none', 'not_known'], known.level) as level_rank,
        max(known.known_on) filter (known.state in ('former', 'merged_into_national_park'))
            over (partition by known.site_id, known.designation) as former_on,
    from known
    where side is null or known.country_code is null or known.country_code = side
),

in_force as (
    select sided.*
    from sided
    where
        sided.state = 'in_force'
        and sided.grade_rank <= 4
        and (sided.level <> 'none' or sided.grade_rank = 1)
        and (sided.former_on is null or sided.former_on <= sided.known_on)
    -- Press (rank 4) only where it is all there is.
    qualify sided.level = first_value(sided.level) over (
        partition by sided.site_id order by sided.grade_rank = 4, sided.level_rank
    )
),

ranked as (
    select in_force.*, min(in_force.grade_rank) over (partition by in_force.site_id) as best_rank,
    from in_force
),

decided as (
    -- A document that describes the larger area alone is cited with those that name the site.
    select ranked.*,
    from ranked
    qualify
        ranked.grade_rank = ranked.best_rank
        or bool_or(ranked.grade_rank = ranked.best_rank and contains(coalesce(ranked.caveat_ids, ''), 'site_not_named'))
            over (partition by ranked.site_id)
),

shown as materialized (
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
),

labels as materialized (
    -- Signed and proposed designations as all documents state them; labels as the one that is current does.
    select
        sided.site_id,
        list_sort(list(distinct sided.document_id) filter (sided.state = 'signed')) as signed_ids,
        list_sort(list(distinct sided.document_id) filter (sided.state = 'proposed')) as proposed_ids,
        bool_or(sided.place = 1) as has_current,
        string_agg(sided.designation, '; ' order by sided.designation)
            filter (sided.place = 1 and sided.state = 'in_force' and sided.level <> 'none') as designations,
        string_agg(sided.designation, '; ' order by sided.designation)
            filter (sided.place = 1 and sided.state = 'recognition_only') as recognitions,
        string_agg(sided.designation || if(sided.state = 'signed', ' (signed)', ''), '; ' order by sided.designation)
            filter (sided.place = 1 and sided.state in ('proposed', 'signed')) as proposals,
        list(distinct sided.document_id) filter (
            sided.place = 1 and sided.state in ('in_force', 'recognition_only', 'proposed', 'signed')
        ) as document_ids,
    from sided
    group by sided.site_id
),

parts as (
    select
        sites.part_of_site_id as site_id,
        list_sort(list_distinct(flatten(list(shown.document_ids)))) as document_ids,
    from known_sites(as_known_on) as sites
    inner join shown on sites.site_id = shown.site_id
    where sites.part_of_site_id is not null and shown.level not in ('none', 'not_known')
    group by sites.part_of_site_id
)

select
    sites.site_id, shown.level, shown.statements, shown.is_one_side, shown.document_ids, shown.caveat_ids,
    case
        when shown.level = 'not_known' then 'level_not_named'
        when shown.site_id is not null then if(shown.is_one_side, 'one_side', null)
        when labels.signed_ids is not null then 'signed'
        when parts.site_id is not null then 'in_parts'
        when labels.proposed_ids is not null then 'proposed'
    end as standing,
    case standing
        when 'level_not_named' then shown.document_ids
        when 'one_side' then shown.document_ids
        when 'signed' then labels.signed_ids
        when 'in_parts' then parts.document_ids
        when 'proposed' then labels.proposed_ids
    end as standing_document_ids,
    labels.designations, labels.recognitions, labels.proposals, labels.document_ids as label_document_ids,
    coalesce(labels.has_current, false) as has_labels,
from sites
left join shown on sites.site_id = shown.site_id
left join labels on sites.site_id = labels.site_id
left join parts on sites.site_id = parts.site_id
