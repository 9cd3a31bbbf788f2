-- question: Which things do documents call by names that differ in more than capitals, hyphens and articles?
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
--   document_id_b    VARCHAR   documents.document_id, separated by a space
--   worked_out       VARCHAR   what was worked out here to see it; null = nothing
-- One finding per thing and language: the name met first against all others, each with its own place; acronyms only
-- against acronyms.
with
spelled as (
    select
        known.*,
        if(known.name_kind in ('full', 'variant'), 'name', known.name_kind) as kind_group,
        trim(regexp_replace(lower(known.name), '^the |[^[:alnum:]]+', ' ', 'g')) as spelling,
    from known_names($as_known_on) as known
    where known.name_kind in ('full', 'variant', 'acronym')
),

names as (
    select
        subject_table, subject_id, language, kind_group, spelling,
        min(name_id) as name_id,
        arg_min(name, name_id) as name,
        arg_min(locator, name_id) as locator,
        arg_min(document_id, name_id) as document_id,
    from spelled
    group by subject_table, subject_id, language, kind_group, spelling
),

pairs as (
    select names.*, first_value(names) over by_name as met_first,
    from names
    window by_name as (
        partition by subject_table, subject_id, language, kind_group order by name_id
        rows between unbounded preceding and unbounded following
    )
)

select
    subject_table || '_' || subject_id || '_' || language as finding_key,
    subject_table, subject_id,
    'Name of ' || min(met_first.name) as subject,
    array_to_string(list_sort(list(distinct met_first.name || ' (' || met_first.locator || ')')), ' · ') as said_a,
    min(met_first.locator) as place_a,
    min(met_first.document_id) as document_id_a,
    string_agg(name || ' (' || locator || ')', ' · ' order by name_id) as said_b,
    array_to_string(list_distinct(list(locator order by name_id)), ' · ') as place_b,
    string_agg(distinct document_id, ' ' order by document_id) as document_id_b,
    null::varchar as worked_out,
from pairs
where name_id <> met_first.name_id
group by subject_table, subject_id, language
order by finding_key
