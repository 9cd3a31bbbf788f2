-- question: Which agreements and designations came about between two dates?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   subject           VARCHAR  agreement or designation
--   about             VARCHAR  -
--   what              VARCHAR  which of its statements
--   new_said          VARCHAR  -
--   is_ended          BOOLEAN  the statement says that it is no longer in force
--   is_known_only     BOOLEAN  it became known; nothing says that it came about between the two dates
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
-- What is dated before the earlier date and only became known later is no news: a row must be of that year or later, and
-- its document must bear a date. Of several documents that say the same, the best graded one speaks.
with
told as (
    select
        'agreement' as subject, agreements.agreement as about, replace(agreements.agreement_kind, '_', ' ') as what,
        concat_ws(
            ', ', replace(agreements.state, '_', ' '),
            if(length(agreements.date) = 10, strftime(agreements.date::date, '%-d %B %Y'), agreements.date)
        ) as new_said,
        agreements.agreement_id as key,
        agreements.state in ('ended', 'withdrawn') as is_ended, agreements.document_id, agreements.locator,
        agreements.caveat_ids,
    from known_agreements($as_known_on) as agreements
    where agreements.date > left($known_from::varchar, length(agreements.date))
    union all
    select
        'designation', sites.name, designations.designation,
        concat_ws(', ', replace(designations.state, '_', ' '), designations.designated_year,
            format('{:,.0f} ha', designations.area_ha)),
        designations.designation_id, designations.state = 'former', designations.document_id, designations.locator,
        designations.caveat_ids,
    from known_designations($as_known_on) as designations
    inner join sites on designations.site_id = sites.site_id
    where
        designations.designated_year >= year($known_from::date)
        and not exists (
            select 1 from known_designations($known_from) as before
            where before.site_id = designations.site_id and before.designation = designations.designation
        )
)

select
    told.subject, told.about, told.what, told.new_said, told.is_ended,
    false as is_known_only, told.document_id, told.locator, told.caveat_ids,
from told
inner join documents on told.document_id = documents.document_id
where documents.known_on > $known_from and documents.published_date is not null
qualify row_number() over (
    partition by told.subject, told.about, told.what, told.new_said
    order by list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade), told.key
) = 1
order by told.subject, told.about, told.what, told.new_said
