-- question: What are asks or decisions about: which species, sites, projects and figures?
-- params:
--   $as_known_on     null::date
--   $from_table      'issues'
--   $from_id         'som_24_tumen_decision'
-- returns:
--   from_id          VARCHAR   key of the ask or decision; a null $from_id asks for all
--   subject_table    VARCHAR   table of the thing
--   subject_id       VARCHAR   key in that table
--   name             VARCHAR   name of the thing or figure; of a status: species; scheme; category
--   why              VARCHAR   why it belongs to the ask
--   document_id      VARCHAR   documents.document_id of a figure; null for a thing
--   caveat_ids       VARCHAR   caveats.caveat_id of a figure, separated by a space
with
things as (
    select 'species' as subject_table, species_id as subject_id, name, null::varchar as document_id,
        null::varchar as caveat_ids,
    from species
    union all
    select 'sites', site_id, name, null, null,
    from known_sites($as_known_on)
    union all
    select 'projects', project_id, short_title, null, null,
    from current_projects($as_known_on)
    union all
    select 'components', component_id, title, null, null,
    from known_components($as_known_on)
    union all
    select
        'budgets', budget_id,
        item || ': ' || coalesce(format('{:,} {}', amount::bigint, currency), 'amount not stated'), document_id, caveat_ids,
    from known_budgets($as_known_on)
    union all
    select 'movements', movement_id, individuals || ' animals recorded in two countries', document_id, caveat_ids,
    from known_movements($as_known_on)
    union all
    select 'agreements', agreement_id, agreement, document_id, caveat_ids,
    from known_agreements($as_known_on)
    union all
    select
        'designations', designations.designation_id,
        sites.name || ': ' || designations.designation || case designations.state
            when 'in_force' then coalesce(', ' || designations.designated_year, '') when 'proposed' then ', proposed, not in force'
            else ', ' || replace(designations.state, '_', ' ')
        end, designations.document_id, designations.caveat_ids,
    from known_designations($as_known_on) as designations
    inner join sites on designations.site_id = sites.site_id
    union all
    select 'recommendations', recommendation_id, subject, document_id, caveat_ids,
    from known_recommendations($as_known_on)
    union all
    select 'outputs', output_id, what, document_id, caveat_ids,
    from known_outputs($as_known_on)
    union all
    select
        'statuses', statuses.status_id, species.name || '; ' || statuses.scheme || '; ' || statuses.category,
        statuses.document_id, statuses.caveat_ids,
    from known_statuses($as_known_on) as statuses
    inner join species on statuses.species_id = species.species_id
    union all
    select 'counts', count_id, area_name || coalesce(': ' || value::integer, ''), document_id, caveat_ids,
    from known_counts($as_known_on)
    union all
    select 'project_periods', period_id, concat_ws(' to ', start_date, end_date), document_id, caveat_ids,
    from known_project_periods($as_known_on)
    union all
    select 'threats', threat_id, what, document_id, caveat_ids,
    from known_threats($as_known_on)
)

select links.from_id, links.subject_table, links.subject_id, things.name, links.why, things.document_id, things.caveat_ids,
from evidence_links as links
inner join things on links.subject_table = things.subject_table and links.subject_id = things.subject_id
where links.from_table = $from_table and ($from_id is null or links.from_id = $from_id)
order by links.from_id, links.subject_table, things.name, links.evidence_link_id
