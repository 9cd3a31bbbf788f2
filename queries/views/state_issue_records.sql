-- rule: What States are on record with in the matter of a request: the projects, sites and agreements linked to it, and the
-- requests it follows. Money counts to the State of the funder, a meeting to its host, a designation to the State of its
-- site; all else names the State. What names no State is no record of any.
create or replace macro state_issue_records(as_known_on, of_issue) as table
with
matter as (
    select links.subject_table, links.subject_id,
    from evidence_links as links
    where links.from_table = 'issues' and links.from_id = of_issue
),

requests as (
    select unnest([of_issue, trail.earlier_issue_id]) as issue_id,
    from known_issue_trail(as_known_on) as trail
    where trail.issue_id = of_issue
    union
    select of_issue as issue_id
),

meetings_of as (
    select known.meeting_id from known_events(as_known_on) as known
    where known.meeting_id is not null and known.project_id in (select subject_id from matter where subject_table = 'projects')
)

select 'statement' as record_kind, known.country_codes, 'decisions' as table_name, known.decision_id as record_id, known.subject as name, known.what,
    null as state, null as amount, null as currency, meetings.start_date as date_from, meetings.end_date as date_to, known.document_id, known.locator, known.caveat_ids,
from known_decisions(as_known_on) as known
inner join meetings on known.meeting_id = meetings.meeting_id
where exists (select 1 from matter where subject_table = 'projects' and list_contains(string_split(known.project_ids, ' '), subject_id))
union all
select 'statement', known.country_codes, 'facts', known.fact_id, null, known.what, null, null, null, known.as_of, known.as_of, known.document_id, known.locator, known.caveat_ids,
from known_facts(as_known_on) as known
where (known.subject_table, known.subject_id) in (select (subject_table, subject_id) from matter)
    or known.subject_table = 'meetings' and known.subject_id in (select meeting_id from meetings_of)
union all
select 'response', known.country_codes, 'follow_ups', known.follow_up_id, null, known.what, known.status, null, null, known.date, known.date, known.document_id, known.locator, known.caveat_ids,
from known_follow_ups(as_known_on) as known
where known.issue_id in (select issue_id from requests)
union all
select 'funding', organisations.country_code, 'budgets', budgets.budget_id, projects.short_title, budgets.item, null, budgets.amount, budgets.currency, budgets.as_of, budgets.as_of, budgets.document_id, budgets.locator, budgets.caveat_ids,
from current_budgets(as_known_on) as budgets
inner join organisations on budgets.funder_id = organisations.organisation_id
inner join projects on budgets.project_id = projects.project_id
where budgets.level = 'project' and budgets.amount is not null and budgets.project_id in (select subject_id from matter where subject_table = 'projects')
union all
select 'agreement', known.country_codes, 'agreements', known.agreement_id, known.agreement, known.what, known.state, null, null, known.date, known.date, known.document_id, known.locator, known.caveat_ids,
from known_agreements(as_known_on) as known
where known.agreement_id in (select subject_id from matter where subject_table = 'agreements') or known.project_id in (select subject_id from matter where subject_table = 'projects')
union all
select 'event', known.country_codes, 'events', known.event_id, null, known.what, null, null, null, known.date_from, known.date_to, known.document_id, known.locator, known.caveat_ids,
from known_events(as_known_on) as known
where known.meeting_id is null
    and (known.project_id in (select subject_id from matter where subject_table = 'projects') or known.site_id in (select subject_id from matter where subject_table = 'sites'))
union all
select 'hosting', known.host_country_code, 'meetings', known.meeting_id, known.name, known.place, null, null, null, known.start_date, known.end_date, known.document_id, known.locator, known.caveat_ids,
from current_meetings(as_known_on) as known
where known.state = 'held' and known.kind <> 'field_visit' and known.meeting_id in (select meeting_id from meetings_of)
union all
select 'designation', sites.country_code, 'designations', known.designation_id, sites.name, known.designation, known.state, null, null,
    coalesce(known.designated_date, known.designated_year::varchar), coalesce(known.designated_date, known.designated_year::varchar), known.document_id, known.locator, known.caveat_ids,
from current_designations(as_known_on) as known
inner join sites on known.site_id = sites.site_id
where known.level in ('international', 'national', 'subnational') and known.designated_year is not null and known.site_id in (select subject_id from matter where subject_table = 'sites')
union all
select 'participation', known.country_code, 'project_countries', known.project_country_id, projects.short_title, null, null, null, null, null, null, known.document_id, known.locator, known.caveat_ids,
from known_project_countries(as_known_on) as known
inner join projects on known.project_id = projects.project_id
where known.project_id in (select subject_id from matter where subject_table = 'projects')
qualify row_number() over (partition by known.project_id, known.country_code order by known.component_id nulls first, known.project_country_id) = 1
