-- question: Since when has each site a protection in force, by the earliest date that a document states?
-- params:
--   $as_known_on     null::date
-- returns:
--   site_id          VARCHAR   sites.site_id
--   since            VARCHAR   ISO 8601 date, the year where no day is stated
select
    known.site_id,
    min(coalesce(known.designated_date, known.designated_year::varchar)) as since,
from current_designations($as_known_on) as known
where
    known.state = 'in_force' and known.level in ('international', 'national', 'subnational')
    and coalesce(known.designated_date, known.designated_year::varchar) is not null
group by known.site_id
order by known.site_id
