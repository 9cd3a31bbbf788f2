"""Figures in words, what stands for a species, cards, tables and sources: what every page is made of."""

import pandas as pd
import pytest

from neaspec.blocks import Column, Details, Metric, Table, Text
from neaspec.sections import common, figures, headlines
from neaspec.sections.documented import event_blocks, fact_blocks, fact_figure
from neaspec.sections.home.cards import species_card, species_cards, trend_of
from tests.support.on_page import table

ROW = {
    "value": 5.0,
    "low": None,
    "high": None,
    "qualifier": "exact",
    "count_kind": "estimate",
    "unit": "individuals",
    "year_from": 2019,
    "year_to": 2020,
    "season": None,
}


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({}, "5"),
        ({"low": 4.0, "high": 6.0}, "5 (4–6)"),
        ({"value": None, "low": 4.0, "high": 6.0}, "4–6"),
        ({"value": None, "low": 4.0}, "4"),
        ({"low": 4.0}, "5 (4)"),
        ({"qualifier": "at_least"}, "at least 5"),
        ({"qualifier": "about"}, "about 5"),
        ({"qualifier": "at_most"}, "at most 5"),
        ({"qualifier": "more_than"}, "more than 5"),
        ({"qualifier": "preliminary"}, "5, preliminary"),
        ({"value": 0.0}, "0"),
        ({"value": 1234.5}, "1,234.5"),
    ],
)
def test_a_figure_is_written_with_its_range_and_how_exact_it_is(words, cells, text):
    assert figures.figure_words(words, ROW | cells) == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({}, "5 individuals (estimate)"),
        ({"qualifier": "at_least"}, "at least 5 individuals (estimate)"),
        ({"qualifier": None}, "5 individuals (estimate)"),
        ({"count_kind": "individuals_identified"}, "5 individuals identified"),
        ({"count_kind": "nests", "unit": "nests"}, "5 nests"),
        ({"count_kind": None}, "no dated figure on record"),
        ({"value": None, "low": 4.0, "high": 6.0}, "4–6 individuals (estimate)"),
    ],
)
def test_a_figure_in_a_table_says_what_was_counted(words, cells, text):
    assert figures.figure_with_kind(words, ROW | cells) == text


@pytest.mark.parametrize(
    ("cells", "years", "season"),
    [
        ({}, "2019–2020", "2019–2020"),
        ({"year_from": 2020}, "2020", "2020"),
        ({"year_from": None}, "2020", "2020"),
        ({"season": "winter 2020"}, "2019–2020", "winter 2020"),
        ({"year_from": None, "year_to": None}, "", ""),
    ],
)
def test_years_are_written_as_stated(words, cells, years, season):
    row = ROW | cells
    assert (figures.years(words, row), figures.season_or_years(words, row)) == (years, season)
    assert figures.period_words(words, row) == (years or "year not stated")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ({}, "exact"),
        ({"value": 0.0}, "zero"),
        ({"value": 0.0, "qualifier": "about"}, "zero"),
        ({"qualifier": "at_most"}, "exact"),
        ({"qualifier": "at_least"}, "at_least"),
        ({"qualifier": "more_than"}, "more_than"),
        ({"qualifier": "about"}, "about"),
        ({"qualifier": "preliminary"}, "preliminary"),
        ({"value": None}, "exact"),
    ],
)
def test_a_figure_is_marked_as_zero_or_as_exact_as_it_is(cells, mark):
    assert figures.mark_of(ROW | cells) == mark


@pytest.mark.parametrize(
    ("caveats", "qualifier", "chips"),
    [
        ((), None, ()),
        (("made_up",), None, ()),
        (("approximate", "press_only"), None, ("press_only", "about")),
        (("derived", "at_least", "includes_cubs"), None, ("includes_cubs", "minimum")),
        (("not_like_for_like", "method_differs"), None, ("not_comparable",)),
        ((), "at_least", ("minimum",)),
        (("at_least",), "at_least", ("minimum",)),
        (("press_only", "not_confirmed"), "about", ("press_only", "unconfirmed")),
        (("planned_not_confirmed",), "about", ("planned", "about")),
        ((), "exact", ()),
        ((), float("nan"), ()),
        (("derived", "approximate"), None, ("our_sum", "about")),
    ],
)
def test_the_two_weightiest_caveats_stand_beside_a_figure(caveats, qualifier, chips):
    assert figures.chips_of(caveats, qualifier) == chips


STAND = {"standing": "state", "place_in_state": 1.0, "country_name": "Mongolia", "area_name": "Mongolia"}
CASES = [
    ({}, "Mongolia"),
    ({"area_name": "South Gobi"}, "South Gobi (Mongolia)"),
    ({"area_name": "South Gobi (Khan, Mongolia)"}, "South Gobi, Khan (Mongolia)"),
    ({"area_name": "South Gobi (Mongolia)"}, "South Gobi (Mongolia)"),
    ({"area_name": "Mongolia (Khan, Mongolia)"}, "Khan (Mongolia)"),
    ({"area_name": "Mongolia (west, east)"}, "west, east (Mongolia)"),
]


@pytest.mark.parametrize(("cells", "text"), CASES, ids=[text for _, text in CASES])
def test_a_figure_of_a_part_of_a_state_names_the_part_first(words, cells, text):
    assert headlines.place_words(words, pd.Series(STAND | cells)) == text


def stands(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([STAND | change for change in changes])


def test_the_whole_range_leads_where_there_is_an_estimate_of_it():
    rows = stands(
        {},
        {"standing": "range", "area_name": "World"},
        {"place_in_state": 2.0, "area_name": "Park"},
        {"standing": "areas", "place_in_state": None, "country_name": "China"},
        {"standing": "no_figure", "place_in_state": None, "country_name": "Japan"},
    )
    assert list(headlines.leading(rows)["area_name"]) == ["World"]
    assert list(headlines.beside(rows)["area_name"]) == ["Mongolia", "Park"]
    assert list(headlines.leading(rows.drop(index=1))["area_name"]) == ["Mongolia"]
    assert (headlines.areas_only(rows), headlines.no_figure(rows)) == (["China"], ["Japan"])


CARD = STAND | ROW | {"species_name": "Cat", "caveat_ids": None, "document_ids": "d", "points": "2019=4 2020=5"}


def test_a_card_has_a_line_for_each_state_with_its_trend(words):
    rows = pd.DataFrame(
        [
            CARD,
            CARD | {"area_name": "Khan", "points": "2020=5"},
            CARD | {"standing": "areas", "place_in_state": None, "country_name": "China"},
            CARD | {"place_in_state": 2.0},
        ]
    )
    card = species_card(words, "cat", rows, True)
    assert card.lines == (
        ("Mongolia", "5 · 2019–2020"),
        ("Khan (Mongolia)", "5 · 2019–2020"),
        ("China", words("home.areas")),
    )
    assert card.line_trends[:2] == (((2019.0, 4.0), (2020.0, 5.0)), ())
    assert card.status == words("common.concerns_you") and card.value == ""
    assert species_card(words, "cat", rows.tail(1), False).value == words("home.no_figure")


def test_a_qualifier_stands_beside_a_card_where_all_its_figures_have_it(words):
    about = CARD | {"qualifier": "about"}
    assert species_card(words, "cat", pd.DataFrame([about, about]), False).chips == ("about",)
    assert species_card(words, "cat", pd.DataFrame([about, CARD]), False).chips == ()


@pytest.mark.parametrize(
    ("cells", "trend"),
    [
        ({}, ((2019.0, 4.0), (2020.0, 5.0))),
        ({"points": None}, ()),
        ({"value": None}, ()),
        ({"points": "2020=5"}, ()),
        ({"points": "2019=4 2019=6 2020=5"}, ((2019.0, 6.0), (2020.0, 5.0))),
    ],
)
def test_a_line_needs_two_like_figures_up_to_the_newest(cells, trend):
    (row,) = pd.DataFrame([CARD | cells]).itertuples(index=False)
    assert trend_of(row) == trend


@pytest.mark.parametrize(
    ("code", "marked"), [("MNG", {"Steppe cat", "Marsh crane"}), ("PRK", {"Marsh crane"}), (None, set())]
)
def test_species_of_the_reader_s_state_are_marked(mini, words, code, marked):
    cards = species_cards(mini, words, code)
    assert {card.label for card in cards if card.status} == marked
    assert [card.label for card in cards] == ["Steppe cat", "Marsh crane", "Dune bird"]


@pytest.mark.parametrize(
    ("cells", "keys"), [([None, "a b", "", "b c"], ("a", "b", "c")), ([float("nan")], ()), (["c a", "c"], ("c", "a"))]
)
def test_keys_of_cells_are_each_given_once_in_their_order(cells, keys):
    assert common.keys_in(cells) == keys and common.joined_keys(cells) == " ".join(keys)


def test_states_are_named_in_sentences_and_by_short_forms(mini, words):
    assert common.in_sentence(words, "RUS", "Russian Federation") == "the Russian Federation"
    assert common.in_sentence(words, "MNG", "Mongolia") == "Mongolia"
    assert common.short_states(mini, words, "PRK KAZ") == f"{words.term('state_short', 'PRK')}, Kazakhstan"
    assert common.short_states(mini, words, None) == ""


def test_a_table_has_its_columns_in_order_with_label_kind_and_unit(words):
    rows = pd.DataFrame({"name": ["A"], "area_ha": [1.0], "hidden": [2]})
    made = common.make_table(words, "T", rows, {"area_ha": "number", "name": "text"}, "f", {"area_ha": "ha"})
    assert [(column.name, column.label, column.kind, column.unit) for column in made.columns] == [
        ("area_ha", words.column("area_ha"), "number", "ha"),
        ("name", words.column("name"), "text", ""),
    ]
    assert list(made.rows.columns) == ["area_ha", "name"]
    fold = common.folded(words, made)
    assert fold.title == words("common.folded", title="T", count=1) and fold.blocks == (made,)


def test_a_page_numbers_the_documents_it_cites_in_the_order_they_appear(mini):
    cited = pd.DataFrame({"document_ids": ["late_report paper_91", None], "caveat_ids": ["made_up", None]})
    columns = (
        Column(name="document_ids", label="D", kind="documents"),
        Column(name="caveat_ids", label="C", kind="caveats"),
    )
    page = common.compose(
        mini,
        "name",
        "T",
        "L",
        (
            Text(text="x", document_ids=("paper_91", "no_such"), caveat_ids=("at_least",)),
            Details(title="D", blocks=(Table(title="T", columns=columns, rows=cited, file_name="f"),)),
            Metric(label="m", value="1", document_ids=("old_report",)),
        ),
    )
    assert dict(page.marks) == {"paper_91": 1, "late_report": 2, "old_report": 3}
    assert page.sources[["number", "document_id"]].values.tolist() == [
        [1, "paper_91"],
        [2, "late_report"],
        [3, "old_report"],
    ]
    assert set(page.caveats["caveat_id"]) == {"at_least", "made_up"}


def test_a_document_of_later_is_no_source_of_a_page_looked_back_to(mini):
    page = common.compose(
        mini.at("som_90"), "name", "T", "L", [Text(text="x", document_ids=("late_report", "old_report"))]
    )
    assert dict(page.marks) == {"old_report": 1} and list(page.sources["document_id"]) == ["old_report"]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "ha", ""),
        (1998.0, "year", "1998"),
        (1234.0, "ha", "1,234 ha"),
        (1234.0, None, "1,234"),
        (float("nan"), "ha", ""),
    ],
)
def test_the_figure_of_a_statement_has_its_unit_and_a_year_no_mark(words, value, unit, text):
    assert fact_figure(words, value, unit) == text


FACT = {
    "about": "A",
    "topic": "hydrology",
    "what": "W.",
    "value": None,
    "unit": None,
    "as_of": None,
    "document_id": "d",
    "locator": "p. 1",
    "caveat_ids": None,
    "note": None,
    "component_number": None,
}


def test_further_statements_are_folded_by_subject_with_the_columns_that_say_something(words):
    rows = pd.DataFrame([FACT, FACT | {"about": "B", "value": 3.0, "unit": "ha", "component_number": 2}, FACT])
    heading, first, second = fact_blocks(words, rows)
    assert heading.text == words("documented.facts")
    assert [first.title, second.title] == [
        words("documented.facts_of", name=name, count=count) for name, count in (("A", 2), ("B", 1))
    ]
    assert [column.name for column in first.blocks[0].columns] == ["topic_words", "what", "document_id", "locator"]
    assert [column.name for column in second.blocks[0].columns][:4] == [
        "component_number",
        "topic_words",
        "what",
        "figure",
    ]
    assert len(fact_blocks(words, rows, has_heading=False)) == 2 and fact_blocks(words, rows.iloc[:0]) == []


def test_events_are_folded_with_their_day_and_place(mini, words):
    rows = mini("events_stated", project_id=None)
    heading, fold = event_blocks(words, rows, "E", ())
    assert (heading.text, fold.title) == ("E", words("documented.events", count=1))
    assert table([fold], "events").rows[["when", "what", "place", "countries"]].values.tolist() == [
        ["1 May 2020", "A day in the park.", "Steppe Park", "Mongolia"],
    ]
    assert event_blocks(words, rows.iloc[:0], "E", ()) == []
