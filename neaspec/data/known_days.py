"""From which day the rows of the database are known: the day of their document, with the exceptions that have a rule.

A row is known from the day its document is known. Three kinds of rows have a day of their own:
- a gap: from the day it could be judged (gaps.known_from), and one about what followed a meeting from the day after it;
- a decision of a meeting, and what followed a request at its own meeting: from the last day of the meeting, where the
  document about it bears only a year;
- a reading: once all documents that it weighs are known.
What a later document adds to a row is a row of its own (later_notes), and joins the words of the row from its own day.
"""

from calendar import monthrange
from datetime import date
from typing import Any

import duckdb

# The column that what a later document adds is joined to.
WORDS_OF = {"series": "comparability"}
DAYS_OF_ROWS = """
create table days_of_rows as
with
met as (
    select meeting_id, end_date, try_cast(end_date as date) as last_day
    from meetings
    where state = 'held'
)

select 'decisions' as table_name, decisions.decision_id as row_id, met.last_day as known_on
from decisions
inner join documents on decisions.document_id = documents.document_id
inner join met on decisions.meeting_id = met.meeting_id
where length(documents.published_date) = 4 and met.last_day < documents.known_on
union all
select 'follow_ups', follow_ups.follow_up_id, met.last_day
from follow_ups
inner join issues on follow_ups.issue_id = issues.issue_id
inner join documents on follow_ups.document_id = documents.document_id
inner join met on issues.meeting_id = met.meeting_id
where
    length(documents.published_date) = 4 and met.last_day < documents.known_on
    and length(follow_ups.date) >= 7 and left(met.end_date, length(follow_ups.date)) = follow_ups.date
union all
select
    'gaps', gaps.gap_id,
    greatest(
        documents.known_on, gaps.known_from::date, if(gaps.subject_table = 'follow_ups', met.last_day + 1, null)::date
    )
from gaps
inner join documents on gaps.document_id = documents.document_id
left join met on gaps.meeting_id = met.meeting_id
"""
LATER_NOTES = """
    left join (
        select later_notes.subject_id, string_agg(later_notes.what, ' ' order by later_notes.later_note_id) as said
        from later_notes
        inner join documents on later_notes.document_id = documents.document_id
        where
            later_notes.subject_table = '{name}'
            and (as_known_on is null or documents.known_on <= as_known_on)
        group by later_notes.subject_id
    ) as later on "{name}"."{key}" = later.subject_id
"""
READINGS = """
create macro known_readings(as_known_on) as table
select readings.*
from readings
where
    as_known_on is null
    or not exists (
        select 1
        from documents
        where
            list_contains(string_split(readings.document_ids, ' '), documents.document_id)
            and documents.known_on > as_known_on
    )
"""


def known_on(published_date: str | None, seen_date: str) -> date:
    """Return the day from which a document counts as known: the last day of its date, or the day it was seen."""
    parts = [int(part) for part in (published_date or seen_date).split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def add_known_on(connection: duckdb.DuckDBPyConnection) -> None:
    """Add documents.known_on, the day from which the rows of a document exist, and the rows with a day of their own."""
    rows = connection.execute("select document_id, published_date, seen_date from documents").fetchall()
    days = [known_on(published, seen) for _, published, seen in rows]
    connection.execute("alter table documents add column known_on date")
    connection.execute(
        "update documents set known_on = days.known_on "
        "from (select unnest($1::varchar[]) as document_id, unnest($2::date[]) as known_on) as days "
        "where documents.document_id = days.document_id",
        [[key for key, _, _ in rows], days],
    )
    connection.execute(DAYS_OF_ROWS)


def create_macros(connection: duckdb.DuckDBPyConnection, tables: list[dict[str, Any]]) -> None:
    """Create known_<table>(as_known_on) for every table of statements, for the series and for the readings."""
    added = {name for (name,) in connection.execute("select distinct subject_table from later_notes").fetchall()}
    own_day = {name for (name,) in connection.execute("select distinct table_name from days_of_rows").fetchall()}
    for table in tables:
        if table.get("kind") == "statement" or table["name"] in WORDS_OF:
            connection.execute(macro(table, table["name"] in added, table["name"] in own_day))
    connection.execute(READINGS)


def macro(table: dict[str, Any], has_later_notes: bool, has_own_days: bool) -> str:
    """Write the macro of one table: its rows known by then, with what later documents had added to them by then."""
    name, key = table["name"], table["schema"]["primaryKey"][0]
    words = WORDS_OF.get(name, "note")
    columns, joins, day = f'"{name}".*', "", "documents.known_on"
    if has_later_notes:
        columns += f""" replace (nullif(concat_ws(' ', "{name}".{words}, later.said), '') as {words})"""
        joins += LATER_NOTES.format(name=name, key=key)
    if has_own_days:
        day = "coalesce(own.known_on, documents.known_on)"
        joins += f"""left join days_of_rows as own on own.table_name = '{name}' and "{name}"."{key}" = own.row_id\n"""
    head = f'create macro known_{name}(as_known_on) as table select {columns} from "{name}" '
    if table.get("kind") != "statement":
        return head + joins
    return (
        f'{head} inner join documents on "{name}".document_id = documents.document_id {joins} '
        f"where as_known_on is null or {day} <= as_known_on"
    )
