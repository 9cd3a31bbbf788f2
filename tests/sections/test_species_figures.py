"""Figures of one species: the answer, the pictures of areas, the cards, what is joined; on small rows made here."""

import pandas as pd
import pytest

from neaspec.blocks import Chart, Details, Metric, Notice, Side, Table, Text
from neaspec.sections.species import counts as drawn
from neaspec.sections.species import known
from neaspec.sections.species.answer import answer, change_sentence, place_of, standing, trend_of
from neaspec.sections.species.page import (
    SpeciesChoices,
    assessed_of,
    category_words,
    claim_entry,
    dated_category,
    headline,
    page,
    status,
)
from neaspec.sections.species.picture import events
from tests.support.mini import load_mini, mini_rows, more, with_cells, without
from tests.support.on_page import blocks_of, chart, column, said, table

STAND = {
    "standing": "state",
    "place_in_state": 1,
    "area_name": "Mongolia",
    "country_name": "Mongolia",
    "country_code": "MNG",
    "points": "2019=40 2020=60",
    "value": 60.0,
    "low": None,
    "high": None,
    "qualifier": "exact",
    "year_to": 2020,
    "method": "camera_trap",
    "earlier_year": None,
    "earlier_value": None,
    "earlier_low": None,
    "earlier_high": None,
    "earlier_qualifier": None,
    "caveat_ids": None,
    "series_id": "a",
    "document_ids": "d",
}
IN_RUSSIA = {"area_name": "Russian Federation", "country_name": "Russian Federation", "country_code": "RUS"}
WORLD = {"standing": "range", "area_name": "World", "country_name": None, "country_code": None}
ALONE = {"points": "2020=60"}
LESS = {"points": "2019=80 2020=60"}
NO_FIGURE = {"standing": "no_figure", "place_in_state": None, "country_name": "China", "country_code": "CHN"}


def stands(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([STAND | change for change in changes], columns=list(STAND))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "No national"),
        ([{}], "More since 2019: Mongolia 40 to 60 (2020) (camera traps, same area)."),
        ([LESS], "Fewer since 2019: Mongolia 80 to 60 (2020) (camera traps, same area)."),
        ([{"points": "2019=60 2020=60"}], "Mongolia 60 (2019) to 60 (2020)"),
        ([ALONE], "Mongolia 60 (2020)."),
        (
            [ALONE | {"earlier_year": 2010, "earlier_value": 50.0, "earlier_qualifier": "about"}],
            "Mongolia 60 (2020), not comparable with about 50 (2010).",
        ),
        ([ALONE, NO_FIGURE], "China"),
        ([{}, IN_RUSSIA | LESS], "Mongolia 40 (2019) to 60 (2020), Russian Federation"),
        ([WORLD | ALONE, {"place_in_state": 2}], "World 60 (2020). More since 2019: Mongolia 40 to 60 (2020)"),
    ],
)
def test_the_answer_tells_change_only_from_figures_counted_in_one_way(words, rows, sentence):
    told = answer(words, stands(*rows))
    assert sentence in told if rows else told == words("species.lead_no_figure")


def test_a_state_that_has_changed_comes_before_one_that_only_has_a_figure(words):
    told = answer(words, stands({}, IN_RUSSIA | ALONE))
    assert told.index("More since 2019") < told.index("Russian Federation 60 (2020)")
    assert "China" not in answer(words, stands({}, NO_FIGURE))


def test_two_states_that_share_animals_say_so(words):
    both = stands({"caveat_ids": "overlapping_counts"}, IN_RUSSIA)
    assert answer(words, both).endswith(words("species.answer_shared"))
    assert words("species.answer_shared") not in answer(words, stands({}, IN_RUSSIA))
    assert words("species.answer_shared") not in answer(words, both.head(1))


@pytest.mark.parametrize(
    "cells", [{"points": None}, {"value": None}, {"points": "2020=60"}, {"points": "2018=30 2019=40"}]
)
def test_without_two_like_figures_up_to_the_newest_there_is_no_trend(words, cells):
    assert trend_of(words, STAND | cells) is None


@pytest.mark.parametrize(
    ("points", "direction"), [("2019=40 2020=60", 1), ("2019=80 2020=60", -1), ("2019=60 2020=60", 0)]
)
def test_a_trend_goes_from_the_first_to_the_newest_figure(words, points, direction):
    trend = trend_of(words, STAND | {"points": points})
    assert (trend.first_year, trend.last_year, trend.last, trend.direction) == (2019, 2020, "60", direction)


def test_series_of_different_begin_are_each_told_for_themselves(words):
    trends = [trend_of(words, STAND), trend_of(words, STAND | IN_RUSSIA | {"points": "2018=50 2020=60"})]
    told = change_sentence(words, trends)
    assert "More since" not in told and "40 (2019)" in told and "50 (2018)" in told


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({}, "Mongolia"),
        ({"area_name": "South Gobi (Mongolia)"}, "South Gobi"),
        ({"area_name": "One two three four"}, "One two three four"),
        ({"area_name": "One two three four five"}, "one area of Mongolia"),
        (WORLD | {"area_name": "The whole of its range on earth"}, "The whole of its range on earth"),
        (IN_RUSSIA | {"area_name": "One two three four five"}, "one area of the Russian Federation"),
    ],
)
def test_a_place_is_named_in_few_words_and_never_as_its_state(words, cells, name):
    row = STAND | cells
    shown = place_of(words, row)
    country = "the Russian Federation" if row["country_code"] == "RUS" else row["country_name"]
    assert shown == (words("species.one_area", country=country) if name.startswith("one area") else name)


def test_an_earlier_figure_that_cannot_be_compared_may_be_a_range(words):
    row = STAND | {"earlier_year": 2010, "earlier_low": 40.0, "earlier_high": 50.0, "earlier_qualifier": "exact"}
    assert standing(words, row) == "Mongolia 60 (2020), not comparable with 40–50 (2010)"


COUNT = {
    "count_id": "c",
    "chart_area": "Mongolia",
    "area_name": "Mongolia",
    "unit": "individuals",
    "series_id": None,
    "series_name": None,
    "is_joined": False,
    "is_derived": False,
    "is_region_part": False,
    "year_from": 2019,
    "year_to": 2019,
    "value": 5.0,
    "low": None,
    "high": None,
    "qualifier": "exact",
    "headline_order": None,
    "population_part": "all_ages",
    "count_kind": "estimate",
    "method": "camera_trap",
    "formula": None,
    "document_id": "d",
    "caveat_ids": None,
    "country_names": "Mongolia",
    "locator": "p. 1",
    "season": None,
    "note": None,
    "comparability": None,
}


def counts(*changes: dict) -> pd.DataFrame:
    rows = [COUNT | {"count_id": f"c{place:02}"} | change for place, change in enumerate(changes)]
    frame = pd.DataFrame(rows, columns=list(COUNT))
    return frame.astype({"value": float, "low": float, "high": float, "headline_order": float})


def years(count: int, **cells: object) -> list[dict]:
    return [{"year_to": 2000 + place, "year_from": 2000 + place, **cells} for place in range(count)]


def areas(rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    large, small = drawn.areas_drawn(rows)
    return [group["chart_area"].iloc[0] for group in large], [group["chart_area"].iloc[0] for group in small]


@pytest.mark.parametrize(
    ("rows", "large"),
    [
        (years(2), []),
        (years(3), ["Mongolia"]),
        (years(2, headline_order=1), ["Mongolia"]),
        (years(1, headline_order=1), []),
        (years(3, value=0.0), []),
        (years(3, value=None), []),
        (years(3, value=None, low=1.0, high=2.0), ["Mongolia"]),
        (years(3, value=None, low=1.0), []),
        (years(3, is_derived=True), []),
        ([{"year_to": None}] * 3, []),
    ],
)
def test_an_area_is_drawn_with_three_figures_or_with_two_that_stand_for_the_species(rows, large):
    assert areas(counts(*rows))[0] == large


def test_what_stands_for_the_species_comes_first_then_series_then_the_most_figures():
    rows = [
        *years(9, chart_area="Many"),
        *years(3, chart_area="Few"),
        *years(3, chart_area="Series", series_id="s"),
        *years(2, chart_area="Head", headline_order=1),
        *years(8, chart_area="Eight"),
        *years(7, chart_area="Seven"),
    ]
    assert areas(counts(*rows)) == (["Head", "Series", "Many"], ["Eight", "Seven", "Few"])


def test_mere_parts_of_a_total_are_drawn_on_demand():
    rows = [*years(9, chart_area="Part", is_region_part=True), *years(3, chart_area="Whole")]
    assert areas(counts(*rows)) == (["Whole"], ["Part"])
    half = [*years(4, chart_area="Half", is_region_part=True), *years(4, chart_area="Half")]
    assert areas(counts(*half))[0] == ["Half"]


@pytest.mark.parametrize(("adults", "apart"), [(5, False), (6, True)])
def test_many_figures_of_adults_are_drawn_apart_from_all_ages(adults, apart):
    rows = counts(*years(adults, population_part="adults"), *years(3))
    assert drawn.ages_apart(rows).tolist() == [apart] * adults + [False] * 3
    series = counts(*years(adults, population_part="adults", series_id="s"), *years(3))
    assert not drawn.ages_apart(series).any()


def test_at_most_eight_areas_are_drawn_on_demand():
    rows = [row for number in range(10) for row in years(3, chart_area=f"A{number}")]
    large, small = areas(counts(*rows))
    assert (large, len(small)) == (["A0"], 8)


def area_chart(words, *changes: dict) -> Chart:
    rows = drawn.described_counts(words, counts(*changes)).assign(species_id="steppe_cat")
    return drawn.area_chart(words, rows)


def test_a_chart_of_an_area_marks_ranges_and_joins_series_alone(words):
    shown = area_chart(
        words,
        {"year_to": 2021, "value": None, "low": 7.0, "high": 9.0, "qualifier": "about"},
        {"series_id": "s", "is_joined": True, "year_from": None},
        {"year_to": 2020, "value": 0.0, "qualifier": "at_least"},
    )
    rows = shown.rows[["year_to", "mark", "label", "joined"]].values.tolist()
    assert rows == [[2019, "exact", "", True], [2020, "zero", "", False], [2021, "exact", "about 7–9", False]]
    assert (shown.period, shown.title) == ("2019–2021", "Mongolia: figures by year")
    assert "Latest: about 7–9, 2019–2021" in shown.alt and shown.alt.startswith("Mongolia, individuals: 3 figures")


def test_the_latest_figure_of_an_area_is_never_one_of_young_where_there_are_others(words):
    adult, cub = {"population_part": "adults"}, {"population_part": "cubs", "year_to": 2022, "value": 3.0}
    assert "Latest: 5, 2019" in area_chart(words, adult, cub).alt
    assert area_chart(words, adult, cub).title == "Mongolia: adults and young counted"
    assert "Latest: 3, 2019–2022" in area_chart(words, cub, cub | {"year_to": 2021}).alt


def test_two_series_of_one_way_of_counting_have_names_of_their_own(words):
    rows = area_chart(
        words, {"series_id": "a", "series_name": "North"}, {"series_id": "b", "series_name": "South"}, {}
    ).rows
    label = "estimate, camera traps"
    assert rows["series_words"].tolist() == [
        words("species.series_twin", label=label, name="North"),
        words("species.series_twin", label=label, name="South"),
        label,
    ]
    alike = area_chart(words, {"series_id": "a", "series_name": "North"}, {}).rows
    assert alike["series_words"].tolist() == [label, label]


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("all_ages", "estimate, camera traps"),
        ("not_stated", "estimate, camera traps"),
        ("pairs", "estimate, camera traps"),
        ("adults", "estimate (adults), camera traps"),
    ],
)
def test_a_figure_is_named_with_its_part_of_the_population_where_that_says_more(words, part, label):
    assert drawn.series_label(words, COUNT | {"population_part": part}) == label


def test_what_is_joined_is_said_once_for_each_reason(words):
    reasons = {"series_name": "N", "comparability": "Alike."}
    rows = counts(
        *years(2, series_id="a", is_joined=True, **reasons),
        *years(2, series_id="b", is_joined=True, **(reasons | {"series_name": "S"})),
        *years(2, series_id="c", **(reasons | {"comparability": "Not alike."})),
        *years(1, series_id="d", **reasons),
    )
    notes = drawn.joined_notes(words, [rows])
    assert [note.text for note in notes] == [
        words("species.joined", name="N; S", comparability="Alike."),
        words("species.not_joined", name="N", comparability="Not alike."),
    ]
    assert drawn.joined_notes(words, []) == []


def test_charts_stand_two_by_two_and_files_are_named_by_their_area(words):
    one = area_chart(words, {})
    assert [len(side.cells) for side in drawn.in_pairs([one] * 3)] == [2, 1]
    assert drawn.file_name("South Gobi (Mongolia)") == "counts_south_gobi_mongolia"
    assert len(drawn.file_name("a" * 100)) == 60


def test_figures_that_share_animals_are_told_with_those_of_the_joint_study(joined, mini, words):
    (notice,) = drawn.overlaps(joined, words, joined("species_counts", species_id="steppe_cat"), "steppe_cat")
    assert (
        words(
            "species.overlap_figures",
            method="genetic analysis",
            period="2019–2020",
            first="Mongolia",
            first_count="10",
            second="Russian Federation",
            second_count="14",
            both="5",
        )
        in notice.text
    )
    assert notice.text.startswith(words("species.overlap")) and "not stated" not in notice.text
    assert drawn.overlaps(mini, words, counts({}), "steppe_cat") == []
    marked = drawn.overlaps(mini, words, counts({"caveat_ids": "made_up overlapping_counts"}), "steppe_cat")
    assert [block.text for block in marked] == [words("species.overlap")]


def test_a_species_without_figures_says_so_in_place_of_pictures(mini, words):
    (notice,) = drawn.counts_blocks(mini, words, counts(), "dune_bird")
    assert isinstance(notice, Notice) and notice.text == words("species.counts_none")


@pytest.fixture(scope="module")
def cat(joined, words):
    return page(joined, words, SpeciesChoices("steppe_cat"))


def test_cards_show_what_stands_and_the_joint_study_before_the_red_list(cat, words):
    cards = [(card.label, card.value, card.period) for card in blocks_of(cat, Metric)]
    assert cards == [
        ("Mongolia", "60", "2020"),
        ("Russian Federation", "at least 110", "2020"),
        (words("species.joint"), "19", "2019–2020"),
        (words("species.status_metric"), "Endangered", "2021"),
    ]
    joint = blocks_of(cat, Metric)[2]
    assert joint.counted == words("species.joint_counted", both="5") and joint.chips == ("our_sum", "shared_animals")
    assert joint.caveat_ids[-1] == "overlapping_counts"


def test_a_trend_stands_in_a_card_only_where_the_newest_figure_is_part_of_it(mini, words):
    rows = mini("species_headlines")
    stand = rows[rows["series_id"] == "cats_mng"].iloc[0]
    every = mini("species_counts", species_id="steppe_cat")
    assert headline(words, every, stand, "steppe_cat").trend == ((2019.0, 40.0), (2020.0, 60.0))
    ranged = stand.copy()
    ranged["value"], ranged["low"], ranged["high"] = None, 50.0, 70.0
    assert headline(words, every, ranged, "steppe_cat").trend == ()


def test_the_picture_has_one_lane_a_series_and_the_begin_of_work_on_its_axis(cat):
    shown = chart(cat, "ranges")
    assert shown.rows[["series_words", "year_to", "value", "mark", "joined"]].values.tolist() == [
        ["Mongolia", 2019, 40, "exact", True],
        ["Mongolia", 2020, 60, "exact", True],
        ["Russian Federation", 2019, 100, "at_least", False],
        ["Russian Federation", 2020, 110, "at_least", False],
    ]
    assert shown.events == ((2019.0, "Joint study"),)
    assert shown.alt == (
        "Figures of 2019 to 2020 on one axis of time. "
        "Newest: Mongolia: 60 (2020); Russian Federation: at least 110 (2020)."
    )


@pytest.mark.parametrize(
    ("first", "last", "count"), [(2019, 2020, 1), (2018, 2019, 1), (2020, 2021, 0), (2017, 2018, 0)]
)
def test_the_begin_of_work_is_told_where_it_lies_on_the_axis(mini, words, first, last, count):
    assert len(events(mini, words, "steppe_cat", first, last)) == count
    assert events(mini, words, "marsh_crane", 1900, 2100) == ()


@pytest.mark.parametrize(
    ("scheme", "category", "said_as"),
    [("iucn", "EN", "Endangered"), ("iucn", "ZZ", "ZZ"), ("cites", "EN", "EN"), ("national_list", "rare", "rare")],
)
def test_letters_of_the_red_list_alone_are_put_in_words(words, scheme, category, said_as):
    assert category_words(words, scheme, category) == said_as
    assert category_words(words, scheme, "not_listed") == words("species.not_listed")


def test_a_category_has_its_year_where_one_is_stated(words):
    row = pd.Series({"scheme": "iucn", "category": "EN", "assessed_year": 2021})
    assert dated_category(words, row) == words("species.category_year", category="Endangered", year=2021)
    assert dated_category(words, row.replace(2021, None)) == "Endangered"


def test_an_assessment_says_what_it_is_of_and_that_it_is_quoted(words):
    assert assessed_of(words, "the species Felis ficta, all of it", None) == words(
        "overview.red_list_of", scope="species Felis ficta"
    )
    assert assessed_of(words, "global", "made_up secondary_quotation") == words("overview.red_list_quoted")
    assert assessed_of(words, None, None) == ""


CLAIM = {
    "scheme": "iucn",
    "category": "NT",
    "assessed_year": 2023,
    "standing": "claim",
    "country_name": None,
    "note": None,
    "document_id": "d2",
    "caveat_ids": "made_up",
    "is_confirmed": False,
}


def test_a_newer_claim_stands_beside_what_is_held(words):
    held = CLAIM | {"category": "EN", "assessed_year": 2021, "standing": "held", "document_id": "d1"}
    entry = claim_entry(words, pd.DataFrame([held, held | {"scheme": "cms"}, CLAIM]), pd.Series(CLAIM))
    assert [value for _, value in entry.facts] == [
        words("species.category_year", category="Near Threatened", year=2023),
        words("species.category_year", category="Endangered", year=2021),
    ]
    assert (entry.document_ids, entry.caveat_ids) == (("d2", "d1"), ("made_up",))
    of_state = pd.Series(CLAIM | {"country_name": "Mongolia"})
    assert len(claim_entry(words, pd.DataFrame([held, CLAIM]), of_state).facts) == 1


def test_statuses_say_whether_they_are_confirmed_or_quoted(mini, words):
    rows = mini("species_statuses", species_id="steppe_cat").copy()
    rows.loc[1, "caveat_ids"] = "secondary_quotation"
    rows.loc[2, "is_confirmed"] = False
    told = status(words, rows)[1].rows
    assert told["confirmed_words"].tolist() == [
        "confirmed",
        words("species.as_quoted"),
        words("species.status_unconfirmed"),
        "confirmed",
    ]
    assert told["category_words"].tolist() == ["Endangered", "Vulnerable", "rare", "VU"]
    assert isinstance(status(words, rows.iloc[:0])[1], Notice)


@pytest.mark.parametrize(
    ("presences", "kept"),
    [
        (["present", "breeding"], ["breeding"]),
        (["present", "not_known"], ["present", "not_known"]),
        (["not_known"], ["not_known"]),
        (["wintering", "not_known", "passage"], ["wintering", "passage"]),
        ([], []),
    ],
)
def test_how_a_species_lives_somewhere_is_told_instead_of_that_it_does(presences, kept):
    assert known.finer(presences) == kept


@pytest.mark.parametrize(("zeros", "named"), [(10, 10), (11, 10)])
def test_counts_that_found_none_are_figures_and_ten_of_them_are_named(words, zeros, named):
    rows = counts(*({"value": 0.0, "area_name": f"A{number:02}"} for number in range(zeros)), {"area_name": "Some"})
    (text,) = known.zeros(words, rows)
    assert text.text.count("; ") == named - 1 and "Some" not in text.text and "A00" in text.text
    assert known.zeros(words, counts({})) == []


@pytest.mark.parametrize(("level", "key"), [("none", "none"), ("not_known", "not_known"), ("national", "")])
def test_sites_are_counted_by_level_and_an_absence_is_one_on_record(words, level, key):
    expected = (
        words(f"species.sites_level_{key}", count=2)
        if key
        else words("species.sites_level", count=2, level=words.term("level", level))
    )
    assert known.level_words(words, level, 2) == expected


def test_a_species_of_which_nothing_is_known_says_so_in_each_part(words):
    rows = without(mini_rows(), "species_countries", "bird_mng")
    rows = without(without(rows, "counts", "birds_world_2023"), "series", "birds_world")
    ask = load_mini(without(without(rows, "gaps", "birds_mng"), "threats"))
    shown = said(page(ask, words, SpeciesChoices("dune_bird")))
    for key in (
        "states_none",
        "unknown_none",
        "threats_none",
        "sites_none",
        "status_none",
        "demography_none",
        "counts_none",
    ):
        assert words(f"species.{key}") in shown, key
    assert shown[0] == words("species.lead_no_figure")


def test_relatives_are_told_apart_with_a_caution(words):
    relative = {
        "parameter_id": "crane_age",
        "species_id": "marsh_crane",
        "taxon_name": "Grus alia",
        "parameter": "Age",
        "value": "3",
        "unit": "years",
        "caveat_ids": "relative_species",
        "document_id": "study_2020",
        "locator": "p. 3",
    }
    blocks = known.demography(load_mini(more(mini_rows(), demography=[relative])), words, "marsh_crane")
    folds = [block for block in blocks if isinstance(block, Details)]
    texts = [block.text for block in blocks if isinstance(block, Notice)]
    assert texts == [words("species.demography_none")] and column(folds, "demography_relatives", "taxon_name") == [
        "Grus alia"
    ]


CENSUS = [
    ("East", "10", "2019"),
    ("West", "5", "2019"),
    ("East", "12", "2020"),
    ("West", "6", "2020"),
    ("South", "0", "2020"),
    ("South", "0", "2019"),
    ("East", "3", "2021"),
]


def census_rows(**changed: str):
    """Give the mini data set with a census of dune birds by region: 15, 18 and, with parts that do not fit, 9 birds."""
    like = {
        "species_id": "dune_bird",
        "count_kind": "census_count",
        "population_part": "all_ages",
        "unit": "individuals",
        "method": "synchronised_census",
        "qualifier": "exact",
        "is_derived": "false",
        "document_id": "late_report",
        "locator": "p. 6",
    }
    totals = [
        like
        | {
            "count_id": f"total_{year}",
            "area_name": "Dunes",
            "series_id": "dunes",
            "year_from": year,
            "year_to": year,
            "value": changed.get(year, value),
        }
        for year, value in (("2019", "15"), ("2020", "18"), ("2021", "9"))
    ]
    parts = [
        like
        | {
            "count_id": f"part_{area}_{year}",
            "area_name": area,
            "value": value,
            "year_from": year,
            "year_to": year,
            "part_of_count_id": f"total_{year}",
        }
        for area, value, year in CENSUS
    ]
    series = {
        "series_id": "dunes",
        "species_id": "dune_bird",
        "name": "Dunes",
        "comparability": "Made up.",
        "is_joined": "true",
        "unit": "individuals",
    }
    return more(mini_rows(), counts=[*totals, *parts], series=[series])


def test_a_census_is_drawn_for_the_years_whose_parts_add_up_the_largest_region_first(words):
    (fold,) = drawn.census(load_mini(census_rows()), words, "dune_bird")
    shown, note = fold.blocks
    assert shown.rows[["year", "area_name", "value"]].values.tolist() == [
        [2019, "East", 10],
        [2020, "East", 12],
        [2019, "West", 5],
        [2020, "West", 6],
    ]
    assert (shown.period, isinstance(note, Text)) == ("2019–2020", True)
    assert note.text == (
        words("species.census_years", shown="2019, 2020", hidden="2021")
        + " "
        + words("species.census_zero", areas="South")
    )
    assert "East 12; West 6" in shown.alt
    told = shown.table.rows.drop_duplicates("year")[["year", "total", "parts_total", "adds_up_words"]]
    assert told.values.tolist() == [
        [2019, 15, 15, words("species.adds_up")],
        [2020, 18, 18, words("species.adds_up")],
        [2021, 9, 3, words("species.adds_up_not")],
    ]


def test_a_census_that_adds_up_in_one_year_alone_is_a_table(words):
    (fold,) = drawn.census(load_mini(census_rows(**{"2019": "16"})), words, "dune_bird")
    assert [type(block) for block in fold.blocks] == [Notice, Table]
    assert fold.blocks[0].text == words("species.census_none")


def test_states_with_figures_of_areas_alone_are_named_below_the_cards(words):
    rows = with_cells(mini_rows(), "series", "cats_rus", headline_order="")
    shown = page(load_mini(rows), words, SpeciesChoices("steppe_cat"))
    assert words("species.areas_only", countries="Russian Federation") in said(shown)
    assert [card.label for card in blocks_of(shown, Metric)] == ["Mongolia", words("species.status_metric")]
    assert len(blocks_of(shown, Side)[0].cells) == 2
    assert column(shown, "countries", "country_label") == ["China", "Mongolia", "Russian Federation"]
    assert table(shown, "countries").rows["newest_words"].tolist()[0] == "no figure on record"
