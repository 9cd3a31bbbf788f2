"""A fresh server runs dashboard.py first, whatever it is asked for, and asks nobody else for anything."""

import re
import urllib.request
from collections.abc import Iterator

import pytest

from tests.support.serving import FLAGS, chromium, running

pytestmark = pytest.mark.browser


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Show where we are sent instead of going there."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def server() -> Iterator[str]:
    """Start a server nobody has asked for anything yet."""
    with running() as address:
        yield address


def test_the_first_deep_link_gets_the_whole_frame_and_only_our_host_is_asked(server: str) -> None:
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{server}/species?species=amur_leopard&as_known=som_25")
        page.locator("[popovertarget=nc-share]").wait_for(timeout=60_000)
        page.locator("h1").wait_for(timeout=60_000)
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        assert "Amur leopard" in page.locator("h1").inner_text()
        assert "species=amur_leopard" in page.url
        assert "as_known=som_25" in page.url
        assert page.get_by_text("Page not found").count() == 0
        page.get_by_test_id("stTopNavSection").first.click()
        page.get_by_test_id("stTopNavDropdownLink").first.wait_for()
        above = page.get_by_test_id("stTopNavLink").all_inner_texts()
        below = page.get_by_test_id("stTopNavDropdownLink").all_inner_texts()
        assert page.evaluate("document.documentElement.lang") == "en"
        browser.close()
    assert above == ["Home", "My delegation"]
    assert "Species" in below and len(below) > 2
    foreign = [url for url in asked if not re.match(rf"({re.escape(server)}|ws://localhost|data:|blob:)", url)]
    assert foreign == []


def test_the_first_page_is_sent_from_its_own_name_to_the_root_and_every_answer_has_our_headers(server: str) -> None:
    opener = urllib.request.build_opener(NoRedirect)
    with pytest.raises(urllib.error.HTTPError) as sent:
        opener.open(f"{server}/overview?as_known=som_24")
    assert (sent.value.code, sent.value.headers["Location"]) == (307, "/?as_known=som_24")
    with urllib.request.urlopen(f"{server}/table/species/counts.csv?species_id=amur_leopard") as answer:
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert "neaspec-species-counts.csv" in answer.headers["Content-Disposition"]
        assert len(answer.read().decode("utf-8-sig").splitlines()) > 10
    with pytest.raises(urllib.error.HTTPError) as unknown:
        opener.open(f"{server}/table/species/none.csv")
    assert unknown.value.code == 404
    with urllib.request.urlopen(f"{server}/species") as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
