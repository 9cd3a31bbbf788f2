"""Every page in a real browser: wide and narrow, light and dark, open to everybody; nothing leaves our own host."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from neaspec.blocks import Map, walk
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.render.maps.deck import opening_state
from neaspec.render.maps.frame import shown_places
from neaspec.sections import movements
from neaspec.sections.home import page as overview
from neaspec.sections.sites import page as sites
from neaspec.text import Words
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# The desk is not served without a store; tests/browser/test_desk.py opens it with one.
PAGES = sorted({path.stem for path in (ROOT / "pages").glob("*.py")} - {"desk"})
# Rules that fail in parts drawn by the framework (its data frame, expander and toolbar), not in ours.
FRAMEWORK_RULES = {"scrollable-region-focusable", "aria-allowed-attr", "empty-table-header"}


def address_of(page: str) -> str:
    return "" if page == "overview" else page


@pytest.mark.parametrize("visit", [(1440, "light"), (390, "dark")], indirect=True, ids=["wide light", "phone dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_without_fault_to_everybody_and_asks_nobody_else(visit: Visit, page: str) -> None:
    window = visit.open(address_of(page))
    assert window.locator("h1").first.inner_text().strip()
    assert window.locator("[data-testid=stException]").count() == 0
    assert window.get_by_text("Page not found").count() == 0
    assert visit.foreign() == []
    assert visit.faults() == []
    wide = window.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert wide <= 0
    assert faults_of_access(visit) == []


def faults_of_access(visit: Visit) -> list[tuple[str, list[str]]]:
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in Axe().run(visit.page, options={"runOnly": rules}).response["violations"]
        if fault["impact"] in ("serious", "critical") and fault["id"] not in FRAMEWORK_RULES
    ]


@pytest.mark.parametrize("visit", [(1440, "dark"), (390, "light")], indirect=True, ids=["wide dark", "phone light"])
@pytest.mark.parametrize("page", ["overview", "sites"])
def test_the_other_colours_fit_both_widths_too(visit: Visit, page: str) -> None:
    window = visit.open(address_of(page))
    dark = window.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    ground = window.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    light_of = [int(part) for part in re.findall(r"\d+", ground)[:3]]
    assert (sum(light_of) < 200) == dark
    assert visit.faults() == []


@pytest.mark.parametrize(
    ("visit", "page", "heights"),
    [
        ((390, "light"), "movements", (300, 450)),
        ((390, "dark"), "sites", (300, 450)),
        ((360, "light"), "sites", (300, 450)),
        ((390, "light"), "overview", (300, 450)),
        ((1440, "light"), "overview", (300, 450)),
        ((1440, "light"), "sites", (540, 580)),
    ],
    indirect=["visit"],
)
def test_a_map_opens_on_all_it_shows(visit: Visit, page: str, heights: tuple[int, int], ask: Ask, words: Words) -> None:
    page_of = {
        "overview": lambda: overview.page(ask, words, overview.OverviewChoices()),
        "sites": lambda: sites.page(ask, words, sites.SitesChoices()),
        "movements": lambda: movements.page(ask, words, movements.MovementsChoices()),
    }[page]
    block = next(block for block in walk(page_of().blocks) if isinstance(block, Map))
    window = visit.open(address_of(page))
    window.wait_for_selector("#deckgl-wrapper canvas", timeout=60_000)
    across, drawn, skipped, wide, tall = window.evaluate(
        """() => { const map = document.querySelector('#deckgl-wrapper');
        const box = map.getBoundingClientRect(), outer = map.parentElement.getBoundingClientRect();
        return [map.offsetWidth, box.width / map.offsetWidth, outer.left - box.left, outer.width, outer.height]; }"""
    )
    state = opening_state(block)
    per_degree = 512 * 2 ** state["zoom"] / 360
    west = state["longitude"] - (across / 2 - skipped / drawn) / per_degree
    east = west + wide / drawn / per_degree
    shown = [place[0] for place in shown_places(block)]
    assert west < min(shown) < max(shown) < east
    assert heights[0] < tall < heights[1]
