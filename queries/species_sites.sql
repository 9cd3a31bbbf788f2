-- question: Which sites does one species use, how, and how well are they protected?
-- params:
--   $as_known_on     null::date
--   $species_id      'amur_tiger'
-- returns:
--   site_id          VARCHAR   sites.site_id
--   site_name        VARCHAR   -
--   country_names    VARCHAR   -
--   site_roles       VARCHAR   allowed values of site_species.role, separated by a space
--   protection       VARCHAR   international, national, subnational or none; null = not known
--   standing         VARCHAR   level_not_named, one_side, signed, in_parts or proposed; null = the level says it all
--   document_ids     VARCHAR   documents.document_id, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
used as (
    select
        uses.site_id, string_agg(distinct uses.role, ' ' order by uses.role) as site_roles,
        list(distinct uses.document_id) as document_ids,
        array_to_string(list_sort(list_distinct(string_split(string_agg(uses.caveat_ids, ' ' order by uses.caveat_ids), ' '))), ' ') as caveat_ids,
    from known_site_species($as_known_on) as uses
    where uses.species_id = $species_id
    group by uses.site_id
),

named as (
    select sites.site_id, string_agg(countries.name, ', ' order by countries.name) as country_names,
    from sites
    inner join countries on list_contains(string_split(sites.country_codes, ' '), countries.country_code)
    group by sites.site_id
)

select
    used.site_id,
    sites.name as site_name,
    named.country_names,
    used.site_roles,
    protection.level as protection,
    standings.standing,
    array_to_string(
        list_sort(list_distinct(used.document_ids || coalesce(standings.document_ids, protection.document_ids, []))), ' '
    ) as document_ids,
    concat_ws(' ', used.caveat_ids, protection.caveat_ids) as caveat_ids,
from used
inner join known_sites($as_known_on) as sites on used.site_id = sites.site_id
left join named on used.site_id = named.site_id
left join site_protection($as_known_on) as protection on used.site_id = protection.site_id
left join site_standing($as_known_on) as standings on used.site_id = standings.site_id
order by named.country_names, sites.name, used.site_id
