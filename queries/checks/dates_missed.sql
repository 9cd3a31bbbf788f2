-- question: Which products were delivered later than planned?
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
select
    due.output_id || '_' || delivered.output_id as finding_key,
    'projects' as subject_table,
    due.project_id as subject_id,
    'Delivery for ' || projects.short_title as subject,
    due.what || ' Planned for ' || due.due_date || '.' as said_a,
    due.locator as place_a,
    due.document_id as document_id_a,
    'Presented or published ' || delivered.delivered_date || '.' as said_b,
    delivered.locator as place_b,
    delivered.document_id as document_id_b,
    null::varchar as worked_out,
from known_outputs($as_known_on) as due
inner join known_outputs($as_known_on) as delivered
    on due.project_id = delivered.project_id and due.component_id is not distinct from delivered.component_id
inner join projects on due.project_id = projects.project_id
where due.due_date is not null and delivered.delivered_date > due.due_date
order by due.output_id, delivered.output_id
