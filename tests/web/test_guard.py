"""Strangers are refused before the framework sees them, and no message of one reader clears the caches of all."""

import asyncio
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit.net_util
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_websocket import _is_origin_allowed
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from neaspec import urls
from neaspec.web.guard import Allowed, Guard, is_served
from tests.support.serving import running

PAGES = ("overview", "species")
PROXY = {"x-forwarded-for": "192.0.2.1"}


@pytest.fixture
def below_dash() -> Iterator[None]:
    urls.serve_below("/dash/")
    yield
    urls.serve_below("")


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "dash.localhost", "192.0.2.7:80",
        "[2001:db8::1]", "dashboard:8501", "office.local", "dash.internal.", "machine.example",
    ],
)  # fmt: skip
def test_names_that_no_stranger_can_let_lead_here_are_allowed(host: str) -> None:
    assert Allowed(machine="machine.example").is_host(host, is_forwarded=False)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example"]
)
def test_a_foreign_name_is_refused_unless_a_proxy_passes_it_on_or_the_environment_states_it(host: str) -> None:
    assert not Allowed().is_host(host, is_forwarded=False)
    assert Allowed().is_host(host, is_forwarded=True)
    stated = Allowed.from_environment({"NEASPEC_ALLOWED_HOSTS": f"dash.example, {urlsplit('//' + host).hostname}"})
    assert stated.is_host(host, is_forwarded=False)


@pytest.mark.parametrize("host", ["a b", "a/b", "user@localhost", "localhost:x", "a,b", "", "localhost:123456", "ä"])
def test_what_is_no_host_is_refused(host: str) -> None:
    assert not Allowed(hosts=("*",)).is_host(host, is_forwarded=True)


def test_stated_names_are_the_only_ones_besides_the_machine_itself() -> None:
    allowed = Allowed.from_environment({"NEASPEC_ALLOWED_HOSTS": "Dash.example.org, *.un.example"})
    named = ("dash.example.org", "DASH.example.org.:443", "a.un.example", "localhost:8501")
    assert [allowed.is_host(host, is_forwarded=False) for host in named] == [True] * 4
    others = ("un.example", "evil-dash.example.org", "192.0.2.7", "other", "evil.example")
    assert [allowed.is_host(host, is_forwarded=True) for host in others] == [False] * 5
    assert Allowed.from_environment({"NEASPEC_ALLOWED_HOSTS": "*"}).is_host("any.example", is_forwarded=False)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost:8501", "localhost:8501"), ("https://dash.example.org", "dash.example.org"),
        ("https://dash.example.org", "dash.example.org:443"), ("http://Dash.example.org", "dash.example.org:80"),
        ("http://127.0.0.1:8501", "localhost:8501"), ("https://stated.example", "elsewhere.example"),
    ],
)  # fmt: skip
def test_our_own_pages_and_stated_ones_may_connect(origin: str, host: str) -> None:
    allowed = Allowed.from_environment({"NEASPEC_ALLOWED_ORIGINS": "https://Stated.example/"})
    assert allowed.is_origin(origin, host, 8501)


@pytest.mark.parametrize(
    "origin",
    [
        "null", "", "http://evil.example", "https://localhost.evil.example:8501", "http://localhost:1", "file://",
        "http://localhost:8501/path", "http://user@localhost:8501", "chrome-extension://x", "http://[", "http://localhost:x",
    ],
)  # fmt: skip
def test_other_pages_may_not_connect(origin: str) -> None:
    assert not Allowed().is_origin(origin, "localhost:8501", 8501)


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("/", True), ("/species", True), ("/species/", True), ("/health", True), ("/metrics", True),
        ("/metrics/x", False), ("/table/x/y.csv", True),
        ("/static/js/a.js", True), ("/_stcore/stream", True), ("/_stcore/upload_file/a/b", True),
        ("/media/a.csv", True), ("/script/plotly.js", False),
        ("/nothing", False), ("/robots.txt", False), ("/.git/config", False), ("/data/counts.csv", False),
        ("/_stcore/metrics", False), ("/_stcore/agent/openapi.json", False), ("/component/x/y", False),
        ("/_stcore/script-health-check", False), ("/species/_stcore/health", False), ("/tables", False),
        ("/index.html", False),
    ],
)  # fmt: skip
def test_only_known_addresses_are_served(path: str, is_there: bool) -> None:
    assert is_served(path, {"", *PAGES}) == is_there


@dataclass
class Exchange:
    """What a guarded app saw of one request, and what was sent back."""

    scopes: list[Scope]
    received: list[Message]
    sent: list[Message]

    @property
    def status(self) -> int:
        return self.sent[0]["status"]


def exchange(kind: str, path: str, headers: dict[str, str], *data: bytes, method: str = "GET", **allowed) -> Exchange:
    """Pass one request through the guard to an app that reads all and answers HTML."""
    done = Exchange([], [], [])
    coming = [{"type": "websocket.receive", "bytes": one} for one in data] + [{"type": "websocket.disconnect"}]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        done.scopes.append(scope)
        while kind == "websocket" and (message := await receive())["type"] != "websocket.disconnect":
            done.received.append(message)
        if kind == "http":
            await HTMLResponse("the frame")(scope, receive, send)

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        done.sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": kind,
        "path": path,
        "headers": raw,
        "method": method,
        "server": ("127.0.0.1", 8501),
        "query_string": b"",
    }
    asyncio.run(Guard(app, PAGES, Allowed(**allowed))(scope, receive, send))
    return done


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_a_handshake_of_another_page_never_reaches_the_framework(origin: str) -> None:
    done = exchange("websocket", "/_stcore/stream", {"host": "localhost:8501", "origin": origin})
    assert done.scopes == []
    assert done.sent == [{"type": "websocket.close", "code": 1008, "reason": ""}]
    done = exchange("http", "/_stcore/upload_file/a/b", {"host": "localhost:8501", "origin": origin}, method="PUT")
    assert (done.scopes, done.status) == ([], 403)
    assert exchange("http", "/species", {"host": "localhost:8501", "origin": origin}).status == 200


def test_a_foreign_host_is_refused_for_pages_and_sockets() -> None:
    host = {"host": "evil.example", "origin": "http://evil.example"}
    assert exchange("http", "/", host).status == 403
    assert exchange("websocket", "/_stcore/stream", host).scopes == []
    assert exchange("http", "/", host | PROXY).status == 200
    assert len(exchange("websocket", "/_stcore/stream", host | PROXY).scopes) == 1
    assert exchange("http", "/", {}).status == 200  # a probe of HTTP/1.0 names no host


@pytest.mark.parametrize(
    ("origin", "host"),
    [("https://stated.example", "upstream:8501"), ("http://localhost:8501", "localhost:8501"), (None, "localhost:8501"),
     ("https://dash.example.org", "Dash.example.org:443")],
)  # fmt: skip
def test_the_framework_finds_nothing_left_to_judge(
    monkeypatch: pytest.MonkeyPatch, origin: str | None, host: str
) -> None:
    def asks() -> str:
        raise AssertionError("a third party was asked")

    monkeypatch.setattr(streamlit.net_util, "get_external_ip", asks)
    monkeypatch.setattr(streamlit.net_util, "get_internal_ip", asks)
    headers = {"host": host, "x-forwarded-for": "192.0.2.1"} | ({"origin": origin} if origin else {})
    done = exchange("websocket", "/_stcore/stream", headers, origins=frozenset({"https://stated.example"}))
    seen = {name.decode(): value.decode() for name, value in done.scopes[0]["headers"]}
    assert _is_origin_allowed(seen.get("origin"), seen.get("host"))
    assert sum(name == b"host" for name, _ in done.scopes[0]["headers"]) == 1


def test_only_messages_of_a_page_are_passed_on() -> None:
    rerun, clear, stop = BackMsg(), BackMsg(clear_cache=True), BackMsg(debug_shutdown_runtime=True)
    rerun.rerun_script.query_string = "species=amur_tiger"
    data = [clear.SerializeToString(), rerun.SerializeToString(), stop.SerializeToString(), b"\xff\xff", b""]
    done = exchange("websocket", "/_stcore/stream", {"host": "localhost"}, *data)
    assert [message["bytes"] for message in done.received] == [rerun.SerializeToString(), b"\xff\xff", b""]


def test_what_is_not_there_is_a_404_and_never_the_frame() -> None:
    for path in ("/robots.txt", "/static/missing.js", "/_stcore/stream", "/_stcore/upload_file/a/b"):
        done = exchange("http", path, {"host": "localhost"})
        assert done.status == 404, path
        assert b"the frame" not in b"".join(message.get("body", b"") for message in done.sent)
    assert exchange("websocket", "/species", {"host": "localhost"}).scopes == []


@pytest.mark.usefixtures("below_dash")
def test_below_a_folder_only_that_folder_is_served() -> None:
    assert [exchange("http", path, {"host": "localhost"}).status for path in ("/dash", "/dash/", "/dash/species")] == [
        200
    ] * 3
    others = ("/", "/species", "/dashboard", "/dash/nothing", "/dashspecies")
    assert [exchange("http", path, {"host": "localhost"}).status for path in others] == [404] * 5
    assert len(exchange("websocket", "/dash/_stcore/stream", {"host": "localhost"}).scopes) == 1
    assert exchange("websocket", "/_stcore/stream", {"host": "localhost"}).scopes == []


# A module that Python loads at every start: it notes who asks for a foreign name, and refuses to look it up.
LISTENER = """
import os, socket
look_up = socket.getaddrinfo
def noted(host, *more, **named):
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name not in ("localhost", "127.0.0.1", "::1", "None", "0.0.0.0", "::"):
        with open(os.environ["NOTED"], "a") as file:
            file.write(name + "\\n")
        raise OSError("no name is looked up in this test")
    return look_up(host, *more, **named)
socket.getaddrinfo = noted
"""


@dataclass
class Served:
    """A real server, the names it looked up and its log."""

    address: str
    looked_up: Path
    log: Path

    def socket(self, **more) -> ClientConnection:
        """Open a reader's web socket."""
        address = self.address.replace("http", "ws") + "/_stcore/stream"
        return connect(address, subprotocols=["streamlit"], max_size=None, compression=None, **more)

    def lines(self) -> list[dict[str, str]]:
        """Return the lines of the log that are ours."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("listener")
    (folder / "sitecustomize.py").write_text(LISTENER)
    noted, log = folder / "noted", folder / "log"
    noted.touch()
    env = {"PYTHONPATH": str(folder), "NOTED": str(noted)}
    # as in a container, where the framework would ask for its address at its start already
    with running(log=log, more_env=env, options=["--server.address", "0.0.0.0"]) as address:
        yield Served(address, noted, log)


def visit(socket: ClientConnection, page: str, query: str = "") -> list[str]:
    """Run a page through a reader's web socket; return the kinds of problems it shows."""
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page, query
    socket.send(message.SerializeToString())
    problems, count = [], 0
    while True:
        answer = ForwardMsg.FromString(socket.recv(timeout=60))
        if answer.WhichOneof("type") == "delta" and answer.delta.WhichOneof("type") == "new_element":
            kind = answer.delta.new_element.WhichOneof("type")
            count += 1
            problems += [kind] if kind in ("exception", "alert") else []
        if answer.WhichOneof("type") == "script_finished" and answer.script_finished == 0:
            assert count > 3
            return problems


@pytest.mark.browser
def test_a_server_refuses_a_foreign_handshake_and_asks_nobody_for_its_address(served: Served) -> None:
    looking_up = "import socket\ntry: socket.getaddrinfo('planted.example', 80)\nexcept OSError: pass"
    env = {"PYTHONPATH": str(served.looked_up.parent), "NOTED": str(served.looked_up)}
    subprocess.run([sys.executable, "-c", looking_up], env=env, check=True)
    assert served.looked_up.read_text() == "planted.example\n"  # a look-up would be seen
    for origin in ("http://evil.example", "null", "http://localhost:1"):
        with pytest.raises(InvalidStatus) as refused:
            served.socket(origin=origin)
        assert refused.value.response.status_code == 403
    with served.socket(origin=served.address) as own:
        assert visit(own, "") == []
    assert served.looked_up.read_text() == "planted.example\n"
    refusals = [line["message"] for line in served.lines() if line["event"] == "refused"]
    assert len(refusals) == 3
    assert "evil.example" in refusals[0]


@pytest.mark.browser
def test_an_order_to_clear_all_caches_leaves_other_readers_alone(served: Served) -> None:
    order = BackMsg(clear_cache=True).SerializeToString()
    with served.socket() as attacker, served.socket() as reader:
        assert visit(attacker, "") == []
        for number in range(12):
            for _ in range(5):
                attacker.send(order)
            assert visit(reader, "species", f"species=amur_{('tiger', 'leopard')[number % 2]}") == []
        assert visit(attacker, "sites") == []
    assert [line["message"] for line in served.lines() if line["event"] == "dropped"] == [
        "a message 'clear_cache' was not passed on"
    ]
    assert not [line for line in served.lines() if line["level"] == "ERROR"]


@pytest.mark.browser
def test_a_server_says_that_it_lives_and_is_ready_and_not_what_it_is_made_of(served: Served) -> None:
    with urllib.request.urlopen(f"{served.address}/ready") as answer:
        told = json.load(answer)
        assert answer.headers["Server"] is None
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "ws:" not in answer.headers["Content-Security-Policy"]
    assert told["status"] == "ready"
    assert len(told["data_version"]) == 16
    with urllib.request.urlopen(f"{served.address}/health") as answer:
        assert json.load(answer) == {"status": "lives"}
    for path in ("_stcore/metrics", "robots.txt", "table/species/counts.csv?species_id=unicorn", "static/js/none.js"):
        with pytest.raises(urllib.error.HTTPError) as nothing:
            urllib.request.urlopen(f"{served.address}/{path}")
        assert nothing.value.code == 404, path
