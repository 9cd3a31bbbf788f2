-- rule: The day looked at is the day of the meeting looked back to, or the day on which the newest document was read. It is
-- never the clock: the same data give the same page on any day.
create or replace macro data_day(as_known_on) as table
select coalesce(as_known_on::date, newest.day) as day,
from (select max(try_cast(documents.seen_date as date)) as day from documents) as newest
