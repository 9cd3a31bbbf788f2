"""Starts that meet trouble: a disc that is read-only or full, two at once, a table changed under an open page."""

import errno
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from neaspec.data.checksum import checksum_path, is_whole
from neaspec.data.database import current_file, database_path
from neaspec.errors import DatabaseError
from tests.support.made_up import change_cell, write_package
from tests.support.serving import FLAGS, ROOT, chromium, running

PARTS = ("dashboard.py", "pages", "neaspec", "assets", "queries", "data", ".streamlit")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project without a database."""
    for name in PARTS:
        if (ROOT / name).is_dir():
            unwanted = shutil.ignore_patterns("neaspec*.duckdb*", "__pycache__")
            shutil.copytree(ROOT / name, tmp_path / "project" / name, ignore=unwanted)
        else:
            (tmp_path / "project").mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "project" / name)
    return tmp_path / "project"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "data")


@pytest.fixture
def read_only_disc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every way the build has to write, as a disc mounted read-only does (root is not stopped by rights)."""

    def refuses(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    for name in ("touch", "symlink_to", "write_text", "replace", "unlink"):
        monkeypatch.setattr(Path, name, refuses)


def test_a_whole_database_on_a_read_only_disc_is_served_without_writing(package, monkeypatch, request):
    path = database_path(package, package)
    request.getfixturevalue("read_only_disc")
    assert database_path(package, package) == path


def test_a_read_only_disc_without_a_database_is_told_with_the_way_out(package, request):
    request.getfixturevalue("read_only_disc")
    with pytest.raises(DatabaseError) as told:
        database_path(package, package)
    assert str(told.value) == (
        f"The database cannot be written: {package} (Read-only file system). "
        "Set NEASPEC_DATABASE_DIR to a folder that can be written and has room."
    )


def test_a_disc_that_fills_up_leaves_the_old_database_and_no_half_file(package, monkeypatch):
    old = database_path(package, package)
    change_cell(package, "counts", "cats_2018", "value", "9")

    def fills_up(_data: Path, target: Path, *_: object) -> None:
        target.write_bytes(b"half")
        target.with_name(target.name + ".wal").write_bytes(b"half")
        raise DatabaseError("TransactionContext Error: Failed to commit: No space left on device")

    monkeypatch.setattr("neaspec.data.database.build_database", fills_up)
    with pytest.raises(DatabaseError, match=r"No space left on device\)\. Set NEASPEC_DATABASE_DIR to a folder"):
        database_path(package, package)
    assert current_file(package) == old
    assert sorted(path.name for path in package.glob("*neaspec*")) == [
        old.name,
        checksum_path(old).name,
        "neaspec.duckdb",
    ]


def test_a_table_that_cannot_be_read_is_told_by_its_name(package, monkeypatch):
    def refuses(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuses)
    with pytest.raises(DatabaseError, match=r"cannot be read \(Permission denied\)"):
        database_path(package, package)


@pytest.mark.browser
def test_two_servers_started_at_once_both_serve_one_whole_database(project):
    with ThreadPoolExecutor() as pool:
        first, second = running(folder=project), running(folder=project)
        addresses = list(pool.map(lambda one: one.__enter__(), (first, second)))
        try:
            assert len(set(addresses)) == 2
            found = sorted(path.name for path in (project / "data").glob("*neaspec*"))
            current = current_file(project / "data")
            assert current is not None
            assert found == [current.name, checksum_path(current).name, "neaspec.duckdb"]
            assert is_whole(current)
        finally:
            for one in (first, second):
                one.__exit__(None, None, None)


@pytest.mark.browser
def test_a_port_that_is_taken_is_told_in_one_line():
    with running() as address:
        port = address.rpartition(":")[2]
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", port]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    lines = (said.stdout + said.stderr).strip().splitlines()
    assert said.returncode == 1
    assert len(lines) == 1
    assert f"Port {port} is not available" in lines[0]


def go_to(page: Page, name: str) -> None:
    """Go to a page of the menu "Explore", as readers do: the session goes on."""
    page.get_by_test_id("stTopNavSection").filter(has_text="Explore").click()
    page.get_by_role("menuitem", name=name, exact=True).click()


@pytest.mark.browser
def test_an_open_page_goes_on_and_takes_the_new_figures_when_a_table_changes(project):
    data = project / "data"
    with running(folder=project) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}/species?species=amur_tiger")
        title = page.locator("h1").first
        title.wait_for(timeout=60_000)
        assert title.inner_text() == "Amur tiger"
        old = current_file(data)
        change_cell(data, "species", "amur_tiger", "name", "Made-up tiger")
        built = subprocess.run([sys.executable, "-m", "neaspec.tables"], cwd=project, capture_output=True, timeout=300)
        assert built.returncode == 0
        assert current_file(data) != old
        # The reader goes on with the data of before until the pages of the new ones are made.
        for _ in range(60):
            go_to(page, "Sites")
            go_to(page, "Species")
            page.wait_for_timeout(1000)
            if title.inner_text() == "Made-up tiger":
                break
        assert title.inner_text() == "Made-up tiger"
        assert page.locator("[data-testid=stAlert]").count() == 0
        browser.close()
