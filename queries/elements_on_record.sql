-- question: What is one State, or any, on record with in the matter of a request?
-- params:
--   $as_known_on     null::date
--   $issue_id        'som_27_cats_views'
--   $country_code    'RUS'
-- returns:
--   record_kind      VARCHAR   statement, response, funding, agreement, event, hosting, designation or participation
--   country_codes    VARCHAR   States on record with it, separated by a space
--   table_name       VARCHAR   table of the record
--   record_id        VARCHAR   key in that table
--   name             VARCHAR   of the agreement, meeting, project or site; null = the words say it all
--   what             VARCHAR   -
--   state            VARCHAR   allowed value of agreements, designations; null = none
--   amount           DOUBLE    currency units, nominal
--   currency         VARCHAR   ISO 4217
--   date_from        VARCHAR   ISO 8601 date
--   date_to          VARCHAR   ISO 8601 date
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
-- Rule: the matter of a request are the projects, sites and agreements linked to it and the requests it follows or repeats. Money counts
-- to the State of the funder, a meeting to its host, a designation to the State of the site; all else names the State.
select
    known.record_kind, known.country_codes, known.table_name, known.record_id, known.name, known.what, known.state,
    known.amount::double as amount, known.currency, known.date_from, known.date_to, known.document_id, known.locator,
    known.caveat_ids,
from state_issue_records($as_known_on, $issue_id) as known
where
    known.country_codes is not null
    and ($country_code is null or list_contains(string_split(known.country_codes, ' '), $country_code))
order by
    list_position(
        ['response', 'statement', 'funding', 'agreement', 'event', 'hosting', 'designation', 'participation'],
        known.record_kind
    ), known.date_to desc nulls last, known.record_id
