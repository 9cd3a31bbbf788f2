"""A page as one HTML file, to read without a network and to present: whole, safe, and the same every time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from neaspec.blocks import Chart, Details, Entry, Heading, Map, Points, Side, Text, walk
from neaspec.errors import OutputError
from neaspec.render.document import Document
from neaspec.render.offline import offline, present
from neaspec.render.offline_files import library_address, library_path, script_json
from tests import demo_page as demo
from tests.said import made_up_document, missing, real_document
from tests.serving import FLAGS, chromium
from tests.test_pages import CHOICES

LIBRARIES = {name: library_address(name) for name in ("plotly", "deck")}
MOST_BYTES = 12_000_000
HARMLESS = re.compile(r"GPU stall|WebGL|swiftshader", re.IGNORECASE)
MEAN = "</script><!-- <img src=x onerror=alert(1)> \u202eright to left " + "long" * 75


class Reader(HTMLParser):
    """All text a reader finds, and the addresses and names of elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


def read(made: bytes) -> Reader:
    reader = Reader()
    reader.feed(made.decode())
    return reader


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def check_whole(document: Document, made: bytes) -> None:
    reader = read(made)
    assert missing(document, "".join(reader.text))[:5] == []
    named = {attributes.get("aria-label") for _, attributes in reader.tags if attributes.get("role") == "img"}
    assert {block.alt for block in walk(document.page.blocks) if isinstance(block, Chart | Map)} == named
    targets = {attributes["id"] for _, attributes in reader.tags if attributes.get("id")}
    links = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= targets
    assert not [link for link in links if not link.startswith(("#", "https://", "http://"))]
    for tag, attributes in reader.tags:
        if tag == "a" and not attributes["href"].startswith("#"):
            assert attributes["rel"] == "noopener noreferrer"


def test_the_file_holds_all_of_the_made_up_page_and_is_the_same_every_time():
    made = offline(made_up_document())
    check_whole(made_up_document(), made)
    assert made == offline(made_up_document())


@pytest.mark.parametrize("name", list(CHOICES))
def test_the_file_holds_all_of_a_real_page_and_stays_small(name):
    document = real_document(name)
    made = offline(document)
    check_whole(document, made)
    assert len(made) < MOST_BYTES
    pictures = [block for block in walk(document.page.blocks) if isinstance(block, Chart | Map)]
    assert (b'id="library-plotly"' in made) == any(isinstance(block, Chart) for block in pictures)
    assert (b'id="library-deck"' in made) == any(isinstance(block, Map) for block in pictures)


def test_text_of_the_data_is_never_markup(words):
    table = replace(demo.mean_table(), title=MEAN)
    chart = replace(demo.bars_chart(), title=MEAN, alt=MEAN, rows=demo.bars_chart().rows.assign(site=MEAN))
    spot = {"latitude": 42.4, "longitude": 130.6, "name": MEAN, "tooltip": MEAN, "group": "national"}
    place = Map(
        title=MEAN, layers=(Points(rows=pd.DataFrame([spot]), groups={"national": MEAN}),), alt=MEAN, table=table
    )
    entry = Entry(title=MEAN, text=MEAN, tags=(MEAN,), facts=((MEAN, MEAN),), details=(Text(text=MEAN),))
    blocks = (Heading(text=MEAN), Text(text=MEAN), chart, place, entry, Details(title=MEAN, blocks=(table,)))
    page = replace(demo.demo_page(), title=MEAN, lead=MEAN, blocks=(*blocks, Side(cells=((table,),), weights=(1,))))
    document = replace(made_up_document(page), kind=MEAN, address=f'/"{MEAN}')
    for made in (offline(document), present(document)):
        reader = read(made)
        assert not [tag for tag, attributes in reader.tags if "onerror" in attributes]
        assert b"<!--" not in made
        assert made.count(b"</script>") == made.count(b"<script")
        assert "".join(reader.text).count(MEAN) > 12


def test_what_is_no_number_becomes_null_in_a_script():
    assert (
        script_json({"b": [float("nan"), float("inf"), 1.5], "a": "<!--"}) == '{"a":"\\u003c!--","b":[null,null,1.5]}'
    )


def test_the_presentation_asks_only_our_own_server():
    document = real_document("country")
    reader = read(present(document))
    asked = [attributes["src"] for tag, attributes in reader.tags if tag == "script" and "src" in attributes]
    assert asked == list(LIBRARIES.values())
    root = dict(reader.tags[0][1])
    assert root["data-address"] == document.address
    policy = next(attributes["content"] for _, attributes in reader.tags if attributes.get("http-equiv"))
    assert "default-src 'none'" in policy and "http" not in policy


def test_an_error_names_the_block(words):
    bad = replace(demo.bars_chart(), rows=demo.bars_chart().rows.assign(value="no number"))
    page = replace(demo.demo_page(), blocks=(bad,))
    with pytest.raises(OutputError, match="HTML: Chart 'Where were most seen"):
        offline(made_up_document(page))


# With a browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, str]:
    """Addresses of files of real pages."""
    folder: Path = tmp_path_factory.mktemp("offline")
    made = {}
    for name in ("country", "species", "cooperation"):
        path = folder / f"{name}.html"
        path.write_bytes(offline(real_document(name)))
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


@pytest.mark.browser
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
    page.get_by_role("button", name="Light or dark").click()
    page.evaluate("NC.ready()")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    ink = page.evaluate(f"{SHOWN}.map(one => one.querySelector('.gtitle, .xtitle, .annotation text')).filter(Boolean)"
                        ".map(one => getComputedStyle(one).fill)")  # fmt: skip
    assert (scheme == "light") == all("232, 236, 240" in one or "174, 184, 194" in one for one in ink) or not ink
    page.pdf()
    visit.check()


@pytest.mark.browser
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


# Every text outside pictures: its size, and whether it is inside the screen.
SMALL = """() => {
  const room = document.querySelector('.nc-room'), box = room.getBoundingClientRect(), found = [];
  const texts = document.createTreeWalker(document.querySelector('.nc-stage'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode, parent = one.parentElement;
    if (!one.data.trim() || parent.closest('.nc-show, .nc-counter')) continue;
    const range = document.createRange(); range.selectNodeContents(one);
    const at = range.getBoundingClientRect();
    if (parseFloat(getComputedStyle(parent).fontSize) < 28) found.push('small: ' + one.data);
    if (at.left < 0 || at.right > innerWidth + 1 || at.bottom > innerHeight + 1) found.push('outside: ' + one.data);
    if (room.contains(one) && at.bottom > box.bottom + 2) found.push('cut: ' + one.data);
  }
  return found;
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("name", ["country", "species", "cooperation"])
def test_every_screen_of_the_presentation_is_large_and_whole(browser, files, name, width, height):
    visit = Visit(browser, width, height, "dark" if name == "species" else "light")
    page = visit.page
    page.goto(f"{files[name]}#present=0")
    page.wait_for_function("present.position().count > 0")
    count = page.evaluate("present.position().count")
    found, said = [], []
    for number in range(count):
        page.evaluate(f"present.show({number})")
        assert page.locator(".nc-counter").inner_text() == f"{number + 1} / {count}"
        found += [(number + 1, one) for one in page.evaluate(SMALL)]
        said.append(page.locator(".nc-room").inner_text())
    assert found == []
    shown = plain("".join(said))
    for text in page.evaluate(
        "[...document.querySelectorAll('main .nc-entry-title, main .nc-sources b')].map(one => one.textContent)"
    ):
        assert plain(text) in shown
    visit.check()


@pytest.mark.browser
def test_keys_lead_through_the_presentation_and_out_of_it(browser, files):
    visit = Visit(browser, 1280, 720)
    page = visit.page
    page.goto(files["country"])
    page.get_by_role("button", name="Present").click()
    counter = page.locator(".nc-counter")
    count = int(counter.inner_text().split("/")[1])
    forwards = [("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("Enter", 5), ("n", 6)]
    back = [("ArrowLeft", 5), ("PageUp", 4), ("Backspace", 3), ("p", 2), (".", 2)]
    ends = [("End", count), ("ArrowDown", count), ("Home", 1), ("ArrowUp", 1)]
    for key, at in (*forwards, *back, *ends):
        page.keyboard.press(key)
        assert counter.inner_text() == f"{at} / {count}", key
    page.mouse.click(1000, 400)
    page.mouse.click(1000, 400)
    assert counter.inner_text() == f"3 / {count}"
    page.mouse.click(100, 400)
    assert counter.inner_text() == f"2 / {count}"
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    kept, said = page.url, page.locator(".nc-room").inner_text()
    assert "#present=" in kept
    page.reload()
    page.wait_for_function("present.position().count > 0")
    assert page.locator(".nc-room").inner_text() == said
    page.keyboard.press("Escape")
    assert page.locator(".nc-stage").count() == 0
    assert page.locator("h1").is_visible() and "present" not in page.url
    visit.check()


@pytest.mark.browser
def test_the_presentation_of_the_server_keeps_its_place_in_the_query_and_leaves_to_the_page(browser):
    document = real_document("country")
    made = present(document)
    files = {address: library_path(name).read_bytes() for name, address in LIBRARIES.items()}
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()

    def answer(route) -> None:
        path = urlsplit(route.request.url).path
        body = files.get(path) or (made if "present=1" in route.request.url else b"the page")
        route.fulfill(body=body, content_type="text/javascript" if path in files else "text/html")

    page.route("**/*", answer)
    page.goto("http://dashboard.test/country?country=MNG&present=1&slide=9&theme=dark")
    page.wait_for_function("present.position().count > 0")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert re.search(r"present=1&slide=\d+(\.\d+)?&theme=dark", page.url)
    at = page.evaluate("present.position().at")
    page.keyboard.press("ArrowRight")
    page.reload()
    page.wait_for_function("present.position().count > 0")
    assert page.evaluate("present.position().at") == at + 1
    for kind in ("map", "chart"):
        block = page.locator(f"main [data-kind={kind}]").first.get_attribute("data-block")
        page.goto(f"http://dashboard.test/country?country=MNG&present=1&slide={block}")
        page.locator(".nc-area .nc-drawn").wait_for(timeout=30_000)
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.wait_for_function("parseFloat(getComputedStyle(document.querySelector('.nc-stage')).fontSize) === 42")
        page.locator(".nc-area .nc-drawn").wait_for(timeout=30_000)
        assert f"slide={block}" in page.url
        page.set_viewport_size({"width": 1280, "height": 720})
    page.keyboard.press("Escape")
    page.wait_for_url("http://dashboard.test/country?country=MNG")
    context.close()


@pytest.mark.browser
def test_an_old_browser_says_why_there_are_no_pictures(browser, files, words):
    visit = Visit(browser)
    visit.page.add_init_script("delete window.DecompressionStream")
    visit.page.goto(files["country"])
    visit.page.get_by_text(words("take.no_pictures")).first.wait_for()
    visit.check()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_can_be_used_by_everybody(browser, files, scheme):
    visit = Visit(browser, scheme=scheme)
    visit.page.goto(files["country"])
    visit.page.wait_for_function(f"{SHOWN}.every(one => one.classList.contains('nc-drawn'))", timeout=60_000)
    found = Axe().run(visit.page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found] == []
    visit.check()
