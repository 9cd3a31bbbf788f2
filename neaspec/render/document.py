"""What is taken away: a page with what its first sheet says of it, and the plain words every output shares."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pandas as pd

from neaspec.blocks import Block, Chart, Map, Metric, Page, Table
from neaspec.errors import DashboardError, OutputError
from neaspec.palette import Palette
from neaspec.render.cells import cell_text, link_parts
from neaspec.render.citations import TOLD_GRADES, Citations, grade_name, make_marks
from neaspec.slides import Story
from neaspec.text import Words


@dataclass(frozen=True, eq=False, kw_only=True)
class Document:
    """A page to be taken away.

    kind: what it is, in words: Country brief. choices: (label, value) as the first sheet states them, "as known at"
    included. data_date: day on which the newest document was read. version: fingerprint of the data. address: path and
    query of the same view. notes: what holds for the whole document, the boundary disclaimer included. palette, dark:
    the colours for paper and light ground, and for dark ground. most_pages: a limit that holds for what stands before
    the annex; 0 = none. annex_from: number of the block that opens the annex; 0 = there is none. position: heading of
    an empty field that a delegation fills in, in formats that can be written in. slides: the page for the room, in
    formats that can be presented. sheet_head: lines above all else on every sheet of a workbook.
    """

    page: Page
    kind: str
    choices: tuple[tuple[str, str], ...]
    data_date: date
    version: str
    address: str
    notes: tuple[str, ...]
    palette: Palette
    dark: Palette
    words: Words
    most_pages: int = 0
    annex_from: int = 0
    position: str = ""
    slides: Story | None = None
    sheet_head: tuple[str, ...] = ()

    @property
    def is_paper(self) -> bool:
        """Tell whether pages are counted: pictures then come without their rows, and no address or version is told."""
        return self.most_pages > 0

    def marks(self) -> Citations:
        """Return the marks of what the page cites."""
        return make_marks(self.page, self.words)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return all (label, value) pairs of the first sheet: choices, date, version, address; of a paper choices."""
        if self.is_paper:
            return self.choices
        words = self.words
        return (
            *self.choices,
            (words("take.data_date"), words.date(self.data_date)),
            (words("take.version"), self.version),
            (words("take.address"), self.address),
        )


def below(block: Chart | Map | Metric, marks: Citations, is_marked: bool = True) -> str:
    """Return the line below a figure or picture: unit · what was counted · period · marks (where wanted)."""
    unit = "" if isinstance(block, Metric) else block.unit  # a figure has its unit beside it
    cited = marks.text(block.document_ids, block.caveat_ids) if is_marked else ""
    return " · ".join(part for part in (unit, block.counted, block.period, cited) if part)


def table_texts(table: Table, marks: Citations) -> Iterator[list[str]]:
    """Give the cells of each row as text; a link is what it is called, or its web address."""
    plain = marks.plain()
    values = [table.rows[column.name].tolist() for column in table.columns]
    for row in zip(*values, strict=True):
        yield [
            link_parts(value, {})[0] if column.kind == "link" else cell_text(column, value, marks.words, plain)
            for column, value in zip(table.columns, row, strict=True)
        ]


def source_line(row: Mapping[str, object], words: Words) -> str:
    """Return a document of the list of sources without its number: title · publisher · date · grade."""
    published = row["published_date"]
    when = words.date(None if pd.isna(published) else str(published)) or words("common.source_undated")  # type: ignore[call-overload]
    grade = grade_name(str(row["grade"]), words)
    return " · ".join(str(part) for part in (row["title"], row["publisher"], when, grade))


def short_source_line(row: Mapping[str, object], words: Words) -> str:
    """Return a document as an endnote of a paper: publisher, date, and its grade where that is low."""
    published = row["published_date"]
    when = words.date(None if pd.isna(published) else str(published)) or words("common.source_undated")  # type: ignore[call-overload]
    grade = str(row["grade"])
    parts = (row["publisher"], when, grade_name(grade, words) if grade in TOLD_GRADES else "")
    return ", ".join(str(part) for part in parts if part)


def name_of(block: Block) -> str:
    """Say which block it is: Chart "Adults photographed"."""
    named = getattr(block, "title", None) or getattr(block, "label", None) or getattr(block, "text", "")
    return f"{type(block).__name__} {str(named)[:80]!r}"


@contextmanager
def naming(output: str, block: Block) -> Iterator[None]:
    """Turn whatever fails inside into an error that names the output and the block.

    Raises:
        OutputError: for every failure inside.
    """
    try:
        yield
    except OutputError:
        raise
    except Exception as problem:
        why = str(problem) if isinstance(problem, DashboardError) else f"{type(problem).__name__}: {problem}"
        raise OutputError(f"{output}: {name_of(block)}: {why}") from problem
