"""Files made before: a bounded store, in which a file that many ask for at once is made once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import BoundedSemaphore, Lock

MOST_BYTES = 96_000_000
AT_ONCE = 2  # files made at the same time, one for each core; the others wait


class KeptFiles:
    """Files by what they were made of, the one used longest ago leaving first; safe between threads."""

    def __init__(self, most_bytes: int = MOST_BYTES, at_once: int = AT_ONCE) -> None:
        """Keep at most so many bytes; make at most so many files at the same time."""
        self._files: OrderedDict[Hashable, bytes] = OrderedDict()
        self._making: dict[Hashable, Future[bytes]] = {}
        self._lock = Lock()
        self._turn = BoundedSemaphore(at_once)
        self._most = most_bytes

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the file of a key; made now if it is not kept.

        Whoever asks while it is being made gets the same file, or the same error; an error is not kept.
        """
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
            is_mine = key not in self._making
            future = self._making.setdefault(key, Future())
        if not is_mine:
            return future.result()
        try:
            with self._turn:
                made = make()
        except BaseException as problem:
            self._done(key)
            future.set_exception(problem)
            raise
        self._done(key, made)
        future.set_result(made)
        return made

    def _done(self, key: Hashable, made: bytes | None = None) -> None:
        with self._lock:
            self._making.pop(key, None)
            if made is None:
                return
            self._files[key] = made
            while self.size() > self._most and len(self._files) > 1:
                self._files.popitem(last=False)

    def size(self) -> int:
        """Return how many bytes are kept."""
        return sum(len(file) for file in self._files.values())

    def __len__(self) -> int:
        """Return how many files are kept."""
        return len(self._files)
