-- question: Which projects, studies and proposals are known, for whom, where and when?
-- params:
--   $as_known_on     null::date
--   $species_id      null
--   $country_code    null
-- returns:
--   project_id        VARCHAR  projects.project_id
--   short_title       VARCHAR  -
--   title             VARCHAR  -
--   parent_project_id VARCHAR  projects.project_id
--   project_kind      VARCHAR  allowed value
--   state             VARCHAR  allowed value
--   summary           VARCHAR  -
--   start_date        VARCHAR  ISO 8601 date
--   end_date          VARCHAR  ISO 8601 date
--   country_codes     VARCHAR  ISO 3166-1 alpha-3, separated by a space
--   species_ids       VARCHAR  species.species_id, separated by a space
--   document_id       VARCHAR  documents.document_id
--   locator           VARCHAR  -
--   caveat_ids        VARCHAR  caveats.caveat_id, separated by a space
--   period_document_id VARCHAR documents.document_id of the start and end
--   document_ids      VARCHAR  documents of the project, its period and its countries, separated by a space
-- Start and end come from one statement: of the work done before the work planned, the whole before the half, the most
-- exact, the newest. They are never put together from several.
with
periods as (
    select known.project_id, known.start_date, known.end_date, known.document_id,
    from known_project_periods($as_known_on) as known
    inner join documents on known.document_id = documents.document_id
    where
        known.component_id is null and known.period_kind in ('actual', 'stated', 'revised', 'planned')
        and coalesce(known.start_date, known.end_date) is not null
    qualify row_number() over (
        partition by known.project_id
        order by
            known.period_kind in ('actual', 'stated') desc, (known.start_date is not null) desc,
            (known.end_date is not null) desc, length(concat(known.start_date, known.end_date)) desc,
            (known.caveat_ids is null) desc, documents.known_on desc, known.period_id asc
    ) = 1
),

countries_in as (
    select known.project_id, string_agg(distinct known.country_code, ' ' order by known.country_code) as country_codes,
        string_agg(distinct known.document_id, ' ' order by known.document_id) as document_ids,
    from known_project_countries($as_known_on) as known
    -- A State that only an unconfirmed statement names counts where no other statement names any.
    where
        not contains(coalesce(known.caveat_ids, ''), 'not_confirmed')
        or known.project_id not in (
            select sure.project_id from known_project_countries($as_known_on) as sure
            where not contains(coalesce(sure.caveat_ids, ''), 'not_confirmed')
        )
    group by known.project_id
),

species_in as (
    select known.project_id, string_agg(distinct known.species_id, ' ' order by known.species_id) as species_ids,
    from known_project_species($as_known_on) as known
    group by known.project_id
)

select
    projects.project_id, projects.short_title, projects.title, projects.parent_project_id, projects.project_kind,
    projects.state, projects.summary, periods.start_date, periods.end_date, countries_in.country_codes,
    species_in.species_ids, projects.document_id, projects.locator, projects.caveat_ids,
    periods.document_id as period_document_id,
    array_to_string(list_sort(list_distinct(string_split(
        concat_ws(' ', projects.document_id, periods.document_id, countries_in.document_ids), ' '
    ))), ' ') as document_ids,
from current_projects($as_known_on) as projects
left join periods on projects.project_id = periods.project_id
left join countries_in on projects.project_id = countries_in.project_id
left join species_in on projects.project_id = species_in.project_id
where
    ($species_id is null or list_contains(string_split(species_in.species_ids, ' '), $species_id))
    and ($country_code is null or list_contains(string_split(countries_in.country_codes, ' '), $country_code))
order by periods.start_date nulls last, projects.project_id
