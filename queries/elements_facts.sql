-- question: Which figures bear on a request, for one State or for all?
-- params:
--   $as_known_on     null::date
--   $issue_id        'som_27_cats_views'
--   $country_code    'CHN'
-- returns:
--   fact_key         VARCHAR   of one fact; rows of one key are figures of several areas of it
--   place            BIGINT    1 to 6, in the order of the rule below
--   fact_kind        VARCHAR   species, both_sides, site, site_count, budget or period
--   subject_table    VARCHAR   species, sites or projects
--   subject_id       VARCHAR   key in that table
--   name             VARCHAR   of the species, site or project
--   detail           VARCHAR   of a species: area; both_sides: the other State, without $country_code both; site: level of protection; site_count: species; budget: currency; period: kind
--   value            DOUBLE    animals, hectares or money
--   low              DOUBLE    animals
--   high             DOUBLE    animals
--   qualifier        VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   count_kind       VARCHAR   allowed value
--   population_part  VARCHAR   allowed value
--   date_from        VARCHAR   ISO 8601 date
--   date_to          VARCHAR   ISO 8601 date
--   document_ids     VARCHAR   documents.document_id, separated by a space
--   caveat_ids       VARCHAR   caveats.caveat_id, separated by a space
-- Rule: of the facts of state_issue_facts, i.e. of the species, sites and projects linked to the request, the first fact of each kind, then the second of each
-- kind, until there are six. Kinds in this order: the figure that stands for a species in the State (or in its whole range), animals on both
-- sides of its border, sites in it with protection, animals counted there, total of a project, period of a project.
with
in_kind as (
    select
        facts.*,
        dense_rank() over (
            partition by facts.kind_order order by facts.own_order nulls last, facts.name, facts.fact_key
        ) as place_in_kind,
    from state_issue_facts($as_known_on, $issue_id, side := $country_code) as facts
),

placed as (
    select in_kind.*, dense_rank() over (order by in_kind.place_in_kind, in_kind.kind_order) as place,
    from in_kind
)

select
    placed.fact_key, placed.place, placed.fact_kind, placed.subject_table, placed.subject_id, placed.name, placed.detail,
    placed.value, placed.low, placed.high, placed.qualifier, placed.unit, placed.count_kind, placed.population_part,
    placed.date_from, placed.date_to, nullif(placed.document_ids, '') as document_ids,
    nullif(placed.caveat_ids, '') as caveat_ids,
from placed
where placed.place <= 6
order by placed.place, placed.detail, placed.fact_key, placed.date_to
