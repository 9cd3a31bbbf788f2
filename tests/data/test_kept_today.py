"""What the build keeps of today is what the rules say of today; any other day is answered by the rules."""

import re
from datetime import date

import duckdb
import pytest

from neaspec.data.kept_today import MACROS, SIDES, in_order
from neaspec.data.queries import load_query, query_names
from neaspec.paths import QUERIES_DIR

FUTURE = "date '9999-12-31'"
SAID_ASIDE = re.compile(r"--[^\n]*")


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


def test_what_is_answered_from_what_is_kept_asks_each_rule_of_the_day_of_the_question_alone(
    real_connection: duckdb.DuckDBPyConnection,
) -> None:
    """What is kept gives the rows of today, whichever day is asked for: `known_counts($known_from)` would lie."""
    names = "|".join(name for name, _ in kept_rules(real_connection))
    asked = re.compile(rf"(?<!macro )\b(?:{names})\(\s*([^,)\s]+)")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((QUERIES_DIR / "views").glob("*.sql"))}
    texts |= {
        name: load_query(name).sql
        for name in query_names()
        if load_query(name).is_about_today(dict.fromkeys(load_query(name).params))
    }
    days = {(name, day) for name, text in texts.items() for day in asked.findall(SAID_ASIDE.sub("", text))}
    assert len(days) > 60
    assert {(name, day) for name, day in days if day not in ("as_known_on", "$as_known_on")} == set()


def test_rules_are_kept_after_those_that_they_ask() -> None:
    texts = {"a": "select * from c(day)", "b": "select 1", "c": "select * from b(day), b(day)"}
    assert in_order(texts) == ["b", "c", "a"]
