"""Drawing in a real browser: a line whose length a scenario takes over, an area that enters none."""

import re

import pytest
from playwright.sync_api import Locator, Page

from neaspec.data.queries import Ask
from neaspec.render.maps.shapes import upward
from neaspec.shapes.measures import ELLIPSOID
from neaspec.web.scenario_shapes import AROUND_DEG
from tests.browser.conftest import READY, Visit

pytestmark = pytest.mark.browser

PATIENCE = 180_000  # milliseconds: a busy machine draws and measures late


def opened(visit: Visit, address: str) -> Page:
    visit.page.set_default_timeout(PATIENCE)
    visit.page.set_default_navigation_timeout(PATIENCE)
    visit.page.goto(f"{visit.server}/{address}", wait_until="commit")
    return visit.page


def set_corners(board: Locator, *shares: tuple[float, float]) -> None:
    """Click at places of the map, given as shares of its width and height."""
    board.wait_for()
    box = board.bounding_box()
    assert box
    for across, down in shares:
        board.click(position={"x": box["width"] * across, "y": box["height"] * down})


def number_in(said: str, unit: str) -> float:
    found = re.search(rf"([\d,.]+) {unit}", said)
    assert found, said
    return float(found[1].replace(",", ""))


def test_an_area_enters_no_scenario_and_a_line_gives_its_length_to_one(visit: Visit, ask: Ask) -> None:
    page = opened(visit, "scenarios?runs=1000")
    page.get_by_role("button", name="Draw", exact=True).click()
    window = page.get_by_role("dialog")
    board = window.locator(".draw svg")
    board.wait_for()
    window.locator("button:visible", has_text="Area").first.click()
    window.get_by_text("the first corner closes the area").wait_for()
    page.wait_for_selector(READY)
    page.wait_for_timeout(2_000)
    set_corners(board, (0.3, 0.3), (0.6, 0.3), (0.6, 0.7))
    page.get_by_role("button", name="Measure").click()
    told = window.get_by_text("An area enters no scenario")
    told.wait_for()
    assert number_in(told.inner_text(), "ha") > 1_000
    assert not page.get_by_role("button", name="Use this length").count()

    window.locator("button:visible", has_text="Line").first.click()
    window.get_by_text("the corners of the line").wait_for()
    page.wait_for_selector(READY)
    page.wait_for_timeout(2_000)
    set_corners(board, (0.3, 0.5), (0.7, 0.5))
    window.locator(".count", has_text="2 ").wait_for()
    page.get_by_role("button", name="Measure").click()
    told = window.get_by_text("Length of the lines:")
    told.wait_for()
    site = ask("plants_near_sites", species_id=ask("scenario_species")["species_id"].iloc[0]).iloc[0]
    east, north = float(site["longitude"]), float(site["latitude"])
    wide = max(4 * AROUND_DEG, (upward(north + AROUND_DEG) - upward(north - AROUND_DEG)) * 16 / 9)
    metres = ELLIPSOID.line_length([east - 0.2 * wide, east + 0.2 * wide], [north, north])
    assert number_in(told.inner_text(), "km") == pytest.approx(metres / 1000, rel=0.03)
    page.get_by_role("button", name="Use this length").click()
    page.wait_for_url(re.compile("amount="))
    assert "way=line" in page.url
    amount = float(re.search(r"amount=([\d.]+)", page.url)[1])  # type: ignore[index]
    assert amount == pytest.approx(metres / 1000, rel=0.03)
    page.get_by_text(re.compile(r"With .* km of line at .* deaths a km and year")).first.wait_for()
    assert visit.foreign() == []
    assert visit.faults() == []


def test_a_draft_drawn_on_the_map_is_measured_and_stays_of_its_reader(visit: Visit) -> None:
    page = opened(visit, "boundary?area=tumen_estuary")
    board = page.locator(".draw svg")
    board.wait_for()
    page.wait_for_selector(READY)
    page.wait_for_timeout(2_000)
    set_corners(board, (0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))
    page.locator(".draw .count", has_text="4 ").wait_for()
    page.get_by_role("button", name="Take over as draft A").click()
    answer = page.get_by_text(re.compile(r"Draft A: .* ha")).first
    answer.wait_for()
    page.wait_for_selector(READY)
    said = answer.inner_text()
    whole, *parts = (float(text.replace(",", "")) for text in re.findall(r"([\d,]+) ha", said))
    assert whole > 10_000
    assert sum(parts) == pytest.approx(whole, rel=0.02)  # each is given with three digits
    assert "not endorsed by any State or by the United Nations" in page.locator("[data-testid=stMain]").inner_text()
    other = opened(visit, "boundary?area=tumen_estuary")  # another session
    other.wait_for_selector(READY)
    assert not other.get_by_text("Draft A:").count()
    assert visit.foreign() == []
    assert visit.faults() == []
