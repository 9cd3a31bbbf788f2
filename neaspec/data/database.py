"""The database the app reads: build it when the tables changed, switch to it in one step, open it read-only.

    python -m neaspec.tables     builds when stale; the last line is the path of the current database

Each build is a file of its own, data/neaspec-<fingerprint>.duckdb, with its checksum beside it; data/neaspec.duckdb is
a link to the current one. A file is complete before the link is switched, so a build that fails or is killed leaves the
old one serving; a lock in the folder lets one build at a time run, and those that waited take what it made. (DuckDB
would keep serving the old content of a path that is replaced.)
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

import duckdb

from neaspec.data.build import Report, build_database, fingerprint, inputs
from neaspec.data.checksum import is_whole, log_path, sha256_of, write_checksum
from neaspec.data.folder_lock import folder_lock
from neaspec.errors import DashboardError, DatabaseError
from neaspec.paths import DATA_DIR

LINK_NAME = "neaspec.duckdb"
BEING_REPLACED = (
    ".being-replaced"  # beside the tables while several of them are put in place: they are of two minds then
)
GENERATIONS_KEPT = 2  # the current one and the one open pages may still read
DIRECTORY_VARIABLE = "NEASPEC_DATABASE_DIR"


def version_of(path: Path) -> str:
    """Return which build a database file is: the fingerprint of what it was made from."""
    return path.stem.removeprefix("neaspec-")


def database_dir() -> Path:
    """Return the folder of the database: data/, or NEASPEC_DATABASE_DIR where data/ cannot be written."""
    return Path(os.environ.get(DIRECTORY_VARIABLE, DATA_DIR))


def database_name(data_dir: Path) -> str:
    """Return the name of the database of the tables as they are."""
    return f"neaspec-{fingerprint(data_dir)}.duckdb"


def no_progress(_: str) -> None:
    """Report nothing."""


def database_path(data_dir: Path = DATA_DIR, folder: Path | None = None, report: Report = no_progress) -> Path:
    """Return the current database, building it first if the tables changed since.

    Raises:
        DataError: if the tables break their description; an older database stays in place.
        DatabaseError: if the database cannot be written or read.
    """
    folder = folder or database_dir()
    try:
        wanted = folder / database_name(data_dir)
    except OSError as problem:
        raise DatabaseError(f"{problem.filename} cannot be read ({problem.strerror})") from problem
    if is_whole(wanted):
        if current_file(folder) != wanted:
            with suppress(DatabaseError):  # a folder that cannot be written may still hold the right database
                switch_to(wanted, folder, report)
        return wanted
    try:
        with folder_lock(folder, report) as is_held:
            if not is_whole(wanted):  # another process may have built it meanwhile
                report(f"building {wanted.name}")
                build_beside(data_dir, wanted, report)
            switch_to(wanted, folder, report)
            remove_old(folder, wanted, is_held)
    except OSError as problem:
        raise cannot_write(folder, problem.strerror) from problem
    return wanted


Signature = tuple[tuple[tuple[str, int, int], ...], Path | None]  # inputs of the build, where the link leads


@dataclass
class Serving:
    """What is served in this process: one thread at a time looks for changes, a failed build is not tried again."""

    lock: Lock = field(default_factory=Lock)
    seen: object = None  # the inputs (and the link, where an older one is served) as they were when `path` was found
    path: Path | None = None
    warm: Callable[[Path], object] | None = None
    switches: int = 0  # how often another database was served
    failures: int = 0  # builds that failed; the database of before was served on


SERVING = Serving()


def warm_before_switch(warm: Callable[[Path], object] | None) -> None:
    """Have something done with each new database before this process serves it: composing the pages most asked for.

    With it an update is prepared in a thread of its own, and every reader is served the database of before until `warm`
    has ended. What it raises is logged, and the new database is served all the same. None: nothing, as at first.
    """
    SERVING.warm = warm


def serving_path(data_dir: Path = DATA_DIR, report: Report = no_progress) -> Path:
    """Return the newest database that can be served: the current one, or the one before while or if a build fails.

    Cheap while no file changed, so it can be asked at every rerun.

    Raises:
        DashboardError: if the build fails and there is nothing older to serve.
    """
    if SERVING.path is not None and SERVING.path.is_file() and (data_dir / BEING_REPLACED).exists():
        return SERVING.path
    seen = signature(data_dir)
    # The link matters only to one that serves an older database: another process may have built what failed here. One
    # that serves the newest leaves the link alone, else processes of two versions would turn it to and fro.
    if SERVING.seen in (seen, seen[0]) and SERVING.path is not None and SERVING.path.is_file():
        return SERVING.path
    older = SERVING.path
    may_serve = older is not None and older.parent == database_dir() and older.is_file()
    if not SERVING.lock.acquire(blocking=not may_serve) and older is not None:
        return older  # another reader's run is building; this one is not kept waiting
    if may_serve and older is not None and SERVING.warm is not None:
        Thread(target=serve_newest, args=(data_dir, report, seen), daemon=True, name="data update").start()
        return older
    return serve_newest(data_dir, report, seen)


def serve_newest(data_dir: Path, report: Report, seen: Signature) -> Path:
    """Build where needed, warm up, then serve; the caller has taken SERVING.lock, which is given back here."""
    try:
        path = newest_whole(data_dir, report)
        if SERVING.path not in (None, path) and SERVING.warm is not None:
            try:
                SERVING.warm(path)
            except Exception:  # whatever it is: a cold page is better than an old one
                print(f"warming up {path.name} failed:\n{traceback.format_exc()}", file=sys.stderr)
        now = signature(data_dir)
        is_newest = False
        with suppress(OSError):
            is_newest = path.name == database_name(data_dir)
        SERVING.switches += SERVING.path != path
        SERVING.path, SERVING.seen = path, None if now[0] != seen[0] else now[0] if is_newest else now
        return path
    finally:
        SERVING.lock.release()


def newest_whole(data_dir: Path, report: Report) -> Path:
    """Return the database of the tables as they are; if it cannot be built, say why and return the one of before."""
    try:
        return database_path(data_dir, report=report)
    except DashboardError as problem:
        SERVING.failures += 1
        older = current_file(database_dir())
        if older is None or not is_whole(older):
            raise
        print(f"the database of before is served on, because the new one failed:\n{problem}", file=sys.stderr)
        return older


def signature(data_dir: Path) -> Signature:
    """Return something that differs as soon as an input of the build or the link was changed, without reading files."""
    files = []
    for path in inputs(data_dir):
        with suppress(OSError):
            status = path.stat()
            files.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(files), current_file()


def build_beside(data_dir: Path, wanted: Path, report: Report) -> None:
    """Build into a file of this process, then give it its name in one step."""
    temporary = wanted.with_name(f"{wanted.name}.{os.getpid()}-{time.monotonic_ns()}.tmp")
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch()
        temporary.unlink()
        build_database(data_dir, temporary, report)
        if wanted.name != database_name(data_dir):
            raise DatabaseError("the tables were changed while they were read; build again")
        write_checksum(wanted, sha256_of(temporary))
        log_path(wanted).unlink(missing_ok=True)  # of a database that lay here before
        temporary.replace(wanted)
    except OSError as problem:
        raise cannot_write(wanted.parent, problem.strerror) from problem
    except DatabaseError as problem:
        for reason in ("No space left on device", "Disk quota exceeded"):
            if reason in str(problem):
                raise cannot_write(wanted.parent, reason) from problem
        raise
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
            log_path(temporary).unlink(missing_ok=True)


def cannot_write(folder: Path, reason: str | None) -> DatabaseError:
    """Return what to tell about a folder that cannot be written or is full: which, why, the way out."""
    return DatabaseError(
        f"The database cannot be written: {folder} ({reason}). "
        f"Set {DIRECTORY_VARIABLE} to a folder that can be written and has room."
    )


def switch_to(wanted: Path, folder: Path, report: Report = no_progress) -> None:
    """Lead the link to another file in one step; where links cannot be made, a small file with the name does."""
    link = folder / LINK_NAME
    temporary = folder / f".{LINK_NAME}.{os.getpid()}-{time.monotonic_ns()}"
    try:
        try:
            temporary.symlink_to(wanted.name)
        except (OSError, NotImplementedError):
            temporary.write_text(wanted.name, encoding="utf-8")
        temporary.replace(link)
    except OSError as problem:
        raise DatabaseError(f"{link} cannot be written ({problem.strerror})") from problem
    report(f"{LINK_NAME} now leads to {wanted.name}")


def current_file(folder: Path | None = None) -> Path | None:
    """Return the file the link leads to, or None if there is none. Cheap: asked at every rerun."""
    folder = folder or database_dir()
    link = folder / LINK_NAME
    try:
        target = folder / link.readlink()
    except OSError:
        try:
            name = link.read_bytes()[:80].decode("utf-8") if link.is_file() else ""
        except (OSError, UnicodeDecodeError):
            return None
        target = folder / name if name.startswith("neaspec-") else link
    return target if target.is_file() and target.name != LINK_NAME else None


def current_version(folder: Path | None = None) -> str:
    """Return the fingerprint of the current database; empty if there is none."""
    current = current_file(folder)
    return version_of(current) if current else ""


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database for reading only, with no way to files, extensions or settings.

    Use one connection for all threads and a cursor for each call.

    Raises:
        DatabaseError: if it cannot be read.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True)
        # A file that this process has open already is one database with it, and that one is shut off and locked.
        if connection.execute("select current_setting('lock_configuration')").fetchone() != (True,):
            # Readers are many and answers small: one thread a question costs half of what two do, and none waits.
            connection.execute("set threads = 1")
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
    except duckdb.Error as problem:
        raise DatabaseError(f"{path.name} cannot be read: {problem}. Remove it and start again.") from problem
    return connection


def remove_old(folder: Path, current: Path, is_held: bool = True) -> None:
    """Remove builds beyond the generations kept, and what builds that died left behind.

    is_held: the lock of the folder is held, so no other build is running.
    """
    with suppress(OSError):
        builds = sorted(folder.glob("neaspec-*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
        others = [path for path in builds if path != current]
        for path in others[GENERATIONS_KEPT - 1 :]:
            path.unlink(missing_ok=True)
        for path in folder.glob("neaspec-*.duckdb.sha256"):
            if not path.with_suffix("").exists():
                path.unlink(missing_ok=True)
        if is_held:
            for path in [*folder.glob("neaspec-*.tmp*"), *folder.glob(f".{LINK_NAME}.*")]:
                path.unlink(missing_ok=True)


def main() -> int:
    """Build when stale; print the path of the current database as the last line."""
    started = time.monotonic()

    def report(step: str) -> None:
        print(f"[{time.monotonic() - started:5.1f} s] {step}", file=sys.stderr, flush=True)

    try:
        path = database_path(report=report)
    except DashboardError as problem:
        print(f"{problem}", file=sys.stderr)
        older = current_file()
        if older is not None:
            print(f"The database of before stays in place: {older}", file=sys.stderr)
        return 1
    report("the database is current")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
