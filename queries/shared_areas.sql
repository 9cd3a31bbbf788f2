-- question: Which areas do several States share, and how many sites are counted to each?
-- params:
--   $as_known_on     null::date
-- returns:
--   shared_area_id   VARCHAR   shared_areas.shared_area_id
--   name             VARCHAR   -
--   country_codes    VARCHAR   countries.country_code, separated by a space
--   country_names    VARCHAR   separated by a semicolon
--   site_id          VARCHAR   sites.site_id of the site that stands for the whole; null = none does
--   sites            INTEGER   number of sites counted to it
--   sites_stated     INTEGER   those that a document names as its part; the others are grouped here
--   site_ids         VARCHAR   sites.site_id, separated by a space
--   species_ids      VARCHAR   species.species_id of flagship species that use its sites, separated by a space
--   as_of            VARCHAR   ISO 8601 date
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
with
members as (
    select
        known.shared_area_id,
        count(*)::integer as sites,
        (count(*) filter (known.membership = 'stated'))::integer as sites_stated,
        string_agg(known.site_id, ' ' order by known.site_id) as site_ids,
    from known_shared_area_sites($as_known_on) as known
    group by known.shared_area_id
),

uses as (
    select
        known.shared_area_id,
        string_agg(distinct used.species_id, ' ' order by used.species_id) as species_ids,
    from known_shared_area_sites($as_known_on) as known
    inner join known_site_species($as_known_on) as used on known.site_id = used.site_id
    where used.species_id is not null
    group by known.shared_area_id
)

select
    known.shared_area_id,
    known.name,
    known.country_codes,
    (select string_agg(countries.name, '; ' order by countries.name)
        from countries where contains(known.country_codes, countries.country_code)) as country_names,
    known.site_id,
    coalesce(members.sites, 0) as sites,
    coalesce(members.sites_stated, 0) as sites_stated,
    members.site_ids,
    uses.species_ids,
    known.as_of,
    known.document_id,
    known.locator,
    known.caveat_ids,
    known.note,
from known_shared_areas($as_known_on) as known
left join members on known.shared_area_id = members.shared_area_id
left join uses on known.shared_area_id = uses.shared_area_id
order by known.name, known.shared_area_id
