"""Below a folder (server.baseUrlPath) every address that is built leads into it, and nothing outside it is served."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from neaspec import urls
from neaspec.palette import make_palette
from neaspec.render.cells import page_address
from neaspec.render.maps.layers import fine_ground
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.delegation.page import CountryChoices
from neaspec.urls import adding_address, base_path, below_base, file_address, screen_address, serve_below, table_address
from neaspec.web.downloads import offer_of
from neaspec.web.page_cache import newest_ask, palette_of, screen_nodes, words
from tests.support.planned import html_of, links_of
from tests.support.serving import FLAGS, chromium, running
from tests.web.test_server import NoRedirect

ADDRESS = re.compile(r"""(?:href|src|data)=\\?["'](/[^"'\\]*)""")


@pytest.fixture
def below_dash() -> Iterator[None]:
    serve_below("dash")
    yield
    serve_below("")


@pytest.mark.parametrize(
    ("given", "base"), [("", ""), ("/", ""), ("dash", "/dash"), ("/dash/", "/dash"), ("a//b/", "/a/b")]
)
def test_a_folder_is_said_with_or_without_strokes(given: str, base: str) -> None:
    serve_below(given)
    assert base_path() == base
    assert below_base(f"{base}/species") == "/species"
    assert below_base(f"{base}/") == "/"
    assert (below_base("/elsewhere/species") is None) == bool(base)
    serve_below("")


@pytest.mark.usefixtures("below_dash")
def test_every_address_that_is_built_leads_into_the_folder() -> None:
    offer = offer_of("country", CountryChoices("JPN"), "som_27", "https://host.example/dash/country")
    built = [
        screen_address("country", CountryChoices()),
        screen_address("briefs", BriefsChoices()),
        file_address("take", "pack.zip", None),
        table_address("country", CountryChoices(), "", "counts"),
        page_address("sources", {"document": "x"}),
        page_address("overview", {}),
        adding_address(table_address("country", CountryChoices(), "", "counts"), {}),
        fine_ground(make_palette(newest_ask()("species_styles"), is_dark=False))["data"],
        *(address for _, address in offer.files),
        offer.present,
        offer.brief[1],
    ]
    assert [address for address in built if not address.startswith("/dash/")] == []
    assert offer.share == "https://host.example/dash/country"


@pytest.mark.usefixtures("below_dash")
@pytest.mark.parametrize("name", ["overview", "species", "sites", "sources"])
def test_every_link_of_a_page_leads_into_the_folder(name: str) -> None:
    of, choices = newest_ask(), urls.choices_class(name)()
    page = urls.section(name).page(of, words(), choices)  # not one that was planned before
    nodes = screen_nodes(page, choices, palette_of(of, is_dark=False), {})
    found = [*ADDRESS.findall(html_of(nodes)), *(link for link in links_of(nodes) if link.startswith("/"))]
    assert len(found) > 5
    assert [address for address in found if not address.startswith("/dash/")] == []


@pytest.mark.browser
def test_a_server_below_a_folder_serves_pages_files_and_presentations_there_alone() -> None:
    from playwright.sync_api import sync_playwright

    with running(options=["--server.baseUrlPath", "dash"]) as root:
        opener = urllib.request.build_opener(NoRedirect)
        with pytest.raises(urllib.error.HTTPError) as sent:
            opener.open(f"{root}/dash/overview?as_known=som_24")
        assert (sent.value.code, sent.value.headers["Location"]) == (307, "/dash/?as_known=som_24")
        for path in ("table/species/counts.csv", "ready", "health", "species?present=1", "_stcore/health"):
            with urllib.request.urlopen(f"{root}/dash/{path}") as answer:
                data = answer.read()
            if "present" in path:
                assert b'data-leave="/dash/species"' in data
                assert b"src=" not in data  # all of a presentation is in it
            for outside in (path, f"dash/dash/{path}"):
                with pytest.raises(urllib.error.HTTPError) as nothing:
                    opener.open(f"{root}/{outside}")
                assert nothing.value.code == 404, outside
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
            page = browser.new_page()
            page.goto(f"{root}/dash/species?species=amur_leopard")
            page.locator("h1").wait_for(timeout=60_000)
            page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
            assert "Amur leopard" in page.locator("h1").inner_text()
            links = "[...document.querySelectorAll('.nc-src-acts a, .nc-download a')].map(a => a.pathname)"
            ours = page.evaluate(links)
            assert len(ours) > 3
            assert [path for path in ours if not path.startswith("/dash/")] == []
            page.locator("[popovertarget=nc-sources-of-page]").click()
            page.locator("#nc-sources-of-page .nc-src-acts a").first.click()
            page.wait_for_url("**/dash/sources?document=*", timeout=60_000)
            page.locator("h1").wait_for(timeout=60_000)
            browser.close()
