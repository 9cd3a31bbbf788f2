-- question: Which claims on the countries a project covered differ from the countries it names?
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
with
named as (
    select
        covered.project_id,
        covered.document_id,
        min(covered.locator) as locator,
        list_sort(list(distinct covered.country_code)) as codes,
        list_sort(list(distinct countries.name)) as names,
    from known_project_countries($as_known_on) as covered
    inner join countries on covered.country_code = countries.country_code
    where covered.component_id is null
    group by covered.project_id, covered.document_id
)

select
    claims.claim_id || '_' || named.document_id as finding_key,
    'projects' as subject_table,
    claims.subject_id as subject_id,
    'Countries of ' || projects.short_title as subject,
    claims.claim as said_a,
    claims.locator as place_a,
    claims.document_id as document_id_a,
    array_to_string(named.names, ', ') as said_b,
    named.locator as place_b,
    named.document_id as document_id_b,
    'States named: ' || len(named.codes) || '.' as worked_out,
from known_claims($as_known_on) as claims
inner join named on claims.subject_id = named.project_id
inner join projects on claims.subject_id = projects.project_id
where
    claims.claim_kind = 'countries_covered' and claims.document_id <> named.document_id
    and list_sort(string_split(claims.country_codes, ' ')) <> named.codes
order by claims.claim_id, named.document_id
