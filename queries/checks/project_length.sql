-- question: Which stated lengths of projects do not fit the stated beginning and end?
-- params:
--   $as_known_on     null::date
-- returns:
--   finding_key      VARCHAR   key of the finding, stable
--   subject_table    VARCHAR   table of the thing concerned
--   subject_id       VARCHAR   key in that table
--   subject          VARCHAR   what disagrees
--   said_a           VARCHAR   one statement
--   place_a          VARCHAR   place in its document
--   document_id_a    VARCHAR   documents.document_id
--   said_b           VARCHAR   the other statement
--   place_b          VARCHAR   place in its document
--   document_id_b    VARCHAR   documents.document_id
--   worked_out       VARCHAR   what was worked out here to see it; null = nothing
with
spans as (
    select
        known.*,
        date_diff('month', (left(known.start_date, 7) || '-01')::date, (left(known.end_date, 7) || '-01')::date) + 1
            as months,
    from known_project_periods($as_known_on) as known
    where length(known.start_date) >= 7 and length(known.end_date) >= 7
)

select
    stated.period_id || '_' || spans.period_id as finding_key,
    'projects' as subject_table,
    stated.project_id as subject_id,
    'Length of ' || projects.short_title as subject,
    stated.duration_months || ' months' as said_a,
    stated.locator as place_a,
    stated.document_id as document_id_a,
    spans.start_date || ' to ' || spans.end_date as said_b,
    spans.locator as place_b,
    spans.document_id as document_id_b,
    'From the first to the last month: ' || spans.months || ' months.' as worked_out,
from known_project_periods($as_known_on) as stated
inner join spans on stated.project_id = spans.project_id and stated.component_id is not distinct from spans.component_id
inner join projects on stated.project_id = projects.project_id
where stated.duration_months is not null and stated.duration_months <> spans.months
order by stated.period_id, spans.period_id
