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
--   weight           VARCHAR   significant, small or editorial
--   document_ids     VARCHAR   documents that disagree, separated by a space
-- A reading is shown once all documents that it weighs were known.
select
    readings.reading_id,
    readings.check_name,
    readings.finding_key,
    readings.subject,
    readings.reading,
    readings.reason,
    readings.weight,
    readings.document_ids,
from known_readings($as_known_on) as readings
order by list_position(['significant', 'small', 'editorial'], readings.weight), readings.reading_id
