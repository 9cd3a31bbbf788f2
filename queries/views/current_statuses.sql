-- rule: The current status of a species in one scheme, list, scope and country is the newest one that rests on the body
-- that decides it (is_confirmed); a newer claim that does not is returned beside it with is_current = false. A State may
-- keep several national lists (list_name): each has its own current status.
create or replace macro current_statuses(as_known_on) as table
with
known as (
    select
        statuses.*,
        documents.known_on,
    from known_statuses(as_known_on) as statuses
    inner join documents on statuses.document_id = documents.document_id
),

ranked as (
    select
        known.*,
        row_number() over (
            partition by known.species_id, known.scheme, known.list_name, known.scope, known.country_code
            order by known.is_confirmed desc, known.assessed_year desc nulls last, known.known_on desc, known.status_id asc
        ) as place,
        max(known.assessed_year) filter (where known.is_confirmed) over (
            partition by known.species_id, known.scheme, known.list_name, known.scope, known.country_code
        ) as confirmed_year,
    from known
)

select
    ranked.* exclude (known_on, place, confirmed_year),
    ranked.place = 1 as is_current,
from ranked
where ranked.place = 1 or (not ranked.is_confirmed and coalesce(ranked.assessed_year, 0) > coalesce(ranked.confirmed_year, 0))
