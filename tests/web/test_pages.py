"""Every page through the front door, and every page as known at every meeting."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from neaspec.blocks import Chart, Entry, Map, Metric, Table, walk
from neaspec.data.database import current_version
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.sections import PAGES
from neaspec.urls import choices_class
from neaspec.web.page_cache import composed_page

# What is asked of pages that say nothing before something is asked.
ASKED = {"compare": {"a": "CHN", "b": "RUS"}, "search": {"q": "Rason"}, "country": {"country_code": "MNG"}}
ADDRESS = ASKED | {"country": {"country": "MNG"}}  # the same in the browser
CHOICES = {name: choices_class(name)(**ASKED.get(name, {})) for name in PAGES if name != "briefs"}
MEETINGS = {
    "som_24": date(2020, 10, 13),
    "som_25": date(2022, 9, 21),
    "som_26": date(2023, 11, 24),
    "som_27": date(2024, 12, 13),
    "som_28": date(2025, 9, 23),
    "today": None,
}


def opened(page: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def shown(app: AppTest) -> str:
    """Return all that is written, as HTML and as text."""
    return " ".join(str(element.proto) for element in [*app.get("html"), *app.get("markdown")])


def composed(page: str, connection, words, day: date | None):
    """Return a page from the cache of pages, so that it is composed once for all tests."""
    return composed_page(page, CHOICES[page], Ask(connection, day, current_version()))


def test_the_meetings_of_this_test_are_those_the_reader_can_choose(ask):
    held = {row.meeting_id: row.held_on.date() for row in ask("soms").itertuples()}
    assert held == {key: day for key, day in MEETINGS.items() if day}


@pytest.mark.parametrize("page", list(CHOICES))
def test_a_page_opens_with_its_title_its_figures_and_its_sources(page, real_connection, words):
    app = opened(page, **ADDRESS.get(page, {}))
    text = shown(app)
    made = composed(page, real_connection, words, None)
    assert "<h1" in text
    assert made.title.split("'")[0] in text.replace("\\'", "'")
    assert (words("common.sources_title") in text) == (not made.sources.empty)
    assert [page_error.value for page_error in app.error] == []


@pytest.mark.parametrize("meeting", list(MEETINGS))
@pytest.mark.parametrize("page", list(CHOICES))
def test_a_page_holds_only_what_was_known_at_each_meeting(page, meeting, real_connection, words):
    made = composed(page, real_connection, words, MEETINGS[meeting])
    assert made.title
    assert not made.title.endswith("?")  # plain headings
    assert made.lead
    assert len(made.sources) == len(made.marks)
    known = Ask(real_connection, MEETINGS[meeting], current_version())("sources_cited", document_ids=list(made.marks))
    assert set(known["document_id"]) == set(made.marks)


@pytest.mark.parametrize("page", [name for name in CHOICES if name != "sources"])  # it counts the documents themselves
def test_every_figure_of_a_page_names_its_document(page, real_connection, words):
    for block in walk(composed(page, real_connection, words, None).blocks):
        if getattr(block, "title", "").startswith(words("field_data.made_up")):
            continue  # the sample of field data rests on no document
        if isinstance(block, Chart | Map | Metric) and getattr(block, "value", "") != words("home.no_figure"):
            assert block.document_ids, getattr(block, "title", getattr(block, "label", ""))


@pytest.mark.parametrize("page", list(CHOICES))
def test_every_picture_has_its_rows_and_its_words_for_those_who_cannot_see_it(page, real_connection, words):
    for block in walk(composed(page, real_connection, words, None).blocks):
        if isinstance(block, Chart | Map):
            assert len(block.alt) > 20, block.title
            assert len(block.table.rows) > 0, block.title
        if isinstance(block, Chart):
            assert block.value_title or block.kind == "network", block.title


@pytest.mark.parametrize("page", list(CHOICES))
def test_no_code_and_no_empty_value_is_shown_as_a_word(page, real_connection, words):
    for block in walk(composed(page, real_connection, words, None).blocks):
        if isinstance(block, Entry):
            texts = [block.title, block.text, *block.tags, *(part for fact in block.facts for part in fact)]
            for text in texts:
                assert text not in ("nan", "None", "<NA>"), block.title
        if isinstance(block, Table):
            for column in block.columns:
                if column.kind == "text":
                    assert not {"nan", "None", "<NA>"} & set(block.rows[column.name].dropna().astype(str)), column.name


@pytest.mark.parametrize(
    ("page", "key", "value", "said"),
    [
        ("species", "species", "hooded_crane", "Hooded crane"),
        ("country", "country", "JPN", "Japan"),
        ("sites", "site", "rason", "Rason Migratory Bird Reserve"),
        ("issues", "meeting", "som_24", "SOM-24 was asked to consider"),
        ("projects", "species", "black_faced_spoonbill", "299,789"),
        ("movements", "species", "snow_leopard", "Snow leopard"),
    ],
)
def test_a_choice_in_the_address_changes_the_page(page, key, value, said):
    plain = opened(page)
    app = opened(page, **{key: value})
    assert shown(app) != shown(plain)
    assert said in shown(app)


def test_a_choice_made_on_the_page_goes_into_the_address():
    app = opened("species")
    app.get("button_group")[0].set_value("hooded_crane").run()
    assert not app.exception
    assert app.query_params["species"] == "hooded_crane"
    assert "Hooded crane" in shown(app)


def test_an_unknown_choice_is_told_with_the_nearest_there_are():
    assert "Did you mean: Amur tiger" in shown(opened("species", species="amur_tigr"))


def test_as_known_at_holds_for_every_page():
    app = opened("overview", as_known="som_24")
    app.switch_page("pages/projects.py").run()
    assert "299,789" not in shown(app)
    assert "337,081" in shown(app)
    app.switch_page("pages/species.py").run()
    assert not app.exception
    assert "7,081" not in shown(app)


CODE = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b|\b(?:CHN|JPN|KOR|MNG|PRK|RUS)\b(?! \d)")


@pytest.mark.parametrize("page", list(CHOICES))
def test_readers_see_words_and_names_not_codes(page, real_connection, words):
    made = composed(page, real_connection, words, None)
    said = [made.title, made.lead]
    for block in walk(made.blocks):
        said += [getattr(block, name, "") for name in ("text", "title", "status", "counted", "unit", "alt")]
        if isinstance(block, Entry):
            said += [*block.tags, *(value for _, value in block.facts)]
        elif isinstance(block, Table):
            if block.file_name == "data_dictionary":
                continue  # it tells what the columns of the files are called
            shown = [column.name for column in block.columns if column.kind == "text" and column.name != "locator"]
            said += [value for name in shown for value in block.rows[name] if isinstance(value, str)]
    assert not [text for text in said if CODE.search(text) and "://" not in text]
