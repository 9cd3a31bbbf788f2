-- question: Which sites of flagship species have no, subnational, partial or no stated protection, with the newest figure of each?
-- params:
--   $as_known_on     null::date
--   $country_code    null
--   $species_id      null
-- returns:
--   site_id          VARCHAR   sites.site_id
--   site_name        VARCHAR   -
--   country_names    VARCHAR   separated by a semicolon
--   level            VARCHAR   none, not_known or subnational; another level where it holds on one side only
--   standing         VARCHAR   level_not_named, one_side, signed, in_parts or proposed; null = the level says it all
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   roles            VARCHAR   allowed values of site_species.role, separated by a space
--   side_name        VARCHAR   country on whose side of the site alone the figure was counted; null = the whole site, or no figure
--   count_kind       VARCHAR   allowed value; null = no figure found
--   method           VARCHAR   allowed value
--   value            DOUBLE    see unit
--   low              DOUBLE    see unit
--   high             DOUBLE    see unit
--   qualifier        VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   year_from        BIGINT    year
--   year_to          BIGINT    year
--   document_ids     VARCHAR   documents.document_id, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
with
uses as (
    select known.site_id, known.species_id, string_agg(distinct known.role, ' ' order by known.role) as roles,
        string_agg(distinct known.document_id, ' ' order by known.document_id) as document_ids,
        string_agg(distinct known.caveat_ids, ' ' order by known.caveat_ids) as caveat_ids,
    from known_site_species($as_known_on) as known
    group by known.site_id, known.species_id
),

newest as (
    -- A site in several States: a figure of one side never stands for the other, so each side has its own.
    select counts.*, if(sites.country_code is null, counts.country_code, null) as side_code,
    from current_counts($as_known_on) as counts
    inner join sites on counts.site_id = sites.site_id
    where
        $country_code is null or sites.country_code is not null or counts.country_code is null
        or counts.country_code = $country_code
    qualify row_number() over (
        partition by counts.site_id, counts.species_id, side_code
        order by counts.year_to desc, coalesce(counts.value, counts.high) desc, counts.count_id asc
    ) = 1
)

select
    sites.site_id, sites.name as site_name,
    (
        select string_agg(countries.name, '; ' order by countries.name)
        from countries where contains(sites.country_codes, countries.country_code)
    ) as country_names,
    coalesce(shown.level, 'not_known') as level, shown.standing,
    uses.species_id, species.name as species_name, uses.roles,
    sides.name as side_name, newest.count_kind, newest.method, newest.value, newest.low, newest.high, newest.qualifier, newest.unit,
    newest.year_from, newest.year_to,
    concat_ws(
        ' ', nullif(array_to_string(coalesce(shown.standing_document_ids, shown.document_ids), ' '), ''), uses.document_ids,
        newest.document_id
    ) as document_ids,
    concat_ws(' ', shown.caveat_ids, uses.caveat_ids, newest.caveat_ids) as caveat_ids,
from uses
inner join known_sites($as_known_on) as sites on uses.site_id = sites.site_id
inner join species on uses.species_id = species.species_id
left join protection_states($as_known_on, side := $country_code) as shown on uses.site_id = shown.site_id
left join newest on uses.site_id = newest.site_id and uses.species_id = newest.species_id
left join countries as sides on newest.side_code = sides.country_code
where
    (coalesce(shown.level, 'not_known') in ('none', 'not_known', 'subnational') or shown.standing = 'one_side')
    -- A range or a place of a survey alone has no status of its own.
    and not (sites.site_kind = 'survey_area' and coalesce(shown.level, 'not_known') = 'not_known')
    and ($country_code is null or contains(sites.country_codes, $country_code))
    and ($species_id is null or uses.species_id = $species_id)
order by list_position(['none', 'not_known', 'subnational'], coalesce(shown.level, 'not_known')), sites.name, species.name, sides.name
