-- rule: The current area of a site is the one stated for the whole site; a printed figure comes before a sum made by us, then
-- the best graded document, then the newest. Areas of parts, zones and plans are never the area of the site,
-- and a web page gives no area.
create or replace macro current_site_areas(as_known_on) as table
with
known as (
    select
        site_areas.*,
        documents.known_on,
        list_position(['official', 'scientific', 'organisation', 'press', 'web_page'], documents.grade) as grade_rank,
    from known_site_areas(as_known_on) as site_areas
    inner join documents on site_areas.document_id = documents.document_id
    where site_areas.part = 'whole' and documents.grade <> 'web_page'
)

select known.* exclude (known_on, grade_rank)
from known
qualify row_number() over (
    partition by known.site_id
    order by known.is_derived asc, known.grade_rank asc, known.known_on desc, known.site_area_id asc
) = 1
