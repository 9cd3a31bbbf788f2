"""The database is whole or not there: builds that fail, are killed, meet each other, or find a damaged file."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import duckdb
import pytest

from neaspec.data.build import CODE, build_database
from neaspec.data.checksum import checksum_path, is_whole, log_path
from neaspec.data.database import (
    SERVING,
    current_file,
    current_version,
    database_path,
    open_database,
    serving_path,
    switch_to,
    warm_before_switch,
)
from neaspec.data.folder_lock import LOCK_NAME
from neaspec.data.queries import Ask
from neaspec.errors import DatabaseError, DataError
from neaspec.paths import ROOT
from tests.support.made_up import change_cell, write_package

# A build in a process of its own, which says each step and waits for a word before the one named last.
BUILD = """
import sys
from pathlib import Path
from neaspec.data import database as tables

folder, stop_at = Path(sys.argv[1]), sys.argv[2]

def report(step):
    if stop_at and step.startswith(stop_at):
        print(step, flush=True)
        sys.stdin.readline()

print(tables.database_path(folder, folder, report))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "data")


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_package(tmp_path_factory.mktemp("built") / "data")
    database_path(folder, folder)
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A made-up package with its database."""
    return shutil.copytree(built_once, tmp_path / "data", symlinks=True)


def counts_in(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select count(*) from counts").fetchone()[0]


def test_a_build_is_reached_by_the_link_and_named_by_its_inputs(package):
    path = database_path(package, package)
    assert path.name == f"neaspec-{current_version(package)}.duckdb"
    assert (package / "neaspec.duckdb").resolve() == path
    assert counts_in(path) == 2


def test_nothing_is_built_again_while_nothing_changed(built):
    steps: list[str] = []
    first = database_path(built, built)
    before = first.stat().st_mtime_ns
    assert database_path(built, built, steps.append) == first
    assert first.stat().st_mtime_ns == before
    assert steps == []


def test_a_changed_cell_makes_a_new_file_and_an_open_one_reads_on(built):
    first = database_path(built, built)
    reader = open_database(first)
    change_cell(built, "counts", "cats_2018", "value", "9")
    second = database_path(built, built)
    assert second != first
    assert current_file(built) == second
    assert reader.execute("select value from counts where count_id = 'cats_2018'").fetchone() == (7,)
    with duckdb.connect(str(second), read_only=True) as connection:
        assert connection.execute("select value from counts where count_id = 'cats_2018'").fetchone() == (9,)


def test_only_one_older_build_is_kept(package):
    made = []
    for value in ("1", "2", "3", "4"):
        change_cell(package, "counts", "cats_2018", "value", value)
        made.append(database_path(package, package))
        os.utime(made[-1], (int(value), int(value)))
    assert sorted(package.glob("neaspec-*.duckdb")) == sorted(made[-2:])


def test_a_failed_build_leaves_the_old_one_serving_and_says_why(built, monkeypatch, capsys):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    old = database_path(built)
    change_cell(built, "counts", "cats_2018", "value", "many")
    with pytest.raises(DataError, match="counts.csv:2: value is 'many'"):
        database_path(built)
    assert current_file() == old
    assert counts_in(old) == 2
    assert serving_path(built) == old
    assert "value is 'many'" in capsys.readouterr().err
    assert list(built.glob("*.tmp*")) == []


def test_without_an_older_build_a_failure_is_told(package, monkeypatch):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(package))
    change_cell(package, "counts", "cats_2018", "value", "many")
    with pytest.raises(DataError):
        serving_path(package)


def test_a_failed_build_is_not_tried_again_until_a_table_changes(built, monkeypatch):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    old = serving_path(built)
    tried = []

    def fails(*_):
        tried.append(1)
        raise DatabaseError("made-up failure")

    monkeypatch.setattr("neaspec.data.database.build_database", fails)
    change_cell(built, "counts", "cats_2018", "value", "8")
    assert [serving_path(built) for _ in range(3)] == [old, old, old]
    assert len(tried) == 1
    monkeypatch.undo()
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    change_cell(built, "counts", "cats_2018", "value", "9")
    assert serving_path(built) != old


def test_readers_are_not_kept_waiting_while_a_build_runs(built, monkeypatch):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    old = serving_path(built)
    change_cell(built, "counts", "cats_2018", "value", "8")
    begun, go_on = Event(), Event()

    def slow(*given):
        begun.set()
        assert go_on.wait(30)
        build_database(*given)

    monkeypatch.setattr("neaspec.data.database.build_database", slow)
    with ThreadPoolExecutor() as pool:
        building = pool.submit(serving_path, built)
        assert begun.wait(30)
        assert serving_path(built) == old
        go_on.set()
        new = building.result()
    assert serving_path(built) == new != old


def test_the_right_database_in_a_folder_that_cannot_be_written_is_served(built, monkeypatch):
    path = database_path(built, built)
    (built / "neaspec.duckdb").unlink()

    def refuses(*_):
        raise DatabaseError("read-only")

    monkeypatch.setattr("neaspec.data.database.switch_to", refuses)
    assert database_path(built, built) == path


def test_left_overs_of_dead_builds_are_removed_whatever_their_number(package):
    """The number in the name may be that of a living process of another container: the lock tells, not the number."""
    gone = [package / f"neaspec-x.duckdb.{number}-1.tmp" for number in (1, os.getpid())]
    for path in gone:
        path.touch()
    (package / "neaspec-x.duckdb.sha256").touch()
    database_path(package, package)
    assert not any(path.exists() for path in [*gone, package / "neaspec-x.duckdb.sha256"])


def test_the_command_says_its_steps_and_ends_with_the_path(tmp_path):
    root = ROOT
    said = subprocess.run(
        [sys.executable, "-m", "neaspec.tables"],
        cwd=root,
        text=True,
        capture_output=True,
        check=True,
        env=os.environ | {"NEASPEC_DATABASE_DIR": str(tmp_path)},
    )
    assert said.stdout.splitlines()[-1] == str(current_file(tmp_path))
    for step in ("checking the tables", "loading", "writing the rules", "neaspec.duckdb now leads to"):
        assert step in said.stderr


@pytest.mark.parametrize("place", ["first block", "middle", "last byte", "log beside it", "no checksum"])
def test_a_database_with_a_damaged_block_is_built_again(built, place):
    """DuckDB opens such a file, and notices only when a page reads the block."""
    path = database_path(built, built)
    whole = bytearray(path.read_bytes())
    for at in {"first block": [20_000], "middle": [len(whole) // 2], "last byte": [-1]}.get(place, []):
        whole[at] ^= 1
    path.write_bytes(whole)
    if place == "log beside it":
        log_path(path).write_bytes(b"of nobody")
    if place == "no checksum":
        checksum_path(path).unlink()
    assert not is_whole(path)
    steps: list[str] = []
    assert database_path(built, built, steps.append) == path
    assert steps[0].startswith("building")
    assert is_whole(path)
    assert counts_in(path) == 2


def test_the_checksum_has_the_form_of_sha256sum(built):
    path = database_path(built, built)
    assert checksum_path(path).read_text() == f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"


def test_code_changed_under_a_running_process_does_not_name_what_it_builds(package, tmp_path):
    """The loaded code builds, so its name is that of the loaded code; one that starts anew has another name."""
    project = tmp_path / "project"
    for name in ("neaspec", "queries"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    code = """
import sys
from pathlib import Path
from neaspec.data.database import database_name
print(database_name(Path(sys.argv[1])), flush=True)
sys.stdin.readline()
print(database_name(Path(sys.argv[1])), flush=True)
"""

    def start() -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        given = [sys.executable, "-c", code, str(package)]
        return subprocess.Popen(given, cwd=project, text=True, stdin=pipe, stdout=pipe)

    running = start()
    before = running.stdout.readline()
    changed = project / "neaspec" / "data" / "known_days.py"
    changed.write_text(changed.read_text() + "\n# another rule\n")
    after = running.communicate("go on\n", timeout=60)[0]
    anew = start().communicate("go on\n", timeout=60)[0].splitlines()
    assert before == after
    assert anew[0] == anew[1] != before.strip()


def test_all_code_the_build_imports_is_part_of_the_name():
    """What it shares with the whole project (errors, paths) does not change what is in a database."""
    folder, waiting, reached = ROOT / "neaspec" / "data", ["build.py"], set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            modules = re.findall(r"^from neaspec\.data\.([\w.]+) import", (folder / name).read_text(), re.MULTILINE)
            waiting += [f"{module.replace('.', '/')}.py" for module in modules]
    assert {"validate_days.py", "search/terms.py"} <= reached
    # The search asks its questions through queries.py (and its cache) when a reader searches, not at the build.
    assert reached - {"queries.py", "cache.py"} | {"description.schema.json"} == set(CODE)


def test_a_folder_locked_by_a_foreign_process_is_not_built_in(package, monkeypatch):
    """As a container that shares the folder does: no number of a process is known, only the lock is seen."""
    monkeypatch.setattr("neaspec.data.folder_lock.MOST_SECONDS", 0.2)
    foreign = package / "neaspec-x.duckdb.1-1.tmp"
    foreign.touch()
    with (package / LOCK_NAME).open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(DatabaseError, match=r"another process has been building in .* for more than 0.2 seconds"):
            database_path(package, package)
        assert foreign.exists()
        assert list(package.glob("neaspec-*.duckdb")) == []
    assert counts_in(database_path(package, package)) == 2
    assert not foreign.exists()


@pytest.fixture
def warm_up(monkeypatch):
    """Let a test say what is done before a new database is served, and forget it afterwards."""
    monkeypatch.setattr(SERVING, "warm", None)
    return warm_before_switch


def served_after_a_moment(built: Path, old: Path) -> Path:
    """Return what is served once it is another one."""
    for _ in range(600):
        path = serving_path(built)
        if path != old:
            return path
        time.sleep(0.05)
    return old


def test_readers_are_served_the_old_database_until_the_new_one_is_warm(built, monkeypatch, warm_up):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    old = serving_path(built)
    begun, go_on, warmed = Event(), Event(), []

    def warm(path: Path) -> None:
        warmed.append(path)
        begun.set()
        assert go_on.wait(30)

    warm_up(warm)
    change_cell(built, "counts", "cats_2018", "value", "8")
    assert serving_path(built) == old  # nobody waits, the first asker neither
    assert begun.wait(60)
    assert serving_path(built) == old
    assert is_whole(warmed[0])
    go_on.set()
    assert served_after_a_moment(built, old) == warmed[0] != old
    assert len(warmed) == 1


def test_what_goes_wrong_while_warming_up_does_not_keep_the_old_database(built, monkeypatch, warm_up, capsys):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    old = serving_path(built)

    def fails(path: Path) -> None:
        raise ValueError("made-up failure")

    warm_up(fails)
    change_cell(built, "counts", "cats_2018", "value", "8")
    assert served_after_a_moment(built, old) != old
    assert "made-up failure" in capsys.readouterr().err


def test_processes_of_two_versions_do_not_turn_the_link_to_and_fro(built, monkeypatch):
    monkeypatch.setenv("NEASPEC_DATABASE_DIR", str(built))
    own = serving_path(built)
    other = built / "neaspec-0000000000000000.duckdb"
    shutil.copy(own, other)
    switch_to(other, built)
    assert serving_path(built) == own
    assert current_file(built) == other


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty"])
def test_a_damaged_database_is_built_again(built, damage):
    path = database_path(built, built)
    whole = path.read_bytes()
    path.write_bytes({"garbage": b"not a database" * 100, "cut": whole[: len(whole) // 3], "empty": b""}[damage])
    assert database_path(built, built) == path
    assert counts_in(path) == 2


def test_a_database_of_another_kind_under_the_name_of_the_link_is_replaced(package):
    with duckdb.connect(str(package / "neaspec.duckdb")) as connection:
        connection.execute("create table old (a integer)")
    path = database_path(package, package)
    assert (package / "neaspec.duckdb").resolve() == path


def test_a_damaged_file_is_refused_with_one_clear_message(tmp_path):
    path = tmp_path / "neaspec-x.duckdb"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(DatabaseError, match=r"neaspec-x\.duckdb cannot be read.*Remove it and start again"):
        open_database(path)


def test_a_folder_that_cannot_be_written_is_told_with_the_way_out(package, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    with pytest.raises(DatabaseError, match="Set NEASPEC_DATABASE_DIR to a folder that can"):
        database_path(package, blocked)


def test_the_open_database_is_read_only_and_shut_off(built):
    connection = open_database(database_path(built, built))
    for statement in (
        "delete from counts",
        "select * from read_csv('/etc/passwd')",
        "copy counts to '/tmp/leak.csv'",
        "install spatial",
        "set enable_external_access = true",
        "attach '/tmp/other.duckdb'",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(statement)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("update counts set method = 'guess'", "CHECK constraint failed"),
        ("update counts set value = -1", "CHECK constraint failed"),
        ("update counts set locator = null", "NOT NULL constraint failed"),
        ("update counts set document_id = 'nowhere'", "[Ff]oreign key"),
        ("insert into caveats select * from caveats", "[Dd]uplicate key"),
    ],
)
def test_the_database_itself_refuses_rows_that_break_the_description(built, change, said):
    with duckdb.connect(str(current_file(built))) as connection, pytest.raises(duckdb.ConstraintException, match=said):
        connection.execute(change)


def start_build(package: Path, stop_at: str = "") -> subprocess.Popen[str]:
    root, pipe = ROOT, subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(package), stop_at], cwd=root, text=True, stdin=pipe, stdout=pipe, stderr=pipe
    )


@pytest.mark.parametrize("step", ["building", "checking", "loading", "working out", "writing", "neaspec.duckdb now"])
def test_a_build_killed_at_any_step_leaves_the_old_database_whole(built, step):
    old = database_path(built, built)
    change_cell(built, "counts", "cats_2018", "value", "9")
    process = start_build(built, step)
    assert process.stdout.readline().startswith(step)
    process.kill()
    process.wait()
    for path in built.glob("neaspec-*.duckdb"):
        assert counts_in(path) == 2
    if step != "neaspec.duckdb now":
        assert current_file(built) == old
    assert counts_in(current_file(built)) == 2
    assert counts_in(database_path(built, built)) == 2
    assert list(built.glob("*.tmp*")) == []


def test_two_builds_at_once_end_with_one_whole_database(package):
    first = start_build(package, "writing")
    assert first.stdout.readline().startswith("writing")  # in the middle of its build
    second = start_build(package, "waiting")
    assert second.stdout.readline().startswith("waiting for another build")
    said = [process.communicate("go on\n", timeout=60) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], said
    assert said[0][0].splitlines()[-1] == said[1][0].splitlines()[-1]
    assert [path.name for path in package.glob("neaspec-*.duckdb")] == [current_file(package).name]
    assert counts_in(current_file(package)) == 2


def test_tables_changed_during_a_build_are_told(package):
    process = start_build(package, "writing")
    process.stdout.readline()
    change_cell(package, "counts", "cats_2018", "value", "9")
    _, said = process.communicate("go on\n", timeout=60)
    assert "the tables were changed while they were read; build again" in said
    assert current_file(package) is None


def test_rows_of_documents_published_later_do_not_exist(real_connection):
    at_som_24 = Ask(real_connection, date(2020, 10, 13))("projects_budgets", project_id=None)
    today = Ask(real_connection)("projects_budgets", project_id=None)
    assert set(at_som_24["project_id"]) == {"big_cats_2020"}
    assert set(today["project_id"]) == {"big_cats_2020", "bird_connectivity_2024"}


def test_a_database_opened_twice_in_one_process_is_shut_off_both_times(package):
    path = database_path(package, package)
    first, second = open_database(path), open_database(path)
    for connection in (first, second):
        with pytest.raises(duckdb.Error):
            connection.execute("select * from read_csv('/etc/passwd')")
