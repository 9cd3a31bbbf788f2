"""Journeys in a real browser: addresses, choices, sources, downloads, keyboard, search; nothing leaves our own host."""

import csv
import io
from pathlib import Path

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_deep_link_restores_choices_delegation_and_date(visit: Visit) -> None:
    window = visit.open("sites?country=MNG&species=snow_leopard&as_known=som_27&d=RUS")
    boxes = window.locator("[data-testid=stSelectbox] input")
    chosen = [box.input_value() for box in boxes.all()]
    assert {"Mongolia", "Snow leopard", "Russian Federation"} <= set(chosen)
    assert any("SOM-27" in value for value in chosen)
    wanted = {"country=MNG", "species=snow_leopard", "as_known=som_27", "d=RUS"}
    assert wanted <= set(window.url.partition("?")[2].split("&"))


def test_an_unknown_value_is_left_out_with_a_notice(visit: Visit) -> None:
    window = visit.open("species?species=unicorn")
    assert "Amur tiger" in window.locator("h1").inner_text()
    assert "unicorn" in window.locator("[data-testid=stMain]").inner_text()


def test_a_changed_choice_changes_page_and_address(visit: Visit) -> None:
    window = visit.open("species")
    window.get_by_role("radio", name="Snow leopard").or_(
        window.get_by_role("button", name="Snow leopard")
    ).first.click()
    window.wait_for_function("document.querySelector('h1').innerText.includes('Snow leopard')")
    assert "species=snow_leopard" in window.url


def test_as_known_at_is_carried_from_page_to_page(visit: Visit) -> None:
    window = visit.open("projects?as_known=som_24")
    assert "299,789" not in window.locator("[data-testid=stMain]").inner_text()
    window.locator("[data-testid=stTopNavSection]", has_text="Explore").click()
    window.locator("a[href$='/species']:visible").first.click()
    window.wait_for_url("**/species*", timeout=30_000)
    visit.freeze_gc()
    assert "as_known=som_24" in window.url
    assert "7,081" not in window.locator("[data-testid=stMain]").inner_text()


def test_a_source_is_told_over_the_page_and_esc_closes_it(visit: Visit) -> None:
    window = visit.open("species")
    before = window.url
    window.locator(".nc-src:visible").first.click()
    panel = window.locator(".nc-pop:popover-open")
    panel.wait_for()
    assert "Open in Sources" in panel.inner_text()
    window.keyboard.press("Escape")
    window.wait_for_function("document.querySelector('.nc-pop:popover-open') === null")
    assert window.url == before


def test_a_tab_and_a_selection_stand_in_the_address_and_open_again(visit: Visit) -> None:
    window = visit.open("movements")
    window.locator("[class*=st-key-nc-list] [role=radiogroup] label").first.click()
    window.wait_for_url("**movement=*", timeout=30_000)
    window.locator(".nc-panel").first.wait_for()
    title = window.locator(".nc-panel-title").first.inner_text()
    window.goto(window.url)
    window.locator(".nc-panel").first.wait_for(timeout=60_000)
    assert window.locator(".nc-panel-title").first.inner_text() == title


@pytest.mark.parametrize("visit", [(390, "light")], indirect=True, ids=["phone"])
def test_the_menu_of_a_phone_closes_after_a_choice_and_filters_stand_behind_a_button(visit: Visit) -> None:
    window = visit.open("sites")
    assert not window.locator(".st-key-nc-choices").is_visible()
    window.locator(".nc-unfold[data-unfold=filter]").click()
    assert window.locator(".st-key-nc-choices").is_visible()
    window.locator("[data-testid=stExpandSidebarButton]").first.click()
    window.locator("[data-testid=stSidebarNavLink]", has_text="About").first.click()
    window.wait_for_url("**/about*", timeout=30_000)
    window.wait_for_function(
        "document.querySelector('[data-testid=stSidebar]')?.getAttribute('aria-expanded') !== 'true'", timeout=10_000
    )


def test_the_rows_can_be_downloaded_as_they_are_shown(visit: Visit) -> None:
    window = visit.open("projects")
    window.get_by_text("Data: ", exact=False).first.click()
    window.wait_for_timeout(800)
    with window.expect_download() as download:
        window.locator(".nc-download a[download]:visible").first.click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) > 3


def test_the_keyboard_reaches_menu_and_choices(visit: Visit) -> None:
    window = visit.open("species")
    reached: list[str] = []
    menu, choices = ("TopNav", "NavLink"), ("Select", "TextInput")
    for _ in range(200):  # a page that is still being drawn, on a busy machine for long, takes the focus away
        window.keyboard.press("Tab")
        window.wait_for_timeout(25)
        reached.append(window.evaluate("document.activeElement.closest('[data-testid]')?.dataset.testid ?? ''"))
        if all(any(part in name for part in parts for name in reached) for parts in (menu, choices)):
            break
    assert any(part in name for part in menu for name in reached)
    assert any(part in name for part in choices for name in reached)
    window.locator(".st-key-choice-species button").nth(1).focus()
    window.keyboard.press("Enter")
    window.wait_for_function("!document.querySelector('h1').innerText.includes('Amur tiger')", timeout=30_000)


def test_the_map_is_drawn_with_its_sites(visit: Visit) -> None:
    window = visit.open("sites")
    window.wait_for_timeout(2500)
    canvas = window.locator("[data-testid=stDeckGlJsonChart]").first
    full = canvas.screenshot()
    window.goto(f"{visit.server}/sites?country=JPN")
    visit.freeze_gc()
    window.wait_for_timeout(2500)
    fewer = window.locator("[data-testid=stDeckGlJsonChart]").first.screenshot()
    assert full != fewer
    assert len(full) > 20_000  # land, borders, rivers and markers do not compress to an empty picture


def test_text_is_never_taken_for_markup(visit: Visit) -> None:
    window = visit.open("sources?kind=statements&search=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert window.locator("[data-testid=stMain] img[src=x]").count() == 0
    assert visit.foreign() == []


def test_rason_is_one_step_away(visit: Visit) -> None:
    """Typing shows what is found in groups; Enter opens the first thing, arrows move through all."""
    window = visit.open("about")
    box = window.locator(".st-key-nc-toolbar input[type=search]")
    box.press_sequentially("Rason", delay=60)
    window.wait_for_selector(".nc-found a", timeout=30_000)
    found = window.locator(".nc-found").inner_text()
    assert {"Sites", "Projects", "Documents", "Records"} <= {line.partition(" (")[0] for line in found.splitlines()}
    assert "Rason Migratory Bird Reserve" in window.locator(".nc-found a").first.inner_text()
    box.press("ArrowDown")
    assert window.evaluate("document.activeElement.closest('.nc-found') !== null")
    window.keyboard.press("ArrowUp")
    box.press("Enter")
    window.wait_for_url("**/sites?site=rason*", timeout=30_000)
    assert visit.foreign() == []


def test_what_is_typed_into_the_search_is_never_markup(visit: Visit) -> None:
    window = visit.open("about")
    box = window.locator(".st-key-nc-toolbar input[type=search]")
    box.press_sequentially("<img src=x onerror=alert(1)>", delay=10)
    window.wait_for_selector(".nc-found", timeout=30_000)
    assert window.locator(".nc-found img").count() == 0


def test_what_is_shared_is_the_view_of_the_moment(visit: Visit) -> None:
    window = visit.open("movements")
    window.locator("[class*=st-key-nc-list] [role=radiogroup] label").first.click()
    window.wait_for_url("**movement=*", timeout=30_000)
    window.locator(".nc-tool[popovertarget=nc-share]").click()
    window.wait_for_function("document.querySelector('#nc-share .nc-qr').naturalWidth > 0", timeout=10_000)
    assert window.locator("#nc-share code").inner_text() == window.url
    assert window.locator("#nc-share [data-copy]").get_attribute("data-copy") == window.url
