-- question: What do projects, studies and meetings recommend?
-- params:
--   $as_known_on     null::date
--   $project_id      null
-- returns:
--   recommendation_id VARCHAR  recommendations.recommendation_id
--   project_title     VARCHAR  -
--   meeting_name      VARCHAR  -
--   site_name         VARCHAR  -
--   subject           VARCHAR  -
--   what              VARCHAR  -
--   addressee         VARCHAR  -
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    recommendations.recommendation_id, projects.short_title as project_title, meetings.name as meeting_name,
    sites.name as site_name, recommendations.subject, recommendations.what, recommendations.addressee,
    recommendations.document_id, recommendations.locator, recommendations.caveat_ids,
from known_recommendations($as_known_on) as recommendations
left join projects on recommendations.project_id = projects.project_id
left join meetings on recommendations.meeting_id = meetings.meeting_id
left join sites on recommendations.site_id = sites.site_id
where $project_id is null or recommendations.project_id = $project_id
order by recommendations.document_id, recommendations.recommendation_id
