"""The mini data set: invented rows in tests/support/mini/ that reach the branches of the pages, built like real ones.

A table has only the columns that its rows fill; the rest of data/datapackage.json is added here, empty.
"""

import csv
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from neaspec.data import build
from neaspec.data.build import build_database
from neaspec.data.database import open_database
from neaspec.data.description import read_description, tables_of
from neaspec.data.known_days import add_known_on, create_macros
from neaspec.data.queries import Ask
from neaspec.data.search.index import add_search_index
from neaspec.paths import VIEWS_DIR
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
    """Load a data set into memory, with the constraints and rules of the build: what its long checks find, it does not.

    For tests that need rows which the mini data set does not have.
    """
    connection = duckdb.connect(":memory:")
    with TemporaryDirectory() as folder:
        package = write_package(Path(folder) / "data", rows, base={})
        tables = tables_of(read_description(package))
        for table in build.in_order(tables):
            build.create_table(connection, table)
            build.load_table(connection, package, table)
    add_known_on(connection)
    create_macros(connection, tables)
    for path in sorted(VIEWS_DIR.glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    add_search_index(connection)
    connection.execute("create table build as select 'mini' as fingerprint, '' as data_version")
    return Ask(connection)


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
