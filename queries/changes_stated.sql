-- question: Which statuses and designations that are current changed between two dates?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   subject           VARCHAR  status or designation
--   about             VARCHAR  -
--   what              VARCHAR  which of its statements
--   old_said          VARCHAR  -
--   new_said          VARCHAR  -
--   is_ended          BOOLEAN  the new statement says that it is no longer in force
--   is_known_only     BOOLEAN  it became known; nothing says that it came about between the two dates
--   old_document_id   VARCHAR  documents.document_id
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
-- A protection that was in force before and is in force now with another year or area is told otherwise, not changed.
-- A reserve that was taken into a national park was merged, not ended.
with
merged as (
    select site_id, min(replace(designation, 'Part of ', '')) as into, min(designated_year) as since,
    from known_designations($as_known_on)
    where state = 'in_force' and regexp_matches(designation, '^Part of the .*National Park$')
    group by site_id
),

told as (
    select
        'status' as subject, later.species_id as about_id, concat_ws(', ', case later.scheme
            when 'iucn' then 'IUCN Red List' when 'neaspec_paper' then 'NEASPEC paper' when 'national_list' then later.list_name when 'regional_list' then later.list_name else upper(later.scheme)
        end, later.scope) as what,
        concat_ws(' ', earlier.category, earlier.assessed_year) as old_said,
        concat_ws(' ', later.category, later.assessed_year) as new_said, later.category = 'not_listed' as is_ended,
        false as is_known_only,
        earlier.document_id as old_document_id, later.document_id, later.locator, later.caveat_ids,
    from current_statuses($known_from) as earlier
    inner join current_statuses($as_known_on) as later
        on
            earlier.species_id = later.species_id and earlier.scheme = later.scheme and earlier.scope = later.scope
            and earlier.country_code is not distinct from later.country_code
            and earlier.list_name is not distinct from later.list_name
    where earlier.is_current and later.is_current
    union all
    select
        'designation', later.site_id, later.designation,
        concat_ws(', ', replace(earlier.state, '_', ' '), earlier.designated_year, format('{:,.0f} ha', earlier.area_ha)),
        concat_ws(
            ', ', coalesce('merged into ' || merged.into, replace(later.state, '_', ' ')),
            coalesce(later.designated_year, merged.since), format('{:,.0f} ha', later.area_ha)
        ),
        later.state = 'former' and merged.into is null, later.state = earlier.state, earlier.document_id, later.document_id, later.locator, later.caveat_ids,
    from current_designations($known_from) as earlier
    inner join current_designations($as_known_on) as later
        on earlier.site_id = later.site_id and earlier.designation = later.designation
    left join merged on later.state in ('former', 'merged_into_national_park') and later.site_id = merged.site_id
    -- What only one of the two documents states is no change.
    where
        earlier.state <> later.state or earlier.designated_year <> later.designated_year
        or earlier.area_ha <> later.area_ha
)

select
    told.subject, coalesce(species.name, sites.name) as about, told.what, told.old_said,
    told.new_said, told.is_ended, told.is_known_only, told.old_document_id, told.document_id, told.locator, told.caveat_ids,
from told
left join species on told.about_id = species.species_id
left join sites on told.about_id = sites.site_id
where told.old_said <> told.new_said and told.old_document_id <> told.document_id
order by told.subject, about, told.what, told.new_said
