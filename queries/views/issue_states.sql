-- rule: The state of an ask is done once a document says so (done_unconfirmed where that is not confirmed), else that of
-- the newest follow-up that answers it. An ask put again does not undo an earlier answer in part. Context is no answer.
-- Without an answer it is open. No day is counted against anyone. A date that only the repeat at the same meeting gives is
-- taken over, with its document. The documents of the answer beside the paper are named: all that answer to the same effect.
create or replace macro issue_states(as_known_on) as table
with
answered as (
    select
        follow_ups.*,
        follow_ups.status = 'done' and contains(coalesce(follow_ups.caveat_ids, ''), 'not_confirmed') as is_unsure,
    from known_follow_ups(as_known_on) as follow_ups
    where follow_ups.status <> 'context'
    qualify row_number() over (
        partition by follow_ups.issue_id
        order by
            follow_ups.status = 'done' and not is_unsure desc, follow_ups.status in ('open', 'not_found') asc,
            follow_ups.date desc nulls last, follow_ups.follow_up_id asc
    ) = 1
),

proofs as (
    select
        follow_ups.issue_id,
        string_agg(distinct follow_ups.document_id, ' ' order by follow_ups.document_id) as document_ids,
        string_agg(distinct follow_ups.caveat_ids, ' ' order by follow_ups.caveat_ids) as caveat_ids,
    from known_follow_ups(as_known_on) as follow_ups
    inner join answered on follow_ups.issue_id = answered.issue_id and follow_ups.status = answered.status
        and answered.is_unsure = contains(coalesce(follow_ups.caveat_ids, ''), 'not_confirmed')
    where follow_ups.status in ('done', 'partly', 'superseded')
    group by follow_ups.issue_id
),

repeats as (
    select
        again.repeats_issue_id, min(again.due_date) as due_date, arg_min(again.document_id, again.due_date) as document_id,
    from known_issues(as_known_on) as again
    group by again.repeats_issue_id
),

asked as (
    select
        issues.*,
        coalesce(issues.due_date, repeats.due_date) as due,
        if(issues.due_date is null, documents.title, null) as due_title,
        if(issues.due_date is null, repeats.document_id, null) as due_document_id,
    from known_issues(as_known_on) as issues
    left join repeats on issues.issue_id = repeats.repeats_issue_id
    left join documents on repeats.document_id = documents.document_id
    where issues.repeats_issue_id is null
)

select
    asked.* exclude (caveat_ids), answered.what as state_what, answered.date as state_date,
    proofs.document_ids as state_document_ids,
    nullif(concat_ws(' ', asked.caveat_ids, proofs.caveat_ids), '') as caveat_ids,
    case
        when asked.is_agenda_item and answered.status is null then null
        when answered.is_unsure then 'done_unconfirmed'
        when answered.status in ('done', 'partly', 'superseded') then answered.status
        else 'open'
    end as state,
from asked
left join answered on asked.issue_id = answered.issue_id
left join proofs on asked.issue_id = proofs.issue_id
