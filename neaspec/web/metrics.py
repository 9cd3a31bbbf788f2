"""What is counted while the app runs, for an operator's monitoring; nothing of it is about a person.

No label holds an address, a session, a name or anything that was typed: only kinds that stand in this project.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from neaspec.urls import below_base
from neaspec.web.served import OUR_FOLDERS, OUR_NAMES
from neaspec.web.streamlit_internals import STREAM_PATH, UPLOAD_PATH

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time, open files of this process

REQUESTS = Counter("neaspec_requests", "Requests by kind of address and answer", ("kind", "answer"), registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "neaspec_request_seconds", "Time until an answer was sent", ("kind",), registry=REGISTRY, buckets=SECONDS
)
COMPOSE_SECONDS = Histogram(
    "neaspec_compose_seconds", "Time to compose a page that was not kept", ("page",), registry=REGISTRY, buckets=SECONDS
)
RUN_SECONDS = Histogram(
    "neaspec_page_run_seconds", "Time to show a page to one reader", ("page",), registry=REGISTRY, buckets=SECONDS
)
FRAMEWORK_KINDS = {"static": "static", "media": "download", "_stcore": "framework", "oauth2callback": "sign_in"}


def kind_of(path: str, pages: frozenset[str]) -> str:
    """Return what kind of address a path is: one of a few words, whatever was asked for."""
    inner = below_base(path)
    if inner is None:
        return "other"
    if inner == STREAM_PATH:
        return "stream"
    if inner.startswith(UPLOAD_PATH):
        return "upload"
    name = inner.strip("/")
    if name in pages:
        return "page"
    folder = name.partition("/")[0]
    if name in OUR_NAMES or f"{folder}/" in OUR_FOLDERS:
        return folder
    return "sign_in" if folder == "auth" else FRAMEWORK_KINDS.get(folder, "other")


class Counted:
    """Count requests and their answers."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        """Stand before an app with the given pages."""
        self.app, self.pages = app, frozenset({"", *names})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note what became of it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        kind, started, is_open = kind_of(scope.get("path", ""), self.pages), time.perf_counter(), False

        async def noted(message: Message) -> None:
            nonlocal is_open
            if message["type"] == "http.response.start":
                REQUESTS.labels(kind, f"{message['status'] // 100}xx").inc()
            elif message["type"] == "websocket.accept":
                is_open = True
                REQUESTS.labels(kind, "opened").inc()
            elif message["type"] == "websocket.close" and not is_open:
                REQUESTS.labels(kind, "refused").inc()
            await send(message)

        await self.app(scope, receive, noted)
        if scope["type"] == "http":
            REQUEST_SECONDS.labels(kind).observe(time.perf_counter() - started)


@contextmanager
def timed(histogram: Histogram, label: str) -> Iterator[None]:
    """Measure what is done inside."""
    with histogram.labels(label).time():
        yield
