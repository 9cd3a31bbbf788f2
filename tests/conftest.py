"""What tests share: the real database, opened once."""

import duckdb
import pytest

from neaspec.queries import Ask
from neaspec.tables import current_version, database_path, open_database
from neaspec.text import Words, load_words


@pytest.fixture(scope="session")
def real_connection() -> duckdb.DuckDBPyConnection:
    """The database of the real tables."""
    return open_database(database_path())


@pytest.fixture(scope="session")
def ask(real_connection) -> Ask:
    """Ask about everything known today."""
    return Ask(real_connection, None, current_version())


@pytest.fixture(scope="session")
def words() -> Words:
    """English wording."""
    return load_words("en")
