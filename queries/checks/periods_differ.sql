-- question: For which projects and components do documents state different periods?
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
-- A period given less exactly (a year) that holds the other (its months) does not disagree with it.
with
periods as (
    select
        known.*,
        documents.known_on,
        known.start_date || ' to ' || known.end_date || if(known.is_tentative, coalesce(' ' || nullif(regexp_extract(known.note, '\((suggested|tbc)\)'), ''), ' (not final)'), '') as said,
    from known_project_periods($as_known_on) as known
    inner join documents on known.document_id = documents.document_id
    where known.start_date is not null and known.end_date is not null
)

select
    earlier.period_id || '_' || later.period_id as finding_key,
    if(earlier.component_id is null, 'projects', 'components') as subject_table,
    coalesce(earlier.component_id, earlier.project_id) as subject_id,
    'Period of ' || projects.short_title || coalesce(', component ' || components.number, '') as subject,
    earlier.said as said_a,
    earlier.locator as place_a,
    earlier.document_id as document_id_a,
    later.said as said_b,
    later.locator as place_b,
    later.document_id as document_id_b,
    null::varchar as worked_out,
from periods as earlier
inner join periods as later
    on
        earlier.project_id = later.project_id
        and earlier.component_id is not distinct from later.component_id
        and (earlier.known_on, earlier.period_id) < (later.known_on, later.period_id)
inner join projects on earlier.project_id = projects.project_id
left join components on earlier.component_id = components.component_id
where
    left(earlier.start_date, 4) <> left(later.start_date, 4) or left(earlier.end_date, 4) <> left(later.end_date, 4)
    or (length(earlier.start_date) = length(later.start_date) and earlier.start_date <> later.start_date)
    or (length(earlier.end_date) = length(later.end_date) and earlier.end_date <> later.end_date)
order by earlier.period_id, later.period_id
