"""Movements in words: which animals, when, what a map can show, what two sides found."""

from types import SimpleNamespace

import pandas as pd
import pytest

from neaspec.blocks import Details, Linked, Notice, Tabs
from neaspec.sections import movement_parts as parts
from neaspec.sections import movements
from neaspec.sections.movements import MovementsChoices, page
from tests.support.on_page import chart, column, said, table

MOVE = {
    "movement_id": "m",
    "species_id": "steppe_cat",
    "species_name": "Steppe cat",
    "movement_kind": "journey",
    "method": "camera_trap",
    "animal_name": None,
    "individuals": 1,
    "qualifier": "exact",
    "date_from": "2019-03",
    "date_to": None,
    "from_name": "A",
    "to_name": "B",
    "from_country_name": "Mongolia",
    "from_country_code": "MNG",
    "to_country_name": "Russian Federation",
    "to_country_code": "RUS",
    "from_latitude": 1.0,
    "from_longitude": 2.0,
    "to_latitude": 3.0,
    "to_longitude": 4.0,
    "distance_km": None,
    "via": None,
    "note": None,
    "document_id": "d",
    "caveat_ids": None,
    "locator": "p. 1",
}


def moves(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([MOVE | {"movement_id": f"m{place}"} | change for place, change in enumerate(changes)])


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({}, "1 animal"),
        ({"individuals": 2}, "2 animals"),
        ({"individuals": 0}, "none detected by this method"),
        ({"individuals": None}, "number not stated"),
        ({"individuals": None, "animal_name": "Cat Seven"}, "Cat Seven"),
        ({"animal_name": "Cat Seven"}, "Cat Seven"),
        ({"animal_name": "Group", "individuals": 12}, "Group (12 animals)"),
        ({"individuals": 4, "qualifier": "at_least"}, "at least 4 animals"),
        ({"individuals": 4, "qualifier": "not_stated"}, "4 animals"),
        ({"animal_name": "Group", "individuals": 12, "qualifier": "about"}, "Group (about 12 animals)"),
        ({"individuals": 1, "qualifier": "at_least"}, "at least 1 animal"),
    ],
)
def test_animals_are_named_or_counted_as_exactly_as_stated(words, cells, text):
    assert parts.animals(words, SimpleNamespace(**(MOVE | cells))) == text


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2019-03", None, "3"),
        ("2019-03-05", "2019-05-20", "3 4 5"),
        ("2019-11", "2020-02", "11 12 1 2"),
        ("2019-03", "2020-02", "3 4 5 6 7 8 9 10 11 12 1 2"),
        ("2019-03", "2020-03", "3 4 5 6 7 8 9 10 11 12 1 2"),
        ("2019-03", "2021-01", "3 4 5 6 7 8 9 10 11 12 1 2"),
        ("2019", "2019-05", ""),
        ("2019-03", "2020", ""),
        ("2019", None, ""),
        (None, None, ""),
        (None, "2019-05", "5"),
        ("2019-12", "2019-12", "12"),
    ],
)
def test_months_are_those_that_both_dates_state(start, end, months):
    assert parts.months_of(start, end) == months


@pytest.mark.parametrize(
    ("cells", "is_drawn"),
    [
        ({}, True),
        ({"individuals": 0}, False),
        ({"individuals": None}, True),
        ({"from_latitude": None}, False),
        ({"to_longitude": None}, False),
        ({"to_latitude": 1.0, "to_longitude": 2.0}, False),
        ({"to_latitude": 1.0}, True),
        ({"to_longitude": 2.0}, True),
    ],
)
def test_a_map_shows_what_moved_between_two_known_places(cells, is_drawn):
    assert parts.is_drawn(moves(cells)).tolist() == [is_drawn]


def test_a_journey_goes_to_and_others_lie_between(words):
    assert parts.way_words(words, SimpleNamespace(**MOVE)) == "A to B"
    assert parts.way_words(words, SimpleNamespace(**(MOVE | {"movement_kind": "both_sides"}))) == "A and B"


def test_a_list_of_movements_begins_with_the_dated_and_marks_what_no_map_shows(words):
    told = parts.described_movements(
        words,
        moves(
            {"date_from": None},
            {"date_from": "2020"},
            {"date_from": "2019-03", "from_latitude": None},
        ),
    )
    items = parts.movement_items(words, told, {"steppe_cat": "circle"})
    assert [(item.id, item.title, item.sign) for item in items] == [
        ("m2", "1 animal · 2019", "–"),
        ("m1", "1 animal · 2020", "●"),
        ("m0", "1 animal", "●"),
    ]


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        ({}, ["From", "To", "When", "How known"]),
        ({"movement_kind": "both_sides", "date_from": None}, ["One side", "Other side", "How known"]),
        (
            {"distance_km": 210.0, "via": "C", "from_latitude": None},
            ["From", "To", "When", "How known", "Distance", "Via", "On the map"],
        ),
    ],
)
def test_a_panel_has_only_the_facts_there_are(words, cells, labels):
    (row,) = parts.described_movements(words, moves(cells)).itertuples(index=False)
    panel = parts.movement_panel(words, row)
    assert [label for label, _ in panel.facts] == labels
    assert panel.title == "Steppe cat: 1 animal" and panel.text == ""
    if "Distance" in labels:
        assert dict(panel.facts)["Distance"] == "210 km"


def test_what_stands_at_the_pointer_is_short(words):
    (row,) = parts.described_movements(words, moves({})).itertuples(index=False)
    assert movements.tooltip(words, row) == "A to B\nMarch 2019 · camera traps"
    for last, end in (("eight", "March 2019 · camera traps"), ("eight nine", "March 2019")):  # 25 words, and one more
        long = {
            "from_name": "one two three four five six seven",
            "to_name": f"one two three four five six seven {last}",
        }
        (row,) = parts.described_movements(words, moves(long)).itertuples(index=False)
        assert movements.tooltip(words, row).splitlines()[1] == end


@pytest.fixture(scope="module")
def every(mini, words):
    return page(mini, words, MovementsChoices())


def test_the_answer_counts_journeys_pairs_of_states_and_years(every):
    assert every.lead == "All species: 3 journeys on record between 5 pairs of States, 2019–2021."


@pytest.mark.parametrize(
    ("choices", "species", "count", "pairs"),
    [({"species_id": "marsh_crane"}, "Marsh crane", 1, 2), ({"species_id": "steppe_cat"}, "Steppe cat", 2, 3)],
)
def test_one_species_is_named_in_the_answer(mini, words, choices, species, count, pairs):
    lead = page(mini, words, MovementsChoices(**choices)).lead
    assert lead.startswith(f"{species}: {count} ") and f"{pairs} pairs of States" in lead


def test_animals_found_on_both_sides_follow_the_answer_of_their_species(joined, words):
    lead = page(joined, words, MovementsChoices(species_id="steppe_cat")).lead
    assert lead.endswith(words("movements.lead_both", number="5", period="2019–2020", method="genetic analysis"))
    assert words("movements.lead_both", number="5", period="2019–2020", method="genetic analysis") not in (
        page(joined, words, MovementsChoices()).lead
    )


@pytest.mark.parametrize(
    ("choices", "keys"),
    [
        ({"country_code": "CHN"}, {"cat_to_hill", "cats_none"}),
        ({"country_code": "CHN", "other_code": "MNG"}, {"cats_none"}),
        ({"method": "ring"}, {"cranes_flock"}),
        ({"month": "4"}, {"cat_walk"}),
        ({"month": "1"}, {"cat_to_hill"}),
        ({"country_code": "PRK", "month": "10"}, {"cranes_flock"}),
    ],
)
def test_choices_narrow_what_is_listed(mini, words, choices, keys):
    (linked,) = [block for block in page(mini, words, MovementsChoices(**choices)).blocks if isinstance(block, Linked)]
    assert {item.id for item in linked.items} == keys


def test_within_one_state_nothing_crosses_a_border(mini, words):
    shown, _ = movements.movements_chosen(mini, words, MovementsChoices(country_code="MNG", other_code="MNG"))
    assert shown.empty
    _, unstated = movements.movements_chosen(mini, words, MovementsChoices(month="4"))
    assert unstated == 4


def tab_keys(shown) -> list[str]:
    return [tab.key for block in shown.blocks if isinstance(block, Tabs) for tab in block.tabs]


def test_tabs_without_anything_in_them_are_left_out(every, joined, words):
    assert tab_keys(every) == ["time", "data", "gaps", "differences"]
    assert tab_keys(page(joined, words, MovementsChoices())) == ["time", "both", "data", "gaps", "differences"]
    assert "time" not in tab_keys(page(joined, words, MovementsChoices(method="genetic")))


def test_journeys_are_on_one_axis_from_their_beginning_to_their_end(every):
    shown = chart(every, "timeline")
    assert shown.rows[["lane", "date_from", "end", "told"]].values.tolist() == [
        ["Marsh crane", "2021-09", "2021-11", "White group (about 12 animals) · Two Banks to Delta Marsh"],
        ["Steppe cat", "2019-03", "2019-05-20", "Cat Seven · Steppe Park to Pine Reserve"],
        ["Steppe cat", "2020-01-02", "2020-01-02", "1 animal · Pine Reserve to Lone Hill"],
    ]


def test_what_is_not_on_the_map_is_counted_below_the_table(every, words):
    assert words("movements.not_drawn", count=3, total=7) in said(every)
    assert len(column(every, "movements_chosen", "animals")) == 7


def test_gaps_name_species_and_state_where_their_sentence_does_not(every, words):
    assert "How the cranes fly from Mongolia. (Marsh crane; not known)" in said(every)
    gap = SimpleNamespace(
        what="Steppe cats of China.", species_name="Steppe cat", country_name="Japan", state="not_found"
    )
    assert movements.gap_words(words, gap) == f"Steppe cats of China. (Japan; {words.term('state', 'not_found')})"
    gap.country_name = None
    assert movements.gap_words(words, gap) == f"Steppe cats of China. ({words.term('state', 'not_found')})"


def joint(joined, words, **choices):
    return movements.joint_results(joined, words, MovementsChoices(**choices))


def test_each_method_has_its_bars_and_animals_are_never_added(joined, words):
    caution, side, *_ = joint(joined, words)
    assert isinstance(caution, Notice) and caution.kind == "caution"
    charts = {cell[0].table.file_name: cell[0] for cell in side.cells}
    assert sorted(charts) == ["joint_results_camera_trap", "joint_results_genetic", "joint_results_not_stated"]
    genetic = charts["joint_results_genetic"]
    assert genetic.rows[["value", "mark"]].values.tolist() == [
        [10, "exact"],
        [14, "exact"],
        [5, "exact"],
        [19, "exact"],
    ]
    assert genetic.rows["category"].tolist()[0] == words(
        "movements.joint_row", species="Steppe cat", what=words("movements.in_country", country="Mongolia")
    )
    assert (genetic.period, genetic.caveat_ids) == ("2019–2020", ("overlapping_counts",))


def test_where_none_were_found_on_both_sides_that_is_a_zero_and_nothing_is_worked_out(joined, words):
    _, side, *_ = joint(joined, words, method="not_stated")
    assert side.cells[0][0].rows[["value", "mark"]].values.tolist() == [[2, "exact"], [3, "exact"], [0, "zero"]]


@pytest.mark.parametrize(
    ("choices", "methods"),
    [
        ({"country_code": "RUS"}, ["camera_trap", "genetic"]),
        ({"country_code": "CHN"}, ["not_stated"]),
        ({"country_code": "JPN"}, []),
        ({"species_id": "marsh_crane"}, []),
        ({"method": "genetic"}, ["genetic"]),
    ],
)
def test_joint_results_are_those_of_the_choices(joined, words, choices, methods):
    blocks = joint(joined, words, **choices)
    found = [cell[0].table.file_name.removeprefix("joint_results_") for block in blocks[1:2] for cell in block.cells]
    assert found == methods


def test_sexes_are_listed_as_printed_with_whether_they_add_up(joined, words):
    fold = joint(joined, words)[-1]
    assert isinstance(fold, Details)
    assert table([fold], "sexes").rows[["method_words", "females", "males", "sum_words"]].values.tolist() == [
        ["genetic analysis", 2, 2, words("movements.adds_up")],
        ["camera traps", 1, 2, words("movements.adds_to", total=3, printed=4)],
    ]


def test_sexes_that_add_up_say_so(mini, words):
    (fold,) = movements.sexes(mini, words, {"cats_both_sides", "cats_both_sides_again", "cat_walk"})
    assert table([fold], "sexes").rows["sum_words"].tolist() == [words("movements.adds_up")]
    assert movements.sexes(mini, words, {"cats_both_sides_again"}) == []
