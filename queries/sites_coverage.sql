-- question: What share of land and sea do the six member States protect, as computed and as they report it?
-- params:
--   $as_known_on            null::date
--   $country_code           null
-- returns:
--   country_code            VARCHAR   countries.country_code
--   country_name            VARCHAR   -
--   realm                   VARCHAR   allowed value
--   percent_computed        DOUBLE    per cent; null = the country has no sea
--   percent_reported        DOUBLE    per cent; null = not reported
--   percent_with_oecm       DOUBLE    per cent
--   protected_area_km2      DOUBLE    km2
--   total_area_km2          DOUBLE    km2; 0 = the country has no sea
--   national_report_number  BIGINT    number of the national report to the Convention on Biological Diversity
--   as_of                   VARCHAR   ISO 8601 date of the release
--   document_id             VARCHAR   documents.document_id
--   locator                 VARCHAR   -
--   caveat_ids              VARCHAR   caveats.caveat_id, separated by a space
--   note                    VARCHAR   -
select
    coverage.country_code,
    countries.name as country_name,
    coverage.realm,
    if(coverage.total_area_km2 = 0, null, coverage.percent_computed) as percent_computed,
    if(coverage.total_area_km2 = 0, null, coverage.percent_reported) as percent_reported,
    if(coverage.total_area_km2 = 0, null, coverage.percent_with_oecm) as percent_with_oecm,
    coverage.protected_area_km2,
    coverage.total_area_km2,
    coverage.national_report_number,
    coverage.as_of,
    coverage.document_id,
    coverage.locator,
    coverage.caveat_ids,
    coverage.note,
from current_pa_coverage($as_known_on) as coverage
inner join countries on coverage.country_code = countries.country_code
where countries.is_member and ($country_code is null or coverage.country_code = $country_code)
order by coverage.realm, countries.name
