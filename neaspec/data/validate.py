"""Check data/*.csv against data/datapackage.json: each problem with file, line, column, found, allowed.

The description itself comes first (description.py). The frictionless library checks types, constraints and unique keys.
What it has no word for, or is slow at, is checked here: whole files, keys of other tables, lists of keys, keys that
name their table in another column; and in rules of one row (validate_rows.py), of days (validate_days.py) and between
tables (validate_links.py).
"""

import csv
import json
import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package, system
from frictionless.errors import PrimaryKeyError

from neaspec.data.cache import SharedCache
from neaspec.data.description import read_description, tables_of
from neaspec.data.validate_days import check_day_order, check_days
from neaspec.data.validate_links import check_links
from neaspec.data.validate_rows import (
    Rows,
    allowed,
    check_blanks,
    check_decimals,
    check_numbers,
    check_order,
    check_origins,
    check_required_where,
    shown,
)
from neaspec.errors import DataError

MOST_CHECKED = 400  # contents of tables whose problems are kept: a few updates of all of them
CHECKED: SharedCache[tuple[str, ...]] = SharedCache(MOST_CHECKED)
# Columns that hold the name of a table, and the column with the key in that table.
POLYMORPHIC = {"subject_table": "subject_id", "from_table": "from_id"}
# Files of data/ that are not tables.
OTHER_FILES = {"datapackage.json", "README.md", "edition.json"}  # the last one is beside the tables of an edition
LINE_ENDS = {b"\n": "LF", b"\r": "CR", b"\r\n": "CR LF"}
# A thing that is not in a table: the programme as a whole.
PROGRAMME = ("programme", "neaspec")


def check_tables(data_dir: Path) -> dict[str, Any]:
    """Check all tables and return their description.

    Raises:
        DataError: with all problems found, not only the first.
    """
    description = read_description(data_dir)
    tables = tables_of(description)
    problems = [*check_files(data_dir, tables)]
    broken = {problem.partition(":")[0] for problem in problems}
    whole = [table for table in tables if table["path"] not in broken]
    problems += check_with_frictionless(data_dir, description, whole)
    rows = {table["name"]: read_rows(data_dir / table["path"]) for table in whole}
    keys = {table["name"]: {row[table["schema"]["primaryKey"][0]] for _, row in rows[table["name"]]} for table in whole}
    seen = {row["document_id"]: row["seen_date"] for _, row in rows.get("documents", [])}
    for table in whole:
        problems += check_references(table, rows[table["name"]], keys)
        problems += check_lists(table, rows[table["name"]], keys)
        problems += check_polymorphic(table, rows[table["name"]], keys)
        problems += check_required_where(table, rows[table["name"]])
        problems += check_origins(table, rows[table["name"]], keys[table["name"]])
        problems += check_decimals(table, rows[table["name"]])
        problems += check_numbers(table, rows[table["name"]])
        problems += check_order(table, rows[table["name"]])
        problems += check_blanks(table, rows[table["name"]])
        problems += check_days(table, rows[table["name"]], seen)
        problems += check_day_order(table, rows[table["name"]])
    problems += check_links(whole, rows)
    if problems:
        raise DataError(list(dict.fromkeys(problems)))  # a number beyond all bounds breaks two rules in the same words
    return description


def check_files(data_dir: Path, tables: list[dict[str, Any]]) -> Iterator[str]:
    """Give the problems of whole files: missing, not described, not UTF-8, another header."""
    described = {table["path"] for table in tables}
    for path in sorted(data_dir.iterdir()):
        known = path.name in described | OTHER_FILES or path.is_dir() or path.name.startswith(("neaspec", "."))
        if not known:
            yield f"{path.name}: is not described in datapackage.json; allowed are its tables and {sorted(OTHER_FILES)}"
    for table in tables:
        path = data_dir / table["path"]
        expected = [field["name"] for field in table["schema"]["fields"]]
        if not path.is_file():
            yield f"{table['path']}: the file is missing"
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as problem:
            line = path.read_bytes()[: problem.start].count(b"\n") + 1
            yield f"{table['path']}:{line}: is not UTF-8 (byte {problem.object[problem.start]:#04x}); save it as UTF-8"
            continue
        if text.startswith("\ufeff"):
            yield f"{table['path']}:1: begins with a byte order mark; save it as UTF-8 without one (without BOM)"
            continue
        if "\0" in text:
            yield f"{table['path']}:{1 + text.partition(chr(0))[0].count(chr(10))}: has a zero byte; save it as UTF-8"
            continue
        if ends := mixed_line_ends(path.read_bytes()):
            yield f"{table['path']}:{ends}"
            continue
        if not text:
            yield f"{table['path']}: the file is empty; expected at least the line with the names of its columns"
            continue
        header = next(csv.reader(text.splitlines()), [])
        if header != expected:
            missing = [name for name in expected if name not in header]
            unknown = [name for name in header if name not in expected]
            twice = sorted({name for name in header if header.count(name) > 1})
            order = f", twice {twice}" if twice else "" if missing or unknown else " in another order"
            yield f"{table['path']}:1: has the columns {header}{order}; lacks {missing}, does not know {unknown}"


def mixed_line_ends(content: bytes) -> str:
    """Say where a file has another kind of line end than in its first line; nothing if all are alike."""
    ends = re.finditer(rb"\r\n|\r|\n", content)
    first = next(ends, None)
    for number, end in enumerate(ends, start=2):
        if first is not None and end[0] != first[0]:
            return (
                f"{number}: ends with {LINE_ENDS[end[0]]}, the lines before with {LINE_ENDS[first[0]]}; line ends are "
                "mixed, or stand in a cell: save the file with LF only"
            )
    return ""


def check_with_frictionless(data_dir: Path, description: dict[str, Any], tables: list[dict[str, Any]]) -> list[str]:
    """Return what the frictionless library finds, in this project's words.

    A table is checked once for what is in it and how it is described: an update changes one or two of them.
    """
    problems: list[str] = []
    with system.use_context(trusted=True):
        described = package_of({**description, "resources": []}, data_dir)
        for table in tables:
            content = (data_dir / table["path"]).read_bytes()
            key = (sha256(content).hexdigest(), json.dumps([table, described.to_descriptor()], sort_keys=True))
            problems += CHECKED.get_or_make(key, partial(table_problems, data_dir, description, table))
    return problems


def package_of(description: dict[str, Any], data_dir: Path) -> Package:
    """Return a description as the library knows it.

    Raises:
        DataError: if the library does not take it.
    """
    try:
        return Package.from_descriptor(description, basepath=str(data_dir))
    except FrictionlessException as problem:
        reasons = problem.reasons or [problem.error]
        raise DataError([f"datapackage.json: {error.message}" for error in reasons]) from problem


def table_problems(data_dir: Path, description: dict[str, Any], table: dict[str, Any]) -> tuple[str, ...]:
    """Return what the library finds in one table.

    Raises:
        DataError: if the library does not take its description.
    """
    report = package_of({**description, "resources": [without_references(table)]}, data_dir).validate()
    if report.errors:
        return tuple(f"datapackage.json: {error.message}" for error in report.errors)
    rows = cells_by_line(data_dir / table["path"])
    wrong = dict(check_lengths(table, rows))
    lines = [line for line, _ in rows]
    errors = [
        error for task in report.tasks for error in task.errors if getattr(error, "row_number", None) not in wrong
    ]
    return (*wrong.values(), *(tell(error, table, lines) for error in errors))


def check_lengths(table: dict[str, Any], rows: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Give (row, problem) of rows that are empty, cut short or too long; what else is wrong there follows from that."""
    expected = len(table["schema"]["fields"])
    for number, (line, cells) in enumerate(rows, start=1):
        if cells == 0:
            yield number, f"{table['path']}:{line}: is empty; remove the line"
        elif cells != expected:
            hint = "is a cell with a comma or a quotation mark not quoted?"
            yield number, f"{table['path']}:{line}: has {cells} cells, expected {expected}; {hint}"


def without_references(table: dict[str, Any]) -> dict[str, Any]:
    """Drop the foreign keys: the library reads the other table again for each of them, check_references does not."""
    return {**table, "schema": {key: value for key, value in table["schema"].items() if key != "foreignKeys"}}


def cells_by_line(path: Path) -> list[tuple[int, int]]:
    """Return (line it begins on, number of cells) of each row; a quoted cell may hold line breaks."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        places, before = [], 0
        for row in reader:
            places.append((before + 1, len(row)))
            before = reader.line_num
    return places


def tell(error: Any, table: dict[str, Any], lines: list[int]) -> str:
    """Say one error of the library as `file:line: column is 'found', allowed`."""
    number = getattr(error, "row_number", None)
    line = f":{lines[number - 1]}" if number and number <= len(lines) else ""
    place = f"{table['path']}{line}: "
    if isinstance(error, PrimaryKeyError):
        first = re.search(r"position (\d+)", error.note)
        same = f"the same as in line {lines[int(first[1]) - 1]}" if first else error.note
        return f"{place}{table['schema']['primaryKey'][0]} is {', '.join(map(repr, error.cells[:1]))}, {same}"
    name = getattr(error, "field_name", None)
    if name is None:
        return f"{place}{error.note or error.message}"
    field: dict[str, Any] = next((column for column in table["schema"]["fields"] if column["name"] == name), {})
    return f"{place}{name} is {shown(str(getattr(error, 'cell', '')))}, {allowed(field)}"


def read_rows(path: Path) -> Rows:
    """Return (line, row) pairs; a row that is cut short has empty cells, its problem is told elsewhere."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, restval="")
        rows, before = [], 1
        for row in reader:
            rows.append((before + 1, row))
            before = reader.line_num
    return rows


def check_references(table: dict[str, Any], rows: Rows, keys: dict[str, set[str]]) -> Iterator[str]:
    """Give keys of other tables that no row there has; a table that cannot be read has its own problem."""
    for reference in table["schema"].get("foreignKeys", []):
        column, target = reference["fields"][0], reference["reference"]["resource"] or table["name"]
        if target not in keys:
            continue
        for line, row in rows:
            if row[column] and row[column] not in keys[target]:
                yield f"{table['path']}:{line}: {column} is {row[column]!r}, no such row in {target}.csv"


def check_lists(table: dict[str, Any], rows: Rows, keys: dict[str, set[str]]) -> Iterator[str]:
    """Give keys in lists that no row has."""
    for field in table["schema"]["fields"]:
        target = field.get("list_of")
        if target is None or target not in keys:
            continue
        for line, row in rows:
            for key in row[field["name"]].split():
                if key not in keys[target]:
                    yield f"{table['path']}:{line}: {field['name']} has {key!r}, no such row in {target}.csv"


def check_polymorphic(table: dict[str, Any], rows: Rows, keys: dict[str, set[str]]) -> Iterator[str]:
    """Give keys that no row of the table named beside them has."""
    names = {field["name"] for field in table["schema"]["fields"]}
    for table_column, key_column in POLYMORPHIC.items():
        if not {table_column, key_column} <= names:
            continue
        for line, row in rows:
            target, key = row[table_column], row[key_column]
            if (target, key) != PROGRAMME and target in keys and key not in keys[target]:
                yield f"{table['path']}:{line}: {key_column} is {key!r}, no such row in {target}.csv"
