"""Addresses: short keys, what is left out, the folder below which the app is served, files of tables."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pytest

from neaspec import urls
from neaspec.blocks import Column, Details, Page, Table
from neaspec.errors import AddressError
from neaspec.sections.home.page import OverviewChoices
from neaspec.sections.sites.page import SitesChoices
from neaspec.urls import (
    adding_address,
    base_path,
    below_base,
    choices_class,
    choices_from,
    choices_shown,
    chosen,
    file_address,
    find_table,
    kept_choices,
    named_tables,
    screen_address,
    serve_below,
    short_key,
    table_address,
)


@pytest.fixture
def folder() -> Iterator[None]:
    """Serve below /dash for one test."""
    before = base_path()
    serve_below("dash")
    yield
    serve_below(before)


@pytest.mark.parametrize(
    ("given", "path"), [("", ""), ("/", ""), ("dash", "/dash"), ("/dash/", "/dash"), ("a//b", "/a/b")]
)
def test_the_folder_of_the_app_is_written_in_one_form(given: str, path: str, folder: None) -> None:
    serve_below(given)
    assert base_path() == path


@pytest.mark.parametrize(
    ("path", "inside"), [("/dash", "/"), ("/dash/", "/"), ("/dash/sites", "/sites"), ("/dashboard", None), ("/", None)]
)
def test_a_request_outside_the_folder_is_none_of_ours(path: str, inside: str | None, folder: None) -> None:
    assert below_base(path) == inside


def test_at_the_root_every_path_is_ours() -> None:
    assert [below_base(path) for path in ("", "/", "/sites")] == ["/", "/", "/sites"]


def test_addresses_stand_below_the_folder(folder: None) -> None:
    sites = SitesChoices(level="none")
    assert screen_address("sites", sites) == "/dash/sites?level=none"
    assert screen_address("overview", OverviewChoices()) == "/dash/"
    assert file_address("take", "sites.pdf", sites) == "/dash/take/sites.pdf?level=none"
    rows = table_address("sites", sites, "som_24", "a b")
    assert rows == "/dash/table/sites/a%20b.csv?level=none&as_known=som_24"
    assert adding_address(rows, {"lang": "x"}) == (
        "/dash/briefs?add=sites%2Fa%2520b.csv%3Flevel%3Dnone%26as_known%3Dsom_24&lang=x"
    )


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("species_id", "species"),
        ("country_code", "country"),
        ("delegation_code", "d"),
        ("from_meeting_id", "from"),
        ("to_meeting_id", "to"),
        ("part", "kind"),
        ("ask_kind", "kind"),
        ("meeting_id", "meeting"),
        ("search", "search"),
    ],
)
def test_choices_have_short_keys(field: str, key: str) -> None:
    assert short_key(field) == key


@dataclass(frozen=True)
class Made:
    kind: str = ""
    site_id: str = ""


def test_only_choices_that_are_made_are_chosen() -> None:
    assert chosen(Made(site_id="rason")) == {"site_id": "rason"}
    assert chosen(Made()) == chosen(None) == {}


def test_an_address_states_what_differs_from_a_default_and_what_it_is_told_to_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @dataclass(frozen=True)
    class Chosen:
        kind: str = "som"
        site_id: str = ""

    monkeypatch.setattr(urls, "choices_class", lambda _: Chosen)
    assert screen_address("briefs", Chosen()) == "/briefs"
    assert screen_address("briefs", Chosen(site_id="rason")) == "/briefs?site=rason"
    assert screen_address("briefs", Chosen("issue")) == "/briefs?kind=issue"
    assert screen_address("briefs", Chosen(), stated=("kind",)) == "/briefs?kind=som"
    assert screen_address("briefs", Chosen(), "som_24", present="1") == "/briefs?as_known=som_24&present=1"
    assert choices_shown("briefs", {"site": "rason", "kind": ""}) == Chosen("som", "rason")
    assert choices_from("briefs", {"site_id": "rason", "as_known": "som_24", "lang": "en"}) == Chosen("som", "rason")
    with pytest.raises(AddressError, match=r"briefs has no choice \['a', 'b'\]; it has \['kind', 'site_id'\]"):
        choices_from("briefs", {"b": "1", "a": "", "kind": "issue"})


def test_what_every_link_takes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_choices("som_24") == {"as_known": "som_24"}
    assert kept_choices("") == {}
    monkeypatch.setattr(urls, "current_language", lambda: "ru")
    assert kept_choices("som_24") == {"as_known": "som_24", "lang": "ru"}
    monkeypatch.setattr(urls, "current_edition", lambda: "3")
    assert kept_choices("") == {"lang": "ru", "edition": "3"}
    assert urls.FOR_ALL_PAGES == ("as_known", "d", "lang", "edition")


def test_a_page_that_there_is_not_is_refused() -> None:
    assert choices_class("sites") is SitesChoices
    with pytest.raises(AddressError, match="there is no page 'atlantis'"):
        choices_class("atlantis")


def table(name: str) -> Table:
    columns = (Column(name="a", label="A"),)
    return Table(title="t", columns=columns, rows=pd.DataFrame({"a": [1]}), file_name=name)


@pytest.fixture
def page() -> Page:
    blocks = (table("birds"), Details(title="d", blocks=(table("birds"), table("cats"))), table("birds"))
    frame = pd.DataFrame()
    return Page(name="demo", title="t", lead="", blocks=blocks, marks={}, sources=frame, caveats=frame)


def test_tables_of_one_name_are_numbered_in_reading_order(page: Page) -> None:
    named = named_tables(page)
    assert list(named) == ["birds", "birds-2", "cats", "birds-3"]
    assert named["birds"] is page.blocks[0] and named["birds-3"] is page.blocks[2]


def test_a_table_is_found_by_its_file_and_by_nothing_else(page: Page) -> None:
    assert find_table(page, "birds-2.csv") is named_tables(page)["birds-2"]
    for file in ("birds", "dogs.csv", "birds.csv.csv", ""):
        with pytest.raises(
            AddressError, match=r"demo has no table .*; it has \['birds', 'birds-2', 'birds-3', 'cats'\]"
        ):
            find_table(page, file)
