"""What a reader's browser shows: A1 to A6, A11, A12, A19 to A21, A23."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from benchmarks.acceptance.limits import (
    ENTRIES,
    HEIGHT,
    HEIGHT_PHONE,
    LINKS,
    PICTURE,
    PICTURE_HOME,
    PICTURE_PAGES,
    SECONDS_FIRST_LOAD,
    SECONDS_TO_SHOWN,
    STOPS,
    WORDS,
    WORDS_HOME,
    Measure,
    at_least,
    at_most,
    none_of,
)
from neaspec.sections import FIRST_PAGE, PAGES

SEEN = (Path(__file__).parent / "seen.js").read_text(encoding="utf-8")
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
WIDE, PHONE, ZOOMED = {"width": 1440, "height": 900}, {"width": 390, "height": 844}, {"width": 720, "height": 450}
IN_PICTURE = (
    "!!document.activeElement.closest("
    "'[data-testid=stPlotlyChart],[data-testid=stDeckGlJsonChart],[class*=st-key-nc-list]')"
)
PICTURES = "[data-testid=stPlotlyChart] svg.main-svg, [data-testid=stDeckGlJsonChart] canvas"
SELECTIONS = 20
SETTLED_MS = 2500  # pictures are drawn by software here
# Drawn by the framework (its data frame, expander, toolbar), not by us.
FRAMEWORK_RULES = frozenset({"scrollable-region-focusable", "aria-allowed-attr", "empty-table-header"})
# An address with a code that there is not: each must be named, with the nearest that there are.
UNKNOWN = {
    "species": "species=amur_tigr",
    "sites": "species=snow_leopards",
    "movements": "species=hoded_crane",
    "issues": "meeting=som_72",
    "country": "d=MGN",
    "changes": "from=som_42",
    "projects": "species=amur_leopart",
}


def path_of(page: str) -> str:
    """Return the path of a page."""
    return "/" if page == FIRST_PAGE else f"/{page}"


def opened(page: Page, server: str, path: str) -> None:
    """Open an address and wait until what it shows is drawn."""
    page.goto(server + path)
    page.wait_for_selector(READY, timeout=60_000)
    page.locator("h1").first.wait_for(timeout=60_000)
    page.wait_for_timeout(SETTLED_MS)


def first_screens(browser: Browser, server: str) -> Iterator[Measure]:
    """Measure the first screen of every page, wide and on a phone."""
    wide = browser.new_context(viewport=WIDE).new_page()
    phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    zoomed = browser.new_context(viewport=ZOOMED).new_page()
    for name in PAGES:
        opened(wide, server, path_of(name))
        if name in PICTURE_PAGES or name == FIRST_PAGE:
            wide.locator(PICTURES).first.wait_for(timeout=60_000)
            wide.wait_for_timeout(SETTLED_MS)
        seen = wide.evaluate(SEEN)
        home = name == FIRST_PAGE
        yield at_most("A1", name, "words", seen["words"], WORDS_HOME if home else WORDS)
        yield at_most("A2", name, "superscripts and bracket numbers", seen["superscripts"] + seen["marks"], 0)
        if name in PICTURE_PAGES or home:
            yield at_least("A3", name, "picture", round(seen["picture"], 2), PICTURE_HOME if home else PICTURE)
        yield at_most("A4", name, "height at 1440", seen["height"], HEIGHT)
        yield at_most("A5", name, "links", seen["links"], LINKS)
        yield none_of("A12", name, "tables wider than their place", seen["cut"])
        opened(phone, server, path_of(name))
        small = phone.evaluate(SEEN)
        yield at_most("A4", name, "height at 390", small["height"], HEIGHT_PHONE)
        yield at_most("A12", name, "wider than a phone by", max(small["wider"], 0), 2)
        if name in PICTURE_PAGES or home:
            yield at_most("A20", name, "first figure on a phone at", round(small["firstFigure"]), PHONE["height"])
        opened(zoomed, server, path_of(name))
        yield at_most("A12", name, "wider than a window at 200 % by", max(zoomed.evaluate(SEEN)["wider"], 0), 2)
    yield at_most("A6", "navigation", "entries", entries(wide, server), ENTRIES)
    for page in (wide, phone, zoomed):
        page.context.close()


def entries(page: Page, server: str) -> int:
    """Count the top-level entries of the navigation."""
    opened(page, server, "/")
    return page.locator("[data-testid=stTopNavLink], [data-testid=stTopNavSection]").count()


def tab_stops(browser: Browser, server: str) -> Iterator[Measure]:
    """Count the stops of the Tab key from the skip link to the main picture or list."""
    page = browser.new_context(viewport=WIDE).new_page()
    for name in sorted(PICTURE_PAGES):
        opened(page, server, path_of(name))
        page.evaluate("document.activeElement?.blur()")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the skip link
        stops = 0
        while stops < 3 * STOPS and not page.evaluate(IN_PICTURE):
            page.keyboard.press("Tab")
            stops += 1
        yield at_most("A5", name, "tab stops to the picture", stops, STOPS)
    page.context.close()


def accessibility(browser: Browser, server: str) -> Iterator[Measure]:
    """Run the automatic check, best practice and size of targets included, on every page, light and dark, wide and small."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for scheme, size in (("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)):
        page = browser.new_context(viewport=size, color_scheme=scheme, has_touch=size == PHONE).new_page()
        for name in PAGES:
            opened(page, server, path_of(name))
            found = Axe().run(page, options=options).response["violations"]
            faults = [fault["id"] for fault in found if fault["id"] not in FRAMEWORK_RULES]
            yield none_of("A19", f"{name}, {scheme}, {size['width']} px", "findings", faults)
        page.context.close()


def list_way(browser: Browser, server: str) -> Iterator[Measure]:
    """Choose things of the list beside a map: each time the panel, the ring on the map and the address follow."""
    page = browser.new_context(viewport=WIDE).new_page()
    opened(page, server, "/map?layers=sites")
    followed = 0
    for number in range(SELECTIONS):
        line = page.locator("[class*=st-key-nc-list] [role=radiogroup] label").nth(number)
        name = line.locator("p").first.inner_text().partition(" ")[2]  # without its sign
        line.click()
        page.wait_for_selector(READY, timeout=60_000)
        page.locator("[class*=st-key-nc-list]").wait_for(state="detached", timeout=30_000)
        has_panel = page.get_by_role("heading", name=name).count() > 0
        followed += has_panel and "selected=" in page.url
        page.get_by_role("button", name="All (").click()
        page.locator("[class*=st-key-nc-list]").wait_for(timeout=30_000)
        page.wait_for_timeout(300)
    yield at_least("A11", "map", "panels after a choice in the list", followed, SELECTIONS)
    page.context.close()


def phone_menu(browser: Browser, server: str) -> Iterator[Measure]:
    """Choose a page in the menu of a phone: the menu must close."""
    page = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    opened(page, server, "/")
    page.locator("[data-testid=stExpandSidebarButton]").first.click()
    page.locator("[data-testid=stSidebarNavLink]", has_text="Species").first.click()
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
    left = page.locator("[data-testid=stSidebar]").first
    is_open = left.is_visible() and left.get_attribute("aria-expanded") == "true"
    yield Measure("A20", "phone", f"menu over the page after a choice: {is_open}", "never", not is_open)
    page.context.close()


def speed(browser: Browser, server: str) -> Iterator[Measure]:
    """Time a click until the page it leads to is shown, and the first load of Home until it can be read."""
    page = browser.new_context(viewport=WIDE).new_page()
    opened(page, server, "/species")
    seconds = []
    names = [button.inner_text() for button in page.locator("[data-testid=stButtonGroup] button").all()][:6]
    for name in names[1:] + names[:1]:
        start = time.perf_counter()
        page.locator("[data-testid=stButtonGroup] button", has_text=name).first.click()
        page.wait_for_function(f"document.querySelector('h1')?.innerText.trim() === {name!r}")
        seconds.append(time.perf_counter() - start)
    yield at_most("A21", "species", "click to shown, median s", round(statistics.median(seconds), 2), SECONDS_TO_SHOWN)
    page.context.close()
    first = []
    for _ in range(3):
        page = browser.new_context(viewport=WIDE).new_page()
        start = time.perf_counter()
        page.goto(f"{server}/")
        page.locator(".nc-answer").first.wait_for(timeout=60_000)
        first.append(time.perf_counter() - start)
        page.context.close()
    yield at_most("A21", "home", "first load, median s", round(statistics.median(first), 2), SECONDS_FIRST_LOAD)


def unknown_codes(browser: Browser, server: str) -> Iterator[Measure]:
    """Open pages with a code that there is not: it is named, with the nearest that there are."""
    page = browser.new_context(viewport=WIDE).new_page()
    for name, query in UNKNOWN.items():
        opened(page, server, f"{path_of(name)}?{query}")
        code = query.partition("=")[2]
        notices = " ".join(page.locator(".nc-notice").all_inner_texts())
        is_named = code.casefold() in notices.casefold() and "?" in notices
        yield Measure("A23", name, f"{code}: {notices[:80]!r}", "named, with the nearest", is_named)
    page.context.close()
