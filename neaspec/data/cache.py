"""What is kept so that it is not made again: the only kind of cache that threads share.

| what | where | how much | until |
| --- | --- | --- | --- |
| answers of queries | data/queries.py, ANSWERS | 2,000 | used longest ago |
| names and words for the search | data/search/names.py, INDEXES | 12 | used longest ago |
| composed pages | web/page_cache.py, PAGE_CACHE | 200 | used longest ago |
| files to take away | web/downloads.py, FILES | 96 MB | used longest ago |
| problems of tables | data/validate.py, CHECKED | 400 contents of tables | used longest ago |
| outcomes of scenarios | scenarios/outcome.py, OUTCOMES | 40 | used longest ago |
| packs of meetings | web/downloads.py, PACKS | 190 MB, about three | used longest ago |

The version of the data (of a table, its content) is part of every key: what belongs to older data is never given, and
leaves first; answers, names and pages leave with the build they are of. What a visitor gave is in none of these.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")


def _one(_value: object) -> int:
    return 1


class SharedCache(Generic[Value]):
    """Values by what they were made of, the one used longest ago leaving first; safe between threads."""

    def __init__(self, most: int, size: Callable[[Value], int] = _one) -> None:
        """Keep so much at most.

        Args:
            most: in the unit of `size`.
            size: of a value; by default each counts as one.
        """
        self.most = most
        self._kept: LRUCache[Hashable, Value] = LRUCache(most, getsizeof=size)
        self._being_made: dict[Hashable, Future[Value]] = {}
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept for a key, or None."""
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, unless it alone is larger than everything that may be kept."""
        with self._lock:
            if self._kept.getsizeof(value) <= self.most:
                self._kept[key] = value

    def get_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made now if it is not kept.

        Whoever asks while it is being made gets the same value, or the same error; an error is not kept.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                return kept
            is_mine = key not in self._being_made
            future = self._being_made.setdefault(key, Future())
        if not is_mine:
            return future.result()
        try:
            value = make()
        except BaseException as problem:
            self._forget(key)
            future.set_exception(problem)
            raise
        self.put(key, value)
        self._forget(key)
        future.set_result(value)
        return value

    def forget(self, belongs: Callable[[Hashable], bool]) -> None:
        """Let go the values whose keys belong to what is over."""
        with self._lock:
            for key in [key for key in self._kept if belongs(key)]:
                del self._kept[key]

    def _forget(self, key: Hashable) -> None:
        with self._lock:
            del self._being_made[key]

    def kept_keys(self) -> list[Hashable]:
        """Return the keys of what is kept."""
        with self._lock:
            return list(self._kept)

    def size(self) -> int:
        """Return how much is kept, in the unit of the sizes."""
        return int(self._kept.currsize)

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._kept)
