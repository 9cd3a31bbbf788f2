"""The mini data set: invented rows in tests/support/mini/ that reach the branches of the pages, built like real ones.

A table has only the columns that its rows fill; the rest of data/datapackage.json is added here, empty.
"""

import csv
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from neaspec.data import build
from neaspec.data.build import build_database
from neaspec.data.database import open_database
from neaspec.data.description import read_description
from neaspec.data.queries import Ask
from tests.support.made_up import write_package

TABLES = Path(__file__).parent / "mini"
Rows = dict[str, list[dict[str, str]]]


def mini_rows() -> Rows:
    """Read the rows of the mini data set."""
    rows: Rows = {}
    for path in sorted(TABLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            rows[path.stem] = list(csv.DictReader(handle))
    return rows


def without(rows: Rows, table: str, *keys: str) -> Rows:
    """Return the rows less some of one table, by their keys; no keys: less the whole table."""
    kept = [row for row in rows[table] if keys and next(iter(row.values())) not in keys]
    return {**rows, table: kept}


def more(rows: Rows, **added: list[dict[str, str]]) -> Rows:
    """Return the rows with more of some tables."""
    return {**rows, **{table: [*rows.get(table, []), *extra] for table, extra in added.items()}}


def with_cells(rows: Rows, table: str, key: str, **cells: str) -> Rows:
    """Return the rows with other cells in one row of a table, by its key."""
    changed = [row | cells if next(iter(row.values())) == key else row for row in rows[table]]
    return {**rows, table: changed}


def load_mini(rows: Rows) -> Ask:
    """Build a data set as build_mini does, without the long checks of the tables: their constraints and the rules hold.

    For tests that need rows which the mini data set does not have.
    """
    with TemporaryDirectory() as folder, patch.object(build, "check_tables", read_description):
        return build_mini(Path(folder), rows)


def mini_package(folder: Path) -> Path:
    """Write the mini data set as a data package and return its folder."""
    return write_package(folder, mini_rows(), base={})


def build_mini(folder: Path, rows: Rows | None = None) -> Ask:
    """Build a data set in a folder, by the build of the real one, and return what answers questions about it."""
    package = write_package(folder / "data", rows or mini_rows(), base={})
    built = folder / "mini.duckdb"
    build_database(package, built, lambda line: None)
    return Ask(open_database(built), None, f"mini {built}")


@lru_cache(maxsize=1)
def mini_ask() -> Ask:
    """Ask about the mini data set, built once for a run of the tests."""
    with TemporaryDirectory() as folder:
        return build_mini(Path(folder))
