"""The workbook to report with offline: one sheet a kind of submission, made from the description of the tables.

The first row of a sheet says in words what a column holds, the second has its name, the rest is filled in. What a cell
may hold stands in a note of its column; lists to choose from are on the last sheet.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from neaspec.desk.changes import Table
from neaspec.desk.kinds import FILLED, KINDS, TABLE_OF, Field, fields_of
from neaspec.files import reproducible_zip
from neaspec.text import Words

FILE_NAME = "neaspec_desk.xlsx"
LISTS, HOW = "lists", "how_to"  # sheets that hold no submissions
FIRST_ROW = 3  # of what is filled in, as the program that shows it counts
LAST_ROW = 2_000
NOT_ASKED = frozenset({*FILLED, "document_id"})  # the desk fills them in
_MADE = datetime(2026, 11, 30)  # the file says when this layout was made, so that it is always the same bytes
_WIDTH = 20


def columns_of(description: Mapping[str, Any], kind: str) -> tuple[Field, ...]:
    """Return the columns of the sheet of a kind."""
    if kind in TABLE_OF:
        return tuple(field for field in fields_of(description, TABLE_OF[kind]) if field.name not in NOT_ASKED)
    notes = {field.name: field for field in fields_of(description, "later_notes")}
    table, key = notes["subject_table"], notes["subject_id"]
    row = (
        _about_row("table", table.title, table.meaning, table.allowed),
        _about_row("key", key.title, key.meaning),
    )
    cell = (_about_row("column", "", ""), _about_row("value", "", "", is_required=False))
    return (*row, *(cell if kind == "correction" else ()), _about_row("reason", "", ""))


def _about_row(
    name: str, title: str, meaning: str, allowed: tuple[str, ...] = (), *, is_required: bool = True
) -> Field:
    return Field(name, title or name, meaning, "string", is_required, allowed, None, None, "", "", "", "")


def choices_of(field: Field, tables: Mapping[str, Table]) -> tuple[str, ...]:
    """Return what a cell may hold where that is a list; nothing where it is free or holds several keys."""
    if field.allowed:
        return field.allowed
    if field.type == "boolean":
        return ("true", "false")
    if field.refers_to in tables and not field.name.endswith(("_ids", "_codes")):
        return tuple(tables[field.refers_to].rows)
    return ()


def workbook(description: Mapping[str, Any], tables: Mapping[str, Table], words: Words) -> bytes:
    """Return the workbook, empty; always the same bytes for the same tables."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": words("desk.workbook_title"), "created": _MADE})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    grey = book.add_format({"font_color": "#666666", "bottom": 2})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    how = book.add_worksheet(HOW)
    how.set_column(0, 0, 24)
    how.set_column(1, 1, 90)
    for number, key in enumerate(("title", "how_rows", "how_lists", "how_needed", "how_back")):
        how.write_string(number, 1, words(f"desk.workbook_{key}"), bold if key == "title" else wrap)
    for number, kind in enumerate(KINDS, start=6):
        how.write_string(number, 0, kind, bold)
        how.write_string(number, 1, words.term("desk_kind", kind), wrap)
    sheets = {kind: book.add_worksheet(kind) for kind in KINDS}
    lists = _Lists(book.add_worksheet(LISTS))
    text = book.add_format({"num_format": "@"})  # a cell is taken as it is typed: 2024-05 is no day
    for kind, sheet in sheets.items():
        sheet.freeze_panes(FIRST_ROW - 1, 0)
        for number, field in enumerate(columns_of(description, kind)):
            sheet.set_column(number, number, _WIDTH, text)
            title = words("desk.required", label=field.title) if field.is_required else field.title
            sheet.write_string(0, number, title, bold)
            sheet.write_string(1, number, field.name, grey)
            sheet.write_comment(0, number, note_of(field, words), {"x_scale": 2.2, "y_scale": 1.6})
            if choices := choices_of(field, tables):
                rule = {"validate": "list", "source": lists.place(choices)}
                told = {"error_message": words("desk.workbook_list")}
                sheet.data_validation(FIRST_ROW - 1, number, LAST_ROW - 1, number, rule | told)
    book.close()
    return reproducible_zip(out.getvalue())


def note_of(field: Field, words: Words) -> str:
    """Say what a column means, of which type and unit it is, what it may hold, with an example."""
    parts = {
        "type": words.term("desk_type", field.type),
        "unit": "" if field.unit == "-" else field.unit,
        "allowed": allowed_of(field, words),
        "example": field.example,
    }
    lines = [field.meaning, *(words(f"desk.workbook_{name}", what=what) for name, what in parts.items() if what)]
    return "\n".join(line for line in lines if line)[:2000]


def allowed_of(field: Field, words: Words) -> str:
    """Say what a cell may hold: values, limits, the form; else its type."""
    if field.allowed:
        return words.listed(field.allowed, "comma")
    if field.minimum is not None or field.maximum is not None:
        limits = {"desk.at_least": field.minimum, "desk.at_most": field.maximum}
        said = (words(key, number=number) for key, number in limits.items() if number is not None)
        return words.listed(said, "comma")
    if field.refers_to:
        return words("desk.allowed_key", table=words.term("table_name", field.refers_to))
    return words("desk.allowed_form", form=field.pattern) if field.pattern else ""


class _Lists:
    """The sheet of what may be chosen: each list once, in a column of its own."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, choices: tuple[str, ...]) -> str:
        """Return where a list stands, written first if it is new."""
        if choices not in self._places:
            number = len(self._places)
            for row, choice in enumerate(choices):
                self._sheet.write_string(row, number, choice)
            letters = xl_col_to_name(number, col_abs=True)
            self._places[choices] = f"={LISTS}!{letters}$1:{letters}${len(choices)}"
        return self._places[choices]
