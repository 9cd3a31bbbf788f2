-- rule: A position as stated has the document that states the point, or the extent of which it is the middle; of several
-- the one nearest to it. A site with no such document known by then has no row here: its position is approximate.
create or replace macro site_positions(as_known_on) as table
select sites.site_id, known.document_id, known.caveat_ids,
from sites
inner join known_site_extents(as_known_on) as known on sites.site_id = known.site_id
where
    sites.coordinate_basis in ('stated', 'midpoint_of_extent')
    and sites.latitude between coalesce(known.south_deg, sites.latitude) - sites.coordinate_precision_deg
    and coalesce(known.north_deg, sites.latitude) + sites.coordinate_precision_deg
    and sites.longitude between coalesce(known.west_deg, sites.longitude) - sites.coordinate_precision_deg
    and coalesce(known.east_deg, sites.longitude) + sites.coordinate_precision_deg
qualify row_number() over (
    partition by sites.site_id
    order by
        sites.coordinate_basis = 'stated'
        and (known.south_deg is distinct from known.north_deg or known.west_deg is distinct from known.east_deg),
        abs(sites.latitude - known.south_deg) + abs(sites.longitude - known.west_deg), known.site_extent_id
) = 1
