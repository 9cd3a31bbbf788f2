"""Publish what was accepted: an edition is a whole data package, put in place in one step that a kill cannot halve.

The package of an edition is written beside the others and checked by a trial build. Then a journal says that it is to
be put in place; from there on a kill is made good by `recover`, which goes on where it ended. Before the journal
nothing has changed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neaspec.data.build import build_database
from neaspec.data.description import FILE_NAME, read_description, tables_of
from neaspec.data.folder_lock import folder_lock
from neaspec.desk.changes import Change, changes_of, read_tables, with_changes, write_package
from neaspec.desk.errors import DeskError, SubmissionError
from neaspec.desk.people import Person
from neaspec.desk.rights import require
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store, Submission
from neaspec.errors import DatabaseError, DataError

JOURNAL = "journal.json"
ABOUT = "edition.json"  # beside the tables of an edition
FIRST = 0  # the tables as they were before the first edition
ReportOf = Callable[[Submission], tuple[dict[str, str], str]]  # title and publisher of its report, and the day


@dataclass(frozen=True)
class Preview:
    """An edition as it would be: submission -> its changes; file -> new text; what speaks against it."""

    changes: dict[str, list[Change]]
    texts: dict[str, str]
    problems: list[str]


def preview(store: Store, person: Person, settings: DeskSettings, report_of: ReportOf) -> Preview:
    """Return what publishing now would change, checked by the rules of the build."""
    require(person, "publish")
    tables = read_tables(settings.data_dir)
    changes: dict[str, list[Change]] = {}
    problems: list[str] = []
    for submission in store.submissions(person):
        if submission.state == "accepted":
            try:
                found = changes_of(submission, tables, *report_of(submission))
            except SubmissionError as refused:
                problems += refused.problems
                continue
            if found:
                changes[submission.submission_id] = found
    try:
        texts = with_changes(tables, [change for rows in changes.values() for change in rows])
    except SubmissionError as refused:
        return Preview(changes, {}, [*problems, *refused.problems])
    return Preview(changes, texts, problems)


def publish(store: Store, person: Person, settings: DeskSettings, name: str, report_of: ReportOf) -> int:
    """Publish all that was accepted as a new edition; return its number.

    Raises:
        DeskError: if nothing was accepted, or no name was given.
        SubmissionError: if the tables would break their description; nothing is changed then.
    """
    if not name.strip():
        raise DeskError("An edition needs a name, for example: for SOM-29.")
    with folder_lock(settings.editions, _no_report):
        recover(store, settings)
        planned = preview(store, person, settings, report_of)
        if planned.problems:
            raise SubmissionError(planned.problems)
        if not planned.changes:
            raise DeskError("Nothing that was accepted changes a table.")
        with tempfile.TemporaryDirectory(dir=settings.editions, prefix=".staged-") as folder:
            staged = Path(folder) / "package"
            write_package(settings.data_dir, staged, planned.texts)
            _try_build(staged, Path(folder) / "trial.duckdb")
            _keep_first(settings)
            checksums = (checksum_of(settings.data_dir), checksum_of(staged))
            rows = {key: [(change.table, change.key) for change in found] for key, found in planned.changes.items()}
            number = store.prepare_edition(person, name.strip(), rows, checksums)
            _write(staged / ABOUT, {"number": number, "name": name.strip(), "checksum": checksums[1]})
            target = folder_of(settings, number)
            shutil.rmtree(target, ignore_errors=True)  # of an edition that was given up
            staged.replace(target)
        _begin(settings, {"number": number, "package": number, "action": "publish"})
        recover(store, settings)
    return number


def withdraw(store: Store, person: Person, settings: DeskSettings, number: int, reason: str) -> None:
    """Put the tables back as they were before the newest edition.

    Raises:
        DeskError: if it is not the newest that holds, or the tables were changed since by other means.
    """
    with folder_lock(settings.editions, _no_report):
        recover(store, settings)
        store.require_withdrawal(person, number, reason)
        known = {edition["number"]: edition for edition in store.editions()}
        if checksum_of(settings.data_dir) != known[number]["checksum"]:
            raise DeskError("The published tables were changed since by other means; withdrawing would undo that, too.")
        before = next(
            (key for key in range(number - 1, FIRST, -1) if known.get(key, {}).get("state") == "published"), FIRST
        )
        if checksum_of(folder_of(settings, before)) != known[number]["checksum_before"]:
            raise DeskError(f"The package of edition {before} is not what edition {number} was built on.")
        _begin(
            settings,
            {"number": number, "package": before, "action": "withdraw", "by": person.address, "reason": reason},
        )
        recover(store, settings)


def recover(store: Store, settings: DeskSettings) -> None:
    """Go on with what a kill ended: put a package in place that a journal names, give up what has none."""
    journal = settings.editions / JOURNAL
    if journal.is_file():
        begun = json.loads(journal.read_text(encoding="utf-8"))
        _put_in_place(folder_of(settings, begun["package"]), settings.data_dir)
        if begun["action"] == "publish":
            store.finish_edition(begun["number"])
        else:
            store.withdraw_edition(Person(begun["by"], "publisher"), begun["number"], begun["reason"])
        _commit(settings.data_dir, f"Edition {begun['number']}: {begun['action']}")
        journal.unlink()
    for edition in store.editions():
        if edition["state"] == "prepared":
            store.drop_edition(edition["number"])
            shutil.rmtree(folder_of(settings, edition["number"]), ignore_errors=True)


def folder_of(settings: DeskSettings, number: int) -> Path:
    """Return the folder of the package of an edition."""
    return settings.editions / f"edition-{number:04d}"


def checksum_of(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all published tables and their description."""
    digest = hashlib.sha256()
    for name in sorted([FILE_NAME, *(table["path"] for table in tables_of(read_description(folder)))]):
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _try_build(package: Path, target: Path) -> None:
    try:
        build_database(package, target, _no_report)
    except DataError as refused:
        raise SubmissionError(refused.problems) from refused
    except DatabaseError as refused:
        raise SubmissionError([str(refused)]) from refused


def _keep_first(settings: DeskSettings) -> None:
    """Keep the tables as they were before the first edition."""
    if not any(settings.editions.glob("edition-*")):
        first = folder_of(settings, FIRST)
        write_package(settings.data_dir, first, {})
        _write(first / ABOUT, {"number": FIRST, "name": "", "checksum": checksum_of(first)})


def _begin(settings: DeskSettings, begun: dict[str, Any]) -> None:
    """Write the journal, on the disk before anything is put in place."""
    _write(settings.editions / JOURNAL, begun)
    _sync_folder(settings.editions)


def _put_in_place(package: Path, data_dir: Path) -> None:
    """Replace each published table that differs, whole, with what the package has."""
    for source in sorted(path for path in package.iterdir() if path.suffix == ".csv"):
        target = data_dir / source.name
        content = source.read_bytes()
        if target.is_file() and target.read_bytes() == content:
            continue
        beside = target.with_name(f".{target.name}.new")
        with beside.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(target)
    _sync_folder(data_dir)


def _write(path: Path, content: dict[str, Any]) -> None:
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as handle:
        json.dump(content, handle, indent=1, sort_keys=True)
        handle.flush()
        os.fsync(handle.fileno())
    beside.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make names in a folder last, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _commit(data_dir: Path, message: str) -> None:
    """Make an edition a commit where the tables lie in a git checkout; elsewhere its folder is the record."""
    inside = _git(data_dir, ["rev-parse", "--is-inside-work-tree"])
    if inside is None or inside.strip() != "true":
        return
    _git(data_dir, ["add", "--", "*.csv"])
    _git(
        data_dir,
        [
            "-c",
            "user.name=NEASPEC desk",
            "-c",
            "user.email=desk@localhost",
            "commit",
            "-q",
            "-m",
            message,
            "--",
            "*.csv",
        ],
    )


def _git(folder: Path, arguments: Iterable[str]) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - arguments of ours, no shell
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git of the system
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _no_report(_: str) -> None:
    """Report nothing."""
