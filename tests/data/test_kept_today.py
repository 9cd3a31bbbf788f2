"""What the build keeps of today is what the rules say of today; any other day is answered by the rules."""

from datetime import date

import duckdb
import pytest

from neaspec.data.kept_today import MACROS, SIDES, in_order
from neaspec.data.queries import load_query, query_names

FUTURE = "date '9999-12-31'"


@pytest.fixture(scope="module")
def sides(real_connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [code for (code,) in real_connection.execute(SIDES).fetchall()]


def kept_rules(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, bool]]:
    """Name of each kept rule, and whether it has a side."""
    rules = connection.execute(MACROS.replace("'main'", "'today'")).fetchall()
    return [(name, "side" in parameters) for name, parameters, _ in rules]


def as_a_set(rows: list[tuple[object, ...]]) -> list[str]:
    """Rows in any order, with lists in any order; questions sort what they show."""
    return sorted(repr([sorted(cell) if isinstance(cell, list) else cell for cell in row]) for row in rows)


def test_each_kept_rule_gives_the_rows_of_the_rule_for_each_side(
    real_connection: duckdb.DuckDBPyConnection, sides: list[str]
) -> None:
    rules = kept_rules(real_connection)
    assert {"known_counts", "current_counts", "site_protection", "protection_states"} <= {name for name, _ in rules}
    differing = []
    for name, has_side in rules:
        for side in [None, *sides] if has_side else [None]:
            given = f"null, side := {'null' if side is None else repr(side)}" if has_side else "null"
            kept, rule = f"from today.{name}({given})", f"from main.{name}({given})"
            with real_connection.cursor() as cursor:
                cursor.execute("use today")
                rows = cursor.execute(kept).fetchall()
            with real_connection.cursor() as cursor:
                expected = cursor.execute(rule).fetchall()
            if as_a_set(rows) != as_a_set(expected):
                differing.append((name, side))
    assert differing == []


def test_the_rules_say_the_same_of_today_and_of_a_day_on_which_everything_is_known(
    real_connection: duckdb.DuckDBPyConnection,
) -> None:
    with real_connection.cursor() as cursor:
        for name, _ in kept_rules(real_connection):
            if name == "data_day":
                continue  # it tells the day itself
            today = cursor.execute(f"select count(*) from today.{name}(null)").fetchone()
            later = cursor.execute(f"select count(*) from main.{name}({FUTURE})").fetchone()
            assert today == later, name


def test_only_questions_about_today_alone_are_answered_from_what_is_kept() -> None:
    counts, changes = load_query("species_counts"), load_query("changes_counts")
    assert counts.is_about_today({"as_known_on": None, "species_id": "amur_tiger"})
    assert not counts.is_about_today({"as_known_on": date(2024, 1, 1), "species_id": "amur_tiger"})
    assert not changes.is_about_today({"as_known_on": None, "known_from": date(2020, 1, 1)})


def test_a_rule_of_another_day_is_asked_only_by_questions_that_have_that_day() -> None:
    """`known_counts($known_from)` would give the rows of today, were it answered from what is kept."""
    for name in query_names():
        query = load_query(name)
        with_other_days = [param for param, tried in query.params.items() if "date" in tried and param != "as_known_on"]
        for param in query.params:
            if f"known_{param}" in query.sql or param.startswith("known_"):
                assert param in with_other_days, (name, param)


def test_rules_are_kept_after_those_that_they_ask() -> None:
    texts = {"a": "select * from c(day)", "b": "select 1", "c": "select * from b(day), b(day)"}
    assert in_order(texts) == ["b", "c", "a"]
