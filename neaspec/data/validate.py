"""Check data/*.csv against data/datapackage.json: each problem with file, line, column, found, allowed.

The frictionless library checks types, constraints and unique keys. What it has no word for, or is slow at, is checked
here: keys of other tables, lists of keys, keys that name their table in another column, the origin of derived figures,
decimals of coordinates, files nobody described.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package, system
from frictionless.errors import PrimaryKeyError

from neaspec.data.validate_rows import allowed, check_decimals, check_numbers, check_origins, check_required_where
from neaspec.errors import DataError

# Columns that hold the name of a table, and the column with the key in that table.
POLYMORPHIC = {"subject_table": "subject_id", "from_table": "from_id"}
# Files of data/ that are not tables.
OTHER_FILES = {"datapackage.json", "README.md"}
# A thing that is not in a table: the programme as a whole.
PROGRAMME = ("programme", "neaspec")


def read_description(data_dir: Path) -> dict[str, Any]:
    """Return datapackage.json.

    Raises:
        DataError: if it is missing or not JSON.
    """
    path = data_dir / "datapackage.json"
    try:
        description: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(["datapackage.json: the file is missing"]) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as problem:
        raise DataError([f"datapackage.json: {problem}"]) from problem
    check_description(description)
    return description


def check_description(description: Any) -> None:
    """Raise DataError if the description lacks a part without which no table can be read."""
    resources = description.get("resources") if isinstance(description, dict) else None
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise DataError(["datapackage.json: expected an object with a list of tables under 'resources'"])
    problems = []
    for number, table in enumerate(tables_of(description), start=1):
        schema = table["schema"] if isinstance(table.get("schema"), dict) else {}
        names = [field.get("name") for field in schema.get("fields") or []]
        parts = {part: table.get(part) for part in ("name", "path")}
        parts["schema.fields with names"] = names and all(names)
        parts["schema.primaryKey, a list with one of its columns"] = (schema.get("primaryKey") or [None])[0] in names
        lacks = [part for part, found in parts.items() if not found]
        problems += [f"datapackage.json: {table.get('name') or f'table {number}'} lacks {part}" for part in lacks]
    if problems:
        raise DataError(problems)


def tables_of(description: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the resources that are tables."""
    return [resource for resource in description["resources"] if resource.get("format") == "csv"]


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
    for table in whole:
        problems += check_references(table, rows[table["name"]], keys)
        problems += check_lists(table, rows[table["name"]], keys)
        problems += check_polymorphic(table, rows[table["name"]], keys)
        problems += check_required_where(table, rows[table["name"]])
        problems += check_origins(table, rows[table["name"]], keys[table["name"]])
        problems += check_decimals(table, rows[table["name"]])
        problems += check_numbers(table, rows[table["name"]])
    if problems:
        raise DataError(problems)
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


def check_with_frictionless(data_dir: Path, description: dict[str, Any], tables: list[dict[str, Any]]) -> list[str]:
    """Return what the frictionless library finds, in this project's words."""
    checked = [without_references(table) for table in tables]
    with system.use_context(trusted=True):
        try:
            package = Package.from_descriptor({**description, "resources": checked}, basepath=str(data_dir))
        except FrictionlessException as problem:
            told = problem.reasons or [problem.error]
            raise DataError([f"datapackage.json: {error.message}" for error in told]) from problem
        report = package.validate()
    if report.errors:
        return [f"datapackage.json: {error.message}" for error in report.errors]
    problems: list[str] = []
    by_name = {table["name"]: table for table in tables}
    for task in report.tasks:
        table = by_name[task.name]
        rows = cells_by_line(data_dir / table["path"])
        problems += (wrong := dict(check_lengths(table, rows))).values()
        lines = [line for line, _ in rows]
        errors = [error for error in task.errors if getattr(error, "row_number", None) not in wrong]
        problems += [tell(error, table, lines) for error in errors]
    return problems


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
        found, before = [], 0
        for row in reader:
            found.append((before + 1, len(row)))
            before = reader.line_num
    return found


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
    field: dict[str, Any] = next((one for one in table["schema"]["fields"] if one["name"] == name), {})
    return f"{place}{name} is {getattr(error, 'cell', '')!r}, {allowed(field)}"


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return (line, row) pairs; a row that is cut short has empty cells, its problem is told elsewhere."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, restval="")
        rows, before = [], 1
        for row in reader:
            rows.append((before + 1, row))
            before = reader.line_num
    return rows


def check_references(
    table: dict[str, Any], rows: list[tuple[int, dict[str, str]]], keys: dict[str, set[str]]
) -> Iterator[str]:
    """Give keys of other tables that no row there has; a table that cannot be read has its own problem."""
    for reference in table["schema"].get("foreignKeys", []):
        column, target = reference["fields"][0], reference["reference"]["resource"] or table["name"]
        if target not in keys:
            continue
        for line, row in rows:
            if row[column] and row[column] not in keys[target]:
                yield f"{table['path']}:{line}: {column} is {row[column]!r}, no such row in {target}.csv"


def check_lists(
    table: dict[str, Any], rows: list[tuple[int, dict[str, str]]], keys: dict[str, set[str]]
) -> Iterator[str]:
    """Give keys in lists that no row has."""
    for field in table["schema"]["fields"]:
        target = field.get("list_of")
        if target is None or target not in keys:
            continue
        for line, row in rows:
            for key in row[field["name"]].split():
                if key not in keys[target]:
                    yield f"{table['path']}:{line}: {field['name']} has {key!r}, no such row in {target}.csv"


def check_polymorphic(
    table: dict[str, Any], rows: list[tuple[int, dict[str, str]]], keys: dict[str, set[str]]
) -> Iterator[str]:
    """Give keys that no row of the table named beside them has."""
    names = {field["name"] for field in table["schema"]["fields"]}
    for table_column, key_column in POLYMORPHIC.items():
        if not {table_column, key_column} <= names:
            continue
        for line, row in rows:
            target, key = row[table_column], row[key_column]
            if (target, key) != PROGRAMME and target in keys and key not in keys[target]:
                yield f"{table['path']}:{line}: {key_column} is {key!r}, no such row in {target}.csv"
