"""Days: they exist, stand in order, and no document speaks of a day after it was read."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from neaspec.data.validate_rows import Rows, shown

YEARS = (1800, 2100)
ORDERED = (("start_date", "end_date"), ("date_from", "date_to"))
_PARTS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def day_columns(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns that hold a year, a month or a day."""
    return [field for field in table["schema"]["fields"] if is_day(field.get("constraints", {}).get("pattern", ""))]


def is_day(pattern: str) -> bool:
    """Tell whether a pattern is one of days: it begins with the four figures of a year."""
    return pattern.startswith(r"\d{4}")


def span_of(cell: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, month or day as written; None if it is no date or no such day is."""
    parts = _PARTS.fullmatch(cell)
    if parts is None:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        return first, date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None


def check_days(table: dict[str, Any], rows: Rows, seen: Mapping[str, str]) -> Iterator[str]:
    """Give days that are none, lie too far off, or come after the day on which their document was read.

    Args:
        table: its description; a column with `may_lie_ahead` holds plans.
        rows: of the table.
        seen: document_id -> day on which it was read.
    """
    for field in day_columns(table):
        name = field["name"]
        for line, row in rows:
            cell, place = row[name], f"{table['path']}:{line}: {name} is {shown(row[name])}"
            if _PARTS.fullmatch(cell) is None:
                continue  # empty, or told by the library
            span = span_of(cell)
            if span is None:
                yield f"{place}, there is no such day"
            elif not YEARS[0] <= span[0].year <= YEARS[1]:
                yield f"{place}, expected a year from {YEARS[0]} to {YEARS[1]}"
            elif not field.get("may_lie_ahead"):
                read = row.get("seen_date") or seen.get(row.get("document_id", ""), "")
                latest = span_of(read)
                if latest is not None and span[0] > latest[1]:
                    yield f"{place}, later than the day on which its document was read (seen_date {read})"


def check_day_order(table: dict[str, Any], rows: Rows) -> Iterator[str]:
    """Give spans that end before they begin, as far as their dates tell."""
    names = {field["name"] for field in table["schema"]["fields"]}
    for first, second in ORDERED:
        if not {first, second} <= names:
            continue
        for line, row in rows:
            begin, end = span_of(row[first]), span_of(row[second])
            if begin is not None and end is not None and begin[0] > end[1]:
                yield (
                    f"{table['path']}:{line}: {first} is {row[first]!r}, later than {second} ({row[second]!r}); "
                    f"expected {first} <= {second}"
                )
