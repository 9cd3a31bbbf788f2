-- question: What do documents say about the protection of one site, over time?
-- params:
--   $as_known_on     null::date
--   $site_id         'rason'
-- returns:
--   designation_id   VARCHAR   designations.designation_id
--   designation      VARCHAR   -
--   level            VARCHAR   allowed value
--   state            VARCHAR   allowed value
--   side_name        VARCHAR   country whose side alone the row speaks of; null = the whole site
--   designated_date  VARCHAR   ISO 8601 date, the year where no day is stated
--   area_ha          DOUBLE    ha
--   identifier       VARCHAR   number in the register
--   is_current       BOOLEAN   the statement shown for this designation
--   as_of            VARCHAR   ISO 8601 date
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
--   note             VARCHAR   -
select
    known.designation_id,
    known.designation,
    known.level,
    known.state,
    countries.name as side_name,
    coalesce(known.designated_date, known.designated_year::varchar) as designated_date,
    known.area_ha,
    known.identifier,
    current.designation_id is not null as is_current,
    known.as_of,
    known.document_id,
    known.locator,
    known.caveat_ids,
    known.note,
from known_designations($as_known_on) as known
left join current_designations($as_known_on) as current on known.designation_id = current.designation_id
left join countries on known.country_code = countries.country_code
where known.site_id = $site_id
order by coalesce(known.designated_date, known.designated_year::varchar) nulls last, known.designation, known.designation_id
