-- question: Which flagship species use each site, and what is the newest figure of each?
-- params:
--   $as_known_on     null::date
-- returns:
--   site_id          VARCHAR   sites.site_id
--   species_id       VARCHAR   species.species_id
--   species_name     VARCHAR   -
--   roles            VARCHAR   allowed values of site_species.role, separated by a space
--   side_name        VARCHAR   country on whose side of the site alone was counted; null = the whole site, or no figure
--   count_kind       VARCHAR   allowed value; null = no dated figure found
--   method           VARCHAR   allowed value
--   value            DOUBLE    see unit
--   low              DOUBLE    see unit
--   high             DOUBLE    see unit
--   qualifier        VARCHAR   allowed value
--   unit             VARCHAR   allowed value
--   year_from        BIGINT    year
--   year_to          BIGINT    year
--   season           VARCHAR   -
--   document_ids     VARCHAR   documents of use and figure, separated by a space
--   caveat_ids       VARCHAR   caveats of the figure, separated by a space
with
uses as (
    select
        known.site_id, known.species_id,
        string_agg(distinct known.role, ' ' order by known.role) as roles,
        string_agg(distinct known.document_id, ' ' order by known.document_id) as document_ids,
    from known_site_species($as_known_on) as known
    group by known.site_id, known.species_id
),

newest as (
    -- A site in several States: a figure of one side never stands for the other, so each side has its own.
    select counts.*, if(sites.country_code is null, counts.country_code, null) as side_code,
    from current_counts($as_known_on) as counts
    inner join sites on counts.site_id = sites.site_id
    where counts.year_to is not null
    qualify row_number() over (
        partition by counts.site_id, counts.species_id, side_code
        order by counts.year_to desc, coalesce(counts.value, counts.high) desc, counts.count_id asc
    ) = 1
)

select
    uses.site_id, uses.species_id, species.name as species_name, uses.roles, sides.name as side_name,
    newest.count_kind, newest.method, newest.value, newest.low, newest.high, newest.qualifier, newest.unit,
    newest.year_from, newest.year_to, newest.season,
    concat_ws(' ', uses.document_ids, newest.document_id) as document_ids,
    newest.caveat_ids,
from uses
inner join species on uses.species_id = species.species_id
left join newest on uses.site_id = newest.site_id and uses.species_id = newest.species_id
left join countries as sides on newest.side_code = sides.country_code
order by uses.site_id, species.sort_order, sides.name nulls first
