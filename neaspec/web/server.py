"""How the app is served: what is made ready before the first visitor, the headers of every answer, old addresses.

Streamlit would run a file of pages/ alone, without dashboard.py, when the very first address a fresh server is asked
for is a deep link; `serve` switches that off. It also builds the database and makes pages ready, and then keeps the
garbage collector from walking all of that again after every click.
"""

import asyncio
import gc
import importlib
import logging
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from neaspec.errors import DashboardError
from neaspec.web.memory import keep_large_blocks_apart
from neaspec.web.routes import Presentations
from neaspec.web.uploads import UploadLimits, keep_forgetting, keep_in_memory
from neaspec.web.work_queue import stop_all, stop_on_signals

LOG = logging.getLogger("neaspec")

# The browser may ask nobody but us. Streamlit and its charts need inline styles, eval and workers from blobs.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
        "worker-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
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


def middleware(names: Sequence[str]) -> list[Middleware]:
    """Return what stands between the server and the app; the first name is the page at the root."""
    return [Middleware(Headers), Middleware(UploadLimits), Middleware(Presentations, names=names)]


def serve(names: Sequence[str]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what the server does before its first visitor."""

    @asynccontextmanager
    async def ready(_app: Any) -> AsyncIterator[None]:
        PagesManager.uses_pages_directory = False
        disable_nagle()
        keep_in_memory()
        keep_large_blocks_apart()
        stop_on_signals()
        forgetting = asyncio.create_task(keep_forgetting())
        worker = threading.Thread(target=warm_up, args=(names,), name="warm-up")
        worker.start()
        worker.join()
        threading.Thread(target=prepare_the_rest, args=(names,), name="prepare", daemon=True).start()
        yield
        stop_all()
        forgetting.cancel()

    return ready


def disable_nagle() -> None:
    """Let every listening socket, and so every connection it accepts, send without waiting for the reader's receipt.

    The framework opens its socket without naming TCP, so that asyncio leaves Nagle's algorithm on: the second small
    message of a page then waits 40 ms for a delayed acknowledgement.
    """
    for found in gc.get_objects():
        if isinstance(found, socket.socket) and found.fileno() >= 0 and found.type == socket.SOCK_STREAM:
            try:
                if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                LOG.debug("a socket does not speak TCP")


def warm_up(names: Sequence[str]) -> None:
    """Build the database and make the first page ready; a problem is logged, visitors are told by the page itself."""
    try:
        # by name: the framework is loaded beside the server, in its own thread
        page_cache = importlib.import_module("neaspec.web.page_cache")
        page_cache.prepare(names[:1], pause_seconds=0)
        LOG.info("data version %s", page_cache.newest_ask().version)
    except DashboardError as problem:
        LOG.error("%s", problem)
    except Exception:
        LOG.exception("warming up failed")
    freeze_gc()


def prepare_the_rest(names: Sequence[str]) -> None:
    """Make the other pages ready while the first visitors are served."""
    try:
        # by name: loaded while the first visitors are served
        importlib.import_module("neaspec.web.page_cache").prepare(names[1:], pause_seconds=0.05)
        importlib.import_module("neaspec.web.upload_jobs").SPARE.keep()
    except Exception:
        LOG.exception("preparing pages failed")
    freeze_gc()


def freeze_gc() -> None:
    """Keep the garbage collector from walking again what stays."""
    gc.collect()
    gc.freeze()
