-- rule: Every statement of every table in one shape, so that all of them can be searched and counted: the table, the key,
-- what it is about, what it says in one line, and where it stands. A new statement table gets one part here. The lines are
-- written once, at the build, because fifty tables are slow to join at every question.
create or replace macro figure_said(figure) as
if(figure = floor(figure), format('{:,}', figure::bigint), rtrim(format('{:,.4f}', figure), '0'));

create or replace macro group_named(taxon_group) as
case taxon_group when 'big_cat' then 'Big cats' when 'migratory_bird' then 'Migratory birds' else 'All flagship species' end;

-- An area as a reader writes it: 8,000 ha, 3,525.7 ha; the decimals a document prints stay where they say something.
create or replace macro hectares_said(hectares) as
if(hectares = floor(hectares), format('{:,}', hectares::bigint), rtrim(format('{:,.2f}', hectares), '0')) || ' ha';

-- Categories of the IUCN Red List in words; those of other lists stay as they are.
create or replace macro category_named(category) as
case category when 'CR' then 'Critically Endangered' when 'EN' then 'Endangered' when 'VU' then 'Vulnerable'
    when 'NT' then 'Near Threatened' when 'LC' then 'Least Concern' else category end;

create or replace table statement_lines as
select * replace (replace(about, '_', ' ') as about, if(table_name = 'outputs', said, replace(said, '_', ' ')) as said)
from (
    with
    things as (
        select 'species' as subject_table, species_id as subject_id, name
        from species
        union all
        select 'sites' as subject_table, site_id as subject_id, name
        from sites
        union all
        select 'projects' as subject_table, project_id as subject_id, short_title as name
        from projects
        union all
        select 'components' as subject_table, component_id as subject_id, projects.short_title || ', component ' || components.number as name
        from components
        inner join projects on components.project_id = projects.project_id
        union all
        select 'meetings' as subject_table, meeting_id as subject_id, name
        from meetings
        union all
        select 'organisations' as subject_table, organisation_id as subject_id, name
        from organisations
        union all
        select 'countries' as subject_table, country_code as subject_id, name
        from countries
        union all
        select 'frameworks' as subject_table, framework_id as subject_id, name
        from frameworks
        union all
        select 'agreements' as subject_table, agreement_id as subject_id, agreement as name
        from agreements
        union all
        select 'programme' as subject_table, 'neaspec' as subject_id, 'NEASPEC' as name
    )

    select
        'counts' as table_name, t.count_id as statement_id, species.name as about,
        concat_ws(' ', t.area_name || ':', nullif(replace(t.qualifier, '_', ' '), 'exact'), coalesce(figure_said(t.value), figure_said(t.low) || ' to ' || figure_said(t.high)),
            if(t.unit = 'individuals_per_100km2', 'individuals per 100 km²', t.unit),
            '(' || nullif(replace(concat_ws(', ', nullif(t.population_part, 'not_stated'), nullif(t.method, 'not_stated')), '_', ' '), '') || ')',
            coalesce(t.season, concat_ws('–', t.year_from, nullif(t.year_to, t.year_from)))
        ) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from counts as t
    inner join species on t.species_id = species.species_id
    union all
    select
        'survey_effort' as table_name, t.effort_id as statement_id, coalesce(species.name, projects.short_title, t.area_name) as about,
        concat_ws(' ', t.area_name || ':', figure_said(t.value), t.unit) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from survey_effort as t
    left join species on t.species_id = species.species_id
    left join projects on t.project_id = projects.project_id
    union all
    select
        'movements' as table_name, t.movement_id as statement_id, species.name as about,
        concat_ws(' ', coalesce(t.animal_name, t.individuals::varchar || ' individuals', 'animals'), home.name || if(t.movement_kind = 'journey', ' to ', ' and ') || away.name, '(' || nullif(replace(t.method, '_', ' '), 'not stated') || ')', concat_ws(' to ', t.date_from, t.date_to)) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from movements as t
    inner join species on t.species_id = species.species_id
    inner join countries as home on t.from_country_code = home.country_code
    inner join countries as away on t.to_country_code = away.country_code
    union all
    select
        'demography' as table_name, t.parameter_id as statement_id, coalesce(species.name, t.taxon_name) as about,
        concat_ws(' ', t.parameter || ':', coalesce(figure_said(t.value), figure_said(t.low) || ' to ' || figure_said(t.high)), t.unit, '(' || t.taxon_name || ')', t.period) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from demography as t
    left join species on t.species_id = species.species_id
    union all
    select
        'statuses' as table_name, t.status_id as statement_id, species.name as about,
        concat_ws(' ', case t.scheme when 'national_list' then 'National list'
            when 'regional_list' then 'Regional list' when 'neaspec_paper' then 'NEASPEC paper' else upper(t.scheme) end || ':', t.category, '(' || t.scope || ')', t.assessed_year) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from statuses as t
    inner join species on t.species_id = species.species_id
    union all
    select
        'species_countries' as table_name, t.species_country_id as statement_id, species.name as about,
        concat_ws(': ', countries.name, t.presence) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from species_countries as t
    inner join species on t.species_id = species.species_id
    inner join countries on t.country_code = countries.country_code
    union all
    select
        'gaps' as table_name, t.gap_id as statement_id, coalesce(species.name, sites.name, projects.short_title, countries.name, meetings.name, t.subject_table) as about,
        t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from gaps as t
    left join species on t.species_id = species.species_id
    left join countries on t.country_code = countries.country_code
    left join sites on t.site_id = sites.site_id
    left join projects on t.project_id = projects.project_id
    left join meetings on t.meeting_id = meetings.meeting_id
    union all
    select
        'site_species' as table_name, t.site_species_id as statement_id, sites.name as about,
        concat_ws(': ', species.name, t.role) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from site_species as t
    inner join sites on t.site_id = sites.site_id
    inner join species on t.species_id = species.species_id
    union all
    select
        'sites' as table_name, t.site_id as statement_id, t.name as about,
        concat_ws(', ', t.site_kind, t.region) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from sites as t
    union all
    select
        'designations' as table_name, t.designation_id as statement_id, sites.name as about,
        concat_ws(', ', t.designation, nullif(t.level, 'not_known'), nullif(t.state, 'in_force'), t.designated_year, figure_said(t.area_ha) || ' ha', t.identifier) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from designations as t
    inner join sites on t.site_id = sites.site_id
    union all
    select
        'site_areas' as table_name, t.site_area_id as statement_id, sites.name as about,
        concat_ws(', ', figure_said(t.area_ha) || ' ha', t.part, t.part_name) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from site_areas as t
    inner join sites on t.site_id = sites.site_id
    union all
    select
        'site_extents' as table_name, t.site_extent_id as statement_id, sites.name as about,
        t.printed as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from site_extents as t
    inner join sites on t.site_id = sites.site_id
    union all
    select
        'site_links' as table_name, t.site_link_id as statement_id, sites.name || ' and ' || linked.name as about,
        t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from site_links as t
    inner join sites on t.from_site_id = sites.site_id
    inner join sites as linked on t.to_site_id = linked.site_id
    union all
    select
        'shared_areas' as table_name, t.shared_area_id as statement_id, t.name as about,
        'Shared area: ' || (select string_agg(countries.name, ', ' order by countries.name)
            from countries where contains(t.country_codes, countries.country_code)) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from shared_areas as t
    union all
    select
        'shared_area_sites' as table_name, t.shared_area_site_id as statement_id, sites.name as about,
        concat_ws(': ', shared_areas.name || if(t.membership = 'grouped_here', ' (grouped here)', ''), t.why) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from shared_area_sites as t
    inner join shared_areas on t.shared_area_id = shared_areas.shared_area_id
    inner join sites on t.site_id = sites.site_id
    union all
    select
        'threats' as table_name, t.threat_id as statement_id, coalesce(species.name, sites.name, countries.name, group_named(t.taxon_group)) as about,
        t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from threats as t
    left join species on t.species_id = species.species_id
    left join sites on t.site_id = sites.site_id
    left join countries on t.country_code = countries.country_code
    union all
    select
        'meetings' as table_name, t.meeting_id as statement_id, t.name as about,
        concat_ws(', ', t.start_date, t.place, t.relevance) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from meetings as t
    union all
    select
        'meeting_attendance' as table_name, t.attendance_id as statement_id, meetings.name as about,
        concat_ws(': ', countries.name, t.attendance) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from meeting_attendance as t
    inner join meetings on t.meeting_id = meetings.meeting_id
    inner join countries on t.country_code = countries.country_code
    union all
    select
        'projects' as table_name, t.project_id as statement_id, t.short_title as about,
        t.title || '. ' || t.summary as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from projects as t
    union all
    select
        'components' as table_name, t.component_id as statement_id, projects.short_title as about,
        concat_ws('. ', 'Component ' || t.number || ': ' || t.title, rtrim(t.objective, '.'), 'Target areas: ' || t.target_areas) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from components as t
    inner join projects on t.project_id = projects.project_id
    union all
    select
        'project_countries' as table_name, t.project_country_id as statement_id, projects.short_title as about,
        countries.name as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from project_countries as t
    inner join projects on t.project_id = projects.project_id
    inner join countries on t.country_code = countries.country_code
    union all
    select
        'project_species' as table_name, t.project_species_id as statement_id, projects.short_title as about,
        species.name as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from project_species as t
    inner join projects on t.project_id = projects.project_id
    inner join species on t.species_id = species.species_id
    union all
    select
        'project_sites' as table_name, t.project_site_id as statement_id, projects.short_title as about,
        sites.name as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from project_sites as t
    inner join projects on t.project_id = projects.project_id
    inner join sites on t.site_id = sites.site_id
    union all
    select
        'project_periods' as table_name, t.period_id as statement_id, projects.short_title || coalesce(', component ' || components.number, '') as about,
        concat_ws(', ', t.period_kind, coalesce(t.start_date || ' to ' || t.end_date, 'since ' || t.start_date, 'until ' || t.end_date), t.duration_months || ' months') as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from project_periods as t
    inner join projects on t.project_id = projects.project_id
    left join components on t.component_id = components.component_id
    union all
    select
        'budgets' as table_name, t.budget_id as statement_id, coalesce(projects.short_title, t.item) as about,
        concat_ws(' ', t.item || ':', format('{:,}', t.amount::bigint), t.currency, '(' || t.kind || ')') as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from budgets as t
    left join projects on t.project_id = projects.project_id
    union all
    select
        'partners' as table_name, t.partner_id as statement_id, coalesce(projects.short_title, meetings.name) as about,
        concat_ws(': ', organisations.name, t.role) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from partners as t
    left join projects on t.project_id = projects.project_id
    left join meetings on t.meeting_id = meetings.meeting_id
    inner join organisations on t.organisation_id = organisations.organisation_id
    union all
    select
        'activities' as table_name, t.activity_id as statement_id, projects.short_title as about,
        concat_ws(': ', t.activity_kind, rtrim(t.what, '.') || if(t.state = 'planned', ' (planned)', '')) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from activities as t
    inner join projects on t.project_id = projects.project_id
    union all
    select
        'outputs' as table_name, t.output_id as statement_id, projects.short_title as about,
        concat_ws(', ', rtrim(t.what, '.'), 'due ' || t.due_date, 'delivered ' || t.delivered_date, t.url) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from outputs as t
    inner join projects on t.project_id = projects.project_id
    union all
    select
        'agreements' as table_name, t.agreement_id as statement_id, t.agreement as about,
        concat_ws(', ', rtrim(t.what, '.'), t.state, t.date) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from agreements as t
    union all
    select
        'issues' as table_name, t.issue_id as statement_id, meetings.name as about,
        t.subject || ': ' || t.asked as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from issues as t
    inner join meetings on t.meeting_id = meetings.meeting_id
    union all
    select
        'issue_trail' as table_name, t.issue_trail_id as statement_id, asks.subject as about,
        t.why as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from issue_trail as t
    inner join issues as asks on t.issue_id = asks.issue_id
    union all
    select
        'follow_ups' as table_name, t.follow_up_id as statement_id, asks.subject as about,
        rtrim(t.what, '.') || ' (' || concat_ws(', ', replace(t.status, '_', ' '), t.date) || ')' as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from follow_ups as t
    inner join issues as asks on t.issue_id = asks.issue_id
    union all
    select
        'options' as table_name, t.option_id as statement_id, coalesce(asks.subject, projects.short_title) as about,
        t.option || ': ' || t.consequence as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from options as t
    left join issues as asks on t.issue_id = asks.issue_id
    left join projects on t.project_id = projects.project_id
    union all
    select
        'decisions' as table_name, t.decision_id as statement_id, meetings.name as about,
        t.subject || ': ' || t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from decisions as t
    inner join meetings on t.meeting_id = meetings.meeting_id
    union all
    select
        'recommendations' as table_name, t.recommendation_id as statement_id, t.subject as about,
        t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from recommendations as t
    union all
    select
        'framework_links' as table_name, t.framework_link_id as statement_id, frameworks.name as about,
        concat_ws(', ', concat_ws(' ', frameworks.acronym, t.element), t.linked_name || ': ' || t.what) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from framework_links as t
    inner join frameworks on t.framework_id = frameworks.framework_id
    union all
    select
        'goals' as table_name, t.goal_id as statement_id, upper(t.goal_kind[1]) || t.goal_kind[2:] || ' ' || t.number as about,
        t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from goals as t
    union all
    select
        'feedbacks' as table_name, t.feedback_id as statement_id, t.cause as about,
        concat_ws('. ', rtrim(t.effect, '.'), t.mechanism) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from feedbacks as t
    union all
    select
        'events' as table_name, t.event_id as statement_id, coalesce(projects.short_title, sites.name, meetings.name, t.place, 'Event') as about,
        concat_ws(', ', rtrim(t.what, '.'), t.date_from) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from events as t
    left join projects on t.project_id = projects.project_id
    left join sites on t.site_id = sites.site_id
    left join meetings on t.meeting_id = meetings.meeting_id
    union all
    select
        'facts' as table_name, t.fact_id as statement_id, coalesce(things.name, replace(t.subject_id, '_', ' ')) as about,
        concat_ws(' ', if(t.unit is null, t.what, rtrim(t.what, '.')), '(' || if(t.unit = 'year', t.value::bigint::varchar, figure_said(t.value)) || ' ' || t.unit || ')') as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
        from facts as t
        left join things on t.subject_table = things.subject_table and t.subject_id = things.subject_id
    union all
    select
        'claims' as table_name, t.claim_id as statement_id, coalesce(things.name, replace(t.subject_id, '_', ' ')) as about,
        t.claim as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
        from claims as t
        left join things on t.subject_table = things.subject_table and t.subject_id = things.subject_id
    union all
    select
        'names' as table_name, t.name_id as statement_id, coalesce(things.name, replace(t.subject_id, '_', ' ')) as about,
        t.name || ' (' || t.name_kind || ')' as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
        from names as t
        left join things on t.subject_table = things.subject_table and t.subject_id = things.subject_id
    union all
    select
        'later_notes' as table_name, t.later_note_id as statement_id, coalesce(things.name, replace(t.subject_table || ', ' || t.subject_id, '_', ' ')) as about,
        t.what as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from later_notes as t
    left join things on t.subject_table = things.subject_table and t.subject_id = things.subject_id
    union all
    select
        'pa_coverage' as table_name, t.pa_coverage_id as statement_id, countries.name as about,
        concat_ws(', ', t.realm, t.percent_computed || ' per cent calculated', t.percent_reported || ' per cent reported') as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from pa_coverage as t
    inner join countries on t.country_code = countries.country_code
    union all
    select
        'checklist_names' as table_name, t.checklist_name_id as statement_id, coalesce(taxa.scientific_name, taxa.english_name) as about,
        t.name || ' (' || t.language || ')' as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from checklist_names as t
    inner join checklist_taxa as taxa on t.taxon_id = taxa.taxon_id
    union all
    select
        'checklist_records' as table_name, t.checklist_record_id as statement_id, coalesce(taxa.scientific_name, taxa.english_name) as about,
        concat_ws(', ', t.place, t.as_stated, t.count_words) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from checklist_records as t
    inner join checklist_taxa as taxa on t.taxon_id = taxa.taxon_id
    union all
    select
        'checklist_totals' as table_name, t.checklist_total_id as statement_id, coalesce(t.place, replace(t.shared_area_id, '_', ' ')) as about,
        concat_ws(' ', t.organism_group, figure_said(t.low) || coalesce('–' || figure_said(t.high), ''), t.unit) as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from checklist_totals as t
    union all
    select
        'one_percent_levels' as table_name, t.one_percent_level_id as statement_id, species.name as about,
        concat_ws(', ', t.population, figure_said(t.worked_out_level) || ' worked out') as said,
        t.document_id, t.locator, t.as_of, t.caveat_ids, t.note,
    from one_percent_levels as t
    inner join species on t.species_id = species.species_id
);

create or replace macro all_statements(as_known_on) as table
with
later as (
    select
        later_notes.subject_table, later_notes.subject_id,
        string_agg(later_notes.what, ' ' order by later_notes.later_note_id) as said,
    from known_later_notes(as_known_on) as later_notes
    group by all
)

select
    statement_lines.* replace (nullif(concat_ws(' ', statement_lines.note, later.said), '') as note),
    coalesce(own.known_on, documents.known_on) as known_on,
from statement_lines
inner join documents on statement_lines.document_id = documents.document_id
left join days_of_rows as own on statement_lines.table_name = own.table_name and statement_lines.statement_id = own.row_id
left join later on statement_lines.table_name = later.subject_table and statement_lines.statement_id = later.subject_id
where as_known_on is null or coalesce(own.known_on, documents.known_on) <= as_known_on
