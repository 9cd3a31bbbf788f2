"""A server looks by itself for what others did: new tables, an edition of another replica, one that was left half done.

Without it a server that nobody asks would serve its next reader what held when it was last asked.
"""

import asyncio
import importlib
import logging
from collections.abc import Callable

from neaspec.web.desk_addresses import DESK_PAGE
from neaspec.web.web_settings import look_seconds

LOG = logging.getLogger("neaspec")


def look() -> None:
    """See to it that the newest tables are served, then bring to its end what a kill left half done.

    Tables are looked for even where the store of the desk cannot be reached. What is ended here is served after the
    next look.
    """
    try:
        # by name: the framework is loaded beside the server, in its own thread
        importlib.import_module("neaspec.web.page_cache").newest_ask()
    finally:
        if DESK_PAGE:
            # by name, because most servers have no desk
            importlib.import_module("neaspec.desk.opened").desk()


async def keep_current(once: Callable[[], None] = look, seconds: float = 0) -> None:
    """Look again and again, as long as the server runs; a failure is logged when it begins and when it is over."""
    has_failed = False
    while True:
        await asyncio.sleep(seconds or look_seconds())
        try:
            await asyncio.to_thread(once)
        except Exception as problem:
            if not has_failed:
                LOG.error("new data cannot be looked for: %s", type(problem).__name__, extra={"event": "look_failed"})
            has_failed = True
        else:
            if has_failed:
                LOG.info("new data are looked for again", extra={"event": "look_works"})
            has_failed = False
