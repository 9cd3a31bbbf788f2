"""Text files as tables: encoding, delimiter and header found out; rows read in pieces as text, each with its line.

Nothing is guessed about cells: all are text, so that numbers in names keep their zeros. Line numbers are exact in any
piece, also with line breaks inside quotes, because one csv reader goes through the whole file and counts.
"""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

import pandas as pd
import pyarrow as pa

from neaspec.crossings.encodings import encoding_of
from neaspec.crossings.inputs import Member
from neaspec.crossings.lines import Lines
from neaspec.crossings.records import Dropped
from neaspec.errors import InputError

DELIMITERS = ("\t", ";", "|", ",")  # the first of two that fit equally well: commas also stand in numbers
MOST_COLUMNS = 1_000
MOST_CELL = 131_072
ROWS_AT_ONCE = 10_000  # cells of so many rows are held as Python texts
LINES_TO_CHECK = 20
WEB_PAGE = re.compile(r"\s*(<!doctype html|<html|<head|<body)", re.IGNORECASE)
HASHTAG = re.compile(r"\s*#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*\s*$", re.IGNORECASE)
NUMERIC_NAME = re.compile(r"\d\s*[.,:°'′\s]\s*\d|\d{4}|^[^A-Za-z_]*\d")
STR = pd.StringDtype("pyarrow", na_value=float("nan"))  # what pandas calls str


@dataclass(frozen=True)
class Layout:
    """How a text is written.

    Attributes:
        encoding: as Python names it.
        delimiter: between cells.
        quote: around cells that hold delimiters; "" = none.
        lines_before: lines before the first row of data, the header among them; 0 = no header line.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    lines_before: int = 1


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
    dropped: Dropped = field(default_factory=Dropped)
    read: int = 0


def layout_of(member: Member) -> Layout:
    """Find out how a text is written, once for a member.

    Raises:
        InputError: it is no text, a web page, empty, or has no encoding that fits.
    """
    if "layout" not in member.remembered:
        member.remembered["layout"], member.remembered["header"] = _found_out(member)
    found: Layout = member.remembered["layout"]
    return found


def header_of(member: Member) -> tuple[str, ...]:
    """Return the column names of the table, without spaces around them.

    Raises:
        InputError: it is no table, a name is there twice, or there are more than 1,000 columns.
    """
    layout_of(member)
    header: tuple[str, ...] = member.remembered["header"]
    return header


def notes_of(layout: Layout) -> tuple[str, ...]:
    """Return what a report should say about how a file was read, as keys."""
    return () if layout.encoding.startswith("utf") else (f"read_as_{layout.encoding}",)


def _found_out(member: Member) -> tuple[Layout, tuple[str, ...]]:
    kind = member.kind
    if kind == "empty":
        raise InputError([f"{member.name}: the file is empty"])
    if kind != "text":
        raise InputError([f"{member.name}: {member.signature or 'binary data'}; a table as text (CSV) is expected"])
    encoding = encoding_of(member)
    with Lines(member, encoding) as lines:
        first: list[str] = []
        skipped = 0
        for line in lines:
            if not first and (not line.strip("\ufeff \t\r\n") or line.lower().startswith("sep=")):
                skipped += 1
                continue
            first.append(line)
            if len(first) > LINES_TO_CHECK:
                break
    if not first:
        raise InputError([f"{member.name}: the file holds nothing but empty lines"])
    if WEB_PAGE.match(first[0]):
        raise InputError([
            f"{member.name}: a web page instead of a table. Movebank answers with its licence as a page until it is "
            "accepted: open the study on movebank.org, accept, download again"
        ])  # fmt: skip
    delimiter = _delimiter(first)
    layout = Layout(encoding, delimiter, '"', skipped + 1)
    header, used = _header(member.name, first, layout)
    return replace(layout, lines_before=skipped + used), header


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


def _header(name: str, lines: list[str], layout: Layout) -> tuple[tuple[str, ...], int]:
    reader = csv.reader(lines, **_dialect(layout))  # type: ignore[arg-type]
    try:
        cells = next(reader)
    except csv.Error as error:
        raise InputError([f"{name}, line {layout.lines_before}: no header line ({error})"]) from error
    header = tuple(re.sub(r"\s+", " ", cell).strip().strip("\ufeff") for cell in cells)
    return checked_header(name, header), reader.line_num


def shown_name(name: str) -> str:
    """Return a column name as it may be told: a file without a header shows its first row, which can hold positions."""
    return "(a number)" if NUMERIC_NAME.search(name) else name[:40] or "(no name)"


def checked_header(name: str, header: tuple[str, ...]) -> tuple[str, ...]:
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


def _dialect(layout: Layout) -> dict[str, object]:
    if layout.quote:
        return {"delimiter": layout.delimiter, "quotechar": layout.quote}
    return {"delimiter": layout.delimiter, "quoting": csv.QUOTE_NONE}


def width_of(member: Member, layout: Layout) -> int:
    """Return how many cells the first line that is not empty has (a header line counts)."""
    for batch, _ in _batches(member, replace(layout, lines_before=0), 1):
        if any(batch[0]):
            return len(batch[0])
    return 0


def chunks(
    member: Member,
    rows: int = 200_000,
    columns: Collection[str] | None = None,
    layout: Layout | None = None,
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
    wanted = [(place, name) for place, name in enumerate(header) if name and (columns is None or name in columns)]
    frames: list[pa.Table] = []
    lines: list[int] = []
    dropped, read, given, begun = Dropped(), 0, False, False
    for batch, numbers in _batches(member, layout, min(rows, ROWS_AT_ONCE)):
        if not begun and any(map(any, batch)):
            begun = True
            _without_hashtags(batch, numbers)
        fitting, at, read_now = _fitting(member.name, batch, numbers, len(header), dropped)
        read += read_now
        places = list(zip(*fitting, strict=True)) if fitting else [() for _ in header]
        frames.append(pa.table({name: pa.array(places[place], pa.large_string()) for place, name in wanted}))
        lines.extend(at)
        if read >= rows:
            yield _raw(member.name, header, wanted, frames, lines, dropped, read)
            frames, lines, dropped, read, given = [], [], Dropped(), 0, True
    if read or not given:
        yield _raw(member.name, header, wanted, frames, lines, dropped, read)


def _raw(
    name: str, header: tuple[str, ...], wanted: list[tuple[int, str]], tables: list[pa.Table], lines: list[int],
    dropped: Dropped, read: int,
) -> RawTable:  # fmt: skip
    table = pa.concat_tables(tables) if tables else None
    columns = {
        column: pd.Series(table[column] if table is not None else [], dtype=STR) for _, column in wanted
    }  # fmt: skip
    frame = pd.DataFrame(columns, index=range(len(lines)))
    return RawTable(name, header, frame, pd.Series(lines, dtype="int64"), dropped, read)


def _batches(member: Member, layout: Layout, size: int) -> Iterator[tuple[list[list[str]], list[int]]]:
    """Give rows of cells with the line each begins at."""
    csv.field_size_limit(MOST_CELL)
    with Lines(member, layout.encoding) as lines:
        source = iter(lines)
        reader = csv.reader(source, **_dialect(layout))  # type: ignore[arg-type]
        for _ in range(layout.lines_before):
            next(source, None)
        batch: list[list[str]] = []
        numbers: list[int] = []
        begins = layout.lines_before + 1
        try:
            for row in reader:
                batch.append(row)
                numbers.append(begins)
                begins = layout.lines_before + reader.line_num + 1
                if len(batch) >= size:
                    yield batch, numbers
                    batch, numbers = [], []
        except csv.Error as error:
            raise InputError([
                f"{member.name}, line {begins}: a cell of more than {MOST_CELL:,} letters; a quotation mark that opens "
                f"here may never be closed ({error})"
            ]) from error  # fmt: skip
        if batch:
            yield batch, numbers


def _without_hashtags(batch: list[list[str]], numbers: list[int]) -> None:
    """Take away the row of HXL hashtags, if that is what the first row is."""
    place = next(place for place, row in enumerate(batch) if any(row))
    if all(HASHTAG.match(cell) for cell in batch[place] if cell):
        del batch[place], numbers[place]


def _fitting(
    name: str, batch: list[list[str]], numbers: list[int], width: int, dropped: Dropped
) -> tuple[list[list[str]], list[int], int]:
    """Return the rows that have a cell for each column, their lines, and how many rows there were."""
    if all(len(row) == width for row in batch) and all(map(any, batch)):
        return batch, numbers, len(batch)
    fitting, at, wrong_at, wrong = [], [], [], []
    for row, number in zip(batch, numbers, strict=True):
        if not any(row):
            continue
        if len(row) > width and not any(row[width:]):
            row = row[:width]
        if len(row) == width:
            fitting.append(row)
            at.append(number)
        else:
            wrong_at.append(number)
            wrong.append(f"{len(row)} cells instead of {width}")
    rows = pd.Series(wrong_at, dtype="int64")
    dropped.add(name, "cell_unreadable", rows, "", pd.Series(wrong, dtype="str"))
    return fitting, at, len(fitting) + len(wrong)
