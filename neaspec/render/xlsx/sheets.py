"""Tabs of a workbook: cells in the form their column asks for, text always as text."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from neaspec.blocks import Column, Table
from neaspec.files import plain_text
from neaspec.palette import Palette
from neaspec.render.cells import NUMBERS, cell_text, column_title, link_parts
from neaspec.render.citations import Citations

LONG = 60  # widest column, characters
MOST_CHARACTERS = 32_767  # in one cell
MOST_NAME = 31  # of a tab
MOST_ADDRESS = 2_000
FONT = "Calibri"
_NOT_IN_NAMES = re.compile(r"[^\w .()-]")  # stricter than it must be: formulas of charts name tabs too
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_DECIMALS = 4
_FORMS = {"integer": "#,##0", "number": "#,##0", "money": "#,##0", "percent": "0", "year": "0"}


class Styles:
    """The looks of cells."""

    def __init__(self, book: Any, palette: Palette) -> None:
        """Make them for one workbook."""
        ink, soft, accent = (palette.surface(name) for name in ("text", "text_soft", "accent"))
        base = {"font_name": FONT, "font_size": 11, "font_color": ink, "valign": "top"}
        self.plain = book.add_format(base)
        self.wrap = book.add_format(base | {"text_wrap": True, "indent": 1})
        self.bold = book.add_format(base | {"bold": True})
        self.title = book.add_format(base | {"bold": True, "font_size": 15})
        self.soft = book.add_format(base | {"font_color": soft})
        line = {"bottom": 2, "bottom_color": accent, "font_color": accent}
        self.head = book.add_format(base | line | {"bold": True, "text_wrap": True, "indent": 1})
        self.link = book.add_format(base | {"font_color": accent, "underline": 1, "text_wrap": True, "indent": 1})
        self.date = book.add_format(base | {"num_format": "d mmmm yyyy", "align": "left", "indent": 1})
        self._kinds = {
            (kind, decimals): book.add_format(base | {"num_format": _form(kind, decimals)})
            for kind in _FORMS
            for decimals in range(1 if kind in ("integer", "year") else MOST_DECIMALS + 1)
        }
        self.integer = self._kinds["integer", 0]
        self.data = book.add_format(base | {"font_size": 9, "font_color": soft})

    def of_number(self, kind: str, value: float) -> Any:
        """Return the look of a number: as many decimals as it has, thousands apart unless it is a year."""
        decimals = 0 if kind in ("integer", "year") else len(f"{value:.10g}".partition(".")[2])
        return self._kinds[kind, min(decimals, MOST_DECIMALS)]


def _form(kind: str, decimals: int) -> str:
    point = "." + "0" * decimals if decimals else ""
    return _FORMS[kind] + point + ('" %"' if kind == "percent" else "")


class Sheet:
    """A tab; every text that is written stays a text. Rows are counted below the lines that head every tab."""

    def __init__(self, sheet: Any, styles: Styles, head: Sequence[str] = ()) -> None:
        """Write into a tab in these looks, below lines that stay in sight and are printed on every page."""
        self.sheet = sheet
        self.styles = styles
        self.top = 0
        for row, line in enumerate(head):
            self.text(row, 0, line, styles.soft if row else styles.bold)
        if head:
            sheet.repeat_rows(0, len(head) - 1)
            sheet.freeze_panes(len(head), 0)
        self.top = len(head)

    def text(self, row: int, column: int, text: object, style: Any) -> None:
        """Write a text; one longer than a cell can hold goes on in the cells to the right, none is lost."""
        clean = plain_text(text)
        for number, start in enumerate(range(0, max(len(clean), 1), MOST_CHARACTERS)):
            part = clean[start : start + MOST_CHARACTERS]
            if part:
                self.sheet.write_string(self.top + row, column + number, part, style)

    def number(self, row: int, column: int, value: float, style: Any) -> None:
        """Write a number."""
        self.sheet.write_number(self.top + row, column, value, style)

    def date(self, row: int, column: int, day: str, written: str) -> None:
        """Write a full day as a date; a month or a year as it is known, as text."""
        text = day[:10]
        if _DAY.fullmatch(text) and text >= "1900-03-01":
            self.sheet.write_datetime(self.top + row, column, datetime.fromisoformat(text), self.styles.date)
        else:
            self.text(row, column, written, self.styles.wrap)

    def address(self, row: int, column: int, address: str, shown: str = "") -> None:
        """Write an address of another site as a link; everything else as text."""
        clean = plain_text(address)
        if re.fullmatch(r"https?://[^\s\"<>]+", clean) and len(clean) <= MOST_ADDRESS:
            self.link(row, column, clean, plain_text(shown or clean)[:MOST_CHARACTERS])
        else:
            self.text(row, column, shown or clean, self.styles.wrap)

    def link(self, row: int, column: int, target: str, shown: str) -> None:
        """Write a link to a web address or a tab."""
        self.sheet.write_url(self.top + row, column, target, self.styles.link, shown)

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of columns in characters."""
        for number, width in enumerate(widths):
            self.sheet.set_column(number, number, width)

    def header(self, row: int, titles: Sequence[str]) -> None:
        """Write the titles of columns and keep them in sight."""
        for number, title in enumerate(titles):
            self.text(row, number, title, self.styles.head)
        self.sheet.freeze_panes(self.top + row + 1, 0)


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name a tab may have: at most 31 characters, no forbidden ones, unlike all that are taken."""
    clean = _NOT_IN_NAMES.sub(" ", plain_text(wanted)).replace("\n", " ").strip() or "-"
    clean = "History -" if clean.casefold() == "history" else clean
    name, number = clean[:MOST_NAME].strip(), 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = clean[: MOST_NAME - len(ending)].strip() + ending
    return name


def write_table(sheet: Sheet, table: Table, marks: Citations, first_row: int) -> None:
    """Write a table with its header, which filters and stays in sight."""
    titles = [column_title(column) for column in table.columns]
    sheet.header(first_row, titles)
    count = len(table.rows)
    plain = marks.plain()
    widths = []
    for number, column in enumerate(table.columns):
        longest = 0
        for row, value in enumerate(table.rows[column.name].tolist(), first_row + 1):
            longest = max(longest, _cell(sheet, row, number, column, value, marks, plain))
        words = max((len(word) for word in titles[number].split()), default=4) + 4
        widths.append(min(LONG, max(longest + 2, words, 9)))
    sheet.widths(widths)
    if titles:
        top = sheet.top + first_row
        sheet.sheet.autofilter(top, 0, top + max(count, 1), len(titles) - 1)
    if not count:
        sheet.text(first_row + 1, 0, marks.words("common.no_rows"), sheet.styles.soft)


def _cell(
    sheet: Sheet, row: int, number: int, column: Column, value: Any, marks: Citations, plain: dict[str, str]
) -> int:
    """Write a cell; return how many characters it shows."""
    if value is None or (not isinstance(value, list) and pd.isna(value)) or value == "":
        return 0
    if column.kind in NUMBERS:
        sheet.number(row, number, float(value), sheet.styles.of_number(column.kind, float(value)))
        return len(f"{float(value):,.10g}")
    if column.kind == "link":
        shown, address = link_parts(value, {})
        sheet.address(row, number, address, shown)
        return len(shown)
    text = cell_text(column, value, marks.words, plain)
    if column.kind == "date":
        sheet.date(row, number, str(value), text)
        return max(len(text), 12)
    sheet.text(row, number, text, sheet.styles.wrap)
    return max((len(line) for line in text.split("\n")), default=0)
