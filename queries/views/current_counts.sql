-- rule: The current figure of one species, area, kind, part of the population and method is the one that speaks of the
-- newest year; of several for that year, the one of the best graded document (official, scientific, organisation, press);
-- of these, the newest document. An area is its row in areas.csv, however a document spells it. Figures without a year,
-- derived figures and figures of web pages are never current.
create or replace macro current_counts(as_known_on) as table
select counts.* exclude (is_current, stands_in_series)
from count_states(as_known_on) as counts
where counts.is_current
