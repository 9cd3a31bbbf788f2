-- question: By which sites may the place of an animal be told, and under which names do documents know them?
-- params:
--   $as_known_on              null::date
-- returns:
--   site_id                   VARCHAR   sites.site_id
--   name                      VARCHAR   English name
--   names                     VARCHAR   all its names, separated by ' | '
--   country_codes             VARCHAR   ISO 3166-1 alpha-3, separated by a space
--   site_kind                 VARCHAR   allowed value
--   latitude                  DOUBLE    degrees north: a point that stands for the site; null = none
--   longitude                 DOUBLE    degrees east
--   coordinate_precision_deg  DOUBLE    degrees
-- Nesting islets are left out: their names are public, but that an animal is there is not. Sites are asked as known
-- today whatever the date, because a place that may be named today may be named of earlier days too.
select
    sites.site_id,
    sites.name,
    array_to_string(list_sort(list_distinct([sites.name] || coalesce(spelled.names, []))), ' | ') as names,
    sites.country_codes,
    sites.site_kind,
    sites.latitude,
    sites.longitude,
    sites.coordinate_precision_deg,
from sites
left join (
    select
        names.subject_id,
        list(names.name) as names,
    from names
    where names.subject_table = 'sites'
    group by names.subject_id
) as spelled on sites.site_id = spelled.subject_id
where
    not sites.is_sensitive
    and sites.site_kind <> 'breeding_islet'
    and ($as_known_on is null or $as_known_on is not null)
order by sites.site_id
