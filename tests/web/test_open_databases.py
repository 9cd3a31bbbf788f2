"""Two builds stay open at most; one that is no longer kept is closed by its last reader, never by another visitor."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import duckdb
import pytest
import streamlit as st

from neaspec.data.database import open_database
from neaspec.data.queries import Ask
from neaspec.web import page_cache
from neaspec.web.open_databases import OpenDatabases


@pytest.fixture
def builds(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"neaspec-{number}.duckdb" for number in range(3)]
    for number, path in enumerate(paths):
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"create table build as select '{number}' as fingerprint")
    return paths


def is_open(path: Path) -> bool:
    """Tell whether this process has a database open: it cannot be opened for writing then."""
    try:
        duckdb.connect(str(path), read_only=False).close()
    except duckdb.Error:
        return True
    return False


def fingerprint(connection: duckdb.DuckDBPyConnection) -> str:
    return connection.cursor().execute("select fingerprint from build").fetchone()[0]


def test_a_build_that_leaves_is_read_on_by_those_who_read_it_and_closed_after_them(builds: list[Path]) -> None:
    left: list[Path] = []
    databases = OpenDatabases(on_leave=left.append)
    reader: Ask | None = Ask(databases.get(builds[0]), None, "0")
    databases.get(builds[1])
    assert left == []
    databases.get(builds[2])
    assert (len(databases), left) == (2, [builds[0]])
    assert fingerprint(reader.connection) == "0"
    assert is_open(builds[0])
    reader = None
    assert not is_open(builds[0])
    assert is_open(builds[1])


def test_the_build_asked_for_last_stays(builds: list[Path]) -> None:
    databases = OpenDatabases()
    first = databases.get(builds[0])
    databases.get(builds[1])
    assert databases.get(builds[0]) is first
    databases.get(builds[2])
    assert databases.get(builds[0]) is first
    assert not is_open(builds[1])


def test_many_threads_open_a_build_once(builds: list[Path]) -> None:
    opened, together = [], Barrier(8)

    def open_one(path: Path) -> duckdb.DuckDBPyConnection:
        opened.append(path)
        return open_database(path)

    databases = OpenDatabases(open_one=open_one)

    def ask(_: int) -> int:
        together.wait()
        return id(databases.get(builds[0]))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert opened == builds[:1]


def test_a_file_that_cannot_be_opened_is_not_kept(tmp_path: Path) -> None:
    databases = OpenDatabases()
    with pytest.raises(Exception, match="cannot be read"):
        databases.get(tmp_path / "none.duckdb")
    assert len(databases) == 0


def test_clearing_the_caches_of_the_framework_leaves_the_database_open() -> None:
    reader = page_cache.newest_ask()
    st.cache_resource.clear()
    st.cache_data.clear()
    assert len(reader.connection.cursor().execute("select 1").fetchall()) == 1
    assert page_cache.newest_ask().connection is reader.connection


def test_small_caches_let_go_of_a_build_that_leaves(builds: list[Path]) -> None:
    of = page_cache.newest_ask()
    page_cache.palette_of(of, is_dark=False)
    page_cache.labels_of(of, "species_styles", "species_id", "name", ())
    page_cache.DATABASES._on_leave(builds[0])
    assert page_cache.palette_of.cache_info().currsize == 0
    assert page_cache.labels_of.cache_info().currsize == 0
