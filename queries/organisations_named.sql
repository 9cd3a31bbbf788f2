-- question: Which organisations take part in the work, in which roles and how often are they named?
-- params:
--   $as_known_on     null::date
-- returns:
--   organisation_id   VARCHAR  organisations.organisation_id
--   name              VARCHAR  -
--   acronym           VARCHAR  -
--   kind              VARCHAR  allowed value
--   country_name      VARCHAR  seat; null = international
--   roles             VARCHAR  allowed values of partners.role, separated by a space
--   projects          VARCHAR  short titles
--   meetings          VARCHAR  names; (expected) = of a provisional plan
--   document_ids      VARCHAR  documents.document_id, separated by a space
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
select
    organisations.organisation_id,
    organisations.name,
    organisations.acronym,
    organisations.kind,
    countries.name as country_name,
    string_agg(distinct partners.role, ' ' order by partners.role) as roles,
    string_agg(distinct projects.short_title, '; ' order by projects.short_title) as projects,
    array_to_string(
        list_sort(
            list(
                distinct meetings.name
                || if(contains(coalesce(partners.caveat_ids, ''), 'planned_not_confirmed'), ' (expected)', '')
            ) filter (where meetings.name is not null)
        ), '; '
    ) as meetings,
    string_agg(distinct partners.document_id, ' ' order by partners.document_id) as document_ids,
    string_agg(distinct partners.caveat_ids, ' ' order by partners.caveat_ids) as caveat_ids,
from known_partners($as_known_on) as partners
inner join organisations on partners.organisation_id = organisations.organisation_id
left join projects on partners.project_id = projects.project_id
left join meetings on partners.meeting_id = meetings.meeting_id
left join countries on organisations.country_code = countries.country_code
group by all
order by organisations.name, organisations.organisation_id
