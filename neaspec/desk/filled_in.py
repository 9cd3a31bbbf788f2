"""A workbook that came back: its rows as submissions, or everything that is wrong with it, by sheet, row and column.

Nothing of it is stored here; whoever reads it stores all of it or nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from neaspec.crossings.input.members import Member
from neaspec.crossings.readers.workbooks import sheets_of, text_of
from neaspec.data.description import read_description
from neaspec.desk.changes import Change, Row, Table, changes_of, problems_by_row, read_tables
from neaspec.desk.errors import SubmissionError
from neaspec.desk.kinds import KINDS, TABLE_OF, Field
from neaspec.desk.store import Submission
from neaspec.desk.workbook import FIRST_ROW, HOW, LISTS, allowed_of, choices_of, columns_of
from neaspec.errors import InputError
from neaspec.files import MEGABYTE
from neaspec.text import Words

MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 500  # in one workbook
OWN = ("country_code", "country_codes")  # where nothing is written it is the State that reports
MOST_TOLD = 100  # problems; a file of another kind would have one a cell


@dataclass(frozen=True)
class Line:
    """A row of a sheet that is filled in."""

    sheet: str
    number: int
    cells: Mapping[str, str]


def submissions_in(data: bytes, data_dir: Path, words: Words, country_code: str) -> list[tuple[str, dict[str, Any]]]:
    """Return kind and content of each submission in a workbook.

    Args:
        data: the file.
        data_dir: what is published.
        words: for what is told.
        country_code: the State that reports.

    Raises:
        SubmissionError: with everything that is wrong, each with sheet, row, column, what was found, what is allowed.
    """
    description, tables = read_description(data_dir), read_tables(data_dir)
    sheets = opened(data, words)
    problems: list[str] = []
    lines: list[Line] = []
    for kind, rows in sheets.items():
        lines += lines_of(kind, rows, {field.name for field in columns_of(description, kind)}, words, problems)
    for line in lines:
        for field in columns_of(description, line.sheet):
            problems += problems_of_cell(line, field, tables, words)
    if not lines and not problems:
        problems.append(words("desk.workbook_empty"))
    if len(lines) > MOST_ROWS:
        problems.append(words("desk.workbook_long", count=len(lines), most=MOST_ROWS))
    if not problems:
        problems = problems_together(lines, data_dir, tables, words, country_code)
    if problems:
        more = len(problems) - MOST_TOLD
        told = problems[:MOST_TOLD]
        raise SubmissionError([*told, words("desk.workbook_more", count=more)] if more > 0 else told)
    return contents_of(lines, tables, country_code)


def opened(data: bytes, words: Words) -> dict[str, list[list[Any]]]:
    """Return kind -> rows of the sheets of a workbook.

    Raises:
        SubmissionError: if it is none, or has a sheet that the desk does not know.
    """
    if len(data) > MOST_BYTES:
        raise SubmissionError([words("desk.workbook_large", most=MOST_BYTES // MEGABYTE)])
    if not data.startswith(b"PK\x03\x04"):
        raise SubmissionError([words("desk.workbook_none")])
    try:
        sheets = sheets_of(Member(words("desk.workbook"), len(data), lambda: BytesIO(data)))
    except InputError as refused:
        raise SubmissionError(refused.problems) from refused
    unknown = [name for name in sheets if name not in (*KINDS, LISTS, HOW)]
    if unknown:
        allowed = words.listed(KINDS, "comma")
        raise SubmissionError([words("desk.workbook_sheet", sheet=name, allowed=allowed) for name in unknown])
    return {kind: sheets[kind] for kind in KINDS if kind in sheets}


def lines_of(kind: str, rows: list[list[Any]], known: set[str], words: Words, problems: list[str]) -> Iterator[Line]:
    """Give the rows of a sheet that are filled in; tell a column that it should not have, once."""
    names = [text_of(cell).strip() for cell in rows[1]] if len(rows) > 1 else []
    for number, name in enumerate(names):
        is_filled = any(number < len(row) and text_of(row[number]).strip() for row in rows[FIRST_ROW - 1 :])
        if name not in known and (name or is_filled):
            allowed = words.listed(sorted(known), "comma")
            problems.append(words("desk.workbook_column", sheet=kind, column=name or str(number + 1), allowed=allowed))
    for number, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        cells = {name: text_of(cell).strip() for name, cell in zip(names, row, strict=False) if name in known}
        if any(cells.values()):
            yield Line(kind, number, cells)


def problems_of_cell(line: Line, field: Field, tables: Mapping[str, Table], words: Words) -> list[str]:
    """Say what is wrong with a cell by itself: missing, of another type, outside the limits, no such value."""
    text = line.cells.get(field.name, "")
    if not text:
        is_wrong = field.is_required and field.name not in OWN
    elif choices := choices_of(field, tables):
        is_wrong = text not in choices
    elif field.type in ("integer", "number"):
        is_wrong = not is_number(text, field)
    else:
        is_wrong = bool(field.pattern) and not re.fullmatch(field.pattern, text)
    if not is_wrong:
        return []
    allowed = allowed_of(field, words) or words.term("desk_type", field.type)
    return [told(words, line, field.name, text, allowed)]


def is_number(text: str, field: Field) -> bool:
    """Tell whether a text is a number as its column wants it."""
    try:
        value = int(text) if field.type == "integer" else float(text)
    except ValueError:
        return False
    return value == value and not (
        (field.minimum is not None and value < field.minimum) or (field.maximum is not None and value > field.maximum)
    )


def told(words: Words, line: Line, column: str, found: str, allowed: str) -> str:
    """Say where something is wrong, what was found and what is allowed."""
    return words(
        "desk.workbook_cell",
        sheet=line.sheet,
        row=line.number,
        column=column,
        found=found[:80] or words("desk.workbook_nothing"),
        allowed=allowed,
    )


def problems_together(
    lines: list[Line], data_dir: Path, tables: Mapping[str, Table], words: Words, country_code: str
) -> list[str]:
    """Say what the checks of the build find against all rows together, by the sheet and row that each comes from."""
    problems: list[str] = []
    changes: list[Change] = []
    line_of: dict[tuple[str, str], Line] = {}
    report: Row = {"title": "-", "publisher": country_code, "language": "en"}
    for submission, line in drafted(lines, tables, country_code):
        try:
            rows = changes_of(submission, tables, report, "2026-01-01")
        except SubmissionError as refused:
            place = {"sheet": line.sheet, "row": line.number}
            problems += [words("desk.workbook_row", **place, what=what) for what in refused.problems]
            continue
        for change in rows:
            line_of[(change.table, change.key)] = line
        changes += rows
    if problems or not changes:
        return problems
    try:
        found = problems_by_row(data_dir, changes)
    except SubmissionError as refused:  # two rows of the workbook change one row on record
        return refused.problems
    for table, key, what in found:
        line = line_of.get((table, key), Line(table, 0, {}))
        place = {"sheet": line.sheet, "row": line.number} if line.number else {"sheet": table, "row": key}
        problems.append(words("desk.workbook_row", **place, what=what))
    return problems


def drafted(lines: list[Line], tables: Mapping[str, Table], country_code: str) -> Iterator[tuple[Submission, Line]]:
    """Give the submissions of a workbook as if they were stored, each with its first line."""
    for number, (kind, content, line) in enumerate(_contents(lines, tables, country_code)):
        yield Submission(f"{number:032x}"[::-1], kind, country_code, "", "draft", 1, None, content), line


def contents_of(lines: list[Line], tables: Mapping[str, Table], country_code: str) -> list[tuple[str, dict[str, Any]]]:
    """Return kind and content of the submissions of a workbook."""
    return [(kind, content) for kind, content, _ in _contents(lines, tables, country_code)]


def _contents(
    lines: list[Line], tables: Mapping[str, Table], country_code: str
) -> Iterator[tuple[str, dict[str, Any], Line]]:
    corrected: dict[tuple[str, str], tuple[dict[str, Any], Line]] = {}
    for line in lines:
        cells = dict(line.cells)
        if line.sheet in TABLE_OF:
            own = {name: country_code for name in OWN if cells.get(name) == ""}
            yield line.sheet, {"row": cells | own}, line
            continue
        content: dict[str, Any] = {name: cells.get(name, "") for name in ("table", "key", "reason")}
        if line.sheet != "correction":
            yield line.sheet, content, line
            continue
        before = tables[content["table"]].rows.get(content["key"], {}) if content["table"] in tables else {}
        start = content | {"row": {}, "before": {}, "is_sensitive": before.get("is_sensitive", "")}
        known, _ = corrected.setdefault((content["table"], content["key"]), (start, line))
        known["row"][cells["column"]] = cells.get("value", "")
        known["before"][cells["column"]] = before.get(cells["column"], "")
    for content, line in corrected.values():
        yield "correction", content, line
