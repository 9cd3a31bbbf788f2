"""What tests share: the real database, opened once; a browser, for the tests of one file."""

from collections.abc import Iterator

import duckdb
import pytest
from playwright.sync_api import Browser, sync_playwright

from neaspec.data.database import current_version, database_path, open_database
from neaspec.data.queries import Ask
from neaspec.edition import set_edition
from neaspec.languages import DEFAULT_LANGUAGE, set_language
from neaspec.text import Words, load_words
from tests.support.serving import FLAGS, chromium


@pytest.fixture(autouse=True)
def reading_of_its_own() -> None:
    """Begin in English and the newest edition: a request says its own for the rest of its run, tests are many."""
    set_language(DEFAULT_LANGUAGE)
    set_edition("")


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()
