"""Publish what was accepted: an edition is a whole data package, put in place in one step that a kill cannot halve.

The package of an edition is written beside the others and checked by a trial build. Then a journal says that it is to
be put in place; from there on a kill is made good by `recover`, which goes on where it ended. Before the journal
nothing has changed.
"""

import hashlib
import json
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neaspec.data.build import build_database
from neaspec.data.database import BEING_REPLACED
from neaspec.data.description import FILE_NAME, read_description, tables_of
from neaspec.data.folder_lock import folder_lock
from neaspec.desk.changes import Change, Table, changes_of, read_tables, with_changes, write_package
from neaspec.desk.errors import DeskError, SubmissionError
from neaspec.desk.people import Person
from neaspec.desk.rights import require
from neaspec.desk.sentences import sentence
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store, Submission
from neaspec.errors import DatabaseError, DataError

JOURNAL = "journal.json"
ABOUT = "edition.json"  # beside the tables of an edition
STAGED = ".staged-"
LOG = logging.getLogger("neaspec")
ReportOf = Callable[[Submission], tuple[dict[str, str], str]]  # title and publisher of its report, and the day
Shown = frozenset[tuple[str, int]]  # submissions with the version of each


@dataclass(frozen=True)
class Preview:
    """An edition as it would be: submission -> its changes; file -> new text; what speaks against it.

    shown: what it holds, to be given back to `publish`: nothing is published that its publisher has not seen.
    """

    changes: dict[str, list[Change]]
    texts: dict[str, str]
    problems: list[str]
    shown: Shown = frozenset()


def preview(store: Store, person: Person, settings: DeskSettings, report_of: ReportOf) -> Preview:
    """Return what publishing now would change, checked by the rules of the build."""
    require(person, "publish")
    tables = read_tables(settings.data_dir)
    changes: dict[str, list[Change]] = {}
    shown: set[tuple[str, int]] = set()
    problems = lost_rows(store, tables)
    for submission in store.submissions(person):
        if submission.state == "accepted":
            try:
                rows = changes_of(submission, tables, *report_of(submission))
            except SubmissionError as refused:
                problems += refused.problems
                continue
            changes[submission.submission_id] = rows
            shown.add((submission.submission_id, submission.version))
    try:
        texts = with_changes(tables, [change for rows in changes.values() for change in rows])
    except SubmissionError as refused:
        return Preview(changes, {}, [*problems, *refused.problems], frozenset(shown))
    return Preview(changes, texts, problems, frozenset(shown))


def lost_rows(store: Store, tables: Mapping[str, Table]) -> list[str]:
    """Tell the rows of editions that hold which are not in the published tables, as after tables of another server."""
    return [
        sentence("lost", table=table, row=key, number=number)
        for number, table, key in store.rows_of_editions()
        if key not in tables[table].rows
    ]


def publish(
    store: Store, person: Person, settings: DeskSettings, name: str, report_of: ReportOf, shown: Shown | None = None
) -> int:
    """Publish all that was accepted as a new edition; return its number.

    Args:
        store: of the desk.
        person: a publisher.
        settings: of the desk.
        name: of the edition.
        report_of: names the report of a State.
        shown: what the publisher saw before; None for whatever there is.

    Raises:
        DeskError: if nothing was accepted, no name was given, or something else would be published than was seen.
        SubmissionError: if the tables would break their description; nothing is changed then.
    """
    if not name.strip():
        raise DeskError(sentence("edition_name"))
    with folder_lock(settings.editions, _no_report), _told_as_sentence():
        _recover(store, settings)
        planned = preview(store, person, settings, report_of)
        if shown is not None and planned.shown != shown:
            raise DeskError(sentence("shown"))
        if planned.problems:
            raise SubmissionError(planned.problems)
        if not planned.changes:
            raise DeskError(sentence("nothing"))
        if not os.access(settings.data_dir, os.W_OK):
            raise DeskError(sentence("read_only", folder=settings.data_dir.name))
        with tempfile.TemporaryDirectory(dir=settings.editions, prefix=STAGED) as folder:
            staged = Path(folder) / "package"
            write_package(settings.data_dir, staged, planned.texts)
            _try_build(staged, Path(folder) / "trial.duckdb")
            checksums = (checksum_of(settings.data_dir), checksum_of(staged))
            versions = dict(planned.shown)
            rows = {
                (key, versions[key]): [(change.table, change.key) for change in changes]
                for key, changes in planned.changes.items()
            }
            number = store.prepare_edition(person, name.strip(), rows, checksums)
            before = Path(folder) / "before"
            write_package(settings.data_dir, before, {})
            _keep(before, before_of(settings, number))
            _write(staged / ABOUT, {"number": number, "name": name.strip(), "checksum": checksums[1]})
            _keep(staged, folder_of(settings, number))
        about = {"number": number, "package": folder_of(settings, number).name, "checksum": checksums[1]}
        _begin(settings, {**about, "action": "publish", "name": name.strip()})
        _recover(store, settings)
    return number


def withdraw(store: Store, person: Person, settings: DeskSettings, number: int, reason: str) -> None:
    """Put the tables back as they were before the newest edition.

    Raises:
        DeskError: if it is not the newest that holds, or the tables were changed since by other means.
    """
    with folder_lock(settings.editions, _no_report), _told_as_sentence():
        _recover(store, settings)
        store.require_withdrawal(person, number, reason)
        known = {edition["number"]: edition for edition in store.editions()}[number]
        if checksum_of(settings.data_dir) != known["checksum"]:
            raise DeskError(sentence("other_means"))
        about = {"number": number, "package": before_of(settings, number).name, "checksum": known["checksum_before"]}
        _begin(settings, {**about, "action": "withdraw", "by": person.address, "reason": reason})
        _recover(store, settings)


def put_back(store: Store, settings: DeskSettings) -> int:
    """Put the tables of the newest edition that holds in place, as after a restore; return its number.

    Raises:
        DeskError: if no edition holds.
    """
    with folder_lock(settings.editions, _no_report), _told_as_sentence():
        _recover(store, settings)
        holding = [edition for edition in store.editions() if edition["state"] == "published"]
        if not holding:
            raise DeskError(sentence("none_holds"))
        newest = holding[-1]
        package = folder_of(settings, newest["number"]).name
        about = {"number": newest["number"], "package": package, "checksum": newest["checksum"]}
        _begin(settings, {**about, "action": "put back"})
        _recover(store, settings)
    return int(newest["number"])


def recover(store: Store, settings: DeskSettings) -> None:
    """Go on with what a kill ended, if anything: put a package in place that a journal names, give up what has none."""
    if is_half_done(store, settings):
        with folder_lock(settings.editions, _no_report), _told_as_sentence():
            _recover(store, settings)


def is_half_done(store: Store, settings: DeskSettings) -> bool:
    """Tell whether a kill left something to be brought to its end."""
    return (
        (settings.editions / JOURNAL).is_file()
        or any(edition["state"] == "prepared" for edition in store.editions())
        or any(settings.editions.glob(f"{STAGED}*"))
    )


def _recover(store: Store, settings: DeskSettings) -> None:
    journal = settings.editions / JOURNAL
    if journal.is_file():
        begun = json.loads(journal.read_text(encoding="utf-8"))
        package = settings.editions / begun["package"]
        if checksum_of(package) != begun["checksum"]:
            raise DeskError(sentence("not_whole", package=package.name))
        changed = _put_in_place(package, settings.data_dir)
        if begun["action"] == "publish":
            store.finish_edition(begun["number"])
        elif begun["action"] == "withdraw":
            store.withdraw_edition(Person(begun["by"], "publisher"), begun["number"], begun["reason"])
        name = f" ({begun['name']})" if begun.get("name") else ""
        _commit(settings.data_dir, changed, f"Edition {begun['number']}{name}: {begun['action']}")
        journal.unlink()
        (settings.data_dir / BEING_REPLACED).unlink(missing_ok=True)
    for edition in store.editions():
        if edition["state"] == "prepared":
            store.drop_edition(edition["number"])
            shutil.rmtree(folder_of(settings, edition["number"]), ignore_errors=True)
            shutil.rmtree(before_of(settings, edition["number"]), ignore_errors=True)
    for left in settings.editions.glob(f"{STAGED}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _told_as_sentence() -> Iterator[None]:
    """Tell what the file system refuses in a sentence; what was begun is brought to its end by the next `recover`."""
    try:
        yield
    except OSError as problem:
        raise DeskError(sentence("not_written", why=problem.strerror)) from problem


def before_of(settings: DeskSettings, number: int) -> Path:
    """Return the folder of the tables as they were before an edition."""
    return settings.editions / f"before-{number:04d}"


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


def _keep(package: Path, target: Path) -> None:
    """Move a package to its place, on the disk before its name."""
    for path in package.iterdir():
        with path.open("rb") as handle:
            os.fsync(handle.fileno())
    _sync_folder(package)
    shutil.rmtree(target, ignore_errors=True)  # of an edition that was given up
    package.replace(target)
    _sync_folder(target.parent)


def _begin(settings: DeskSettings, begun: dict[str, Any]) -> None:
    """Write the journal, on the disk before anything is put in place."""
    (settings.data_dir / BEING_REPLACED).touch()
    _write(settings.editions / JOURNAL, begun)
    _sync_folder(settings.editions)


def _put_in_place(package: Path, data_dir: Path) -> list[str]:
    """Replace each published table that differs, whole, with what the package has; return their names."""
    (data_dir / BEING_REPLACED).touch()
    changed = []
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
        changed.append(source.name)
    _sync_folder(data_dir)
    return changed


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


def _commit(data_dir: Path, changed: list[str], message: str) -> None:
    """Make an edition a commit where the tables lie in a git checkout; elsewhere its folder is the record."""
    if not changed or _git(data_dir, ["rev-parse", "--is-inside-work-tree"]) is None:
        return
    author = ["-c", "user.name=NEASPEC desk", "-c", "user.email=desk@localhost"]
    for arguments in (["add", "--", *changed], [*author, "commit", "-q", "-m", message, "--", *changed]):
        if _git(data_dir, arguments) is None:
            LOG.warning("git %s failed; the folder of the edition is its record", arguments[0])


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
