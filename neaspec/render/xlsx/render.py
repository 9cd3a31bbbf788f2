"""A page as a spreadsheet: one tab a table with its native chart, the text, sources, caveats and columns beside."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

import pandas as pd
import xlsxwriter

from neaspec.blocks import Chart, Map, Page, Table, walk
from neaspec.files import plain_text, reproducible_zip
from neaspec.render.cells import column_title
from neaspec.render.document import Document, below, naming, source_line
from neaspec.render.xlsx.charts import add_chart
from neaspec.render.xlsx.sheets import LONG, Sheet, Styles, sheet_name, write_table
from neaspec.render.xlsx.text import text_rows

OUTPUT = "Excel"
TEXT_WIDTHS = (14, 70, 18, 16, 34, 16, 30, 50, 26)


def render_xlsx(document: Document) -> bytes:
    """Return a page as an Excel workbook.

    Raises:
        OutputError: if a block cannot be written; the message names it.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": plain_text(document.page.title)[:250],
            "subject": plain_text(document.kind)[:250],
            "author": plain_text(document.words("common.app_title")),
            "keywords": plain_text(document.version),
            "created": datetime.combine(document.data_date, time()),
        }
    )
    _Book(document, book).write()
    book.close()
    return reproducible_zip(out.getvalue())


@dataclass
class _Tab:
    """A tab that holds a table, with the picture the table belongs to."""

    name: str
    table: Table
    picture: Chart | Map | None


@dataclass
class _Book:
    """The workbook being made."""

    document: Document
    book: Any
    styles: Styles = field(init=False)
    taken: set[str] = field(default_factory=set)

    def write(self) -> None:
        """Write all tabs."""
        words = self.document.words
        self.styles = Styles(self.book, self.document.palette)
        first = [self.named(words(f"take.tab_{name}")) for name in ("contents", "text")]
        last = [words(f"take.tab_{name}") for name in ("sources", "caveats", "columns")]
        self.taken |= {name.casefold() for name in last}
        tabs = self.tabs(self.document.page)
        listed = [(first[1], words("take.tab_text"))]
        listed += [(tab.name, tab.picture.title if tab.picture else tab.table.title) for tab in tabs]
        listed += [(name, name) for name in last]
        self.contents(self.sheet(first[0]), listed)
        self.text(self.sheet(first[1]))
        for tab in tabs:
            with naming(OUTPUT, tab.picture or tab.table):
                self.table(tab)
        self.sources(self.sheet(last[0]))
        self.caveats(self.sheet(last[1]))
        self.columns(self.sheet(last[2]), tabs)

    def named(self, wanted: str) -> str:
        """Return a name for a tab that no other has."""
        name = sheet_name(wanted, self.taken)
        self.taken.add(name.casefold())
        return name

    def sheet(self, name: str) -> Sheet:
        """Add a tab."""
        worksheet = self.book.add_worksheet(name)
        worksheet.hide_gridlines(2)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        return Sheet(worksheet, self.styles, self.document.sheet_head)

    def tabs(self, page: Page) -> list[_Tab]:
        """Return the tables of a page in reading order, each with its picture."""
        picture_of = {block.table: block for block in walk(page.blocks) if isinstance(block, Chart | Map)}
        return [
            _Tab(self.named(block.file_name), block, picture_of.get(block))
            for block in walk(page.blocks)
            if isinstance(block, Table)
        ]

    def contents(self, sheet: Sheet, listed: Sequence[tuple[str, str]]) -> None:
        """Write what the workbook is, and what its tabs hold."""
        document, words, styles = self.document, self.document.words, self.styles
        sheet.widths((30, 100))
        sheet.text(0, 0, document.kind, styles.soft)
        sheet.text(1, 0, document.page.title, styles.title)
        sheet.text(2, 0, document.page.lead, styles.plain)
        row = 4
        for label, value in document.facts():
            sheet.text(row, 0, label, styles.bold)
            if label == words("take.data_date"):
                sheet.date(row, 1, document.data_date.isoformat(), value)
            else:
                sheet.text(row, 1, value, styles.wrap)
            row += 1
        row += 1
        for note in document.notes:
            sheet.text(row, 0, note, styles.soft)
            row += 1
        row += 1
        sheet.text(row, 0, words("take.tab"), styles.head)
        sheet.text(row, 1, words("take.column_title"), styles.head)
        for number, (name, title) in enumerate(listed, row + 1):
            target = "internal:'" + name.replace("'", "''") + "'!A1"
            sheet.link(number, 0, target, name)
            sheet.text(number, 1, title, styles.wrap)

    def text(self, sheet: Sheet) -> None:
        """Write in reading order what is no table."""
        words = self.document.words
        names = ("what", "text", "value", "unit", "counted", "period", "status", "facts", "marks")
        sheet.widths(TEXT_WIDTHS)
        sheet.header(0, [words(f"take.column_{name}") for name in names])
        marks = self.document.marks()
        for number, cells in enumerate(text_rows(self.document, marks), 1):
            for column, cell in enumerate(cells):
                sheet.text(number, column, cell, self.styles.wrap)

    def table(self, tab: _Tab) -> None:
        """Write a table, and its chart beside it."""
        document, marks = self.document, self.document.marks()
        sheet = self.sheet(tab.name)
        picture = tab.picture
        title = picture.title if picture else tab.table.title
        sheet.text(0, 0, title, self.styles.title)
        lines = [tab.table.title, below(picture, marks)] if picture else []
        sheet.text(1, 0, " · ".join(line for line in lines if line), self.styles.soft)
        write_table(sheet, tab.table, marks, first_row=2)
        if isinstance(picture, Chart):
            add_chart(self.book, sheet, tab.name, picture, document, len(tab.table.columns) + 1)

    def sources(self, sheet: Sheet) -> None:
        """Write the numbered list of sources."""
        document, words = self.document, self.document.words
        names = ("number", "title", "publisher", "date", "grade", "language", "address")
        sheet.widths((10, 80, 40, 20, 18, 12, 60))
        sheet.header(0, [words(f"take.column_{name}") for name in names])
        rows: list[Any] = document.page.sources.to_dict("records")
        for number, row in enumerate(rows, 1):
            line = source_line(row, words)
            when, grade = line.split(" · ")[-2:]
            sheet.number(number, 0, float(row["number"]), self.styles.integer)
            for column, cell in enumerate((row["title"], row["publisher"]), 1):
                sheet.text(number, column, cell, self.styles.wrap)
            day = row["published_date"]
            sheet.date(number, 3, "" if pd.isna(day) else str(day), when)
            sheet.text(number, 4, grade, self.styles.wrap)
            sheet.text(number, 5, "" if pd.isna(row["language"]) else row["language"], self.styles.wrap)
            sheet.address(number, 6, "" if pd.isna(row["url"]) else str(row["url"]))

    def caveats(self, sheet: Sheet) -> None:
        """Write the list of caveats."""
        words, letters = self.document.words, self.document.marks().letters
        sheet.widths((10, 40, LONG * 1.6, 20))
        sheet.header(0, [words(f"take.column_{name}") for name in ("letter", "name", "meaning", "severity")])
        rows: list[Any] = self.document.page.caveats.to_dict("records")
        for number, row in enumerate(rows, 1):
            severity = words.term("severity", row["severity"])
            cells = (letters[row["caveat_id"]], row["name"], row["meaning"], severity)
            for column, cell in enumerate(cells):
                sheet.text(number, column, cell, self.styles.wrap)

    def columns(self, sheet: Sheet, tabs: Sequence[_Tab]) -> None:
        """Write what each column of each tab holds."""
        words = self.document.words
        sheet.widths((30, 60, 40, 24, 60))
        titles = ("tab", "column_title", "column_label", "column_unit", "column_kind")
        sheet.header(0, [words(f"take.{name}") for name in titles])
        row = 1
        for tab in tabs:
            for column in tab.table.columns:
                unit = "" if column.unit == "-" else column.unit
                kind = words(f"take.kinds_{column.kind}")
                for number, cell in enumerate((tab.name, tab.table.title, column_title(column), unit, kind)):
                    sheet.text(row, number, cell, self.styles.wrap)
                row += 1
