"""How the app is served: what is made ready before the first visitor, the headers of every answer, old addresses.

Streamlit would run a file of pages/ alone, without dashboard.py, when the very first address a fresh server is asked
for is a deep link; `serve` switches that off. It also builds the database and makes pages ready, and then keeps the
garbage collector from walking all of that again after every click.
"""

import asyncio
import gc
import importlib
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from neaspec.data.database import warm_before_switch
from neaspec.errors import DashboardError
from neaspec.urls import serve_below
from neaspec.web.desk_addresses import DESK_PAGE
from neaspec.web.guard import Guard
from neaspec.web.json_log import frameworks_write_json_lines, write_json_lines
from neaspec.web.keep_current import keep_current
from neaspec.web.memory import keep_large_blocks_apart
from neaspec.web.metrics import Counted
from neaspec.web.open_pages import OpenPages
from neaspec.web.routes import Presentations
from neaspec.web.streamlit_internals import (
    ask_nobody_for_our_address,
    keep_forms_in_memory,
    run_the_entry_file_first,
    start_quietly,
)
from neaspec.web.uploads import UploadLimits, keep_forgetting
from neaspec.web.web_settings import check
from neaspec.web.work_queue import stop_all, stop_on_signals

LOG = logging.getLogger("neaspec")
MOST_WARMING_SECONDS = 20.0  # of new data before they are served: what is published is seen within a minute
PAUSE_SECONDS = 0.05  # between two pages made ahead, for the readers of the moment

UNUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

# The browser may ask nobody but us; 'self' means our web socket, too. Streamlit and its charts need inline styles, eval
# and workers from blobs.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
        "worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
}


class Headers:
    """Add our headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; add headers to the answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def prepare_framework() -> None:
    """Set what must hold before a server starts: the log, the folder of the app, switches of the framework.

    Raises:
        SystemExit: if the environment states numbers that cannot be used.
    """
    write_json_lines()
    try:
        check()
    except DashboardError as problem:
        raise SystemExit(str(problem)) from None
    serve_below(str(st.get_option("server.baseUrlPath") or ""))
    run_the_entry_file_first()
    ask_nobody_for_our_address()
    keep_forms_in_memory()
    keep_large_blocks_apart()
    start_quietly()


def middleware(names: Sequence[str], more: Sequence[str] = ()) -> list[Middleware]:
    """Return what stands between the server and the app.

    Args:
        names: of the pages; the first one lives at the root.
        more: other addresses that are served.
    """
    return [
        Middleware(Headers),
        Middleware(Counted, names=(*names, *more)),
        Middleware(Guard, names=[*names, *more]),
        Middleware(OpenPages),
        Middleware(UploadLimits),
        Middleware(Presentations, names=names),
    ]


def serve(names: Sequence[str]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what the server does before its first visitor."""

    @asynccontextmanager
    async def ready(_app: Any) -> AsyncIterator[None]:
        frameworks_write_json_lines()
        stop_on_signals()
        tasks = [asyncio.create_task(keep_forgetting())]
        worker = threading.Thread(target=warm_up, name="warm-up")
        worker.start()
        worker.join()
        threading.Thread(target=prepare_the_rest, args=(names,), name="prepare", daemon=True).start()
        tasks.append(asyncio.create_task(keep_current()))
        yield
        stop_all()
        for task in tasks:
            task.cancel()

    return ready


def warm_up() -> None:
    """Build the database and make the first page ready; a problem is logged, visitors are told by the page itself."""
    try:
        if DESK_PAGE:
            # by name, because most servers have no desk; what a kill left half done is ended before a build
            importlib.import_module("neaspec.desk.opened").desk()
        # by name: the framework is loaded beside the server, in its own thread
        importlib.import_module("neaspec.web.page_cache").READINESS.try_once()
    except Exception:
        LOG.exception("warming up failed", extra={"event": "not_ready"})
    freeze_gc()


def prepare_the_rest(names: Sequence[str]) -> None:
    """Make the other pages ready while the first visitors are served."""
    try:
        # by name: loaded while the first visitors are served
        page_cache = importlib.import_module("neaspec.web.page_cache")
        page_cache.prepare(names[1:], pause_seconds=PAUSE_SECONDS)
        # New data are served once their pages are made: readers never wait for cold ones.
        warm_before_switch(partial(page_cache.prepare, names, PAUSE_SECONDS, most_seconds=MOST_WARMING_SECONDS))
        importlib.import_module("neaspec.web.upload_jobs").SPARE.keep()
    except Exception:
        LOG.exception("preparing pages failed", extra={"event": "not_prepared"})
    freeze_gc()


def freeze_gc() -> None:
    """Keep the garbage collector from walking again what stays."""
    gc.collect()
    gc.freeze()
