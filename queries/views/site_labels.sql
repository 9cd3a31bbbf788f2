-- rule: The designations of a site are listed apart by what they are: in force, labels that protect nothing, proposed or
-- signed. On the page of one State nothing is listed that is stated for the other side of its border alone.
create or replace macro site_labels(as_known_on, side := null) as table
select
    known.site_id,
    string_agg(known.designation, '; ' order by known.designation)
        filter (known.state = 'in_force' and known.level <> 'none') as designations,
    string_agg(known.designation, '; ' order by known.designation)
        filter (known.state = 'recognition_only') as recognitions,
    string_agg(known.designation || if(known.state = 'signed', ' (signed)', ''), '; ' order by known.designation)
        filter (known.state in ('proposed', 'signed')) as proposals,
    list(distinct known.document_id)
        filter (known.state in ('in_force', 'recognition_only', 'proposed', 'signed')) as document_ids,
from current_designations(as_known_on) as known
where side is null or known.country_code is null or known.country_code = side
group by known.site_id
