"""The databases that are open: one connection for all readers of a build, out of reach of the framework's caches."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import duckdb

from neaspec.data.database import GENERATIONS_KEPT, open_database


class OpenDatabases:
    """The connections to the builds asked for last; safe between threads.

    None is ever closed by hand: a connection that is no longer kept closes itself with the last reader's question that
    still goes through it. The framework's own cache of resources would close it while others use it.
    """

    def __init__(
        self,
        most: int = GENERATIONS_KEPT,
        open_one: Callable[[Path], duckdb.DuckDBPyConnection] = open_database,
        on_leave: Callable[[Path], None] = lambda _path: None,
    ) -> None:
        """Keep at most so many builds open.

        Args:
            most: builds kept open.
            open_one: opens one.
            on_leave: is called with one that is no longer kept, so that caches let go what is of it.
        """
        self._most, self._open_one, self._on_leave = most, open_one, on_leave
        self._kept: OrderedDict[Path, duckdb.DuckDBPyConnection] = OrderedDict()
        self._lock = Lock()

    def get(self, path: Path) -> duckdb.DuckDBPyConnection:
        """Return the connection to a build; use a cursor of it for each call.

        Raises:
            DatabaseError: if it cannot be read.
        """
        with self._lock:
            connection = self._kept.get(path)
            if connection is None:
                connection = self._kept[path] = self._open_one(path)
            self._kept.move_to_end(path)
            while len(self._kept) > self._most:
                left, _ = self._kept.popitem(last=False)
                self._on_leave(left)
            return connection

    def __len__(self) -> int:
        """Return how many are kept open."""
        return len(self._kept)
