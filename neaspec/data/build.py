"""Build the database from checked tables: types, keys, constraints, known_<table> macros, rules of what is current."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from neaspec.data.description import tables_of
from neaspec.data.kept_today import keep_today
from neaspec.data.known_days import add_known_on, create_macros
from neaspec.data.search.index import add_search_index
from neaspec.data.validate import check_tables
from neaspec.errors import DatabaseError
from neaspec.paths import VIEWS_DIR

Report = Callable[[str], None]

# Every module the content of a database depends on, from this folder; a test compares it with what they import.
CODE = (
    "build.py",
    "description.py",
    "description.schema.json",
    "kept_today.py",
    "known_days.py",
    "validate.py",
    "validate_days.py",
    "validate_links.py",
    "validate_rows.py",
    "search/index.py",
    "search/query.py",
    "search/terms.py",
)
# Read when it is loaded: an upgrade may change the files under a running server, which still builds with the old code.
CODE_LOADED = tuple((name, (Path(__file__).parent / name).read_bytes()) for name in CODE)
SQL_TYPES = {"string": "varchar", "integer": "bigint", "number": "double", "boolean": "boolean"}
BLOCK_SIZE = 16384  # the smallest DuckDB has: small tables, a file a tenth of the usual size
# Documents belong to meetings and meetings are stated by documents; DuckDB cannot hold a circle, frictionless can.
NOT_IN_DUCKDB = {("documents", "meeting_id")}


def fingerprint(data_dir: Path, views_dir: Path = VIEWS_DIR) -> str:
    """Return 16 characters that change when any input of the build changes: tables, description, rules, loaded code."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    files = [(path.name, path.read_bytes() if path.is_file() else b"") for path in inputs(data_dir, views_dir)]
    for name, content in [*files, *CODE_LOADED]:
        digest.update(f"{name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def inputs(data_dir: Path, views_dir: Path = VIEWS_DIR) -> list[Path]:
    """Return every file the database is made from that is read at the build: tables, description, rules."""
    return [*sorted(data_dir.glob("*.csv")), data_dir / "datapackage.json", *sorted(views_dir.glob("*.sql"))]


def build_database(data_dir: Path, target: Path, report: Report, views_dir: Path = VIEWS_DIR) -> None:
    """Check the tables and write a whole new database to `target`, which must not exist.

    Raises:
        DataError: if the tables break their description; nothing is written then.
        DatabaseError: if DuckDB refuses a table or a rule.
    """
    report("checking the tables against datapackage.json")
    description = check_tables(data_dir)
    tables = tables_of(description)
    try:
        with duckdb.connect(str(target), config={"default_block_size": BLOCK_SIZE}) as connection:
            connection.execute("set enable_progress_bar = false")
            report(f"loading {len(tables)} tables")
            for table in in_order(tables):
                create_table(connection, table)
                load_table(connection, data_dir, table)
            report("working out when each document was known")
            add_known_on(connection)
            report("writing the rules of what is known and what is current")
            create_macros(connection, tables)
            for path in sorted(views_dir.glob("*.sql")):
                connection.execute(path.read_text(encoding="utf-8"))
            report("working out what is known today")
            keep_today(connection)
            report("writing the index of the search")
            add_search_index(connection)
            built_from = [fingerprint(data_dir, views_dir), str(description.get("version", ""))]
            connection.execute("create table build as select $1 as fingerprint, $2 as data_version", built_from)
            connection.execute("checkpoint")
    except duckdb.Error as problem:
        raise DatabaseError(f"the database could not be built: {problem}") from problem


def in_order(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sort tables so that each comes after those it refers to."""
    by_name = {table["name"]: table for table in tables}
    done: dict[str, dict[str, Any]] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in above:
            raise DatabaseError(
                f"datapackage.json: tables refer to each other in a circle: {' -> '.join([*above, name])}"
            )
        for column, target, _ in references(by_name[name]):
            if target != name and target in by_name and (name, column) not in NOT_IN_DUCKDB:
                visit(target, (*above, name))
        done[name] = by_name[name]

    for name in by_name:
        visit(name, ())
    return list(done.values())


def references(table: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return (column, table referred to, its key) of a table's foreign keys."""
    return [
        (key["fields"][0], key["reference"]["resource"] or table["name"], key["reference"]["fields"][0])
        for key in table["schema"].get("foreignKeys", [])
    ]


def create_table(connection: duckdb.DuckDBPyConnection, table: dict[str, Any]) -> None:
    """Create one table with its constraints, the second lock after the check."""
    parts = [column_definition(field) for field in table["schema"]["fields"]]
    parts.append(f'primary key ("{table["schema"]["primaryKey"][0]}")')
    for column, target, key in references(table):
        # A row may refer to a later row of its own table, which DuckDB cannot check while loading.
        if target != table["name"] and (table["name"], column) not in NOT_IN_DUCKDB:
            parts.append(f'foreign key ("{column}") references "{target}" ("{key}")')
    connection.execute(f'create table "{table["name"]}" ({", ".join(parts)})')


def column_definition(field: dict[str, Any]) -> str:
    """Write one column as SQL."""
    rules = field.get("constraints", {})
    name = f'"{field["name"]}"'
    parts = [name, SQL_TYPES[field["type"]]]
    if rules.get("required"):
        parts.append("not null")
    if "enum" in rules:
        values = ", ".join("'" + str(value).replace("'", "''") + "'" for value in rules["enum"])
        parts.append(f"check ({name} in ({values}))")
    if "minimum" in rules:
        parts.append(f"check ({name} >= {rules['minimum']})")
    if "maximum" in rules:
        parts.append(f"check ({name} <= {rules['maximum']})")
    return " ".join(parts)


def load_table(connection: duckdb.DuckDBPyConnection, data_dir: Path, table: dict[str, Any]) -> None:
    """Load one table; columns are matched by name (`columns =` of read_csv would match by position)."""
    connection.execute(
        f'insert into "{table["name"]}" by name '
        "select * from read_csv($path, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', "
        "nullstr = '', encoding = 'utf-8')",
        {"path": str(data_dir / table["path"])},
    )
