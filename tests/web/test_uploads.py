"""Uploaded files stay in memory, are limited before they fill it, and are gone at the end of their session."""

import asyncio
import http.client
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from neaspec.crossings.input.members import PAGE
from neaspec.paths import ROOT
from neaspec.sections.field_data import page as field_data
from neaspec.web import uploads
from neaspec.web.streamlit_internals import UPLOAD_PATH
from tests.support.serving import FLAGS, chromium, running

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
BOUNDARY = "a-line-between-parts"
KEPT_SECONDS = 2
GONE = ("files", "bytes", "active", "stored", "downloads", "deferred", "results")


def test_the_page_says_the_limits_that_hold() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {uploads.MOST_MEGABYTES}\n" in config
    assert PAGE.input_bytes == uploads.MOST_MEGABYTES * uploads.MEGABYTE
    assert f"disconnectedSessionTTL = {60 * field_data.MINUTES_KEPT}\n" in config


Client = Callable[..., int]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Send to an app behind limits of 3 MB a session and 8 MB in all, with one session that holds 2 MB already."""

    async def take(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        await PlainTextResponse("taken")(scope, receive, send)

    monkeypatch.setattr(uploads, "MOST_MEGABYTES", 3)
    monkeypatch.setattr(uploads, "MOST_HELD", 8 * uploads.MEGABYTE)
    monkeypatch.setattr(uploads, "uploaded_bytes", lambda: uploads.Counter({"full": 2 * uploads.MEGABYTE}))
    app = uploads.UploadLimits(take)

    def sent(path: str, megabytes: float, is_declared: bool = True) -> int:
        left = int(megabytes * uploads.MEGABYTE)
        headers = [(b"content-length", str(left).encode())] if is_declared else []
        scope = {"type": "http", "method": "PUT", "path": path, "headers": headers, "query_string": b""}
        statuses = []

        async def receive() -> Message:
            nonlocal left
            piece = min(left, 65_536)
            left -= piece
            return {"type": "http.request", "body": b"x" * piece, "more_body": left > 0}

        async def send(message: Message) -> None:
            statuses.append(message.get("status"))

        asyncio.run(app(scope, receive, send))
        return statuses[0]

    return sent


@pytest.mark.parametrize("is_declared", [True, False], ids=["declared", "in chunks"])
def test_a_session_takes_no_more_than_its_limit_over_all_its_files(sent: Client, is_declared: bool) -> None:
    assert sent(f"{UPLOAD_PATH}new/a", 3, is_declared) == 200
    assert sent(f"{UPLOAD_PATH}new/a", 5, is_declared) == 413
    assert sent(f"{UPLOAD_PATH}full/a", 1, is_declared) == 200
    assert sent(f"{UPLOAD_PATH}full/a", 3, is_declared) == 413


def test_all_sessions_together_take_no_more_than_their_limit(sent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    others = uploads.Counter({"one": 3 * uploads.MEGABYTE, "two": 3 * uploads.MEGABYTE})
    monkeypatch.setattr(uploads, "uploaded_bytes", lambda: others)
    assert sent(f"{UPLOAD_PATH}three/a", 3) == 503
    assert sent(f"{UPLOAD_PATH}three/a", 0.5) == 200


def test_no_other_address_takes_a_large_body(sent: Client) -> None:
    assert sent("/table/x", 0.5) == 200
    assert sent("/table/x", 2) == 413
    assert sent("/table/x", 2, is_declared=False) == 413


def test_what_a_refused_file_reserved_is_free_again(sent: Client) -> None:
    for _ in range(5):
        assert sent(f"{UPLOAD_PATH}new/a", 5, is_declared=False) == 413
    assert sent(f"{UPLOAD_PATH}new/a", 3) == 200


def test_forgetting_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def fails() -> int:
        calls.append(1)
        raise ValueError

    monkeypatch.setattr(uploads, "end_expired_sessions", fails)
    monkeypatch.setattr(uploads, "SECONDS_BETWEEN", 0.01)

    async def a_while() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(uploads.keep_forgetting(), 0.2)

    asyncio.run(a_while())
    assert len(calls) > 2


@dataclass
class Served:
    """The real app, what it holds, its folder for temporary files and its log."""

    address: str
    folder: Path
    log: Path

    def holds(self) -> dict[str, int]:
        with urllib.request.urlopen(f"{self.address}/inside") as answer:
            found: dict[str, int] = json.load(answer)
        return found

    def left(self) -> dict[str, int]:
        """Return what is held when the time of all sessions is over, or after half a minute."""
        for _ in range(60):
            found = self.holds()
            if not any(found[name] for name in GONE):
                break
            time.sleep(0.5)
        return found

    def on_disk(self) -> list[str]:
        """Return all temporary files, those without a name that the server has open included."""
        named = [str(path) for path in self.folder.rglob("*") if path.is_file()]
        return named + [name for name in self.open_files() if name.startswith(str(self.folder)) or "(deleted)" in name]

    def open_files(self) -> list[str]:
        port = urlsplit(self.address).port
        found = []
        for process in Path("/proc").iterdir():
            try:
                if f"--server.port\0{port}\0".encode() in (process / "cmdline").read_bytes():
                    found += [str(file.readlink()) for file in (process / "fd").iterdir()]
            except OSError:
                continue
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, log = tmp_path_factory.mktemp("temporary"), tmp_path_factory.mktemp("log") / "server.log"
    options = ["--server.disconnectedSessionTTL", str(KEPT_SECONDS)]
    with running("tests/support/inside_app.py", log=log, options=options, more_env={"TMPDIR": str(folder)}) as address:
        yield Served(address, folder, log)


@pytest.mark.browser
def test_an_upload_is_never_on_disk_is_limited_and_is_gone_after_its_session(served: Served) -> None:
    from playwright.sync_api import sync_playwright

    small = {"name": "small.csv", "mimeType": "text/csv", "buffer": b"no,table,of,ours\n1,2,3,4\n"}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{served.address}/field_data")
        page.locator("h1").wait_for(timeout=60_000)
        with page.expect_request(lambda request: UPLOAD_PATH in request.url) as put:
            page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(small)
        page.locator("[role=alert]").first.wait_for(timeout=60_000)
        page.wait_for_selector(READY)
        cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
        path = urlsplit(put.value.url).path.rpartition("/")[0]
        before = served.holds()
        assert before["files"] == 0  # it cannot be read, so it was let go at once

        seen, status = slowly(served, f"{path}/large", cookies, megabytes=20)
        assert status == 204
        assert seen == []
        assert served.holds()["bytes"] == before["bytes"] + 20 * uploads.MEGABYTE
        assert straight(served, f"{path}/more", cookies, 190 * uploads.MEGABYTE) == 413
        assert straight(served, f"{path}/huge", cookies, 2 * 1024 * uploads.MEGABYTE) == 413
        assert served.holds()["bytes"] == before["bytes"] + 20 * uploads.MEGABYTE

        context.close()
        left = served.left()
        browser.close()
    assert {name: left[name] for name in GONE} == dict.fromkeys(GONE, 0)
    assert served.on_disk() == []


@pytest.mark.browser
def test_results_and_what_was_taken_away_are_gone_after_their_session(served: Served) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(accept_downloads=True)
        page = context.new_page()
        page.goto(f"{served.address}/field_data")
        page.get_by_role("button", name="Try it with sample data").click(timeout=60_000)
        page.get_by_role("heading", name="MADE UP: crossings in these files").wait_for(timeout=60_000)
        page.wait_for_selector(READY, timeout=60_000)
        with page.expect_download(timeout=60_000):
            page.get_by_role("button", name="Crossings (CSV)", exact=True).click()
        before = served.holds()
        assert before["results"] == 1
        assert before["downloads"] >= 1
        assert before["deferred"] >= 8
        assert before["pages"] <= 1  # the page without an upload; no other is kept for all
        context.close()
        left = served.left()
        browser.close()
    assert {name: left[name] for name in GONE} == dict.fromkeys(GONE, 0)
    assert served.on_disk() == []


def head_of(served: Served, path: str, cookies: dict[str, str], size: int) -> http.client.HTTPConnection:
    """Begin to send a form of `size` bytes."""
    line = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=60)
    line.putrequest("PUT", path)
    line.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    line.putheader("Content-Length", str(size))
    line.putheader("X-Xsrftoken", cookies["_streamlit_xsrf"])
    line.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()))
    line.endheaders()
    return line


def slowly(served: Served, path: str, cookies: dict[str, str], megabytes: int) -> tuple[list[str], int]:
    """Send a file in pieces of 1 MB; return what was on disk between them, and the answer."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="large.csv"\r\n\r\n'.encode()
    end = f"\r\n--{BOUNDARY}--\r\n".encode()
    line = head_of(served, path, cookies, len(head) + megabytes * uploads.MEGABYTE + len(end))
    seen: list[str] = []
    line.send(head)
    for _ in range(megabytes):
        line.send(b"0123456789abcdef" * 65_536)
        time.sleep(0.02)
        seen += served.on_disk()
    line.send(end)
    return seen, line.getresponse().status


def straight(served: Served, path: str, cookies: dict[str, str], size: int) -> int:
    """Announce a file of a size and send its first megabyte; return the answer."""
    line = head_of(served, path, cookies, size)
    line.send(b"x" * 65_536)
    return line.getresponse().status
