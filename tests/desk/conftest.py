"""A desk of its own for each test: a store, people with every role, a made-up data package."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from neaspec.desk.people import Person
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store, Submission
from neaspec.desk.upgrade import open_store
from tests.support.made_up import write_package

MONGOLIA = Person("focal@mongolia.example", "focal_point", "MNG")
OTHER_MONGOLIA = Person("second@mongolia.example", "focal_point", "MNG")
JAPAN = Person("focal@japan.example", "focal_point", "JPN")
EDITOR = Person("editor@secretariat.example", "editor")
PUBLISHER = Person("publisher@secretariat.example", "publisher")
ADMINISTRATOR = Person("admin@secretariat.example", "administrator")
READER = Person("anybody@example.org")
EVERYBODY = (MONGOLIA, OTHER_MONGOLIA, JAPAN, EDITOR, PUBLISHER, ADMINISTRATOR, READER)
COUNT = {
    "species_id": "made_up_cat",
    "country_code": "MNG",
    "country_codes": "MNG",
    "area_id": "made_up_park",
    "area_name": "Made-up park",
    "year_from": "2024",
    "year_to": "2024",
    "count_kind": "estimate",
    "population_part": "adults",
    "method": "camera_trap",
    "value": "9",
    "qualifier": "exact",
    "unit": "individuals",
}


class Clock:
    """A clock that goes on a second each time it is read, and can be put back."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Desk:
    """A store with its clock and its settings."""

    store: Store
    clock: Clock
    settings: DeskSettings

    def count(self, person: Person = MONGOLIA, **cells: str) -> Submission:
        """Draft a count."""
        return self.store.draft(person, "count", {"row": COUNT | cells})

    def accepted(self, **cells: str) -> Submission:
        """Draft a count, submit it and accept it."""
        drafted = self.count(**cells)
        self.store.lead(MONGOLIA, "submit", drafted.submission_id, 1)
        return self.store.lead(EDITOR, "accept", drafted.submission_id, 1)


def report_of(submission: Submission) -> tuple[dict[str, str], str]:
    """Name the report of a State."""
    return {"title": "Made-up report", "publisher": submission.country_code, "language": "en"}, "2026-05-01"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL of its own; skipped where there is none."""
    programs = [shutil.which(name) for name in ("initdb", "pg_ctl")]
    if None in programs:
        pytest.skip("PostgreSQL is not installed here")
    # Not below pytest's own folder: each run of pytest shuts that to other users, such as that of a running server.
    with tempfile.TemporaryDirectory(prefix="postgresql", ignore_cleanup_errors=True) as folder:
        yield from serving(Path(folder), str(programs[0]), str(programs[1]))


def serving(folder: Path, initdb: str, pg_ctl: str) -> Iterator[str]:
    """Give the address of a server on a socket in a folder; as its own user where this is root."""
    import os
    import pwd

    as_user: list[str] = []
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        if "postgres" not in names:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run([*as_user, initdb, "-D", str(data), "-A", "trust", "-U", "desk"], check=True, capture_output=True)
    subprocess.run(
        [*as_user, pg_ctl, "-D", str(data), "-o", options, "-w", "-l", str(folder / "log"), "start"],
        check=True,
        capture_output=True,
    )
    yield f"postgresql+pg8000://desk@/postgres?unix_sock={folder}/.s.PGSQL.5432"
    subprocess.run([*as_user, pg_ctl, "-D", str(data), "-m", "immediate", "stop"], check=False, capture_output=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Give a desk on each kind of store."""
    address = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    if request.param == "postgresql":
        address = str(request.getfixturevalue("postgresql"))
    engine = open_store(address)
    clock = Clock()
    settings = DeskSettings(address, tmp_path / "people.csv", tmp_path / "editions", write_package(tmp_path / "data"))
    yield Desk(Store(engine, clock), clock, settings)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("drop schema public cascade")
            connection.exec_driver_sql("create schema public")
    engine.dispose()
