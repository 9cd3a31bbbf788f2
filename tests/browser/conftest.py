"""What browser tests share: one running app for all files of a worker; each reader has a window of their own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.serving import running

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# What the framework itself logs; none of it is ours to mend.
HARMLESS = re.compile(r"_stcore/|404 \(Not Found\)|GPU stall|WebGL|swiftshader|preload", re.IGNORECASE)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the app, started once."""
    with running() as address:
        yield address


class Visit:
    """One reader's window, with all it asked for and all it logged."""

    def __init__(self, browser: Browser, server: str, width: int = 1440, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 500 else 844}, color_scheme=scheme, accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.server = server
        self.asked: list[str] = []
        self.logged: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.on("console", lambda line: self.logged.append(line.text) if line.type == "error" else None)

    def open(self, address: str) -> Page:
        self.page.goto(f"{self.server}/{address}")
        self.freeze_gc()
        self.page.locator("h1").first.wait_for(timeout=60_000)
        return self.page

    def freeze_gc(self) -> None:
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(READY, timeout=60_000)
        self.page.wait_for_timeout(700)

    def foreign(self) -> list[str]:
        ours = re.compile(rf"{re.escape(self.server)}|{re.escape(self.server.replace('http', 'ws'))}|data:|blob:")
        return [url for url in self.asked if not ours.match(url)]

    def faults(self) -> list[str]:
        return [line for line in self.logged if not HARMLESS.search(line)]


@pytest.fixture
def visit(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A reader's window; its width and colours are the parameter."""
    width, scheme = getattr(request, "param", (1440, "light"))
    window = Visit(browser, server, width, scheme)
    yield window
    window.context.close()
