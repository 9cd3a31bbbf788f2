"""Tables for the screen: what a reader sees, and what a spreadsheet gets."""

import csv
import io
import weakref
from collections.abc import Mapping
from typing import Any

import pandas as pd

from neaspec.blocks import Column, Table
from neaspec.text import Words

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = frozenset({"integer", "number", "money", "percent", "year"})

_made: "weakref.WeakKeyDictionary[Table, bytes]" = weakref.WeakKeyDictionary()


def column_title(column: Column) -> str:
    """Return the label of a column with its unit."""
    return f"{column.label} ({column.unit})" if column.unit and column.unit != "-" else column.label


def cell_text(column: Column, value: Any, words: Words, marks: Mapping[str, str]) -> str:
    """Write one cell for a reader; `marks` gives the mark of a document or caveat."""
    if value is None or (not isinstance(value, list) and pd.isna(value)) or value == "":
        return ""
    if column.kind in ("documents", "caveats"):
        return " ".join(marks.get(key, "") for key in str(value).split()).strip()
    if column.kind in ("integer", "number", "money"):
        return words.number(float(value), 0 if column.kind == "integer" else None)
    if column.kind == "percent":
        return f"{words.number(float(value))} %"
    if column.kind == "year":
        return f"{int(value)}"
    if column.kind == "date":
        return words.date(str(value)[:10])
    if isinstance(value, bool):
        return words.term("boolean", str(value).lower())
    return str(value)


def shown_frame(table: Table, words: Words, marks: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows as a reader sees them; numbers stay numbers, so that they sort as numbers."""
    frame = pd.DataFrame(index=range(len(table.rows)))
    for column in table.columns:
        values = table.rows[column.name].tolist()
        if column.kind in NUMBERS:
            cells: list[Any] = [None if pd.isna(value) else float(value) for value in values]
        else:
            cells = [cell_text(column, value, words, marks) for value in values]
        frame[column_title(column)] = cells
    return frame


def table_csv(table: Table) -> bytes:
    """Return the rows as a CSV file for spreadsheets: with a byte order mark, nothing that would be run."""
    if table not in _made:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([_tame(column_title(column)) for column in table.columns])
        columns = [[_csv_cell(column, value) for value in table.rows[column.name].tolist()] for column in table.columns]
        writer.writerows(zip(*columns, strict=True))
        _made[table] = b"\xef\xbb\xbf" + out.getvalue().encode()
    return _made[table]


def _csv_cell(column: Column, value: Any) -> str:
    if value is None or (not isinstance(value, list) and pd.isna(value)):
        return ""
    if column.kind in NUMBERS:
        number = float(value)
        return str(int(number)) if number.is_integer() else repr(number)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return _tame(str(value))


def _tame(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
