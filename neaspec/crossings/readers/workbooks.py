"""Workbooks (.xlsx) as rows of cells, opened only when it is known that they are no trap.

Formulas are never evaluated: the values that the program which wrote the file left in it are read. A file can say in a
few bytes that it has a cell in the last column of the last row; the library would then set aside room for 17 thousand
million cells. Therefore the cells are looked through as bytes first.
"""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from neaspec.crossings.input.csv_tables import MOST_COLUMNS
from neaspec.crossings.input.members import Member, reading_errors
from neaspec.errors import InputError
from neaspec.files import MEGABYTE

MOST_BYTES = 100 * MEGABYTE
MOST_CELLS = 5_000_000  # in the rectangle of a sheet
_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_AS_USUAL = re.compile(rb"""<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(/?)>""")
# Other ways to write the same; a name in quotes inside another attribute is not taken for the cell's own.
_OTHERS = rb"""(?:\s+(?!r\s*=)[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*"""
_CELL = re.compile(
    rb"<(?:\w+:)?c" + _OTHERS + rb"""\s+r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""" + _OTHERS + rb"\s*(/?)>"
)
_UNNUMBERED = re.compile(rb"<(?:\w+:)?c" + _OTHERS + rb"\s*/?>")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["']([0-9]{1,7})["']""")
_BLOCK = 4 * MEGABYTE
_LONGEST_TAG = 10_000


def sheets_of(member: Member) -> dict[str, list[list[Any]]]:
    """Return the sheets of a workbook: name -> rows of cells, the first row being row 1.

    Cells are text, numbers, truths, dates, times; an empty cell is an empty text.

    Raises:
        InputError: it is damaged, protected with a password, or too large.
    """
    if "sheets" not in member.remembered:
        member.remembered["sheets"] = _read(member)
    sheets: dict[str, list[list[Any]]] = member.remembered["sheets"]
    return sheets


def text_of(cell: Any) -> str:
    """Return a cell as text: whole numbers without a point, dates as 2024-05-31, times as 08:15:00."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S") if cell.time() != time() else cell.strftime("%Y-%m-%d")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _read(member: Member) -> dict[str, list[list[Any]]]:
    data = member.bytes(MOST_BYTES)
    _check_cells(member.name, data)
    sheets: dict[str, list[list[Any]]] = {}
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    sheets[sheet.name] = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except python_calamine.PasswordError as error:
        raise InputError([f"{member.name}: protected with a password; save it without one"]) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library's own language is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise InputError([f"{member.name}: a workbook that cannot be read; save it again as .xlsx"]) from error
    return sheets


def _check_cells(name: str, data: bytes) -> None:
    """Refuse a workbook whose sheets reach too far.

    Raises:
        InputError: which sheet, and how far it may reach.
    """
    problems = []
    with reading_errors(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if not (part.startswith("xl/worksheets/") and part.endswith(".xml")):
                continue
            width, height = _reach(archive, part, name)
            if width > MOST_COLUMNS or width * height > MOST_CELLS:
                sheet = part.removeprefix("xl/worksheets/")
                problems.append(
                    f"{name}, {sheet}: cells down to row {height:,} and column {width:,}; up to "
                    f"{MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells are read. Larger tables: as CSV"
                )
    if problems:
        raise InputError(problems)


def _reach(archive: zipfile.ZipFile, part: str, name: str) -> tuple[int, int]:
    """Return how many columns and rows the filled cells of a sheet need.

    Raises:
        InputError: cells are numbered in a way that is not known, so that their place cannot be told.
    """
    width = height = 0
    rest = b""
    with archive.open(part) as stream:
        while True:
            block = stream.read(_BLOCK)
            text = rest + block
            cut = text.rfind(b"<") if block else len(text)  # the last tag may go on in the next block
            text, rest = text[:cut], text[cut:]
            wide, high = _reach_of(text, f"{name}, {part.removeprefix('xl/worksheets/')}")
            width, height = max(width, wide), max(height, high)
            if not block:
                return width, height
            if len(rest) > _LONGEST_TAG:
                raise InputError([f"{name}: a workbook that cannot be read; save it again as .xlsx"])


def _reach_of(text: bytes, where: str) -> tuple[int, int]:
    tags = len(_TAG.findall(text))
    cells = _AS_USUAL.findall(text)
    unnumbered = 0
    if len(cells) != tags:
        cells, unnumbered = _CELL.findall(text), len(_UNNUMBERED.findall(text))
    if b"\0" in text or len(cells) + unnumbered != tags:
        raise InputError([f"{where}: cells that are numbered in no known way; save it again as .xlsx"])
    filled = [cell for cell in cells if not cell[2]]
    width = max((_column(letters.upper()) for letters in {cell[0] for cell in filled}), default=0)
    height = max(map(int, {cell[1] for cell in filled}), default=0)
    if unnumbered:  # they stand one beside the other in their row
        width, height = max(width, min(unnumbered, 16_384)), max([height, *map(int, _ROW.findall(text))])
    return width, height


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
