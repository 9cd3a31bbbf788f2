-- question: Which things do documents call by different names of the same kind and language?
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
select
    first.name_id || '_' || other.name_id as finding_key,
    first.subject_table as subject_table,
    first.subject_id as subject_id,
    'Name of ' || first.name as subject,
    first.name as said_a,
    first.locator as place_a,
    first.document_id as document_id_a,
    other.name as said_b,
    other.locator as place_b,
    other.document_id as document_id_b,
from known_names($as_known_on) as first
inner join known_names($as_known_on) as other
    on
        first.subject_table = other.subject_table
        and first.subject_id = other.subject_id
        and first.language = other.language
        and first.name_id < other.name_id
        and lower(first.name) <> lower(other.name)
        and (first.name_kind = other.name_kind or list_sort([first.name_kind, other.name_kind]) = ['full', 'variant'])
where first.name_kind in ('full', 'variant', 'acronym', 'short')
order by first.name_id, other.name_id
