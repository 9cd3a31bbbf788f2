-- question: What is on record of each species of a shared area's working list, State by State?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   shared_area_id   VARCHAR   shared_areas.shared_area_id
--   taxon_id         VARCHAR   checklist_taxa.taxon_id
--   country_code     VARCHAR   countries.country_code
--   country_name     VARCHAR   -
--   presence         VARCHAR   breeding, passage, present, listed, not_found (looked for), not_reported (a survey with a list is on record and what was read of it does not name the species), not_surveyed (no such survey is on record)
--   records          BIGINT    number of records
--   places           VARCHAR   separated by a semicolon; null = no record
--   as_stated     VARCHAR   as stated, separated by a semicolon; null = no record
--   value            DOUBLE    largest number stated; null = none
--   qualifier        VARCHAR   allowed value, of that number
--   unit             VARCHAR   allowed value, of that number
--   value_as_of      VARCHAR   date of that number; null = the document does not say
--   document_ids     VARCHAR   documents.document_id, separated by a space; of the surveys where a species is not reported; null = no survey
--   locators         VARCHAR   separated by a semicolon; null = no record
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space; null = none
-- A record of presence stands before one of a search without result; of several, the most telling one names the cell.
with
records as (
    select
        shared_area_id, taxon_id, country_code, place, presence, as_stated, value, qualifier, unit, as_of, document_id,
        locator, caveat_ids,
    from known_checklist_records($as_known_on)
    where $shared_area_id is null or shared_area_id = $shared_area_id
),
areas as (
    select shared_area_id, unnest(string_split(country_codes, ' ')) as country_code
    from known_shared_areas($as_known_on)
),
surveyed as (
    select
        shared_area_id, country_code, organism_group,
        string_agg(distinct document_id, ' ' order by document_id) as document_ids,
    from known_checklist_totals($as_known_on)
    where is_survey
    group by all
),
found as (
    select
        shared_area_id, taxon_id, country_code,
        arg_min(presence, list_position(['breeding', 'passage', 'present', 'listed', 'not_found'], presence)) as presence,
        count(*) as records,
        string_agg(distinct place, '; ' order by place) as places,
        string_agg(distinct as_stated, '; ' order by as_stated) as as_stated,
        max(value) as value,
        arg_max(qualifier, value) as qualifier,
        arg_max(unit, value) as unit,
        arg_max(as_of, value) as value_as_of,
        string_agg(distinct document_id, ' ' order by document_id) as document_ids,
        string_agg(distinct locator, '; ' order by locator) as locators,
        string_agg(distinct caveat_ids, ' ' order by caveat_ids) as caveat_ids,
    from records
    group by all
)
select
    areas.shared_area_id, taxa.taxon_id, areas.country_code, countries.name as country_name,
    coalesce(found.presence, if(surveyed.country_code is null, 'not_surveyed', 'not_reported')) as presence,
    coalesce(found.records, 0) as records,
    found.places, found.as_stated, found.value, found.qualifier, found.unit, found.value_as_of,
    coalesce(found.document_ids, surveyed.document_ids) as document_ids, found.locators,
    nullif(array_to_string(list_sort(list_distinct(string_split(found.caveat_ids, ' '))), ' '), '') as caveat_ids,
from (select distinct shared_area_id, taxon_id from records) as listed
inner join checklist_taxa as taxa on listed.taxon_id = taxa.taxon_id
inner join areas on listed.shared_area_id = areas.shared_area_id
inner join countries on areas.country_code = countries.country_code
left join found
    on listed.shared_area_id = found.shared_area_id
    and listed.taxon_id = found.taxon_id
    and areas.country_code = found.country_code
left join surveyed
    on listed.shared_area_id = surveyed.shared_area_id
    and areas.country_code = surveyed.country_code
    and taxa.organism_group = surveyed.organism_group
order by areas.shared_area_id, taxa.taxon_id, areas.country_code
