"""Sheets of a workbook as tables of text, so that whatever is read as CSV is read from a workbook too.

That holds for camtrapR, SMART, makers of tags and all other tables that are recognised by their header. The workbook
that is handed out, and one of genotypes, have readers of their own.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from neaspec.crossings.input.csv_tables import header_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.readers.package import IdentityReader, Reader, StudyReader
from neaspec.crossings.readers.workbooks import sheets_of, text_of
from neaspec.errors import InputError

AnyReader = Reader | IdentityReader | StudyReader


def with_sheets(members: Sequence[Member], readers: Sequence[AnyReader]) -> list[Member]:
    """Put in the place of each workbook that only its sheets make known those sheets; others stay as they are.

    Args:
        members: all files given.
        readers: all there are.
    """
    expanded: list[Member] = []
    for member in members:
        sheets = [] if member.kind != "workbook" or _knows(readers, [member], {}) else _sheets(member)
        headers = _headers(sheets)
        is_known = any(
            _knows(readers, [sheet], {sheet.name: headers[sheet.name]}) for sheet in sheets if sheet.name in headers
        )
        expanded += [sheet for sheet in sheets if sheet.name in headers] if is_known else [member]
    return sorted(expanded, key=lambda member: member.name)


def _knows(readers: Sequence[AnyReader], members: list[Member], headers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a reader recognises these; one that says what is missing beside them recognises them too."""
    for reader in readers:
        try:
            if reader.packages(members, headers):
                return True
        except InputError:
            return True
    return False


def _headers(sheets: Sequence[Member]) -> dict[str, tuple[str, ...]]:
    headers = {}
    for sheet in sheets:
        try:
            headers[sheet.name] = header_of(sheet)
        except InputError:
            continue
    return headers


def _sheets(member: Member) -> list[Member]:
    """Return the sheets of a workbook as CSV; nothing if it cannot be read (which is said elsewhere)."""
    try:
        cells = sheets_of(member)
    except InputError:
        return []
    return [
        _as_table(member, title, rows)
        for title, rows in cells.items()
        if any(cell != "" for row in rows for cell in row)
    ]


def _as_table(member: Member, title: str, rows: list[list[object]]) -> Member:
    """Write a sheet as CSV, a row a line, so that lines are rows of the sheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        cells = [" ".join(text_of(cell).split("\n")).replace("\r", " ").replace("\0", " ") for cell in row]
        writer.writerow(cells if any(cells) else [])
    data = out.getvalue().encode("utf-8", "replace")
    name = f"{member.name}/{title.replace('/', '-')}.csv"
    return replace(
        member, name=name, size=len(data), opener=_opener(data), archive=member.name, path=None, remembered={}
    )


def _opener(data: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(data)
