"""Rows out of text, in blocks: regular blocks by Arrow's parser, all others by Python's, with the same result.

Python's csv reader defines what a row is. A block of text goes to Arrow, many times faster, only if it is certain that
both read it alike: every quotation mark opens or closes a cell, every row has as many cells as there are columns, and
no row is empty. Lines are counted over the whole file, line breaks in cells included.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from neaspec.crossings.input.members import Member
from neaspec.errors import InputError

MOST_LINE = 1_000_000  # letters in one line
MOST_CELL = 131_072
BLOCK = 1 << 22  # letters read at once
NEW_LINE = ord("\n")
ROWS_AT_ONCE = 10_000  # cells of so many rows are held as Python texts
HASHTAG = re.compile(r"\s*#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*\s*$", re.IGNORECASE)
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CsvDialect:
    """How a text is written.

    Attributes:
        encoding: as Python names it.
        delimiter: between cells.
        quote: around cells that hold delimiters; "" = none.
        lines_before: lines before the first row of data, the header among them; 0 = no header line.
        missing: how many names at the end of the header have no cells under them.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    lines_before: int = 1
    missing: int = 0  # columns at the end of the header that no row has

    @property
    def dialect(self) -> dict[str, Any]:
        """The same in the words of Python's csv reader."""
        if self.quote:
            return {"delimiter": self.delimiter, "quotechar": self.quote}
        return {"delimiter": self.delimiter, "quoting": csv.QUOTE_NONE}


@dataclass(frozen=True)
class Block:
    """Some rows.

    Attributes:
        cells: one column for each that is wanted, named by its place ("0" is the first).
        lines: the line each row begins at, aligned with `cells`.
        wrong: line -> what is wrong, for rows with another number of cells.
    """

    cells: pa.Table
    lines: Places
    wrong: dict[int, str] = field(default_factory=dict)


class CsvText:
    """A text as whole lines, ends of lines all made LF (CR alone counts)."""

    def __init__(self, member: Member, encoding: str) -> None:
        self.name, self.encoding, self.carry = member.name, encoding, ""
        self.line = 1  # of the next letter
        self.text = io.TextIOWrapper(member.open(), encoding=encoding, newline=None)

    def __enter__(self) -> "CsvText":
        return self

    def __exit__(self, *_: object) -> None:
        self.text.close()

    def next_line(self) -> str:
        """Return the next line; empty at the end."""
        line = self._read_text(self.text.readline, MOST_LINE + 1)
        self._check(line)
        self.line += 1
        return line

    def next_block(self) -> str:
        """Return the next whole lines; empty at the end. The line number is for the reader to move on."""
        while True:
            piece = self._read_text(self.text.read, BLOCK)
            self.carry += piece
            cut = self.carry.rfind("\n") + 1 if piece else len(self.carry)
            if cut or not piece:
                block, self.carry = self.carry[:cut], self.carry[cut:]
                return block
            self._check(self.carry)

    def put_back(self, rest: str) -> None:
        """Give back the end of a block."""
        self.carry = rest + self.carry

    def _read_text(self, read: Any, size: int) -> str:
        try:
            piece: str = read(size)
        except UnicodeError as error:
            raise InputError([f"{self.name}, after line {self.line - 1}: not {self.encoding} text"]) from error
        return piece

    def _check(self, line: str) -> None:
        if len(line) > MOST_LINE:
            raise InputError([f"{self.name}, line {self.line}: longer than {MOST_LINE:,} letters; not a table"])


def blocks(member: Member, layout: CsvDialect, width: int, wanted: Sequence[int], rows: int) -> Iterator[Block]:
    """Give the rows of a table. Empty rows and a first row of HXL hashtags are passed over.

    Args:
        member: the file.
        layout: how it is written.
        width: number of columns.
        wanted: places of the columns to give; at least one.
        rows: most rows of a block.

    Raises:
        InputError: the text breaks off its encoding, or a quoted cell is never closed.
    """
    begun = False
    with CsvText(member, layout.encoding) as text:
        for _ in range(layout.lines_before):
            text.next_line()
        while block := text.next_block():
            may_be_hashtags = not begun and "#" in block[:MOST_LINE].lstrip("\n").partition("\n")[0]
            regular = None if may_be_hashtags else _regular(text, block, layout, width, wanted)
            if regular is None:
                for each in _irregular(text, block, layout, width, wanted, min(rows, ROWS_AT_ONCE), not begun):
                    begun = True
                    yield each
                continue
            begun = True
            for start in range(0, len(regular.lines), rows):
                yield Block(regular.cells.slice(start, rows), regular.lines[start : start + rows])


def _regular(text: CsvText, block: str, layout: CsvDialect, width: int, wanted: Sequence[int]) -> Block | None:
    """Read a block by Arrow; None, and nothing changed, if it is not certain that Python would read the same."""
    delimiter, quote = layout.delimiter.encode(), layout.quote.encode()
    if len(delimiter) != 1 or len(quote) > 1:
        return None
    data = block.encode()
    letters = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(letters == NEW_LINE)
    if not data.endswith(b"\n"):
        ends = np.append(ends, len(data))
    quotes = np.flatnonzero(letters == quote[0]) if quote else ends[:0]
    row_ends = ends[np.searchsorted(quotes, ends) % 2 == 0]  # an end of line between two quotation marks is in a cell
    if not len(row_ends) or np.diff(ends, prepend=-1).max() > MOST_CELL:
        return None
    if not _all_open_or_close(letters, quotes, [delimiter[0], NEW_LINE, *quote]):
        return None
    cut = int(row_ends[-1]) + 1
    data, rest, ends = data[:cut], data[cut:], ends[ends < cut]
    if re.search(b"\n[" + re.escape(delimiter + quote) + b"]*(?:\n|(?<!\n)\\Z)", b"\n" + data):
        return None  # an empty row
    table = _by_arrow(data, layout, width, wanted, bool(len(quotes)))
    if table is None or len(table) != len(row_ends):
        return None
    lines = text.line + np.concatenate([[0], np.searchsorted(ends, row_ends[:-1]) + 1])
    text.line += len(ends)
    text.put_back(rest.decode())
    return Block(table, lines.astype("int64"))


def _all_open_or_close(letters: npt.NDArray[np.uint8], quotes: Places, beside: list[int]) -> bool:
    """Whether quotation marks in turn begin a cell and end one (two beside each other inside a cell do both)."""
    opening, closing = quotes[::2], quotes[1::2]
    before, after = letters[opening[opening > 0] - 1], letters[closing[closing + 1 < len(letters)] + 1]
    return bool(np.isin(before, beside).all() and np.isin(after, beside).all())


def _by_arrow(data: bytes, layout: CsvDialect, width: int, wanted: Sequence[int], quoted: bool) -> pa.Table | None:
    wrong: list[int] = []

    def note(row: Any) -> str:
        wrong.append(row.actual_columns)
        return "skip"

    names = [str(place) for place in wanted]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(
                use_threads=False, block_size=len(data) + 1, column_names=[str(place) for place in range(width)]
            ),
            arrow_csv.ParseOptions(
                delimiter=layout.delimiter,
                quote_char=layout.quote if quoted else False,
                double_quote=True,
                escape_char=False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                include_columns=names,
                strings_can_be_null=False,
                null_values=[],
                check_utf8=False,
            ),
        )
    except pa.ArrowException:
        return None
    return None if wrong else table


class _Lines:
    """Lines of a block, and of the next blocks as long as a row goes on."""

    def __init__(self, text: CsvText, block: str) -> None:
        self.text, self.lines = text, io.StringIO(block, newline="\n").readlines()
        self.place = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.place == len(self.lines):
            block = self.text.next_block()
            if not block:
                raise StopIteration
            self.lines.extend(io.StringIO(block, newline="\n").readlines())
        self.place += 1
        return self.lines[self.place - 1]


def _irregular(
    text: CsvText, block: str, layout: CsvDialect, width: int, wanted: Sequence[int], rows: int, is_first: bool
) -> Iterator[Block]:
    """Read a block by Python's csv reader, and what follows up to the end of a row."""
    csv.field_size_limit(MOST_CELL)
    source = _Lines(text, block)
    reader = csv.reader(source, **layout.dialect)
    first, begins = text.line, text.line
    batch: list[tuple[int, list[str]]] = []
    while reader.line_num < len(source.lines):
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise InputError(
                [
                    f"{text.name}, line {begins}: a cell of more than {MOST_CELL:,} letters; a quotation mark that "
                    f"opens here may never be closed ({error})"
                ]
            ) from error
        if row is None:
            break
        taken = source.lines[begins - first : reader.line_num]
        if len(taken) > 1 and reader.line_num == len(source.lines) and _is_open(taken, layout):
            raise InputError(
                [
                    f"{text.name}, line {begins}: a quotation mark that opens here is never closed, so that all "
                    f"{len(taken):,} lines up to the end would be one row"
                ]
            )
        if any(row):
            if not (is_first and all(HASHTAG.match(cell) for cell in row if cell)):
                batch.append((begins, row))
            is_first = False
        begins = first + reader.line_num
        if len(batch) >= rows:
            yield _block(batch, width, wanted)
            batch = []
    text.line = first + len(source.lines)
    if batch:
        yield _block(batch, width, wanted)


def _is_open(lines: Sequence[str], layout: CsvDialect) -> bool:
    """Whether the lines end inside quotation marks."""
    try:
        for _ in csv.reader(lines, strict=True, **layout.dialect):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _block(batch: Sequence[tuple[int, list[str]]], width: int, wanted: Sequence[int]) -> Block:
    fitting, lines, wrong = [], [], {}
    for line, row in batch:
        if len(row) == width or (len(row) > width and not any(row[width:])):
            fitting.append(row[:width])
            lines.append(line)
        else:
            wrong[line] = f"{len(row)} cells instead of {width}"
    columns = list(zip(*fitting, strict=True)) if fitting else [()] * width
    cells = pa.table({str(place): pa.array(columns[place], pa.large_string()) for place in wanted})
    return Block(cells, np.array(lines, dtype="int64"), wrong)
