"""The editions of the desk as databases: each built once from its package when it is first asked for.

They lie in a folder of their own beside the served database, each below its name, so that the one that is served never
counts as an old one of theirs.
"""

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path
from threading import Lock

from neaspec.data.database import database_dir, database_path
from neaspec.data.editions import Edition
from neaspec.desk.editions import before_of, checksum_of, folder_of
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.errors import AddressError, DashboardError, DataError

FOLDER = "editions"
MOST_KEPT = 4  # databases of editions, the one used longest ago leaving first
LOG = logging.getLogger("neaspec")
_LOCK = Lock()  # one edition is built at a time: the machine has readers of the newest tables, too
_ready: dict[tuple[Path, str], Path] = {}  # package and checksum -> its database, checked in this process
_refused: set[tuple[Path, str]] = set()  # whole packages that the rules of today cannot read


def editions_kept(store: Store, settings: DeskSettings) -> tuple[Edition, ...]:
    """Return the editions whose packages are kept, in their order; first the tables before the first of them."""
    listed = [edition for edition in store.editions() if edition["state"] in ("published", "withdrawn")]
    kept = [
        Edition(
            number=edition["number"],
            name=edition["name"],
            day=edition["at"][:10],
            is_withdrawn=edition["state"] == "withdrawn",
            package=folder_of(settings, edition["number"]),
            checksum=edition["checksum"],
        )
        for edition in listed
    ]
    if listed:
        package = before_of(settings, listed[0]["number"])
        kept.insert(0, Edition(0, "", "", False, package, listed[0]["checksum_before"]))
    return tuple(edition for edition in kept if edition.package.is_dir())


def edition_database(edition: Edition) -> Path:
    """Return the database of an edition, built first where it is not there.

    Raises:
        AddressError: if its package is not whole any more, or cannot be read by the rules of today.
        DatabaseError: if the database cannot be written.
    """
    key = (edition.package, edition.checksum)
    folder = database_dir() / FOLDER / edition.package.name
    with _LOCK:
        path = _ready.get(key)
        if path is None or not path.is_file():
            if key in _refused:
                raise _unreadable(edition)
            if not _is_whole(edition):
                raise AddressError(f"edition {edition.number} is not whole here any more; it is in the backup")
            try:
                path = _ready[key] = database_path(edition.package, folder)
            except DataError as refused:
                LOG.error("edition %s: %s", edition.number, refused, extra={"event": "edition_unreadable"})
                _refused.add(key)
                raise _unreadable(edition) from None
            _let_go(folder)
        with suppress(OSError):
            os.utime(folder)
    return path


def _is_whole(edition: Edition) -> bool:
    try:
        return checksum_of(edition.package) == edition.checksum
    except (OSError, DashboardError):
        return False


def _unreadable(edition: Edition) -> AddressError:
    return AddressError(f"edition {edition.number} was made for other rules and cannot be opened by this version")


def _let_go(newest: Path) -> None:
    """Remove the databases of editions beyond those kept; a reader of one that is open keeps it to the end."""
    others = sorted(
        (path for path in newest.parent.iterdir() if path.is_dir() and path != newest),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in others[MOST_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
