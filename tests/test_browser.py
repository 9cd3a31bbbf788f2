"""A reader's browser: every page opens, keeps its address, asks nobody else, and can be used without a mouse."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from dashboard import PAGES
from neaspec.palette import PROTECTION
from tests.serving import FLAGS, chromium, running

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Streamlit looks for its own addresses below the page first and finds them at the root; a 404 each time.
FRAMEWORK_NOISE = re.compile(r"/\w+/_stcore/(health|host-config)")
# Violations of the framework, by rule of axe-core, with the reason why we cannot mend them. None is known.
FRAMEWORK_VIOLATIONS: dict[str, str] = {}
ACTIVE = """() => {
  const at = document.activeElement;
  return [at.getAttribute('aria-label') || at.innerText.trim(), at.getAttribute('href') || '', at.tagName].join(' | ');
}"""


@dataclass
class Opened:
    """A page in a browser, with what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def title(self) -> Locator:
        return self.page.locator("h1")

    def settled(self) -> "Opened":
        """Wait until the page is shown and the server has nothing more to say."""
        self.title.first.wait_for(timeout=60_000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        return self

    def go(self, address: str) -> "Opened":
        self.page.goto(address)
        return self.settled()

    def choose(self, label: str, wording: str) -> "Opened":
        """Choose in a box by typing, as a reader does."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.fill(wording)
        self.page.get_by_role("option", name=wording).first.click()
        return self

    def chosen(self, label: str) -> str:
        return self.page.get_by_role("combobox", name=label, exact=True).input_value()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=WIDE, color_scheme="light", accept_downloads=True)
    yield context
    context.close()


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=NARROW, color_scheme="dark")
    yield context
    context.close()


@pytest.fixture
def opened(server: str) -> Iterator[Callable[[BrowserContext, str], Opened]]:
    """Open an address of ours in a page that is closed after the test."""
    pages: list[Page] = []

    def open_in(context: BrowserContext, address: str) -> Opened:
        page = context.new_page()
        pages.append(page)
        tab = Opened(page)
        page.on("request", lambda request: tab.requests.append(request.url))
        page.on("websocket", lambda socket: tab.requests.append(socket.url))
        page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                tab.complaints.append(f"{said.text} ({said.location['url']})")
                if said.type == "error" and not FRAMEWORK_NOISE.search(said.location["url"])
                else None
            ),
        )
        return tab.go(f"{server}{address}")

    yield open_in
    for page in pages:
        page.close()


def path_of(name: str) -> str:
    return "/" if name == PAGES[0] else f"/{name}"


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    widest = "Math.max(...[...document.querySelectorAll('html, [data-testid=stMain]')].map(e => e.scrollWidth))"
    return int(page.evaluate(f"{widest} - window.innerWidth"))


def background(page: Page) -> int:
    """Return how bright the page is, 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    return max(int(part) for part in re.findall(r"\d+", colour)[:3])


def violations(page: Page) -> list[str]:
    """Return the serious faults axe-core finds that are not the framework's."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {[node['html'][:200] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in ("serious", "critical") and fault["id"] not in FRAMEWORK_VIOLATIONS
    ]


def foreign(requests: list[str], server: str) -> list[str]:
    """Return the requests that went to anybody but us."""
    host = re.escape(server.removeprefix("http://"))
    return [url for url in requests if not re.match(rf"(https?|wss?)://{host}/|data:|blob:", url)]


def test_the_check_for_foreign_requests_lets_nobody_else_through() -> None:
    ours = ["http://localhost:1/species", "ws://localhost:1/_stcore/stream", "data:image/png;base64,x", "blob:null/1"]
    others = ["https://fonts.gstatic.com/x", "http://localhost:12/", "http://localhost:1.evil.org/", "wss://a.b/"]
    assert foreign(ours + others, "http://localhost:1") == others


def assert_sound(tab: Opened, server: str, width: int) -> None:
    assert tab.title.count() == 1
    assert tab.title.is_visible()
    assert tab.title.inner_text().strip().endswith("?")
    assert tab.page.viewport_size == {"width": width, "height": tab.page.viewport_size["height"]}
    assert overflow(tab.page) <= 0
    assert tab.complaints == []
    assert foreign(tab.requests, server) == []
    assert any(url.startswith("ws://") for url in tab.requests)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_wide_and_light_and_fits_a_phone(name: str, wide: BrowserContext, opened, server: str) -> None:
    tab = opened(wide, path_of(name))
    assert_sound(tab, server, 1440)
    assert background(tab.page) > 200
    assert violations(tab.page) == []
    tab.page.set_viewport_size(NARROW)
    tab.page.wait_for_timeout(150)
    assert_sound(tab, server, 390)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_on_a_phone_in_the_dark_and_fits_a_desk(name: str, narrow: BrowserContext, opened, server) -> None:
    tab = opened(narrow, path_of(name))
    assert_sound(tab, server, 390)
    assert background(tab.page) < 60
    assert violations(tab.page) == []
    tab.page.set_viewport_size(WIDE)
    tab.page.wait_for_timeout(150)
    assert_sound(tab, server, 1440)


def test_a_choice_changes_the_page_and_the_address(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/species")
    assert "Amur tiger" in tab.title.inner_text()
    tab.choose("Species", "Hooded crane")
    tab.page.locator("h1", has_text="Hooded crane").wait_for()
    assert tab.settled().page.url.endswith("/species?species=hooded_crane")


def test_a_deep_link_restores_every_choice(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/sites?country=RUS&species=amur_leopard&level=national")
    assert {label: tab.chosen(label) for label in ("Site", "Country", "Species", "Protection", "As known at")} == {
        "Site": "All",
        "Country": "Russian Federation",
        "Species": "Amur leopard",
        "Protection": "national protection",
        "As known at": "Today",
    }
    assert tab.page.url.endswith("/sites?country=RUS&species=amur_leopard&level=national")
    shown = tab.page.locator("[data-testid=stMain]").inner_text()
    again = opened(wide, "/sites")
    assert again.page.locator("[data-testid=stMain]").inner_text() != shown
    again.choose("Country", "Russian Federation")
    again.page.wait_for_url("**country=RUS*")
    again.settled().choose("Species", "Amur leopard")
    again.page.wait_for_url("**species=amur_leopard*")
    again.settled().choose("Protection", "national protection")
    again.page.wait_for_url("**level=national*")
    again.settled()
    again.page.wait_for_function(
        "text => document.querySelector('[data-testid=stMain]').innerText.trim() === text.trim()", arg=shown
    )


@pytest.mark.parametrize("value", ["unicorn", "<img src=x onerror=alert(1)>"])
def test_an_unknown_value_is_ignored_with_a_notice_and_never_markup(value: str, wide: BrowserContext, opened) -> None:
    asked_back: list[str] = []
    tab = opened(wide, "/about:blank"[:0] + "/species")
    tab.page.on("dialog", lambda dialog: (asked_back.append(dialog.message), dialog.dismiss()))
    tab.page.goto(tab.page.url + "?" + f"species={value}".replace("<", "%3C").replace(">", "%3E").replace(" ", "%20"))
    tab.settled()
    assert "Amur tiger" in tab.title.inner_text()
    assert f"“{value}”" in tab.page.locator(".nc-notice").first.inner_text()
    assert "species=" not in tab.page.url
    assert tab.page.locator("[data-testid=stMain] img[src=x]").count() == 0
    assert asked_back == []


def test_text_to_search_for_is_shown_as_it_is_written(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/sources?kind=statements&search=%3Cb%3Ecrane%3C/b%3E**x**")
    main = tab.page.locator("[data-testid=stMain]")
    assert "<b>crane</b>**x**" in main.inner_text()
    assert main.locator("b", has_text="crane").count() == 0
    assert main.locator("strong", has_text="x").count() == 0
    assert tab.complaints == []


def test_as_known_at_in_the_address_holds_and_goes_along(wide: BrowserContext, opened) -> None:
    today = opened(wide, "/projects").page.locator("[data-testid=stMain]").inner_text()
    tab = opened(wide, "/projects?as_known=som_24")
    then = tab.page.locator("[data-testid=stMain]").inner_text()
    assert tab.chosen("As known at") == "SOM-24 (13 October 2020)"
    assert "This page shows what was known at SOM-24" in then
    assert "299,789" in today
    assert "299,789" not in then
    tab.page.locator("[data-testid=stSidebarNav] a", has_text="Species").click()
    tab.page.locator("h1", has_text="Amur tiger").wait_for()
    assert "as_known=som_24" in tab.settled().page.url
    assert "This page shows what was known at SOM-24" in tab.page.locator("[data-testid=stMain]").inner_text()


def test_a_downloaded_table_holds_the_rows_that_are_shown(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/projects")
    fold = tab.page.locator("[data-testid=stExpander]", has=tab.page.locator("table")).first
    fold.locator("summary").click()
    shown = fold.locator("table tbody tr").all()
    with tab.page.expect_download() as download:
        fold.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    content = Path(download.value.path()).read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == len(shown) + 1 > 3
    first = shown[0].locator("th, td").first.inner_text()
    assert rows[1][0] == first
    assert len(rows[0]) >= len(shown[0].locator("th, td").all())


def test_the_whole_data_set_can_be_downloaded(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/sources")
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Download the whole data set").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_the_keyboard_alone_reaches_and_changes_everything(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/species")
    tab.page.evaluate("document.activeElement.blur()")
    met: list[str] = []
    while len(met) < 20 and not any(stop.startswith("Species |  | INPUT") for stop in met):
        tab.page.keyboard.press("Tab")
        met.append(tab.page.evaluate(ACTIVE))
    assert met[0].startswith("Skip to main content | #stMain")
    assert [stop.split(" | ")[0] for stop in met[1 : len(PAGES) + 1]] == [name.capitalize() for name in PAGES]
    assert any(stop.startswith("As known at |") for stop in met)
    assert met[-1].startswith("Species |  | INPUT")
    tab.page.keyboard.press("ArrowDown")
    tab.page.get_by_role("listbox").wait_for()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    tab.page.locator("h1", has_text="Amur leopard").wait_for()
    assert tab.page.url.endswith("species=amur_leopard")


def test_the_keyboard_alone_goes_to_another_page_and_opens_a_fold(wide: BrowserContext, opened) -> None:
    tab = opened(wide, "/species")
    tab.page.evaluate("document.activeElement.blur()")
    for _ in range(2 + PAGES.index("projects")):
        tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/projects")
    fold = tab.settled().page.locator("[data-testid=stExpander]").first
    fold.locator("summary").focus()
    assert fold.locator("details").get_attribute("open") is None
    tab.page.keyboard.press("Enter")
    assert fold.locator("details[open]").count() == 1


def colours(picture: bytes) -> Counter[tuple[int, int, int]]:
    """Return how many pixels of a picture have each colour."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return Counter({colour: number for number, colour in image.getcolors(image.width * image.height) or []})


def drawn_map(tab: Opened) -> Counter[tuple[int, int, int]]:
    """Return the pixels of the first map when it does not change any more."""
    chart = tab.page.locator("[data-testid=stDeckGlJsonChart]").first
    chart.scroll_into_view_if_needed()
    before = b""
    for _ in range(40):
        tab.page.wait_for_timeout(400)
        picture = chart.screenshot()
        if picture == before and len(colours(picture)) > 20:
            break
        before = picture
    return colours(before)


def near(pixels: Counter[tuple[int, int, int]], code: str) -> int:
    """Return how many pixels have a colour, give or take what smoothing does."""
    wanted = tuple(int(code[at : at + 2], 16) for at in (1, 3, 5))
    return sum(
        number for colour, number in pixels.items() if max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) <= 6
    )


def test_the_map_of_sites_is_drawn_with_its_markers(wide: BrowserContext, opened) -> None:
    whole = drawn_map(opened(wide, "/sites"))
    few = drawn_map(opened(wide, "/sites?country=KOR&level=international"))
    ink = PROTECTION["national"][0]
    assert len(whole) > 50
    assert near(whole, ink) > 100
    assert near(few, ink) < near(whole, ink) / 4
    assert whole != few
