"""Maps in a real browser: words beside the pointer, an open map that moves to what is chosen, tiles that are ours."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from neaspec.blocks import Block, Map, Points, Tabs, walk
from neaspec.data.queries import Ask
from neaspec.render.maps.deck import opening_state
from neaspec.render.maps.frame import OPENS
from neaspec.render.maps.layers import bent_lines
from neaspec.render.maps.shapes import upward
from neaspec.sections import map_page, movements
from neaspec.sections.delegation import page as country
from neaspec.sections.home import page as overview
from neaspec.sections.sites import page as sites
from neaspec.text import Words

pytestmark = pytest.mark.browser

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
RUBBISH = re.compile(r"[<>{}]|&lt;|&amp;|undefined|null|NaN|None")
TILE = re.compile(r"/ground/[0-9a-f]+/\d+/\d+\.json")
CHART = "[data-testid=stDeckGlJsonChart]"
# Address of every kind of page with a map, and how its section is asked for the same.
PAGES = {
    "": lambda ask, words: overview.page(ask, words, overview.OverviewChoices()),
    "map": lambda ask, words: map_page.page(ask, words, map_page.MapChoices()),
    "sites": lambda ask, words: sites.page(ask, words, sites.SitesChoices()),
    "sites?site=rason": lambda ask, words: sites.page(ask, words, sites.SitesChoices(site_id="rason")),
    "country?country=KOR": lambda ask, words: country.page(ask, words, country.CountryChoices(country_code="KOR")),
    "movements": lambda ask, words: movements.page(ask, words, movements.MovementsChoices()),
}


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def opened(window: Page, address: str) -> None:
    window.goto(address)
    window.wait_for_selector(READY, timeout=120_000)
    window.wait_for_selector(f"{CHART} canvas", timeout=120_000)
    window.wait_for_timeout(3000)


def hovered(window: Page, chart: Locator, block: Map, place: tuple[float, float]) -> str:
    """Return what stands beside the pointer over a place; empty if nothing does."""
    chart.evaluate("one => one.scrollIntoView({block: 'center'})")
    window.wait_for_timeout(600)
    left, top, width, height, drawn = chart.locator("#deckgl-wrapper").evaluate(
        """map => { const box = map.getBoundingClientRect();
        return [box.left, box.top, box.width, box.height, box.width / map.offsetWidth]; }"""
    )
    state = opening_state(block)
    scale = 512 * 2 ** state["zoom"] / 360 * drawn
    x = left + width / 2 + (place[0] - state["longitude"]) * scale
    y = top + height / 2 + (upward(state["latitude"]) - upward(place[1])) * scale
    window.mouse.move(x - 2, y - 2)
    for _ in range(20):
        window.mouse.move(x, y)
        window.wait_for_timeout(300)
        tip = chart.locator(".deck-tooltip")
        if tip.count() and tip.first.is_visible():
            return str(tip.first.inner_text())
        window.mouse.move(x + 1, y)
    return ""


def maps_at_once(blocks: tuple[Block, ...]) -> list[Map]:
    """Give the maps that are drawn when a page opens: those of tabs wait until the tab is opened."""
    return [
        block for block in walk(tuple(one for one in blocks if not isinstance(one, Tabs))) if isinstance(block, Map)
    ]


def spots(block: Map) -> Iterator[tuple[str, tuple[float, float]]]:
    """Give names with places that answer the pointer: signs, and a quarter of the way along lines."""
    for part in block.layers:
        if isinstance(part, Points):
            for row in part.rows.to_dict("records"):
                yield str(row["name"]), (row["longitude"], row["latitude"])
        else:
            for row, path, _ in bent_lines(part):
                yield str(row["name"]), (path[7][0], path[7][1])


@pytest.mark.parametrize("address", PAGES)
def test_what_stands_beside_the_pointer_is_words_on_every_map(
    window: Page, server: str, address: str, ask: Ask, words: Words
) -> None:
    blocks = maps_at_once(PAGES[address](ask, words).blocks)
    assert blocks
    opened(window, f"{server}/{address}")
    charts = window.locator(CHART)
    assert charts.count() == len(blocks)
    for number, block in enumerate(blocks):
        known = dict(spots(block))
        said = ""
        for place in list(known.values())[:6]:
            said = hovered(window, charts.nth(number), block, place)
            if said:
                break
        name, *details = said.split("\n")
        assert name in known or name.endswith("places close together"), (block.title, said)
        assert [line for line in details if line.strip()], said
        assert not RUBBISH.search(said), said
        assert "\n\n\n" not in said


def test_an_open_map_moves_to_what_is_chosen_and_only_then_asks_for_finer_ground(window: Page, server: str) -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    opened(window, f"{server}/sites")
    assert not [url for url in asked if TILE.search(url)]
    assert [url for url in asked if "/base/region_land.json" in url]  # the coarse ground comes from our server
    window.get_by_role("combobox", name="Country").first.focus()
    window.keyboard.type("Japan")
    window.wait_for_timeout(1500)
    window.keyboard.press("Enter")
    window.wait_for_timeout(1500)
    window.wait_for_selector(READY, timeout=120_000)
    window.wait_for_timeout(4000)
    assert "country=JPN" in window.url
    for _ in range(60):  # on a busy machine the map moves late
        tiles = [url for url in asked if TILE.search(url)]
        if tiles:
            break
        window.wait_for_timeout(1000)
    window.wait_for_timeout(2000)
    tiles = [url for url in asked if TILE.search(url)]
    assert tiles
    assert all(url.startswith(server) for url in asked if not url.startswith(("data:", "blob:")))
    across = {int(url.split("/")[-2]) for url in tiles}
    assert across <= set(range(53, 59))  # tiles around western Japan, none of the middle of the region


def test_the_finer_ground_is_drawn_between_its_first_zoom_and_the_next(
    window: Page, server: str, ask: Ask, words: Words
) -> None:
    made = sites.page(ask, words, sites.SitesChoices(country_code="PRK"))
    block = next(block for block in walk(made.blocks) if isinstance(block, Map))
    assert 5.5 < opening_state(block)["zoom"] < 6  # where tiles of zoom 6 are drawn larger than they are made for
    kept: list[bytes] = []
    for is_there in (False, True):
        if not is_there:
            window.route(TILE, lambda route: route.abort())
        opened(window, f"{server}/sites?country=PRK")
        window.locator(CHART).first.evaluate("one => one.scrollIntoView({block: 'center'})")
        window.wait_for_timeout(9000)
        box = window.locator(CHART).first.bounding_box()
        assert box
        clip = {"x": box["x"], "y": max(box["y"], 0), "width": box["width"], "height": box["height"]}
        kept.append(window.screenshot(clip=clip, timeout=120_000))  # type: ignore[arg-type]
        window.unroute(TILE)
    assert len(kept[1]) > len(kept[0]) * 1.15  # a finer coast compresses less


def test_a_telephone_shows_as_much_as_a_map_opens_on(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    window = context.new_page()
    opened(window, f"{server}/sites")
    laid_out, shown, outer = window.locator(f"{CHART} #deckgl-wrapper").first.evaluate(
        "map => [map.offsetWidth, map.getBoundingClientRect().width, map.parentElement.getBoundingClientRect().width]"
    )
    assert laid_out >= OPENS["tall"][0] - 8
    assert shown == pytest.approx(outer, abs=3)
    context.close()


def test_a_line_of_the_list_opens_its_panel_and_stands_in_the_address(window: Page, server: str) -> None:
    opened(window, f"{server}/map?layers=sites")
    window.get_by_text("Jingxin wetland").first.click()
    window.wait_for_selector(READY, timeout=60_000)
    window.get_by_role("link", name="Open site").wait_for(timeout=60_000)
    assert "selected=jingxin" in window.url
    window.get_by_role("button", name="All (63)").click()
    window.get_by_text("Cheonsu Bay").first.wait_for(timeout=60_000)
    assert "selected" not in window.url


def test_a_selection_that_is_gone_is_said_and_dropped(window: Page, server: str, words: Words) -> None:
    opened(window, f"{server}/map?layers=sites&selected=atlantis")
    assert window.get_by_text(words("common.item_gone")).is_visible()


def test_months_are_played_only_when_asked_and_stop_with_the_year(window: Page, server: str) -> None:
    opened(window, f"{server}/map?layers=movements&month=10")
    window.wait_for_timeout(4000)
    assert "month=10" in window.url  # it never begins by itself
    window.get_by_role("button", name="▶").click()
    window.wait_for_function("new URLSearchParams(location.search).get('month') === '12'", timeout=90_000)
    window.get_by_role("button", name="▶").wait_for(timeout=30_000)
    window.wait_for_timeout(3000)
    assert "month=12" in window.url


def looked_at(window: Page) -> tuple[float, ...]:
    """Return centre and zoom of the map as they stand in the address; nothing if they do not."""
    asked = parse_qs(urlsplit(window.url).query).get("view", [""])[0]
    return tuple(float(number) for number in asked.split("_")) if asked else ()


def test_what_is_looked_at_stands_in_the_address_until_the_map_shows_other_places(
    browser: Browser, window: Page, server: str
) -> None:
    opened(window, f"{server}/map?layers=sites")
    box = window.locator(CHART).first.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    window.mouse.click(box["x"] + 12, box["y"] + box["height"] - 12)
    window.wait_for_timeout(1500)
    assert looked_at(window) == ()  # a click alone moves nothing
    window.mouse.move(*middle)
    for _ in range(4):
        window.mouse.wheel(0, -300)
        window.wait_for_timeout(200)
    window.mouse.down()
    window.mouse.move(middle[0] - 150, middle[1] - 80, steps=5)
    window.mouse.up()
    window.wait_for_function("location.search.includes('view=')", timeout=60_000)
    window.wait_for_timeout(3000)
    left = looked_at(window)
    assert len(left) == 3

    context = browser.new_context(viewport={"width": 1440, "height": 900})
    other = context.new_page()
    opened(other, window.url)
    other.mouse.move(*middle)
    other.mouse.wheel(0, -1)  # a hair nearer, so that the second reader's map says where it is
    other.wait_for_timeout(3000)
    assert looked_at(other) == pytest.approx(left, abs=0.2)
    context.close()

    window.get_by_role("combobox", name="Country").first.focus()
    window.keyboard.type("Japan")
    window.wait_for_timeout(1500)
    window.keyboard.press("Enter")
    window.wait_for_function("location.search.includes('country=JPN')", timeout=60_000)
    window.wait_for_timeout(4000)
    window.locator("h1").first.click()
    window.wait_for_timeout(3000)
    assert looked_at(window) == ()
