"""Whether the app can serve readers: its database is open and its first page is made."""

import logging
import time
from collections.abc import Callable
from threading import Lock

from neaspec.errors import DashboardError

LOG = logging.getLogger("neaspec")
SECONDS_BETWEEN = 10.0  # between two tries: a build that fails takes seconds of work


class Readiness:
    """Make the first page until that succeeds once; safe between threads."""

    def __init__(self, make_first_page: Callable[[], str], now: Callable[[], float] = time.monotonic) -> None:
        """Know how the first page is made.

        Args:
            make_first_page: returns the version of the data.
            now: seconds, for the pause between tries.
        """
        self._make, self._now = make_first_page, now
        self._lock = Lock()
        self._is_made = False
        self._tried_at = float("-inf")

    @property
    def is_made(self) -> bool:
        """Tell whether the first page was made."""
        return self._is_made

    def try_once(self) -> None:
        """Make the first page, unless it is made, another thread does so or a try has only just failed."""
        if self._is_made or not self._lock.acquire(blocking=False):
            return
        try:
            if self._now() - self._tried_at >= SECONDS_BETWEEN:
                self._tried_at = self._now()
                LOG.info("data version %s", self._make(), extra={"event": "ready"})
                self._is_made = True
        except DashboardError as problem:
            LOG.error("%s", problem, extra={"event": "not_ready"})
        except Exception:
            LOG.exception("the first page could not be made", extra={"event": "not_ready"})
        finally:
            self._lock.release()
