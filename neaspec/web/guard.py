"""What stands before the framework: who may ask, for which addresses, and what a reader's page may tell the server.

A web page of somebody else must not speak to this server through a reader's browser, and a foreign name must not lead
to it (DNS rebinding). The framework asks a third party for this machine's address to judge such a request, and all
readers wait meanwhile; here it is refused before the framework sees it. Two variables of the environment, both with
commas between their values, say what is allowed beyond the rules below:

    NEASPEC_ALLOWED_HOSTS      dash.example.org, *.example.org     names of this server; then no others
    NEASPEC_ALLOWED_ORIGINS    https://dash.example.org            pages that may connect, besides the server's own
"""

import ipaddress
import logging
import os
import re
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from neaspec.languages import DEFAULT_LANGUAGE
from neaspec.text import load_words
from neaspec.urls import base_path, below_base
from neaspec.web.served import OUR_FOLDERS, OUR_NAMES
from neaspec.web.streamlit_internals import MESSAGES_PASSED, STREAM_PATH, UPLOAD_PATH, message_kind

LOG = logging.getLogger("neaspec")
HOSTS_VARIABLE, ORIGINS_VARIABLE = "NEASPEC_ALLOWED_HOSTS", "NEASPEC_ALLOWED_ORIGINS"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Endings that the public name system does not give, so that no stranger can let them lead here.
LOCAL_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
# A proxy says with these for whom it asks. A page in a browser cannot add them to the handshake of a web socket.
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
DEFAULT_PORTS = {"http": "80", "https": "443"}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?")
MOST_SAID = 100  # letters of a header in the log

# What the framework serves and a reader's browser needs. Closed: metrics, agents, health of scripts, sign-in, custom
# components, and every unknown address, which the framework would answer with the frame of the app.
FRAMEWORK_FILES = frozenset({"_stcore/health", "_stcore/host-config", STREAM_PATH.strip("/"), "favicon.png"})
FILES_BELOW = ("/static/", UPLOAD_PATH)
FRAMEWORK_FOLDERS = ("media/", *(folder.lstrip("/") for folder in FILES_BELOW))


@dataclass(frozen=True)
class Allowed:
    """Names of this server and origins of pages that may connect, as the environment states them."""

    hosts: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()
    machine: str = ""

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Allowed":
        """Read what the environment states."""
        hosts, origins = (
            [host.strip().lower().rstrip("/.") for host in env.get(name, "").split(",") if host.strip()]
            for name in (HOSTS_VARIABLE, ORIGINS_VARIABLE)
        )
        return cls(tuple(hosts), frozenset(origins), socket.gethostname().lower())

    def is_host(self, host: str, is_forwarded: bool) -> bool:
        """Tell whether a Host header names this server.

        Names of this machine always do. With NEASPEC_ALLOWED_HOSTS those do, too, and no others. Without it, so does
        what nobody else can let lead here (an address in numbers, a name without a dot or with a local ending), and
        any name that a proxy passes on.
        """
        parsed = _HOST.fullmatch(host)
        if not parsed:
            return False
        name = parsed[1].lower().rstrip(".")
        if is_loopback(name):
            return True
        if self.hosts:
            return any(is_named(name, pattern) for pattern in self.hosts)
        return (
            is_number(name) or "." not in name or name.endswith(LOCAL_ENDINGS) or name == self.machine or is_forwarded
        )

    def is_origin(self, origin: str, host: str, port: int | None) -> bool:
        """Tell whether a page of an origin may connect: our own pages, what the environment states, this machine."""
        if origin.lower() in self.origins:
            return True
        try:
            parts = urlsplit(origin)
            own_port = parts.port
        except ValueError:
            return False
        is_plain = f"{parts.scheme}://{parts.netloc}" == origin and _HOST.fullmatch(parts.netloc)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or not is_plain:
            return False
        if without_port(parts.netloc, DEFAULT_PORTS[parts.scheme]) == without_port(host, *DEFAULT_PORTS.values()):
            return True
        return is_loopback(parts.hostname) and port is not None and own_port == port


def is_loopback(name: str) -> bool:
    """Tell whether a name or an address always means the machine itself."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def is_number(name: str) -> bool:
    """Tell whether a host is an address in numbers."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_named(name: str, pattern: str) -> bool:
    """Tell whether a pattern means a name: the name itself, *.example.org (what is below it) or * (any)."""
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def without_port(netloc: str, *ports: str) -> str:
    """Return a host in small letters, without a port that goes without saying."""
    name = netloc.lower()
    for port in ports:
        name = name.removesuffix(f":{port}")
    return name


def is_served(path: str, pages: Collection[str]) -> bool:
    """Tell whether there is anything at a path below the folder of the app."""
    name = path.strip("/")
    if name in pages or name in OUR_NAMES or path.lstrip("/") in FRAMEWORK_FILES:
        return True
    return path.lstrip("/").startswith((*FRAMEWORK_FOLDERS, *OUR_FOLDERS))


class Guard:
    """Refuse strangers and unknown addresses; pass the rest on to the framework."""

    def __init__(self, app: ASGIApp, names: Collection[str], allowed: Allowed | None = None) -> None:
        """Stand before an app with the given pages."""
        self.app = app
        self.pages = frozenset(names) | {""}
        self.allowed = allowed or Allowed.from_environment()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to strangers and 404 where there is nothing."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers, is_socket = Headers(scope=scope), scope["type"] == "websocket"
        stranger = self._stranger(scope, headers)
        path = below_base(scope.get("path", ""))
        if stranger:
            LOG.warning(stranger, extra={"event": "refused"})
            await _refuse(_forbidden(), scope, receive, send)
        elif path is None or not is_served(path, self.pages) or is_socket != (path == STREAM_PATH):
            await _refuse(_not_found(), scope, receive, send)
        elif is_socket:
            await self.app(_as_our_own(scope, headers.get("origin")), _without_orders(receive), send)
        elif path.startswith(FILES_BELOW):
            await self.app(scope, receive, _never_the_frame(scope, receive, send))
        else:
            await self.app(scope, receive, send)

    def _stranger(self, scope: Scope, headers: Headers) -> str:
        """Say why a request is refused; empty if it is not."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        host = hosts[0] if hosts else ""
        is_forwarded = any(name in headers for name in PROXY_HEADERS)
        if len(hosts) > 1 or (hosts and not self.allowed.is_host(host, is_forwarded)):
            return f"the host {host[:MOST_SAID]!r} is not one of this server; {HOSTS_VARIABLE} can state it"
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return ""  # without leave to read the answer, which no other page gets
        port = (scope.get("server") or (None, None))[1]
        if len(origins) > 1 or (origins and not self.allowed.is_origin(origins[0], host, port)):
            return f"pages of {origins[0][:MOST_SAID]!r} may not connect; {ORIGINS_VARIABLE} can state it"
        return ""


def _as_our_own(scope: Scope, origin: str | None) -> Scope:
    """Return a handshake as from our own page: it was judged, and the framework would judge it by names of its own."""
    if origin is None:
        return scope
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [(b"host", urlsplit(origin).netloc.encode("latin-1")), *others]}


def _without_orders(receive: Receive) -> Receive:
    """Return what receives the messages of a reader's page without orders to the server, as to clear all caches."""
    is_noted = False

    async def passed() -> Message:
        nonlocal is_noted
        while True:
            message = await receive()
            data = message.get("bytes")
            kind = message_kind(data) if data else None
            if kind is None or kind in MESSAGES_PASSED:
                return message
            if not is_noted:
                LOG.warning("a message %r was not passed on", kind, extra={"event": "dropped"})
                is_noted = True

    return passed


def _never_the_frame(scope: Scope, receive: Receive, send: Send) -> Send:
    """Return what sends a file, and 404 where the framework sends the frame of the app for a missing one."""
    is_frame = False

    async def sent(message: Message) -> None:
        nonlocal is_frame
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            is_frame = message["status"] == 200 and kind.startswith("text/html")
            if is_frame:
                await _not_found()(scope, receive, send)
        if not is_frame:
            await send(message)

    return sent


async def _refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})  # before it is accepted: 403
    else:
        await answer(scope, receive, send)


def _forbidden() -> Response:
    return PlainTextResponse(load_words(DEFAULT_LANGUAGE)("common.not_allowed"), status_code=403)


def _not_found() -> Response:
    words = load_words(DEFAULT_LANGUAGE)
    link = f'<a href="{escape(base_path())}/">{escape(words("common.app_title"))}</a>'
    said = f"<!doctype html><title>404</title><p>{escape(words('common.not_found'))} {link}</p>"
    return HTMLResponse(said, status_code=404)
