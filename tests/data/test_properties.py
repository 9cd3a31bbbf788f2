"""What holds for every date, every question and every table, not only for examples."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neaspec.data.description import read_description, tables_of
from neaspec.data.known_days import known_on
from neaspec.data.queries import load_query, query_names, run_query
from neaspec.paths import DATA_DIR
from neaspec.text import load_words

DAYS = st.dates(date(2015, 1, 1), date(2027, 1, 1))
STATEMENT_TABLES = [table["name"] for table in tables_of(read_description(DATA_DIR)) if table["kind"] == "statement"]
# Questions that may cite a document of later, and why.
CITE_LATER = {
    "meetings_held": "a meeting is known from its last day, its page may be newer (current_meetings)",
    "soms": "the same",
    "decisions_taken": "a decision is known from the last day of its meeting, its page may bear only the year",
    "issues_trail": "the same, of what followed a request at its own meeting",
    "sources_statements": "the same",
    "changes_added": "the same",
    "issues_asked": "the same, of the answer that its status tells",
}


@given(
    year=st.integers(1900, 2100),
    month=st.one_of(st.none(), st.integers(1, 12)),
    day=st.one_of(st.none(), st.integers(1, 28)),
)
def test_a_document_is_known_from_the_last_day_of_its_date(year, month, day):
    written = f"{year}" + (f"-{month:02d}" + (f"-{day:02d}" if day else "") if month else "")
    known = known_on(written, "2026-01-01")
    assert known.isoformat().startswith(written)
    following = date.fromordinal(known.toordinal() + 1)
    assert not following.isoformat().startswith(written)


def test_an_undated_document_is_known_from_the_day_it_was_seen():
    assert known_on(None, "2026-11-20") == date(2026, 11, 20)


@settings(max_examples=25, deadline=None)
@given(days=st.lists(DAYS, min_size=2, max_size=2))
def test_what_was_known_earlier_is_part_of_what_is_known_later(real_connection, days):
    earlier, later = sorted(days)
    sql = "select list(statement_id || table_name) from all_statements($1)"
    known = [set(real_connection.cursor().execute(sql, [day]).fetchone()[0] or []) for day in (earlier, later)]
    assert known[0] <= known[1]


def test_no_answer_cites_a_document_that_was_not_yet_known(real_connection):
    known = dict(real_connection.cursor().execute("select document_id, known_on from documents").fetchall())
    som_days = "select distinct end_date::date from meetings where kind = 'som' and number >= 24 and state = 'held'"
    days = sorted(day for (day,) in real_connection.cursor().execute(som_days).fetchall())
    assert len(days) > 3
    wrong = []
    for place, name in enumerate(name for name in query_names() if name not in CITE_LATER):
        if not any(column.startswith("document_id") for column in load_query(name).returns):
            continue
        for values in examples(real_connection, name):
            # The first meeting, at which most is not yet known, and in turn one of the others.
            for day in (days[0], days[1 + place % (len(days) - 1)]):
                answer = run_query(real_connection, name, **values | {"as_known_on": day})
                for column in (column for column in answer.columns if column.startswith("document_id")):
                    later = {key for cell in answer[column] for key in keys_of(cell) if known[key] > day}
                    wrong += [(name, day, column, sorted(later))] if later else []
    assert wrong == []


def examples(connection, name):
    """Give the parameters of the header, and the same with no filter."""
    params = load_query(name).params
    cursor = connection.cursor()
    values = {param: cursor.execute(f"select {value}").fetchone()[0] for param, value in params.items()}
    wide = {param: value if isinstance(value, list) else None for param, value in values.items()}
    return [values] if wide == values else [values, wide]


def keys_of(cell):
    """Give the keys in a cell: none, one, several separated by a space, or a list."""
    if cell is None or isinstance(cell, float):
        return []
    return cell.split() if isinstance(cell, str) else list(cell)


def test_every_statement_can_be_searched(real_connection):
    cursor = real_connection.cursor()
    listed = cursor.execute("select table_name, statement_id from all_statements(null)").fetchall()
    keys = cursor.execute(
        "select table_name, constraint_column_names[1] from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    for table, key in keys:
        if table in STATEMENT_TABLES:
            stated = {row for (row,) in cursor.execute(f"select {key} from known_{table}(null)").fetchall()}
            searched = sorted(row for name, row in listed if name == table)
            assert searched == sorted(stated), table


@given(value=st.one_of(st.integers(-(10**12), 10**12), st.decimals(0, 10**6, places=2).map(float)))
def test_a_number_is_written_so_that_it_can_be_read_back(value):
    assert float(load_words("en").number(value).replace(",", "")) == pytest.approx(value, abs=1e-4)
