-- rule: The current protected-area coverage of a country, on land or at sea, is the one of the newest release.
create or replace macro current_pa_coverage(as_known_on) as table
with
known as (
    select
        pa_coverage.*,
        documents.known_on,
    from known_pa_coverage(as_known_on) as pa_coverage
    inner join documents on pa_coverage.document_id = documents.document_id
)

select known.* exclude (known_on)
from known
qualify row_number() over (
    partition by known.country_code, known.realm
    order by known.as_of desc, known.known_on desc, known.pa_coverage_id asc
) = 1
