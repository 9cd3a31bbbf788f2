-- rule: Every name under which a thing is known, one row a name: thing is table/key, language as ISO 639-1 (la = scientific).
-- The index of the search is made from it (neaspec/data/search/index.py).
create or replace view names_known as
select distinct thing, name, language
from (
    select 'species/' || species_id as thing, name, 'en' as language from species
    union all select 'species/' || species_id, scientific_name, 'la' from species
    union all select 'species/' || species_id, name, language from taxon_names
        -- "leopard" alone is no name of the Amur leopard: it stands in the name of the snow leopard, too.
        where species_id is not null
        and (relation in ('accepted', 'synonym') or (relation = 'common' and language <> 'en'))
    union all select 'sites/' || site_id, name, 'en' from sites
    union all select 'sites/' || site_id, regexp_replace(name, ' *\(.*\)', ''), 'en' from sites
    union all select 'countries/' || country_code, unnest([name, official_name]), 'en' from countries
    union all select 'organisations/' || organisation_id, unnest([name, acronym]), 'en' from organisations
    union all select 'frameworks/' || framework_id, unnest([name, acronym]), 'en' from frameworks
    union all select 'projects/' || project_id, unnest([title, short_title]), 'en' from projects
    union all select subject_table || '/' || subject_id, name, language from names
    union all select subject_table || '/' || subject_id, name, language from search_names
)
where name <> ''
