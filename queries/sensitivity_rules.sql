-- question: What of the places and times of animals may be shown to everybody, and why?
-- params:
--   $as_known_on          null::date
-- returns:
--   rule_id               VARCHAR   sensitivity_rules.rule_id
--   taxon_group           VARCHAR   big_cat, migratory_bird or other
--   record_kind           VARCHAR   nest_or_roost, tagged or seen
--   sensitivity_category  BIGINT    category of the guide: 1 extreme to 4 low
--   public_level          VARCHAR   most exact place shown
--   time_level            VARCHAR   most exact time shown
--   reason                VARCHAR   why
--   review_date           VARCHAR   ISO 8601 date
--   document_ids          VARCHAR   guidance it rests on, separated by a space
--   note                  VARCHAR   one sentence for readers
-- A rule guards records of any date, so it holds at every meeting a reader looks back to; guidance that came later is not
-- cited then.
select
    sensitivity_rules.rule_id,
    sensitivity_rules.taxon_group,
    sensitivity_rules.record_kind,
    sensitivity_rules.sensitivity_category,
    sensitivity_rules.public_level,
    sensitivity_rules.time_level,
    sensitivity_rules.reason,
    sensitivity_rules.review_date,
    (
        select coalesce(string_agg(documents.document_id, ' ' order by documents.document_id), '')
        from documents
        where list_contains(string_split(sensitivity_rules.document_ids, ' '), documents.document_id)
            and ($as_known_on is null or documents.known_on <= $as_known_on)
    ) as document_ids,
    sensitivity_rules.note,
from sensitivity_rules
order by sensitivity_rules.rule_id
