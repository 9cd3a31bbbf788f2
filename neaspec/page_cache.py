"""The pages composed last are kept, so that the same choices are not composed again."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from neaspec.blocks import Page

MOST_PAGES_KEPT = 200


class PageCache:
    """The pages composed last: at most `most`, the one used longest ago goes first. Safe between threads."""

    def __init__(self, most: int = MOST_PAGES_KEPT) -> None:
        """Keep at most so many pages."""
        self._most = most
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Page | None:
        """Return a page that was kept, or None."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: Hashable, page: Page) -> None:
        """Keep a page."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def __len__(self) -> int:
        """Return how many pages are kept."""
        return len(self._pages)
