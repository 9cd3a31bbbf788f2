"""An address says the page, its choices and the meeting; read again it gives the same view, the same file."""

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest

from neaspec.blocks import Page
from neaspec.errors import AddressError
from neaspec.render.screen.tools import Offer, page_tools
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.changes import ChangesChoices
from neaspec.sections.delegation.page import CountryChoices
from neaspec.sections.home.page import OverviewChoices
from neaspec.sections.issues.page import IssuesChoices
from neaspec.sections.sites.page import SitesChoices
from neaspec.sections.sources.page import SourcesChoices
from neaspec.urls import choices_from, choices_shown, file_address, screen_address, short_key
from neaspec.web.downloads import FILES, download, offer_of
from tests.support.said import HOSTILE, WORDS

VIEWS = [
    ("overview", OverviewChoices(), "/"),
    ("country", CountryChoices("RUS"), "/country?country=RUS"),
    ("country", CountryChoices(), "/country"),
    ("sites", SitesChoices(species_id="amur_tiger", level="none"), "/sites?species=amur_tiger&level=none"),
    ("issues", IssuesChoices(meeting_id="som_24", ask_kind="views"), "/issues?meeting=som_24&kind=views"),
    ("changes", ChangesChoices("som_24", "som_27"), "/changes?from=som_24&to=som_27"),
    ("sources", SourcesChoices(part="statements", search="a & b"), "/sources?kind=statements&search=a+%26+b"),
    ("briefs", BriefsChoices("issue", issue_id="x"), "/briefs?kind=issue&issue=x"),
]


@pytest.mark.parametrize(("page", "choices", "address"), VIEWS)
def test_a_view_has_one_address_and_the_address_gives_the_view_again(page, choices, address) -> None:
    assert screen_address(page, choices) == address
    query = dict(parse_qsl(urlsplit(address).query))
    assert choices_shown(page, query) == choices


def test_what_belongs_to_no_page_is_left_out_of_a_view_and_refused_in_a_file() -> None:
    assert choices_shown("country", {"country": "JPN", "utm_source": "x", "present": "1"}) == CountryChoices("JPN")
    with pytest.raises(AddressError, match="no choice"):
        choices_from("country", {"country": "JPN"})
    with pytest.raises(AddressError, match="no page"):
        choices_shown("../etc", {})


def test_short_keys_are_those_of_the_boxes_on_the_pages() -> None:
    fields = ("species_id", "country_code", "from_meeting_id", "ask_kind", "part", "level", "issue_id")
    assert [short_key(field) for field in fields] == ["species", "country", "from", "kind", "kind", "level", "issue"]


def test_a_page_offers_files_presentation_brief_and_its_exact_address() -> None:
    offer = offer_of(
        "species", choices_from("species", {"species_id": "snow_leopard"}), "som_25", "https://host/species?tab=places"
    )
    assert offer.share == "https://host/species?tab=places"
    assert offer.present == "/species?species=snow_leopard&as_known=som_25&present=1"
    assert offer.brief == ("Species paper", "/briefs?kind=species&species=snow_leopard&as_known=som_25")
    assert ("pdf", "/take/species.pdf?species_id=snow_leopard&as_known=som_25") in offer.files


def test_the_menu_shows_what_is_offered_and_no_markup_of_a_title() -> None:
    offer = Offer([("pdf", "/take/x.pdf?a=1&b=2")], "/x?present=1", f"/x?search={HOSTILE[2]}")
    page = Page(
        name="x", title=HOSTILE[2], lead="", blocks=(), marks={}, sources=pd.DataFrame(), caveats=pd.DataFrame()
    )
    made = page_tools(offer, page, WORDS)
    assert "<script" not in made
    assert "/take/x.pdf?a=1&amp;b=2" in made
    assert html.unescape(re.search("<code>(.*?)</code>", made)[1]) == offer.share


def test_a_file_is_made_once_for_the_same_data_and_named_for_what_it_is() -> None:
    given = {"country_code": "JPN", "as_known": "som_27"}
    first = download("country", "pdf", given)
    assert first.data.startswith(b"%PDF")
    assert first.file_name == "neaspec-country-JPN-som_27.pdf"
    assert first.media_type == "application/pdf"
    assert download("country", "pdf", given).data is first.data
    assert len(FILES) >= 1


@pytest.mark.parametrize(
    ("page", "form", "given", "why"),
    [
        ("country", "doc", {}, "format 'doc'"),
        ("nothing", "pdf", {}, "no page 'nothing'"),
        ("country", "pdf", {"country_code": "ATL"}, "'ATL'"),
        ("country", "pdf", {"as_known": "som_3"}, "'som_3'"),
        ("briefs", "pdf", {"kind": "country", "country_code": "ATL"}, "'ATL'"),
        ("species", "pdf", {"species_id": "x' or 1=1"}, "there are amur_leopard"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(page, form, given, why) -> None:
    with pytest.raises(AddressError, match=re.escape(why)):
        download(page, form, given)


def test_a_file_address_leaves_out_what_is_not_chosen() -> None:
    assert file_address("take", "pack.zip", None) == "/take/pack.zip"
    assert file_address("take", "sites.pdf", SitesChoices(level="none"), "som_24") == (
        "/take/sites.pdf?level=none&as_known=som_24"
    )
