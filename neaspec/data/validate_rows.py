"""Rules that look at one row of a table at a time and that the frictionless library has no word for."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from math import isinf
from typing import Any

Rows = list[tuple[int, dict[str, str]]]  # line, row

# The column with the keys of the rows a derived figure was worked out from.
ORIGINS = "derived_from_ids"
# What the frictionless library takes for true.
TRUE = {"true", "True", "TRUE", "1"}
# Columns of which the first may not be more than the second.
ORDERED = (
    ("low", "high"),
    ("low", "value"),
    ("value", "high"),
    ("year_from", "year_to"),
    ("south_deg", "north_deg"),
    ("west_deg", "east_deg"),
)
# Letters that nobody sees, though they are no spaces for Unicode: Hangul fillers, the empty Braille cell.
UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
MOST_SHOWN = 80  # characters of a cell


def shown(cell: str) -> str:
    """Return a cell as Python writes it, not longer than a line."""
    return repr(cell) if len(cell) <= MOST_SHOWN else f"{cell[:MOST_SHOWN]!r}… ({len(cell)} characters)"


def is_blank(cell: str) -> bool:
    """Tell whether a cell that is not empty shows nothing: spaces of any kind, marks without width."""
    return bool(cell) and all(unicodedata.category(sign)[0] in "ZC" or sign in UNSEEN for sign in cell)


def check_blanks(table: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Give cells that look empty and are not."""
    for field in table["schema"]["fields"]:
        if field["type"] != "string" or {"enum", "pattern"} & field.get("constraints", {}).keys():
            continue  # the library refuses them there
        for line, row in rows:
            if is_blank(row[field["name"]]):
                place = f"{table['path']}:{line}: {field['name']}"
                yield f"{place} is {row[field['name']]!r}, which looks empty; {allowed(field)}"


def check_order(table: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Give pairs of numbers that stand the wrong way round."""
    names = {field["name"] for field in table["schema"]["fields"]}
    for first, second in ORDERED:
        if not {first, second} <= names:
            continue
        for line, row in rows:
            with suppress(ValueError):  # what is no number is told by the library; an empty one says nothing
                if float(row[first]) > float(row[second]):
                    yield (
                        f"{table['path']}:{line}: {first} is {row[first]!r}, more than {second} ({row[second]!r}); "
                        f"expected {first} <= {second}"
                    )


def allowed(field: dict[str, Any]) -> str:
    """Say what a column may hold."""
    rules = field.get("constraints", {})
    parts = [f"expected {field.get('type', 'a value')}"]
    if rules.get("required"):
        parts.append("not empty")
    if "enum" in rules:
        parts.append(f"one of {rules['enum']}")
    if "minimum" in rules:
        parts.append(f"at least {rules['minimum']}")
    if "maximum" in rules:
        parts.append(f"at most {rules['maximum']}")
    if "pattern" in rules:
        parts.append(f"like {field.get('example')!r} ({rules['pattern']})")
    return ", ".join(parts)


def check_required_where(table: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Give empty cells of columns that must be filled where another column has a certain value."""
    for field in table["schema"]["fields"]:
        for column, value in field.get("required_where", {}).items():
            for line, row in rows:
                if row[column] == value and not row[field["name"]]:
                    place = f"{table['path']}:{line}: {field['name']}"
                    yield f"{place} is '', expected not empty where {column} is {value!r}"


def check_origins(table: dict[str, Any], rows: Rows, keys: set[str]) -> Iterator[str]:
    """Give derived figures without formula or origin, and origins that no row of the same table has."""
    if ORIGINS not in {field["name"] for field in table["schema"]["fields"]}:
        return
    for line, row in rows:
        for key in row[ORIGINS].split():
            if key not in keys:
                yield f"{table['path']}:{line}: {ORIGINS} has {key!r}, no such row in {table['path']}"
        if row["is_derived"] in TRUE:
            for column in ("formula", ORIGINS):
                if not row[column]:
                    yield f"{table['path']}:{line}: {column} is '', expected not empty for a derived figure"


def check_decimals(table: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Give coordinates with more decimals than their precision allows: what is not stored cannot leak."""
    names = {field["name"] for field in table["schema"]["fields"]}
    if "coordinate_precision_deg" not in names:
        return
    for line, row in rows:
        precision = row["coordinate_precision_deg"]
        for column in ("latitude", "longitude"):
            value = row[column]
            if value and not precision:
                yield f"{table['path']}:{line}: {column} is {value}, but coordinate_precision_deg is empty"
            elif value and decimals(value) > decimals(precision):
                yield (
                    f"{table['path']}:{line}: {column} is {value}, more decimals than its precision of {precision} "
                    f"degrees ({decimals(precision)} allowed)"
                )


def check_numbers(table: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Give numbers that are endless: a library takes them, no chart can show them."""
    for field in table["schema"]["fields"]:
        if field["type"] != "number":
            continue
        for line, row in rows:
            value = row[field["name"]]
            with suppress(ValueError):  # what is no number at all is told by the library
                if isinf(float(value or 0)):
                    yield f"{table['path']}:{line}: {field['name']} is {value!r}, {allowed(field)}"


def decimals(number: str) -> int:
    """Return how many decimals a written number has: 42.30 has two, 1 and 1.0 have none."""
    whole, _, fraction = number.partition(".")
    return len(fraction) if fraction.strip("0") or len(fraction) > 1 else 0
