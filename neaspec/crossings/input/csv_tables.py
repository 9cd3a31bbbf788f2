"""Text files as tables: encoding, delimiter and header found out; rows read in pieces as text, each with its line.

Nothing is guessed about cells: all are text, so that numbers in names keep their zeros. Line numbers are exact in any
piece, also with line breaks inside quotation marks.
"""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from neaspec.crossings.input.csv_blocks import Block, CsvDialect, CsvText, blocks
from neaspec.crossings.input.encodings import encoding_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.model.records import RejectedRows
from neaspec.errors import InputError

__all__ = [
    "CsvDialect",
    "RawTable",
    "check_header",
    "chunks",
    "header_of",
    "is_web_page",
    "layout_of",
    "notes_of",
    "shown_name",
    "width_of",
]

DELIMITERS = ("\t", ";", "|", ",")  # the first of two that fit equally well: commas also stand in numbers
MOST_COLUMNS = 1_000
LINES_TO_CHECK = 20
WEB_PAGE = re.compile(r"\s*(<!doctype html|<html|<head|<body)", re.IGNORECASE)
NUMERIC_NAME = re.compile(r"\d\s*[.,:°'′\s]\s*\d|\d{4}|^[^A-Za-z_]*\d")
STR = pd.StringDtype("pyarrow", na_value=float("nan"))  # what pandas calls str


@dataclass(frozen=True)
class RawTable:
    """A piece of a table as text.

    Attributes:
        name: of the file.
        header: all column names.
        frame: columns as asked for, dtype str, "" for an empty cell.
        rows: the line each row begins at, aligned with `frame`; the first line of a file is 1.
        dropped: rows with too many or too few cells.
        read: rows in this piece, those left out counted.
    """

    name: str
    header: tuple[str, ...]
    frame: pd.DataFrame
    rows: "pd.Series[int]"
    dropped: RejectedRows = field(default_factory=RejectedRows)
    read: int = 0


def layout_of(member: Member) -> CsvDialect:
    """Find out how a text is written, once for a member.

    Raises:
        InputError: it is no text, a web page, empty, or has no encoding that fits.
    """
    if "layout" not in member.remembered:
        member.remembered["layout"], member.remembered["header"] = _detect_layout(member)
    layout: CsvDialect = member.remembered["layout"]
    return layout


def header_of(member: Member) -> tuple[str, ...]:
    """Return the column names of the table, without spaces around them.

    Raises:
        InputError: it is no table, a name is there twice, or there are more than 1,000 columns.
    """
    layout_of(member)
    header: tuple[str, ...] = member.remembered["header"]
    return header


def notes_of(layout: CsvDialect) -> tuple[str, ...]:
    """Return what a report should say about how a file was read, as keys."""
    notes = () if layout.encoding.startswith("utf") else (f"read_as_{layout.encoding}",)
    return (*notes, "header_longer") if layout.missing else notes


def is_web_page(text: str) -> bool:
    """Whether a text begins like HTML."""
    return WEB_PAGE.match(text) is not None


def _detect_layout(member: Member) -> tuple[CsvDialect, tuple[str, ...]]:
    kind = member.kind
    if kind == "empty":
        raise InputError([f"{member.name}: the file is empty"])
    if kind != "text":
        raise InputError([f"{member.name}: {member.signature or 'binary data'}; a table as text (CSV) is expected"])
    encoding = encoding_of(member)
    first: list[str] = []
    skipped = 0
    with CsvText(member, encoding) as text:
        while len(first) <= LINES_TO_CHECK and (line := text.next_line()):
            if first or not (not line.strip("\ufeff \t\r\n") or line.lower().startswith("sep=")):
                first.append(line)
            else:
                skipped += 1
    if not first:
        raise InputError([f"{member.name}: the file holds nothing but empty lines"])
    if is_web_page(first[0]):
        raise InputError(
            [
                f"{member.name}: a web page instead of a table. Movebank answers with its licence as a page until it "
                "is accepted: open the study on movebank.org, accept, download again"
            ]
        )
    delimiter = _delimiter(first)
    layout = CsvDialect(encoding, delimiter, '"', skipped + 1)
    header, used = _header(member.name, first, layout)
    missing = _missing(first[used:], layout, len(header))
    return replace(layout, lines_before=skipped + used, missing=missing), header


def _missing(lines: list[str], layout: CsvDialect, width: int) -> int:
    """Return 1 if every row that is looked at has one cell less than the header, else 0; some exports lose the last."""
    try:
        counts = {len(row) for row in csv.reader(lines, **layout.dialect) if row}
    except csv.Error:
        return 0
    return 1 if counts == {width - 1} and width > 2 else 0


def _delimiter(lines: list[str]) -> str:
    """Choose what splits most of the next lines into as many cells as the header, then what splits it most."""

    def fit(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        same = sum(count == counts[0] for count in counts[1:])
        return (same if counts[0] > 1 else 0, counts[0])

    try:
        fits = {delimiter: fit(delimiter) for delimiter in DELIMITERS}
    except csv.Error:
        return ","
    return max(fits, key=lambda delimiter: fits[delimiter])


def _header(name: str, lines: list[str], layout: CsvDialect) -> tuple[tuple[str, ...], int]:
    reader = csv.reader(lines, **layout.dialect)
    try:
        cells = next(reader)
    except csv.Error as error:
        raise InputError([f"{name}, line {layout.lines_before}: no header line ({error})"]) from error
    header = tuple(re.sub(r"\s+", " ", cell).strip().strip("\ufeff") for cell in cells)
    return check_header(name, header), reader.line_num


def shown_name(name: str) -> str:
    """Return a column name as it may be told: a file without a header shows its first row, which can hold positions."""
    return "(a number)" if NUMERIC_NAME.search(name) else name[:40] or "(no name)"


def check_header(name: str, header: tuple[str, ...]) -> tuple[str, ...]:
    """Return column names as they are.

    Raises:
        InputError: a name is there twice, or there are more than 1,000.
    """
    if len(header) > MOST_COLUMNS:
        raise InputError([f"{name}: {len(header):,} columns; up to {MOST_COLUMNS:,} are read"])
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        listed = ", ".join(shown_name(column) for column in twice[:12])
        raise InputError([f"{name}, header: columns with the same name ({listed}); each must be there once"])
    return header


def width_of(member: Member, layout: CsvDialect) -> int:
    """Return how many cells the first line that is not empty has (a header line counts)."""
    with CsvText(member, layout.encoding) as text:
        try:
            return next((len(row) for row in csv.reader(iter(text.next_line, ""), **layout.dialect) if row), 0)
        except csv.Error as error:
            raise InputError([f"{member.name}, line {text.line - 1}: no row of a table ({error})"]) from error


def chunks(
    member: Member,
    rows: int = 200_000,
    columns: Collection[str] | None = None,
    layout: CsvDialect | None = None,
    header: tuple[str, ...] | None = None,
) -> Iterator[RawTable]:
    """Read a table in pieces; at least one piece comes, empty if there are no rows.

    Empty lines, rows of empty cells and a row of HXL hashtags under the header are passed over. Rows with too many or
    too few cells are left out and reported; empty cells too many at the end of a row are nothing.

    Args:
        member: the file.
        rows: in a piece.
        columns: which columns to give; None = all that have a name.
        layout: how it is written, if a description of it says so.
        header: column names, if a description says them.

    Raises:
        InputError: the text breaks off its encoding, or a quoted cell is never closed.
    """
    layout = layout or layout_of(member)
    header = header if header is not None else header_of(member)
    wanted = {name: place for place, name in enumerate(header) if name and (columns is None or name in columns)}
    width = len(header) - layout.missing
    places = sorted(place for place in wanted.values() if place < width) or [0]
    held: list[Block] = []
    read, given = 0, False
    for block in blocks(member, layout, width, places, rows) if header else ():
        held.append(block)
        read += len(block.lines) + len(block.wrong)
        if read >= rows:
            yield _raw(member.name, header, wanted, held)
            held, read, given = [], 0, True
    if held or not given:
        yield _raw(member.name, header, wanted, held)


def _raw(name: str, header: tuple[str, ...], wanted: dict[str, int], held: list[Block]) -> RawTable:
    cells = pa.concat_tables([block.cells for block in held]) if held else None
    lines = np.concatenate([block.lines for block in held]) if held else np.array([], dtype="int64")
    columns = {
        column: pd.Series(cells[str(place)] if cells is not None else [], dtype=STR)
        for column, place in wanted.items()
        if cells is None or str(place) in cells.column_names
    }
    wrong = {line: words for block in held for line, words in block.wrong.items()}
    dropped = RejectedRows()
    dropped.add(
        name, "cell_unreadable", pd.Series(list(wrong), dtype="int64"), "", pd.Series(list(wrong.values()), dtype="str")
    )
    frame = pd.DataFrame(columns, index=range(len(lines)))
    for column in wanted.keys() - columns.keys():  # the last name of a header that is longer than its rows
        frame[column] = pd.Series("", index=frame.index, dtype=STR)
    return RawTable(name, header, frame, pd.Series(lines), dropped, len(lines) + len(wrong))
