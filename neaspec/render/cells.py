"""Cells and rows of tables: as text for every output, as a frame for the screen, as CSV for a spreadsheet."""

import csv
import io
import weakref
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd

from neaspec.blocks import Column, Table, read_link_cell
from neaspec.files import DANGEROUS
from neaspec.text import Words
from neaspec.urls import DELEGATION, base_path

SHOWN_AFTER = "#~"
NUMBERS = frozenset({"integer", "number", "money", "percent", "year"})

_made: "weakref.WeakKeyDictionary[Table, bytes]" = weakref.WeakKeyDictionary()


def column_title(column: Column) -> str:
    """Return the label of a column with its unit."""
    return f"{column.label} ({column.unit})" if column.unit and column.unit != "-" else column.label


def keys_of(value: Any) -> list[str]:
    """Return the keys in a cell of documents or caveats, each once."""
    return [] if value is None or pd.isna(value) else list(dict.fromkeys(str(value).split()))


def cell_text(column: Column, value: Any, words: Words, marks: Mapping[str, str]) -> str:
    """Write one cell for a reader; `marks` gives the mark of a document or caveat."""
    if value is None or (not isinstance(value, list) and pd.isna(value)) or value == "":
        return ""
    if column.kind in ("documents", "caveats"):
        return " ".join(marks.get(key, "") for key in keys_of(value)).strip()
    if column.kind in ("integer", "number", "money"):
        return words.number(float(value), 0 if column.kind == "integer" else None)
    if column.kind == "percent":
        return words.percent(float(value))
    if column.kind == "year":
        return f"{int(value)}"
    if column.kind == "date":
        return words.date(str(value)[:10])
    if isinstance(value, bool):
        return words.term("boolean", str(value).lower())
    return str(value)


def page_address(page: str, choices: Mapping[str, str]) -> str:
    """Return the address of a page of ours, relative to any other; overview lives at the root."""
    path = "" if page == "overview" else quote(page)
    return f"{base_path()}/{path}" + (f"?{urlencode(dict(choices))}" if choices else "")


def taken_address(page: str, form: str, choices: Mapping[str, str]) -> str:
    """Return the address of a page of ours as a file; whom the reader is here for makes no other file."""
    written = urlencode({key: value for key, value in choices.items() if key != DELEGATION})
    return f"{base_path()}/take/{quote(page)}.{form}" + (f"?{written}" if written else "")


def link_parts(value: Any, link_params: Mapping[str, str]) -> tuple[str, str]:
    """Return what a cell of a `link` column shows and where it leads; nothing for an empty cell."""
    if value is None or pd.isna(value) or value == "":
        return "", ""
    link = read_link_cell(str(value))
    if link is None:
        return str(value), str(value)
    return link.text, page_address(link.page, {**link.choices, **link_params})


def is_one_document(table: Table, column: Column) -> bool:
    """Tell whether no cell of a column names more than one document, so that each can be a link."""
    if column.kind != "documents":
        return False
    return not any(" " in str(value).strip() for value in table.rows[column.name].tolist() if not pd.isna(value))


def linked_columns(table: Table) -> list[str]:
    """Return the titles of the columns whose cells are addresses in shown_frame: address#~what is shown."""
    return [column_title(c) for c in table.columns if c.kind == "link" or is_one_document(table, c)]


def _linked_cell(column: Column, value: Any, marks: Mapping[str, str], link_params: Mapping[str, str]) -> str:
    """Write an address with what is shown of it behind a mark."""
    if value is None or pd.isna(value) or value == "":
        return ""
    if column.kind == "link":
        text, address = link_parts(value, link_params)
        return address if text == address else f"{address}{SHOWN_AFTER}{text}"
    key = str(value).strip()
    return f"{page_address('sources', {'document': key, **link_params})}{SHOWN_AFTER}{marks.get(key, '')}"


def shown_frame(
    table: Table, words: Words, marks: Mapping[str, str], link_params: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the rows as a reader sees them; numbers stay numbers, so that they sort as numbers."""
    frame = pd.DataFrame(index=range(len(table.rows)))
    linked = linked_columns(table)
    for column in table.columns:
        values = table.rows[column.name].tolist()
        if column.kind in NUMBERS:
            cells: list[Any] = [None if pd.isna(value) else float(value) for value in values]
        elif column_title(column) in linked:
            cells = [_linked_cell(column, value, marks, link_params or {}) for value in values]
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
    if column.kind == "link":
        return link_parts(value, {})[1]
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return _tame(str(value))


def _tame(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
