"""A visitor tries the sample, drops a damaged file and a good one; no position reaches the browser or the log."""

import io
import json
import re
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.exact_pair import exact_pair
from tests.support.listening import Listener, found_in
from tests.support.serving import running

pytestmark = pytest.mark.browser

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
MADE_UP = re.compile("MADE[ _-]UP", re.IGNORECASE)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def server(log: Path) -> Iterator[str]:
    with running("tests/support/inside_app.py", log=log) as address:
        yield address


@pytest.fixture
def window(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[tuple[Page, Listener]]:
    width, scheme = getattr(request, "param", (1440, "light"))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True)
    page = context.new_page()
    heard = Listener(page)
    page.goto(f"{server}/field_data")
    page.locator("h1").first.wait_for(timeout=60_000)
    freeze_gc(page)
    yield page, heard
    context.close()


def freeze_gc(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_selector(READY, timeout=60_000)
    page.wait_for_timeout(500)


def drop(page: Page, files: dict[str, bytes]) -> None:
    given = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()]
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(given)


def try_sample(page: Page) -> None:
    page.get_by_role("button", name="Try it with sample data").click()
    page.get_by_role("heading", name="MADE UP: crossings in these files").wait_for(timeout=60_000)
    freeze_gc(page)


@pytest.mark.parametrize("window", [(1440, "light"), (390, "dark")], indirect=True, ids=["wide light", "phone dark"])
def test_the_sample_shows_results_that_are_marked_made_up_everywhere(
    window: tuple[Page, Listener], server: str
) -> None:
    page, heard = window
    try_sample(page)
    assert page.locator("h1").all_inner_texts() == ["MADE UP: crossings in these files"]
    assert page.locator(".nc-answer").first.inner_text().startswith("MADE UP")
    assert page.locator("[data-testid=stException], [role=alert]").count() == 0
    assert page.get_by_text("every animal, station and record below was invented").is_visible()
    titles = page.locator("h2:not(.nc-step), h3, .nc-picture, summary").all_text_contents()  # those in closed folds too
    assert len(titles) > 5  # of the first screen and the first tab
    assert [title for title in titles if "MADE UP" not in title] == []
    page.locator("[data-testid=stDeckGlJsonChart]").scroll_into_view_if_needed()
    page.locator("canvas").first.wait_for(state="attached", timeout=30_000)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert wide <= 0
    assert heard.foreign(server) == []


def tip_met(page: Page) -> str:
    """Return what stands beside the pointer where it first meets something on the map, row by row from above."""
    chart = page.locator("[data-testid=stDeckGlJsonChart]")
    chart.evaluate("one => one.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(3000)
    box = chart.locator("#deckgl-wrapper").bounding_box()
    assert box
    for down in range(30, int(box["height"]), 24):
        for across in range(20, int(box["width"]), 6):
            page.mouse.move(box["x"] + across, box["y"] + down)
            tip = chart.locator(".deck-tooltip")
            if tip.count() and tip.first.is_visible():
                return str(tip.first.inner_text())
    return ""


def test_what_stands_beside_the_pointer_on_the_map_of_the_sample_is_words(window: tuple[Page, Listener]) -> None:
    page, _ = window
    try_sample(page)
    said = tip_met(page)
    assert re.search("[A-Za-z]{3}", said)
    assert not re.search("[<>{}]|&lt;|undefined|null|NaN|None", said), said


def test_what_is_taken_away_of_the_sample_says_that_it_is_made_up(window: tuple[Page, Listener]) -> None:
    page, _ = window
    try_sample(page)
    labels = page.locator("[data-testid=stDownloadButton] button").all_inner_texts()
    assert len(labels) >= 7
    for label in labels:
        if "Template" in label:
            continue
        with page.expect_download(timeout=60_000) as taken:
            page.get_by_role("button", name=label, exact=True).click()
        path = taken.value.path()
        assert MADE_UP.search(taken.value.suggested_filename), label
        data = path.read_bytes()
        assert len(data) > 100, label
        if taken.value.suggested_filename.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    assert MADE_UP.search(name), name
                    assert_says_made_up(name, archive.read(name).decode("utf-8-sig"))


def assert_says_made_up(name: str, content: str) -> None:
    """Each row of a table says it, a text for R in its head; the columns of oSCR are fixed, there the name does."""
    file_name = name.rpartition("/")[2]
    if file_name.endswith(".txt"):
        assert "MADE UP" in content, name
    elif not file_name.startswith("oscr-"):
        assert all("MADE UP" in row for row in content.splitlines()[1:]), name


def test_a_damaged_zip_is_told_in_a_sentence_and_the_next_file_works(
    window: tuple[Page, Listener], log: Path, server: str
) -> None:
    page, heard = window
    files, degrees = exact_pair()
    assert len(degrees) >= 32
    name, data = next(iter(files.items()))
    drop(page, {name: data[: len(data) // 2]})
    alert = page.locator("[role=alert]")
    alert.wait_for(timeout=60_000)
    freeze_gc(page)
    assert name in alert.inner_text()
    assert "kept" in alert.inner_text()
    assert page.get_by_role("heading", name="1. Choose files").is_visible()
    assert page.locator("[data-testid=stFileUploaderFile]").count() == 0
    with urllib.request.urlopen(f"{server}/inside") as answer:
        assert json.load(answer)["files"] == 0

    drop(page, files)
    page.get_by_role("heading", name="Crossings in these files").wait_for(timeout=60_000)
    freeze_gc(page)
    assert alert.count() == 0
    assert page.get_by_text("MADE UP: every animal").count() == 0
    received = heard.received()
    assert len(received) > 100_000
    assert b"confirmed" in received
    assert found_in(received, degrees) == []
    assert found_in(log.read_bytes(), degrees) == []


def test_more_files_than_are_said_are_refused(window: tuple[Page, Listener]) -> None:
    page, _ = window
    drop(page, {f"table{number}.csv": b"a,b\n1,2\n" for number in range(21)})
    alert = page.locator("[role=alert]")
    alert.wait_for(timeout=60_000)
    assert "at most 20" in alert.inner_text()


def test_results_of_one_session_are_in_no_other(window: tuple[Page, Listener], browser: Browser, server: str) -> None:
    page, _ = window
    try_sample(page)
    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{server}/field_data")
    other.locator("h1").first.wait_for(timeout=60_000)
    freeze_gc(other)
    assert other.locator("h1").first.inner_text() == "Field data"
    # The picture of what comes out stands on every start page; the results, their notice and their animals do not.
    assert other.get_by_role("heading", name=re.compile("crossings in these files", re.IGNORECASE)).count() == 0
    assert other.get_by_text("MADE UP: every animal").count() == 0
    assert other.get_by_role("tab").count() == 0
    context.close()
