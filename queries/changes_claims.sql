-- question: Which statuses of species came about between two dates?
-- params:
--   $as_known_on     '2024-12-13'::date
--   $known_from      '2020-10-13'::date
-- returns:
--   subject           VARCHAR  status
--   about             VARCHAR  -
--   what              VARCHAR  which of its statements
--   old_said          VARCHAR  the status held before; null: nothing of the kind was known
--   new_said          VARCHAR  -
--   is_ended          BOOLEAN  the statement says that it is no longer in force
--   is_known_only     BOOLEAN  it became known; nothing says that it came about between the two dates
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
-- A status of which nothing was known before became known: whether it changed, no document read tells.
-- What is dated before the earlier date and only became known later is no news: a row must be of that year or later, and
-- its document must bear a date. A confirmed status that takes the place of another is a change
-- (changes_stated). What the body that decides it does not confirm is no news. A paper of a meeting that quotes a list makes no status.
with
red_list as (
    select map {'CR': 'Critically Endangered', 'EN': 'Endangered', 'VU': 'Vulnerable', 'NT': 'Near Threatened'} as words
),

told as (
    select
        'status' as subject, species.name as about, concat_ws(', ', case statuses.scheme
            when 'iucn' then 'IUCN Red List' when 'national_list' then statuses.list_name else upper(statuses.scheme)
        end, statuses.scope) as what,
        concat_ws(
            ', ', coalesce(words[statuses.category], statuses.category), statuses.assessed_year
        ) as new_said,
        statuses.status_id as key,
        concat_ws(', ', coalesce(words[held.category], held.category), held.assessed_year) as old_said,
        statuses.category = 'not_listed' as is_ended, statuses.document_id, statuses.locator, statuses.caveat_ids,
    from known_statuses($as_known_on) as statuses
    inner join species on statuses.species_id = species.species_id
    cross join red_list
    left join current_statuses($known_from) as held
        on
            statuses.species_id = held.species_id and statuses.scheme = held.scheme and statuses.scope = held.scope
            and statuses.list_name is not distinct from held.list_name and held.is_current
    where
        statuses.scheme not in ('neaspec_paper', 'regional_list') and statuses.assessed_year >= year($known_from::date)
        and statuses.is_confirmed and held.status_id is null
        and not exists (
            select 1 from known_statuses($known_from) as before
            where
                before.species_id = statuses.species_id and before.scheme = statuses.scheme
                and before.category = statuses.category and before.assessed_year = statuses.assessed_year
        )
)

select
    told.subject, told.about, told.what, nullif(told.old_said, '') as old_said, told.new_said, told.is_ended,
    nullif(told.old_said, '') is null as is_known_only,
    told.document_id, told.locator, told.caveat_ids,
from told
inner join documents on told.document_id = documents.document_id
where documents.known_on > $known_from and documents.published_date is not null
qualify row_number() over (
    partition by told.subject, told.about, told.what, told.new_said
    order by list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade), told.key
) = 1
order by told.subject, told.about, told.what, told.new_said
