-- rule: One figure stands in a series for each year: of several for that year, the one of the best graded document
-- (official, scientific, organisation, press); of these, the newest document. Figures of web pages do not stand.
create or replace macro series_counts(as_known_on) as table
select counts.* exclude (is_current, stands_in_series)
from count_states(as_known_on) as counts
where counts.stands_in_series
