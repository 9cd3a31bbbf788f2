-- question: Which threats do documents name, and for which species, site or country?
-- params:
--   $as_known_on     null::date
--   $species_id      'amur_tiger'
--   $site_id         null
--   $country_code    null
-- returns:
--   threat_id        VARCHAR   threats.threat_id
--   threat_kind      VARCHAR   allowed value of threats.threat_kind
--   what             VARCHAR   the threat in one sentence
--   taxon_group      VARCHAR   group of species it is named for: big_cat, migratory_bird or all
--   species_id       VARCHAR   species.species_id; null = named for the group
--   species_name     VARCHAR   -
--   site_id          VARCHAR   sites.site_id; null = no single site
--   site_name        VARCHAR   -
--   country_code     VARCHAR   ISO 3166-1 alpha-3; null = no single country
--   country_name     VARCHAR   -
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   as_of            VARCHAR   ISO 8601 date
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
-- A threat named for a group of species counts for each species of the group, at a site only for those known to use it;
-- one named for a site counts for its country.
select
    threats.threat_id, threats.threat_kind, threats.what, threats.taxon_group, threats.species_id,
    species.name as species_name, threats.site_id, sites.name as site_name, threats.country_code,
    countries.name as country_name, threats.document_id, threats.locator, threats.as_of, threats.caveat_ids, threats.note,
from known_threats($as_known_on) as threats
left join species on threats.species_id = species.species_id
left join countries on threats.country_code = countries.country_code
left join known_sites($as_known_on) as sites on threats.site_id = sites.site_id
left join species as chosen on chosen.species_id = $species_id
where
    (
        $species_id is null or threats.species_id = $species_id
        or (
            threats.species_id is null and threats.taxon_group in (chosen.taxon_group, 'all')
            and (
                threats.site_id is null
                or exists (
                    select 1 from known_site_species($as_known_on) as uses
                    where uses.site_id = threats.site_id and uses.species_id = chosen.species_id
                )
            )
        )
    )
    and ($site_id is null or threats.site_id = $site_id)
    and (
        $country_code is null or threats.country_code = $country_code
        or list_contains(string_split(sites.country_codes, ' '), $country_code)
    )
order by threats.threat_kind, species.sort_order nulls last, threats.threat_id
