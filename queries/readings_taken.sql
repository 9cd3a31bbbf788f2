-- question: Which readings were taken of contradictions between documents, and why?
-- params:
--   $as_known_on     null::date
-- returns:
--   reading_id       VARCHAR   readings.reading_id
--   check_name       VARCHAR   name of the check that finds it; by_eye = no check can
--   finding_key      VARCHAR   key of the finding
--   subject          VARCHAR   what disagrees
--   reading          VARCHAR   what is shown
--   reason           VARCHAR   why
--   weight           VARCHAR   significant or small
--   document_ids     VARCHAR   documents that disagree, separated by a space
-- A reading is shown as soon as one of its documents was known; readings are ours and have no date of their own.
select
    readings.reading_id,
    readings.check_name,
    readings.finding_key,
    readings.subject,
    readings.reading,
    readings.reason,
    readings.weight,
    readings.document_ids,
from readings
where
    $as_known_on is null
    or readings.document_ids is null
    or exists (
        select 1
        from documents
        where
            list_contains(string_split(readings.document_ids, ' '), documents.document_id)
            and documents.known_on <= $as_known_on
    )
order by list_position(['significant', 'small'], readings.weight), readings.reading_id
