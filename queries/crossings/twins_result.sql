-- rule: Records of one animal and one time that were not used, by file and reason, with the first of them.
select
    source::varchar as source,
    case when is_in_two then 'same_time_two_countries' else 'duplicate' end as reason,
    count(*) as count,
    list(row order by row) as first,
from twins
where is_in_two or place_in_group > 1
group by all
order by all
