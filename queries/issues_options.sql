-- question: Which options does a paper name for one ask, and what would follow from each?
-- params:
--   $as_known_on     null::date
--   $issue_id        'som_24_cats_views'
-- returns:
--   issue_id         VARCHAR   issues.issue_id; a null $issue_id asks for all
--   option_id        VARCHAR   options.option_id
--   option           VARCHAR   -
--   consequence      VARCHAR   -
--   document_id      VARCHAR   documents.document_id
--   locator          VARCHAR   -
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
select
    options.issue_id,
    options.option_id,
    options.option,
    options.consequence,
    options.document_id,
    options.locator,
    options.caveat_ids,
from known_options($as_known_on) as options
where $issue_id is null or options.issue_id = $issue_id
order by options.issue_id, options.option_id
