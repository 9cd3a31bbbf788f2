"""One build at a time in a folder, also for several containers that share it.

The lock is on a file in the folder and not on a number of a process: numbers are told anew in every container. It ends
with its process, however that ends.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EAGAIN
from pathlib import Path
from typing import IO

from neaspec.errors import DatabaseError

try:
    import fcntl
except ImportError:  # not on Windows, where nothing guards the folder
    fcntl = None  # type: ignore[assignment]

LOCK_NAME = ".build.lock"
MOST_SECONDS = 600.0  # a build takes seconds
PAUSE_SECONDS = 0.05


@contextmanager
def folder_lock(folder: Path, report: Callable[[str], None]) -> Iterator[bool]:
    """Hold the lock of a folder; wait for another holder.

    Yields:
        Whether the lock is held; False where the file system has none.

    Raises:
        OSError: if the folder cannot be written.
        DatabaseError: if another process holds the lock too long.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_NAME).open("ab") as handle:
        yield is_held(handle, folder, report, MOST_SECONDS)


def is_held(handle: IO[bytes], folder: Path, report: Callable[[str], None], most_seconds: float) -> bool:
    """Take the lock as soon as it is free; False where there are no locks."""
    if fcntl is None:
        return False
    started, has_said = time.monotonic(), False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError as problem:
            if problem.errno not in (EACCES, EAGAIN):
                return False
        if time.monotonic() - started > most_seconds:
            raise DatabaseError(
                f"another process has been building in {folder} for more than {most_seconds:g} seconds "
                f"(it holds {LOCK_NAME}); end it and start again"
            )
        if not has_said:
            report("waiting for another build in this folder")
            has_said = True
        time.sleep(PAUSE_SECONDS)
