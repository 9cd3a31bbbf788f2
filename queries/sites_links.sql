-- question: Which links between sites do documents state: governance, ecology, water, a common border?
-- params:
--   $as_known_on     null::date
--   $site_id         null
-- returns:
--   site_link_id       VARCHAR   site_links.site_link_id
--   from_site_id       VARCHAR   sites.site_id
--   from_site_name     VARCHAR   -
--   from_country_codes VARCHAR   countries.country_code, separated by a space
--   to_site_id         VARCHAR   sites.site_id
--   to_site_name       VARCHAR   -
--   to_country_codes   VARCHAR   countries.country_code, separated by a space
--   crosses_border     BOOLEAN   neither site's States take in those of the other
--   is_with_shared     BOOLEAN   one of the two sites lies in several States
--   link_kind          VARCHAR   allowed value
--   species_name       VARCHAR   null = not one species
--   what               VARCHAR   -
--   as_of              VARCHAR   ISO 8601 date
--   document_id        VARCHAR   documents.document_id
--   locator            VARCHAR   -
--   caveat_ids         VARCHAR   caveats.caveat_id, separated by a space
select
    known.site_link_id,
    known.from_site_id,
    home.name as from_site_name,
    home.country_codes as from_country_codes,
    known.to_site_id,
    away.name as to_site_name,
    away.country_codes as to_country_codes,
    not (
        list_has_all(string_split(home.country_codes, ' '), string_split(away.country_codes, ' '))
        or list_has_all(string_split(away.country_codes, ' '), string_split(home.country_codes, ' '))
    ) as crosses_border,
    home.country_code is null or away.country_code is null as is_with_shared,
    known.link_kind,
    species.name as species_name,
    known.what,
    known.as_of,
    known.document_id,
    known.locator,
    known.caveat_ids,
from known_site_links($as_known_on) as known
inner join sites as home on known.from_site_id = home.site_id
inner join sites as away on known.to_site_id = away.site_id
left join species on known.species_id = species.species_id
where $site_id is null or known.from_site_id = $site_id or known.to_site_id = $site_id
order by known.link_kind, home.name, away.name, known.site_link_id
