-- question: How many species or birds do documents state for the places of a shared area, without naming all?
-- params:
--   $as_known_on     null::date
--   $shared_area_id  'tumen_estuary'
-- returns:
--   shared_area_id   VARCHAR   shared_areas.shared_area_id
--   country_code     VARCHAR   countries.country_code
--   country_name     VARCHAR   -
--   site_id          VARCHAR   sites.site_id; null = another place
--   place            VARCHAR   as the document names it
--   organism_group   VARCHAR   allowed value
--   unit             VARCHAR   species, taxa or individuals
--   low              DOUBLE    number, or lower end of a range
--   high             DOUBLE    upper end; null = no range
--   qualifier        VARCHAR   allowed value
--   is_survey        BOOLEAN   species were looked for and listed
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   as_of            VARCHAR   null = the document does not say
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    totals.shared_area_id,
    totals.country_code,
    countries.name as country_name,
    totals.site_id,
    totals.place,
    totals.organism_group,
    totals.unit,
    totals.low,
    totals.high,
    totals.qualifier,
    totals.is_survey,
    totals.document_id,
    totals.locator,
    totals.as_of,
    totals.caveat_ids,
    totals.note,
from known_checklist_totals($as_known_on) as totals
inner join countries on totals.country_code = countries.country_code
where $shared_area_id is null or totals.shared_area_id = $shared_area_id
order by countries.name, totals.unit desc, totals.as_of desc nulls last, totals.checklist_total_id
