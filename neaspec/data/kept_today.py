"""What is known today, worked out once: in the schema `today` each rule answers from a table of its rows.

The rules (queries/views) are table macros of a day. Nested as they are, DuckDB needs longer to plan a question than to
answer it, and most questions are about today. So the build keeps the rows of each rule of which nothing but the day and
the side is asked; a question about another day, or about two days, is answered by the rules themselves.
"""

import re

import duckdb

SCHEMA = "today"
USE_KEPT = "use today"
KEPT_PARAMETERS = {"as_known_on", "side"}
SIDES = "select country_code from countries order by country_code"
MACROS = """
select function_name, parameters, macro_definition
from duckdb_functions()
where not internal and function_type = 'table_macro' and schema_name = 'main'
order by function_name
"""


def keep_today(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schema with the rows of each rule as known today, and macros of the same names that give them."""
    rows = connection.execute(MACROS).fetchall()
    kept = {name: (set(parameters), text) for name, parameters, text in rows if set(parameters) <= KEPT_PARAMETERS}
    sides = [None, *(code for (code,) in connection.execute(SIDES).fetchall())]
    connection.execute("create schema today")
    connection.execute(USE_KEPT)
    try:
        for name in in_order({name: text for name, (_, text) in kept.items()}):
            has_side = "side" in kept[name][0]
            connection.execute(rows_of_rule(name, sides) if has_side else rows_of_rule(name))
            connection.execute(kept_rule(name, has_side))
    finally:
        connection.execute("use main")


def in_order(texts: dict[str, str]) -> list[str]:
    """Sort rules so that each comes after those that its text names; then they answer it already."""
    calls = {name: set(re.findall(r"\w+", text)) & texts.keys() - {name} for name, text in texts.items()}
    ordered: list[str] = []
    while len(ordered) < len(texts):
        ordered += [name for name in texts if name not in ordered and calls[name] <= set(ordered)]
    return ordered


def rows_of_rule(name: str, sides: list[str | None] | None = None) -> str:
    """Write the table of what a rule gives today, for each side where it has one."""
    if sides is None:
        return f"create table {name}_rows as select * from main.{name}(null::date)"
    literals = ["null" if side is None else f"'{side}'" for side in sides]
    answers = (
        f"select {side}::varchar as of_side, * from main.{name}(null::date, side := {side}::varchar)"
        for side in literals
    )
    return f"create table {name}_rows as {' union all '.join(answers)}"


def kept_rule(name: str, has_side: bool) -> str:
    """Write the macro that gives the kept rows of a rule."""
    if not has_side:
        return f"create macro {name}(as_known_on) as table select * from {SCHEMA}.{name}_rows"
    return (
        f"create macro {name}(as_known_on, side := null) as table "
        f"select * exclude (of_side) from {SCHEMA}.{name}_rows where of_side is not distinct from side"
    )
