"""What a submission would change in the published tables, and what the checks of the build say of it."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neaspec.data.description import FILE_NAME, read_description, tables_of
from neaspec.data.validate import check_tables
from neaspec.desk.errors import SubmissionError
from neaspec.desk.kinds import FILLED, TABLE_OF, fields_of
from neaspec.desk.sentences import sentence
from neaspec.desk.store import Submission
from neaspec.errors import DataError
from neaspec.reports import report_key

Row = dict[str, str]
NOTES = "later_notes"  # what is said beside a row on record
LARGE_JUMP = 2.0  # times the figure before it, or less than one in so many of it


@dataclass(frozen=True)
class Change:
    """One row that is added (before is None) or changed: its table, its key, the cells."""

    table: str
    key: str
    before: Row | None
    after: Row


@dataclass(frozen=True)
class Table:
    """A published table in memory: its file, key column and columns, key -> row in the order of the file.

    allowed: column -> the values that it may hold, where the description lists them.
    """

    path: str
    key_column: str
    columns: tuple[str, ...]
    rows: dict[str, Row]
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_tables(data_dir: Path) -> dict[str, Table]:
    """Return name -> table of everything that is published."""
    tables = {}
    for resource in tables_of(read_description(data_dir)):
        key = resource["schema"]["primaryKey"][0]
        with (data_dir / resource["path"]).open(encoding="utf-8", newline="") as handle:
            rows = {row[key]: row for row in csv.DictReader(handle)}
        fields = resource["schema"]["fields"]
        allowed = {each["name"]: tuple(each.get("constraints", {}).get("enum", ())) for each in fields}
        columns = tuple(each["name"] for each in fields)
        tables[resource["name"]] = Table(resource["path"], key, columns, rows, allowed)
    return tables


def changes_of(submission: Submission, tables: Mapping[str, Table], report: Row, day: str) -> list[Change]:
    """Return the rows that a submission adds or changes; none for a remark on wording.

    Args:
        submission: what was sent; its content has `row` (column -> text), for a correction `table`, `key` and `reason`.
        tables: what is published.
        report: title and publisher of the document that stands for the report of the State (documents.csv).
        day: of the report, ISO 8601.

    Raises:
        SubmissionError: with all cells that name no column, and a row that is not on record.
    """
    content = submission.content
    if submission.kind == "correction":
        change = _correction(content, tables)
        # Beside a row of a table that takes no notes stands nothing; the trail and the edition have it all the same.
        takes_notes = change.table in tables[NOTES].allowed["subject_table"]
        return [*(_said_beside(submission, tables, report, day) if takes_notes else []), change]
    if submission.kind == "objection":
        return _said_beside(submission, tables, report, day)
    if submission.kind not in TABLE_OF:
        return []
    name = TABLE_OF[submission.kind]
    table = tables[name]
    short = _short(submission)
    cells = _cells(name, table, content.get("row", {}))
    row = dict.fromkeys(table.columns, "")
    row |= {column: text for column, text in FILLED.items() if column in table.columns} | cells
    _require_own(row, submission)
    row[table.key_column] = f"{submission.country_code.lower()}_{submission.kind}_{short}"
    changes = []
    if "document_id" in table.columns and name != "documents" and not row["document_id"]:
        row["document_id"] = report_key(submission.country_code, short)
        changes.append(Change("documents", row["document_id"], None, _report(tables["documents"], row, report, day)))
    return [*changes, Change(name, row[table.key_column], None, row)]


def _short(submission: Submission) -> str:
    return submission.submission_id.replace("-", "")[:12]


def _said_beside(submission: Submission, tables: Mapping[str, Table], report: Row, day: str) -> list[Change]:
    """Return what a State says of a row or a source: a note beside it, and the document of its report."""
    content = submission.content
    name, key, reason = (str(content.get(part, "")).strip() for part in ("table", "key", "reason"))
    allowed = tables[NOTES].allowed["subject_table"]
    if name not in allowed:
        raise SubmissionError([sentence("table", found=repr(name), allowed=[*allowed])])
    if key not in tables[name].rows:
        raise SubmissionError([sentence("key", found=repr(key), table=name)])
    if not reason:
        raise SubmissionError([sentence("reason_empty")])
    short = _short(submission)
    row = dict.fromkeys(tables[NOTES].columns, "") | {
        tables[NOTES].key_column: f"{submission.country_code.lower()}_{submission.kind}_{short}",
        "subject_table": name,
        "subject_id": key,
        "what": f"{report['title']}: {reason}",
        "document_id": report_key(submission.country_code, short),
        "locator": FILLED["locator"],
        "as_of": day,
    }
    document = _report(tables["documents"], row, report, day)
    return [
        Change("documents", row["document_id"], None, document),
        Change(NOTES, row[tables[NOTES].key_column], None, row),
    ]


def _require_own(row: Row, submission: Submission) -> None:
    """Refuse a row that speaks for another State: who responds, counts or designates is the State that reports."""
    own = submission.country_code
    problems = []
    if row.get("country_code", "") not in ("", own):
        problems.append(sentence("own", column="country_code", found=repr(row["country_code"]), own=repr(own)))
    codes = row.get("country_codes", "").split()
    if codes and (own not in codes or (submission.kind == "response" and codes != [own])):
        problems.append(sentence("own", column="country_codes", found=repr(row["country_codes"]), own=repr(own)))
    if submission.kind == "response" and not codes:
        problems.append(sentence("own_response", own=repr(own)))
    if problems:
        raise SubmissionError(problems)


def _correction(content: Mapping[str, Any], tables: Mapping[str, Table]) -> Change:
    name, key = str(content.get("table", "")), str(content.get("key", ""))
    if name not in tables or key not in tables[name].rows:
        raise SubmissionError(
            [sentence("key", found=repr(key), table=name) if name else sentence("key_of_none", found=repr(key))]
        )
    if not str(content.get("reason", "")).strip():
        raise SubmissionError([sentence("reason_empty")])
    before = tables[name].rows[key]
    seen = {column: str(text) for column, text in dict(content.get("before", {})).items()}
    moved = [column for column, text in seen.items() if before.get(column) != text]
    if moved:
        raise SubmissionError(
            [
                sentence(
                    "moved", table=name, row=key, column=column, before=repr(seen[column]), now=repr(before.get(column))
                )
                for column in moved
            ]
        )
    return Change(name, key, before, before | _cells(name, tables[name], content.get("row", {})))


def _cells(name: str, table: Table, row: Mapping[str, Any]) -> Row:
    known = {column for column in table.columns if column != table.key_column}
    unknown = [column for column in row if column not in known]
    if unknown:
        raise SubmissionError(
            [sentence("column", table=name, column=repr(column), known=sorted(known)) for column in unknown]
        )
    return {column: "" if value is None else str(value).strip() for column, value in row.items()}


def _report(documents: Table, row: Mapping[str, str], report: Row, day: str) -> Row:
    """Return the document that stands for what a State reported."""
    filled = dict.fromkeys(documents.columns, "") | report
    return filled | {
        documents.key_column: row["document_id"],
        "published_date": day,
        "seen_date": day,
        "kind": "report",
        "grade": "official",
    }


def with_changes(tables: Mapping[str, Table], changes: Iterable[Change]) -> dict[str, str]:
    """Return file -> new text of each table that the changes touch.

    Raises:
        SubmissionError: if two changes touch one row.
    """
    rows = {name: dict(tables[name].rows) for name in {change.table for change in changes}}
    seen: set[tuple[str, str]] = set()
    for change in changes:
        if (change.table, change.key) in seen:
            raise SubmissionError([sentence("twice", table=change.table, row=change.key)])
        seen.add((change.table, change.key))
        rows[change.table][change.key] = change.after
    return {tables[name].path: _text(tables[name], rows[name].values()) for name in sorted(rows)}


def _text(table: Table, rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, table.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_package(data_dir: Path, folder: Path, texts: Mapping[str, str]) -> None:
    """Write all published tables with their description, some with a new text."""
    folder.mkdir(parents=True, exist_ok=True)
    for resource in tables_of(read_description(data_dir)):
        name = resource["path"]
        if name in texts:
            (folder / name).write_text(texts[name], encoding="utf-8", newline="")
        else:
            shutil.copyfile(data_dir / name, folder / name)
    shutil.copyfile(data_dir / FILE_NAME, folder / FILE_NAME)


def problems_of(data_dir: Path, changes: Sequence[Change]) -> list[str]:
    """Return what the checks of the build say against the changes, each with the table, the key, the column.

    The tables as they are keep their description, so every problem comes of the changes.
    """
    new = {(change.table, change.key) for change in changes if change.before is None}
    return [
        _told(table, "" if (table, key) in new else key, what) if table else what
        for table, key, what in problems_by_row(data_dir, changes)
    ]


def _told(table: str, key: str, what: str) -> str:
    if not key:
        return sentence("new_row", table=table, what=what)
    return sentence("row", table=table, row=key, what=what)


def problems_by_row(data_dir: Path, changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """Return the same as table, key and what is wrong; without table and key where it is of no single row."""
    tables = read_tables(data_dir)
    with tempfile.TemporaryDirectory() as folder:
        write_package(data_dir, Path(folder), with_changes(tables, changes))
        try:
            check_tables(Path(folder))
        except DataError as refused:
            return [_placed(problem, tables, changes) for problem in refused.problems]
    return []


def _placed(problem: str, tables: Mapping[str, Table], changes: Sequence[Change]) -> tuple[str, str, str]:
    """Name the submitted row instead of a line of a file that its author never sees."""
    where, _, what = problem.partition(": ")
    path, _, line = where.partition(":")
    for name, table in tables.items():
        if table.path != path or not line.isdigit():
            continue
        keys = [*table.rows, *(change.key for change in changes if change.table == name and change.before is None)]
        place = int(line) - 2
        if 0 <= place < len(keys):
            return name, keys[place], what
    return "", "", problem


def jumps(tables: Mapping[str, Table], changes: Sequence[Change]) -> list[tuple[Change, Row]]:
    """Return new counts that are far from the newest one of the same area, species, kind and unit, with that one."""
    same = ("species_id", "area_id", "count_kind", "unit", "population_part")
    far = []
    for change in changes:
        value = _number(change.after.get("value", "")) if change.table == "counts" else None
        if value is None:
            continue
        earlier = [
            row
            for key, row in tables["counts"].rows.items()
            if key != change.key
            and all(row[column] == change.after[column] for column in same)
            and _number(row["value"])
        ]
        if change.before is not None:
            earlier = [change.before] if _number(change.before["value"]) else []
        newest = max(earlier, key=lambda row: row["year_to"] or row["year_from"], default=None)
        if newest is not None:
            times = value / (_number(newest["value"]) or 1)
            if times > LARGE_JUMP or times < 1 / LARGE_JUMP:
                far.append((change, newest))
    return far


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def missing_cells(description: Mapping[str, Any], submission: Submission) -> list[str]:
    """Return the columns that must be filled in and are not, by their names in the description."""
    if submission.kind not in TABLE_OF:
        return []
    row = submission.content.get("row", {})
    return [
        field.name
        for field in fields_of(description, TABLE_OF[submission.kind])
        if field.is_required
        and field.name not in (*FILLED, "document_id")
        and not str(row.get(field.name) or "").strip()
    ]
