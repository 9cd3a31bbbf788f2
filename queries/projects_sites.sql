-- question: At which sites do projects work?
-- params:
--   $as_known_on     null::date
-- returns:
--   project_id       VARCHAR   projects.project_id
--   short_title      VARCHAR   -
--   site_id          VARCHAR   sites.site_id
--   site_name        VARCHAR   -
--   latitude         DOUBLE    degrees north: a point that stands for the site; null = none
--   longitude        DOUBLE    degrees east
--   document_ids     VARCHAR   documents.document_id, separated by a space
with
works as (
    select
        known.project_id, known.site_id,
        string_agg(distinct known.document_id, ' ' order by known.document_id) as document_ids,
    from known_project_sites($as_known_on) as known
    group by known.project_id, known.site_id
)

select
    works.project_id, projects.short_title, works.site_id, sites.name as site_name, sites.latitude, sites.longitude,
    works.document_ids,
from works
inner join known_sites($as_known_on) as sites on works.site_id = sites.site_id
inner join projects on works.project_id = projects.project_id
order by projects.short_title, sites.name, works.site_id
