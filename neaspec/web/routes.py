"""Addresses of ours beside the pages: tables, files to take away, presentations, tiles of the ground."""

import importlib
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from neaspec.errors import AddressError, DashboardError, OwnShareError, QueueFullError, StoppedError
from neaspec.languages import DEFAULT_LANGUAGE
from neaspec.text import load_words
from neaspec.urls import PRESENT, base_path, below_base
from neaspec.web.asking import party_of
from neaspec.web.served import (
    ATTACHMENT,
    GROUND,
    HEALTH,
    METRICS,
    OUR_FOLDERS,
    PASSAGE,
    PREVIEW,
    READY,
    SHARE,
    TABLE,
    TAKE,
)
from neaspec.web.work_queue import RETRY_SECONDS, result_for_client

LOG = logging.getLogger("neaspec")
NOT_KEPT = {"Cache-Control": "no-store"}
# The words of a document stand on a page of their own that may run and ask for nothing.
PASSAGE_POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"}
LONGEST_ADDRESS = 1_500  # of a view, as a QR code
CLIENT_LEFT = 499  # nobody reads it
GROUND_SECONDS = 31_536_000


def routes(first_page: str) -> list[Route]:
    """Return addresses of ours, below the folder of the app.

    The first page lives at the root and is sent there from its own name.
    """
    base = base_path()

    async def to_root(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{base}/{query}", status_code=307)

    return [
        Route(f"{base}/{first_page}", to_root, methods=["GET"]),
        Route(f"{base}/{TABLE}/{{page}}/{{file}}", to_table, methods=["GET"]),
        Route(f"{base}/{TAKE}/{{file}}", to_file, methods=["GET"]),
        Route(f"{base}/{PREVIEW}/{{file}}", to_preview, methods=["GET"]),
        Route(f"{base}/{SHARE}/qr.svg", to_qr_code, methods=["GET"]),
        Route(f"{base}/{PASSAGE}/{{document}}", to_passage, methods=["GET"]),
        Route(f"{base}/{GROUND}/{{version}}/base/{{name}}.json", to_base_ground, methods=["GET"]),
        Route(f"{base}/{GROUND}/{{version}}/{{x:int}}/{{y:int}}.json", to_ground, methods=["GET"]),
        Route(f"{base}/{ATTACHMENT}/{{submission}}/{{sha256}}", to_attachment, methods=["GET"]),
        Route(f"{base}/{HEALTH}", to_health, methods=["GET"]),
        Route(f"{base}/{READY}", to_readiness, methods=["GET"]),
        Route(f"{base}/{METRICS}", to_metrics, methods=["GET"]),
        # What begins like an address of ours and is none: the framework would answer it with the frame of the app.
        *(Route(f"{base}/{folder}{{rest:path}}", to_nothing) for folder in OUR_FOLDERS),
    ]


async def to_health(request: Request) -> Response:
    """Say that the process lives."""
    return JSONResponse({"status": "lives"}, headers=NOT_KEPT)


async def to_readiness(request: Request) -> Response:
    """Say whether readers can be served, and with which version of the data."""
    # by name: what the first page needs is loaded beside the server
    page_cache = importlib.import_module("neaspec.web.page_cache")
    await run_in_threadpool(page_cache.READINESS.try_once)
    if page_cache.READINESS.is_made:
        return JSONResponse({"status": "ready", "data_version": page_cache.served_version()}, headers=NOT_KEPT)
    said = load_words(DEFAULT_LANGUAGE)("common.not_ready")
    return JSONResponse({"status": said}, status_code=503, headers=NOT_KEPT)


async def to_metrics(request: Request) -> Response:
    """Send what is counted to whoever may read it; for others there is nothing at this address."""
    # by name: nearly no request is for it
    view = importlib.import_module("neaspec.web.metrics_view")
    refused: Response | None = view.refusal(request)
    if refused is not None:
        return refused
    content = await run_in_threadpool(view.content)
    return Response(content, media_type=view.MEDIA_TYPE, headers=NOT_KEPT)


async def to_nothing(request: Request) -> Response:
    """Say that there is nothing at an address."""
    return PlainTextResponse(load_words(DEFAULT_LANGUAGE)("common.not_found"), status_code=404)


async def to_table(request: Request) -> Response:
    """Send a table as CSV; what cannot be found is said in a sentence."""
    page, file = request.path_params["page"], request.path_params["file"]
    table = await _answered("web.page_cache", "table_file", page, file, dict(request.query_params))
    return _sent(table, "text/csv", f"neaspec-{page}-{file}")


async def to_file(request: Request) -> Response:
    """Send a page or brief as a file to keep; what cannot be made is said in a sentence."""
    page, _, form = request.path_params["file"].rpartition(".")
    order = await _answered("web.downloads", "order_of", page, form, dict(request.query_params))
    return order if isinstance(order, Response) else await _ordered(order, request.receive, request.scope)


async def to_preview(request: Request) -> Response:
    """Send the first page of a paper as it will print, as a picture."""
    page = request.path_params["file"].removesuffix(".png")
    order = await _answered("web.downloads", "preview_of", page, dict(request.query_params))
    if isinstance(order, Response):
        return order
    answer = await _ordered(order, request.receive, request.scope)
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = "inline"
    return answer


async def to_ground(request: Request) -> Response:
    """Send one tile of the finer ground of maps, compressed; its address names its version."""
    return _sent_ground(
        await _answered("render.maps.fine_ground", "packed", request.path_params["x"], request.path_params["y"])
    )


async def to_qr_code(request: Request) -> Response:
    """Draw the QR code of an address of this server, as the reader's browser knows it; of no other."""
    address = request.query_params.get("address", "")
    ours = {request.headers.get("host", ""), urlsplit(request.headers.get("referer", "")).netloc} - {""}
    if len(address) > LONGEST_ADDRESS or urlsplit(address).netloc not in ours:
        return PlainTextResponse(load_words(DEFAULT_LANGUAGE)("common.not_found"), status_code=404)
    drawing = await _answered("render.screen.tools", "qr_code", address)
    return drawing if isinstance(drawing, Response) else Response(drawing, media_type="image/svg+xml")


async def to_passage(request: Request) -> Response:
    """Show the words a citation names in a document that is held here, as text."""
    document, place = request.path_params["document"], request.query_params.get("at", "")
    page = await _answered("web.passage_view", "passage_page", document, place)
    return page if isinstance(page, Response) else HTMLResponse(page, headers=NOT_KEPT | PASSAGE_POLICY)


async def to_attachment(request: Request) -> Response:
    """Send a file of a submission to whoever may see the submission; to all others there is nothing."""
    submission, sha256 = request.path_params["submission"], request.path_params["sha256"]
    kept = await _answered("web.desk.attached", "attached_file", dict(request.cookies), submission, sha256)
    if isinstance(kept, Response):
        return kept
    name, data = kept
    headers = NOT_KEPT | {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


async def to_base_ground(request: Request) -> Response:
    """Send one layer of the coarse ground of maps, compressed; its address names its version."""
    return _sent_ground(await _answered("render.maps.basemap", "packed_layer", request.path_params["name"]))


def _sent_ground(ground: Any) -> Response:
    if isinstance(ground, Response):
        return ground
    kept = {"Content-Encoding": "gzip", "Cache-Control": f"public, max-age={GROUND_SECONDS}, immutable"}
    return Response(ground, media_type="application/geo+json", headers=kept)


async def _answered(module: str, function: str, *given: Any) -> Any:
    """Return what a function makes, or an answer that says why it cannot; its module is loaded when it is needed."""
    try:
        # by name: what an address needs is loaded when it is first asked for, so that the server starts at once
        make: Callable[..., Any] = getattr(importlib.import_module(f"neaspec.{module}"), function)
        return await run_in_threadpool(make, *given)
    except Exception as problem:
        return _failed(problem, function)


async def _ordered(order: Any, receive: Receive, scope: Scope) -> Response:
    """Return a file, made in its queue as long as the client waits for it."""
    try:
        data = order.kept
        if data is None:
            content: Any = await result_for_client(order.queue, order.key, order.make, receive, party_of(scope))
            if content is None:
                return Response(status_code=CLIENT_LEFT)
            data = content[0]
    except Exception as problem:
        return _failed(problem, "order")
    return _sent(data, order.media_type, order.file_name) if order.file_name else HTMLResponse(data)


def _failed(problem: Exception, function: str) -> Response:
    """Return an answer that says why something cannot be made."""
    if isinstance(problem, AddressError):
        return PlainTextResponse(str(problem), status_code=404)
    if isinstance(problem, OwnShareError):
        return PlainTextResponse(str(problem), status_code=429, headers={"Retry-After": str(RETRY_SECONDS)})
    if isinstance(problem, QueueFullError | StoppedError):
        return PlainTextResponse(str(problem), status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})
    # What was asked for is left out of the log: a reader may have typed it.
    if isinstance(problem, DashboardError):
        LOG.error("%s: %s", function, problem, extra={"event": "file_failed"})
        return PlainTextResponse(f"This cannot be made now. {problem}", status_code=500)
    LOG.error("%s", function, exc_info=problem, extra={"event": "file_failed"})
    return PlainTextResponse("This cannot be made now; the log says why.", status_code=500)


def _sent(content: Any, media_type: str, name: str) -> Response:
    if isinstance(content, Response):
        return content
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{quote(name)}"'}
    )


class Presentations:
    """Answer the address of any page with ?present=1 by its presentation instead of the app."""

    def __init__(self, app: ASGIApp, names: Sequence[str]) -> None:
        """Stand before an app; the first name is the page at the root."""
        self.app = app
        self.pages = {name: name for name in names} | {"": names[0]}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a presentation; pass everything else on."""
        query = _query(scope)
        path = (below_base(scope.get("path", "")) or "").strip("/")
        if scope["type"] == "http" and query.get(PRESENT) == "1" and path in self.pages:
            order = await _answered("web.downloads", "presentation_of", self.pages[path], query)
            answer = order if isinstance(order, Response) else await _ordered(order, receive, scope)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _query(scope: Scope) -> Mapping[str, str]:
    return dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
