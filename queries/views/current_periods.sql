-- rule: The current period of a project or component is, for each kind (planned, revised, actual, stated), the one of the
-- newest document. A planned period that was revised stays a row of its own kind, so that the slip can be seen.
create or replace macro period_said(start_date, end_date) as
case
    when end_date is null then 'from ' || start_date
    when start_date is null then 'until ' || end_date
    else start_date || ' to ' || end_date
end;

create or replace macro current_periods(as_known_on) as table
with
known as (
    select
        project_periods.*,
        documents.known_on,
    from known_project_periods(as_known_on) as project_periods
    inner join documents on project_periods.document_id = documents.document_id
)

select known.* exclude (known_on)
from known
qualify row_number() over (
    partition by known.project_id, known.component_id, known.period_kind
    order by known.known_on desc, (known.start_date is not null) desc, known.period_id asc
) = 1
