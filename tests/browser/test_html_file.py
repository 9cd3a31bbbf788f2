"""The HTML file and the presentation in a real browser, without a network."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from neaspec.render.html_file.render import render_html_file
from tests.support.said import real_document

pytestmark = pytest.mark.browser
HARMLESS = re.compile(r"GPU stall|WebGL|swiftshader", re.IGNORECASE)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, str]:
    """Addresses of files of real pages."""
    folder: Path = tmp_path_factory.mktemp("offline")
    made = {}
    for name in ("country", "species", "cooperation"):
        path = folder / f"{name}.html"
        given = {"country_code": "MNG"} if name == "country" else {}
        path.write_bytes(render_html_file(real_document(name, **given)))
        made[name] = path.as_uri()
    return made


class Visit:
    """A window without a network, with all it asked for and all it logged."""

    def __init__(self, browser: Browser, width: int = 1440, height: int = 900, scheme: str = "light") -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        self.context.set_offline(True)
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)

    def check(self) -> None:
        assert [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert [fault for fault in self.faults if not HARMLESS.search(fault)] == []
        self.context.close()


SHOWN = "[...document.querySelectorAll('main figure')].filter(one => one.offsetWidth)"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize("name", ["country", "species"])
def test_the_file_opens_without_a_network_and_draws_all(browser, files, name, width, scheme):
    visit = Visit(browser, width, scheme=scheme)
    page = visit.page
    page.goto(files[name])
    page.wait_for_function(f"{SHOWN}.every(one => one.classList.contains('nc-drawn'))", timeout=60_000)
    assert page.evaluate(f"{SHOWN}.every(one => one.querySelector('svg.main-svg, canvas'))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Light or dark").click(timeout=120_000)  # all pictures are drawn anew
    page.evaluate("NC.ready()")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    ink = page.evaluate(
        f"{SHOWN}.map(one => one.querySelector('.gtitle, .xtitle, .annotation text')).filter(Boolean)"
        ".map(one => getComputedStyle(one).fill)"
    )
    assert (scheme == "light") == all("232, 236, 240" in one or "174, 184, 194" in one for one in ink) or not ink
    page.pdf()
    visit.check()


def test_a_table_is_sorted_by_its_header_also_with_keys(browser, files):
    visit = Visit(browser)
    page = visit.page
    page.goto(files["species"])
    frame = page.locator(".nc-table", has=page.locator("td.nc-number[data-sort]")).first
    column = frame.evaluate("one => [...one.querySelectorAll('tbody tr')][0].querySelector('.nc-number').cellIndex")
    header = frame.locator("th").nth(column)
    cells = f"one => [...one.querySelectorAll('tbody tr')].map(row => row.cells[{column}].dataset.sort).filter(Boolean)"
    header.locator("button").evaluate("one => one.closest('details')?.setAttribute('open', '')")
    header.locator("button").focus()
    page.keyboard.press("Enter")
    values = [float(value) for value in frame.evaluate(cells)]
    assert values == sorted(values) and header.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    values = [float(value) for value in frame.evaluate(cells)]
    assert values == sorted(values, reverse=True) and header.get_attribute("aria-sort") == "descending"
    visit.check()


@pytest.mark.parametrize("name", ["country", "species", "cooperation"])
def test_the_file_presents_the_slides_of_its_page_keeps_the_place_and_leads_back_to_reading(browser, files, name):
    visit = Visit(browser, 1280, 720)
    page = visit.page
    page.goto(files[name])
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Present").click()
    count = page.evaluate("SLIDES.position().count")
    assert 2 <= count <= 8
    page.keyboard.press("ArrowRight")
    assert page.evaluate("SLIDES.position().at") == 1
    page.reload()
    page.wait_for_function("typeof SLIDES === 'object' && SLIDES.position().at === 1")
    assert page.locator(".s-now h2").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("typeof SLIDES === 'undefined'")
    assert page.locator("h1").inner_text() == title
    visit.check()


def test_any_page_is_presented_by_the_server_keeps_its_place_and_leads_back_to_the_page(browser, server):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    view = f"{server}/species?species=amur_leopard"
    page.goto(f"{view}&present=1")
    count = page.evaluate("SLIDES.position().count")
    assert 2 <= count <= 8
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    assert page.evaluate("SLIDES.position().at") == 2 and "slide=3" in page.url
    page.reload()
    assert page.evaluate("SLIDES.position().at") == 2
    page.keyboard.press("o")
    assert page.locator(".s-cell").count() == count
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    assert page.locator(".s-black").is_visible()
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    page.wait_for_url(view)


@pytest.mark.parametrize("story", ["som", "cats", "snow_leopard", "tumen", "flyway"])
def test_a_story_is_read_at_the_back_of_the_room_and_nothing_of_it_leaves_its_slide(browser, server, story):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{server}/briefs?story={story}&present=1")
    assert 8 <= page.evaluate("SLIDES.position().count") <= 12
    small = page.evaluate(
        """() => [...document.querySelectorAll('.s-slide :is(h2, p, li, dt, dd)')].filter(one =>
        one.textContent.trim() && !one.matches('.s-boundary') && parseFloat(getComputedStyle(one).fontSize) < 24)
        .map(one => one.textContent)"""
    )
    assert small == []
    over = page.evaluate(
        "() => [...document.querySelectorAll('.s-slide')].filter(one => one.scrollHeight > 720)"
        ".map(one => one.dataset.key)"
    )
    assert over == []
    boundary = page.locator(".s-boundary").first
    assert boundary.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") == 16
    assert boundary.evaluate("one => one.getBoundingClientRect().height") < 24


def test_every_page_and_brief_has_a_menu_of_what_can_be_taken_away(browser, server):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{server}/species?species=hooded_crane&as_known=som_27")
    page.locator("[popovertarget=nc-share]").click(timeout=60_000)
    assert page.locator("#nc-share code").inner_text() == page.url
    page.keyboard.press("Escape")
    page.locator("[popovertarget=nc-export]").click()
    starts = {"PDF": b"%PDF", "Word": b"PK", "PowerPoint": b"PK", "Excel": b"PK", "HTML file": b"<!DOCTYPE html>"}
    for name, start in starts.items():
        with page.expect_download(timeout=60_000) as waiting:
            page.locator(".nc-menu").get_by_role("link", name=name, exact=True).click()
        assert waiting.value.suggested_filename.startswith("neaspec-species-hooded_crane-som_27.")
        assert Path(waiting.value.path()).read_bytes().startswith(start)
    page.locator(".nc-menu").get_by_role("link", name="Species paper").click()
    page.wait_for_url(f"{server}/briefs?kind=species&species=hooded_crane&as_known=som_27")
    page.get_by_text("All papers in one file").wait_for(timeout=60_000)
    preview = page.locator(".nc-paper-preview img")
    preview.wait_for(timeout=60_000)
    assert preview.evaluate("one => one.decode().then(() => one.naturalWidth)") > 800
    context.close()


def test_what_there_is_not_is_said_in_a_sentence(server):
    for address, code in (
        ("take/country.pdf?country_code=ATL", 404),
        ("take/x.pdf", 404),
        ("table/x/y.csv", 404),
        ("country?country=ATL&present=1", 404),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server}/{address}")
        assert refused.value.code == code
        assert "there " in refused.value.read().decode()


def test_an_old_browser_says_why_there_are_no_pictures(browser, files, words):
    visit = Visit(browser)
    visit.page.add_init_script("delete window.DecompressionStream")
    visit.page.goto(files["country"])
    visit.page.get_by_text(words("take.no_pictures")).first.wait_for()
    visit.check()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_can_be_used_by_everybody(browser, files, scheme):
    visit = Visit(browser, scheme=scheme)
    visit.page.goto(files["country"])
    visit.page.wait_for_function(f"{SHOWN}.every(one => one.classList.contains('nc-drawn'))", timeout=60_000)
    found = Axe().run(visit.page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found] == []
    visit.check()
