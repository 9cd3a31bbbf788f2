"""One State on the mini data set: its cards, shares, tables, gaps and news; and States, species, sites side by side."""

from types import SimpleNamespace

import pandas as pd
import pytest

from neaspec.blocks import Chart, Details, Metric, Notice, Table
from neaspec.sections.compare.lines import Cell, figures_cell, level_chart, table_of
from neaspec.sections.compare.page import CompareChoices
from neaspec.sections.compare.page import page as compared
from neaspec.sections.delegation import figures, news, tabs
from neaspec.sections.delegation.page import CountryChoices, page
from tests.support.mini import load_mini, mini_rows, with_cells
from tests.support.on_page import blocks_of, said, table

AREA = {
    "species_id": "cat",
    "species_name": "Cat",
    "country_name": "Mongolia",
    "area_name": "Mongolia",
    "unit": "individuals",
    "value": 5.0,
    "low": None,
    "high": None,
    "qualifier": "exact",
    "year_from": 2020,
    "year_to": 2020,
    "caveat_ids": None,
    "document_ids": "d",
    "finding": "counted",
    "presences": "resident",
}


def areas(*changes: dict) -> pd.DataFrame:
    frame = pd.DataFrame([AREA | change for change in changes], columns=list(AREA))
    return frame.astype({"value": float, "low": float, "high": float})


@pytest.fixture(scope="module")
def mongolia(mini, words):
    return page(mini, words, CountryChoices(country_code="MNG"))


@pytest.mark.parametrize(
    ("rows", "lines", "more"),
    [
        ([{}], (("Mongolia", "5 · 2020"),), ""),
        ([{"unit": None}], (("Mongolia", "present"),), ""),
        ([{"area_name": "East", "value": 9.0}, {}], (("Mongolia", "5 · 2020"), ("East", "9 · 2020")), ""),
        (
            [
                {"area_name": "East", "value": 1.0},
                {"area_name": "West", "value": 9.0},
                {"area_name": "South", "value": 3.0},
            ],
            (("West", "9 · 2020"), ("South", "3 · 2020")),
            "1",
        ),
        (
            [{"area_name": "East", "unit": "pairs", "value": 90.0}, {"area_name": "West", "value": 1.0}],
            (("West", "1 · 2020"), ("East", "90 pairs · 2020")),
            "",
        ),
        (
            [{"area_name": "East", "value": None, "low": 1.0, "high": 8.0}, {"area_name": "West", "value": 7.0}],
            (("East", "1–8 · 2020"), ("West", "7 · 2020")),
            "",
        ),
    ],
)
def test_a_card_shows_the_whole_state_then_its_largest_areas(words, rows, lines, more):
    card = figures.own_card(words, "cat", areas(*rows), {})
    present = words("delegation.present")
    assert card.lines == tuple((area, present if figure == "present" else figure) for area, figure in lines)
    assert card.period == (words("delegation.more_areas", count=1) if more else "")


def test_a_card_has_the_trends_of_its_areas_and_chips_its_words_do_not_say(words):
    trend = ((2019.0, 4.0), (2020.0, 5.0))
    card = figures.own_card(
        words,
        "cat",
        areas({"qualifier": "about", "caveat_ids": "approximate press_only"}),
        {("cat", "Mongolia"): trend},
    )
    assert (card.line_trends, card.chips) == ((trend,), ("press_only",))
    assert figures.chips_beside_words(areas({"caveat_ids": "approximate"})) == ("about",)


def test_cards_are_of_species_that_a_document_says_live_there(mongolia):
    cards = {card.label: card.lines for card in blocks_of(mongolia, Metric)}
    assert cards["Steppe cat"] == (("Mongolia", "60 · 2020"),) and cards["Marsh crane"] == (
        ("Two Banks", "21 pairs · 2020"),
    )
    assert "Dune bird" not in cards and mongolia.lead == (
        "Mongolia: 2 flagship species, 3 sites, 2 projects and proposals; 3 issues of SOM-91 are addressed to it."
    )


def test_shares_of_land_and_sea_are_told_as_reported_and_as_calculated(mini, words):
    (land,) = figures.protected_shares(mini, words, "MNG")
    assert land.lines == (("Reported", "21.0 %"), ("Calculated", "20.0 %")) and land.period == "May 2023"
    assert [card.lines for card in figures.protected_shares(mini, words, "PRK")] == [
        (("Calculated", "5.0 %"),),
        (("Calculated", "0.1 %"),),
    ]
    assert figures.protected_shares(mini, words, "JPN") == []


@pytest.mark.parametrize(("count", "kinds"), [(8, [Table]), (9, [Table, Details])])
def test_eight_sites_are_in_sight_and_the_others_folded(words, count, kinds):
    sites = pd.DataFrame(
        [
            {
                "name": f"S{number}",
                "site_id": f"s{number}",
                "level": "national",
                "standing": None,
                "area_ha": 1.0,
                "species_names": "",
                "document_ids": "",
                "caveat_ids": "",
            }
            for number in range(count)
        ]
    )
    blocks = tabs.site_blocks(words, sites)
    assert [type(block) for block in blocks] == kinds and len(blocks[0].rows) == 8
    if count == 9:
        assert table(blocks, "own_sites_more").rows["site_link"].tolist() == ["S8|sites?site=s8"]
    assert isinstance(tabs.site_blocks(words, sites.iloc[:0])[0], Notice)


def test_ends_of_movements_name_the_place_with_its_state(mongolia, words):
    rows = table(mongolia, "movements").rows[["start", "reached"]].values.tolist()
    assert ["Steppe Park (Mongolia)", "Pine Reserve (Russian Federation)"] in rows
    assert ["Mongolia", "Delta Marsh (Democratic People's Republic of Korea)"] in rows
    assert tabs.end_name(words, "Japan", "Japan") == "Japan"


def test_projects_name_the_states_they_are_shared_with(mongolia, words):
    rows = table(mongolia, "projects").rows
    assert rows["shared_with"].tolist() == ["Mongolia, Russian Federation", words("country.all_members")]
    assert rows["project_link"].tolist()[0] == "Joint study of steppe cats|projects?project=joint_study"
    names = {"CHN": "China", "MNG": "Mongolia"}
    assert tabs.shared_with(words, ["MNG", "KAZ"], names) == "Mongolia"


def test_meetings_tell_who_hosted_and_who_was_present(mongolia, mini, words):
    rows = table(mongolia, "meetings").rows
    assert rows[["name", "when", "place", "role"]].values.tolist() == [
        ["Ninety-first meeting", "1–2 April 2021", "Steppe City", "host, present"],
    ]
    _, korea = tabs.meeting_blocks(mini, words, "KOR")
    assert korea.rows["role"].tolist() == ["host"]
    assert [block.text for block in tabs.meeting_blocks(mini, words, "JPN")] == [words("delegation.no_meetings")]


def test_gaps_of_a_state_come_last_and_species_without_any_figure_are_one_row(mini, words):
    (listed,) = tabs.gap_blocks(mini, words, "CHN", figures.own_states(mini, "CHN"))
    row = listed.rows.iloc[0]
    assert row["what"] == words("country.no_figure_of", species="Steppe cat, Marsh crane")
    assert (row["document_id"], row["locator"], len(listed.rows)) == ("old_report study_2020", "", 1)
    assert tabs.gap_blocks(mini, words, "JPN", figures.own_states(mini, "JPN")) == []


def gap(**cells) -> dict:
    return {
        "species_id": "a",
        "species_name": "A",
        "subject_table": "counts",
        "site_name": None,
        "state": "not_found",
        "what": "W",
        "document_id": "d",
        "locator": "p. 1",
        "caveat_ids": None,
    } | cells


@pytest.mark.parametrize(
    "other", [{"subject_table": "movements"}, {"site_name": "S"}, {"state": "not_surveyed"}, {"species_id": "c"}]
)
def test_gaps_of_another_kind_stay_as_they_are(words, other):
    states = pd.DataFrame({"species_id": ["a", "b", "c"], "finding": ["not_found", "not_found", "counted"]})
    stated = pd.DataFrame([gap(), gap(species_id="b") | other])
    assert tabs.together(words, stated, states)["what"].tolist() == ["W", "W"]
    alike = pd.DataFrame([gap(), gap(species_id="b", species_name="B")])
    assert tabs.together(words, alike, states)["what"].tolist() == [words("country.no_figure_of", species="A, B")]


def test_a_state_of_which_nothing_is_on_record_says_so(mini, words):
    shown = said(page(mini, words, CountryChoices(country_code="JPN")))
    assert words("country.no_sites") in shown and words("country.no_movements") in shown


def test_news_are_figures_newer_than_at_the_meeting_before(words):
    rows = with_cells(
        mini_rows(), "counts", "cats_mng_2020", year_from="2022", year_to="2022", document_id="late_report"
    )
    (heading, change) = news.own_news(load_mini(rows), words, "MNG")[:2]
    assert heading.text == words("delegation.news", start="SOM-92")
    assert (change.before, change.after, change.kind) == ("40 · 2019", "60 · 2022", "updated")
    assert change.document_ids == ("late_report", "paper_90")


def test_without_news_that_is_one_line(mini, words):
    assert [block.text for block in news.own_news(mini, words, "MNG")] == [words("delegation.no_news", start="SOM-92")]


def test_a_protection_that_changed_is_news(mini, words):
    changes = [block for block in news.own_news(mini, words, "RUS") if hasattr(block, "what")]
    assert [(change.what, change.before, change.after) for change in changes] == [
        (
            "Pine Reserve",
            "subnational (stated for one side of the border)",
            "national (stated for one side of the border)",
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        (("a", None), ("a", None), True),
        (("a", None), ("b", None), False),
        (("a", "x"), ("a", "y"), False),
        (("a", "x"), ("a", "x"), True),
        (("a", "x"), ("a", None), False),
    ],
)
def test_a_protection_is_the_same_with_its_level_and_standing(old, new, is_same):
    rows = [SimpleNamespace(level=level, standing=standing) for level, standing in (old, new)]
    assert news.same_level(*rows) == is_same


@pytest.mark.parametrize(("old", "year"), [(None, 2022), (SimpleNamespace(year_to=2019), 2020)])
def test_a_figure_is_new_after_the_one_before_it_or_from_the_year_of_the_meeting(old, year):
    assert news.newer_than(SimpleNamespace(known_from=pd.Timestamp("2022-04-02")), old) == year


def lines_of(shown) -> dict[str, list[str]]:
    rows = table(shown, "compared").rows
    things = [name for name in rows.columns if name.startswith("thing_")]
    return {row["what"]: [row[name] for name in things] for row in rows.to_dict("records")}


def test_states_stand_side_by_side_and_what_one_lacks_is_not_on_record(mini, words):
    lines = lines_of(compared(mini, words, CompareChoices("state", "MNG", "PRK", "RUS")))
    none = words("compare.not_on_record")
    assert lines["Steppe cat"] == [
        "60 individuals (estimate), Mongolia, 2020",
        none,
        "at least 110 individuals (minimum count), Russian Federation, 2020",
    ]
    assert lines[words("compare.land")][0] == words.listed(
        [words("compare.reported", share="21 %"), words("compare.computed", share="20 %")], "dot"
    )
    assert lines[words("compare.marine")] == [words("compare.no_sea"), words("compare.computed", share="0.1 %"), none]
    assert [set(named.split(", ")) for named in lines[words("compare.projects")]] == [
        {"Joint study", "Training"},
        {"Delta idea", "Training"},
        {"Joint study", "Training"},
    ]
    assert lines[words("compare.hosted")] == [words("compare.som_in", number=91, year="2021"), none, none]
    assert lines[words("compare.issues")][0] == words(
        "compare.issues_of", som=91, subjects="Views on the joint study; Host of a workshop; Data on cranes"
    )


def test_species_stand_side_by_side_with_their_lists_sites_and_movements(mini, words):
    lines = lines_of(compared(mini, words, CompareChoices("species", "steppe_cat", "marsh_crane")))
    assert lines[words.term("scheme", "iucn")] == ["EN (2021)", "LC (2019)"]
    assert lines[words("compare.movements")] == [
        words("compare.movements_count", count=5),
        words("compare.movements_count", count=2),
    ]
    assert lines[words("compare.projects")] == ["Joint study", "Delta idea"]
    assert words.term("scheme", "cms") not in lines


def test_sites_stand_side_by_side_with_area_protection_and_counts(mini, words):
    lines = lines_of(compared(mini, words, CompareChoices("site", "steppe_park", "two_banks", "south_bank")))
    none = words("compare.not_on_record")
    assert lines[words("compare.area")] == ["100,000 ha", none, none]
    assert lines[words("compare.protection")] == ["International"] + ["Protection status not on record"] * 2
    assert lines[words("compare.proposals")] == [none, "Transboundary reserve", none]
    assert lines["Marsh crane"] == ["1.5 density (2019)", "21 breeding pairs (2020)", "present"]
    assert lines["Steppe cat"] == ["12–15 individuals identified (2019)", none, none]
    assert lines[words("compare.projects")] == ["Joint study", none, none]


def test_dates_of_meetings_stand_side_by_side_as_known_then(mini, words):
    lines = lines_of(compared(mini, words, CompareChoices("som", "som_90", "som_92")))
    assert len(lines["Steppe cat"]) == 2 and lines["Steppe cat"][0] != lines["Steppe cat"][1]
    assert "40" in lines["Steppe cat"][0] and "60" in lines["Steppe cat"][1]
    assert lines[words("compare.stated_totals")][0] == words("compare.total", project="Joint study", amount="100,000")
    assert "Delta idea" not in " ".join(lines[words("compare.projects")])


@pytest.mark.parametrize(
    ("choices", "lead"),
    [
        (("state", "MNG"), "choose_state"),
        (("no_kind",), "choose_state"),
        (("species", "steppe_cat", "steppe_cat"), "choose_species"),
        (("som",), "choose_som"),
        (("site",), "choose_site"),
    ],
)
def test_two_things_at_least_are_compared(mini, words, choices, lead):
    shown = compared(mini, words, CompareChoices(*choices))
    assert shown.lead == words(f"compare.{lead}") and not blocks_of(shown, Table)


def test_what_is_not_known_is_left_out_and_said(mini, words):
    shown = compared(mini, words, CompareChoices("state", "MNG", "x" * 80, "RUS"))
    assert [block.text for block in blocks_of(shown, Notice)] == [words("compare.unknown", asked="x" * 60)]
    assert shown.lead == words("compare.lead_state", names="Mongolia; Russian Federation")


def test_a_line_that_no_thing_has_is_left_out(words):
    listed = table_of(
        words, ["A", "B"], [("one", (Cell("x", ("d", "e"), ("c",)), Cell("", ("d",)))), ("two", (Cell(), Cell()))]
    )
    assert listed.rows.values.tolist() == [["one", "x", words("compare.not_on_record"), "d e", "c"]]


def test_figures_of_areas_alone_are_counted_and_a_figure_comes_before_them(words):
    figure = {
        "count_kind": "estimate",
        "unit": "individuals",
        "value": 5.0,
        "low": None,
        "high": None,
        "qualifier": "exact",
        "area_name": "Mongolia",
        "year_from": 2020,
        "year_to": 2020,
        "document_ids": "d",
        "caveat_ids": None,
    }
    parts = pd.DataFrame(
        {"area_name": ["E", "E", "W"], "document_id": ["d1", "d2", "d1"], "caveat_ids": [None, None, "c"]}
    )
    none = pd.DataFrame([figure]).iloc[:0]
    assert figures_cell(words, none, parts) == Cell(words("compare.areas_only", count=2), ("d1", "d2"), ("c",))
    assert figures_cell(words, none) == Cell() and figures_cell(words, none, parts.iloc[:0]) == Cell()
    assert figures_cell(words, pd.DataFrame([figure]), parts).text == "5 individuals (estimate), Mongolia, 2020"
    other = pd.DataFrame([figure, figure | {"count_kind": None}])
    assert figures_cell(words, other).text == "5 individuals (estimate), Mongolia, 2020"


def test_levels_of_protection_are_drawn_for_each_thing_that_has_some(words):
    sites = pd.DataFrame({"level": ["national", "none", "national"], "protection_document_ids": ["d", None, "e"]})
    (chart,) = level_chart(words, ["A", "B"], [sites, sites.iloc[:0]])
    assert isinstance(chart, Chart) and chart.rows.values.tolist() == [
        ["A", "National", 2],
        ["A", "Not included in a protected area (SOM-24 paper, 2020)", 1],
    ]
    assert chart.document_ids == ("d", "e") and level_chart(words, ["A"], [sites.iloc[:0]]) == []
