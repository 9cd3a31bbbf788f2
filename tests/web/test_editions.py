"""An edition is opened by address: it tells its own figures, says what it is, and links and files carry it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from neaspec.briefs.documents import make_document
from neaspec.data.editions import ARCHIVE, Edition
from neaspec.data.export import dataset_zip
from neaspec.desk import archive
from neaspec.edition import current_edition, in_reading, set_edition
from neaspec.errors import AddressError
from neaspec.paths import ROOT
from neaspec.sections.species.page import SpeciesChoices
from neaspec.text import load_words
from neaspec.urls import file_address, screen_address
from neaspec.web import desk_addresses, reader
from neaspec.web.downloads import order_of, presentation_of
from neaspec.web.page_cache import ask_of_edition, asked, composed_page, newest_ask, table_file
from tests.support.kept_editions import FIGURE, edition, with_report

GIVEN = {"species_id": "snow_leopard"}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, ...]:
    folder = tmp_path_factory.mktemp("editions")
    package = with_report(folder / "edition-0002")
    broken = with_report(folder / "edition-0004")
    whole = edition(4, broken)
    (broken / "counts.csv").write_text("changed by a hand\n", encoding="utf-8")
    return edition(2, package), edition(3, package, is_withdrawn=True), whole


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("databases")


@pytest.fixture(autouse=True)
def kept(editions, databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server with a desk that keeps these editions."""
    monkeypatch.setattr(archive, "database_dir", lambda: databases)
    monkeypatch.setattr(ARCHIVE, "known", lambda: editions)
    monkeypatch.setattr(ARCHIVE, "open_one", ask_of_edition)
    monkeypatch.setattr(reader, "DESK_PAGE", ("desk",))
    yield
    set_edition("")


def test_a_table_of_an_edition_has_its_figures_and_the_newest_has_not() -> None:
    table = "counts_mongolia.csv"
    assert FIGURE.encode() in table_file("species", table, GIVEN | {"edition": "2"})
    with pytest.raises(AddressError, match="no table"):  # a single figure makes no picture, so there is no table of it
        table_file("species", table, GIVEN)
    assert current_edition() == ""


def test_addresses_of_a_request_in_an_edition_carry_it() -> None:
    choices = SpeciesChoices(species_id="snow_leopard")
    with in_reading("en", "2"):
        assert screen_address("species", choices, "som_25").endswith("&as_known=som_25&edition=2")
        assert file_address("take", "species.pdf", choices).endswith("?species_id=snow_leopard&edition=2")
    assert "edition" not in screen_address("species", choices)


def test_files_of_an_edition_say_so_and_are_kept_apart() -> None:
    order = order_of("species", "html", GIVEN | {"edition": "2"})
    assert order.file_name == "neaspec-species-snow_leopard-edition_2.html"
    assert order.key != order_of("species", "html", GIVEN | {"edition": "3"}).key
    assert order.key != order_of("species", "html", GIVEN).key
    page = order_of("species", "html", GIVEN | {"edition": "2"}).now().decode()
    assert "edition 2 (for SOM-29, 2 May 2026)" in page
    assert "edition=2" in page
    presentation_of("species", {"species": "snow_leopard", "edition": "2"})


def test_a_document_of_the_newest_tables_names_no_edition() -> None:
    ask, choices = newest_ask(), SpeciesChoices(species_id="snow_leopard")
    document = make_document(ask, load_words("en"), "species", choices, composed_page("species", choices, ask))
    assert "Tables" not in dict(document.choices)


@pytest.mark.parametrize(
    ("number", "told"),
    [("9", "no edition '9'; the nearest are .*'4', '3', '2'"), ("x", "no edition 'x'"), ("4", "not whole")],
)
def test_what_cannot_be_opened_is_refused_with_the_nearest_numbers(number: str, told: str) -> None:
    with pytest.raises(AddressError, match=told):
        asked({"edition": number})


def test_a_package_for_other_rules_is_refused_and_not_built_again(tmp_path, monkeypatch) -> None:
    package = with_report(tmp_path / "edition-0007")
    text = (package / "counts.csv").read_text(encoding="utf-8").replace(",exact,", ",unheard_of,")
    (package / "counts.csv").write_text(text, encoding="utf-8")
    other = edition(7, package)
    builds: list[Path] = []
    build = archive.database_path
    monkeypatch.setattr(archive, "database_path", lambda *given: builds.append(given[0]) or build(*given))
    for _ in range(2):
        with pytest.raises(AddressError, match="edition 7 was made for other rules"):
            archive.edition_database(other)
    assert len(builds) == 1


def test_databases_of_editions_leave_the_served_one_alone_and_are_limited(editions, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(archive, "database_dir", lambda: tmp_path)
    monkeypatch.setattr(archive, "database_path", built_at_once)
    (tmp_path / "neaspec-0123456789abcdef.duckdb").write_bytes(b"served")
    for number in range(20, 20 + archive.MOST_KEPT + 2):
        folder = tmp_path / "packages" / f"edition-{number:04d}"
        folder.parent.mkdir(exist_ok=True)
        folder.symlink_to(editions[0].package)
        archive.edition_database(replace(editions[0], number=number, package=folder))
    kept_folders = list((tmp_path / "editions").iterdir())
    assert len(kept_folders) == archive.MOST_KEPT
    assert (tmp_path / "editions" / f"edition-{number:04d}").is_dir()
    assert (tmp_path / "neaspec-0123456789abcdef.duckdb").read_bytes() == b"served"


def built_at_once(_package: Path, folder: Path) -> Path:
    """Stand for a build: what is tried is what is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "neaspec-made.duckdb"
    path.touch()
    return path


def test_the_data_set_of_an_edition_is_its_own(editions) -> None:
    assert dataset_zip(editions[0].package) != dataset_zip()


def opened(**address: str) -> AppTest:
    app = AppTest.from_function(one_page, default_timeout=120)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def one_page() -> None:
    import streamlit as st

    from neaspec.sections.species.page import SpeciesChoices
    from neaspec.web.page import show_page
    from neaspec.web.reader import ask, begin_run, choose_as_known, link_params, take_edition, take_language

    begin_run(take_language())
    take_edition()
    choose_as_known()
    show_page("species", SpeciesChoices(species_id="snow_leopard"))
    st.session_state["links"], st.session_state["version"] = link_params(), ask().version


def shown(app: AppTest) -> str:
    return "\n".join(str(getattr(element, "body", "")) for element in app.get("html"))


def test_the_page_says_which_edition_is_seen_and_leads_back() -> None:
    app = opened(edition="2")
    assert not app.exception
    assert "This page shows edition 2 (for SOM-29, 2 May 2026)." in shown(app)
    assert app.session_state["links"]["edition"] == "2"
    assert app.session_state["version"] == asked({"edition": "2"}).version
    app.button("nc-edition-leave").click().run()
    assert "edition" not in app.query_params
    assert "This page shows edition" not in shown(app)
    assert app.session_state["version"] == newest_ask().version
    assert "edition" not in app.session_state["links"]


def test_the_edition_stays_when_the_menu_leads_to_an_address_without_it() -> None:
    app = opened(edition="2")
    del app.query_params["edition"]
    app.run()
    assert app.query_params["edition"] == "2"
    assert "This page shows edition 2" in shown(app)


def test_a_withdrawn_edition_says_so() -> None:
    assert "It was withdrawn and no longer holds." in shown(opened(edition="3"))


@pytest.mark.parametrize("number", ["9", "4", "<b>"])
def test_an_edition_that_cannot_be_opened_shows_the_newest_tables_and_says_so(number: str) -> None:
    app = opened(edition=number)
    assert not app.exception
    assert "cannot be opened here. The nearest are" in shown(app)
    assert "The newest tables are shown." in shown(app)
    assert "edition" not in app.query_params
    assert app.session_state["version"] == newest_ask().version


def test_without_a_desk_nothing_changes(monkeypatch) -> None:
    monkeypatch.setattr(reader, "DESK_PAGE", ())
    app = opened(edition="2")
    assert "edition 2" not in shown(app)
    assert "edition" not in app.session_state["links"]
    assert desk_addresses.desk_addresses() == ()
    assert (ROOT / "dashboard.py").is_file()
