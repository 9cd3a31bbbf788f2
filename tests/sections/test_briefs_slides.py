"""Slides of stories, on the mini data set: the finding of each, its figures or its picture, and when there is none."""

from dataclasses import replace

import pandas as pd
import pytest

from neaspec.blocks import Arrows, Points
from neaspec.sections.briefs import pictures, slides
from neaspec.sections.briefs.stories import STORIES, ready_story, story_names, story_of
from neaspec.slides import Slide
from tests.support.mini import load_mini, mini_rows, more, with_cells

CAT, BIRDS = ["steppe_cat"], ["marsh_crane", "dune_bird"]
ALL = slides.sites_of()


@pytest.fixture(scope="module")
def slide(mini, words):
    """Give the slide of a maker; None where there is none."""

    def of(maker: slides.Maker, ask=mini) -> Slide | None:
        made = maker(ask, words)
        assert len(made) <= 1
        return made[0] if made else None

    return of


@pytest.mark.parametrize(
    ("maker", "key", "title", "text"),
    [
        (
            slides.newest_issues(),
            "issues",
            "SOM-91: 3 of 3 issues have no response on record",
            "No response on record: Views on the joint study; Host of a workshop; Data on cranes",
        ),
        (
            slides.issues_about({"species": CAT}),
            "issues",
            "SOM-91: 1 of 1 issues has no response on record",
            "No response on record: Views on the joint study",
        ),
        (
            slides.sites_map(ALL),
            "sites",
            "5 sites, 3 without protection on record",
            "In: Democratic People's Republic of Korea; Mongolia; Russian Federation",
        ),
        (
            slides.sites_map(slides.sites_of(area_id="steppe")),
            "sites",
            "3 sites, 1 without protection on record",
            "In: Mongolia; Russian Federation",
        ),
        (
            slides.protection(ALL),
            "protection",
            "1 of 5 sites has international protection or recognition",
            "International: Steppe Park",
        ),
        (
            slides.protection(slides.sites_of(species_ids=CAT)),
            "protection",
            "1 of 2 sites has international protection or recognition",
            "International: Steppe Park",
        ),
        (
            slides.series("steppe_cat"),
            "series_steppe_cat",
            "Mongolia: 40 → 60 (2019–2020)",
            "Steppe cat. Joined are like-for-like figures only: Mongolia · adults · camera traps.",
        ),
        (
            slides.figures(CAT),
            "figures_steppe_cat",
            "Steppe cat: newest figures of 2 areas, side by side",
            "Neighbouring States share animals: the figures are not added.",
        ),
        (slides.figures(BIRDS), "figures_marsh_crane", "World estimates of 2 species", ""),
        (
            slides.movements(CAT),
            "movements_steppe_cat",
            "Steppe cat: recorded movements between 3 pairs of States",
            "Between: China – Mongolia; China – Russian Federation; Mongolia – Russian Federation",
        ),
        (
            slides.movements([*CAT, "marsh_crane"]),
            "movements_steppe_cat",
            "Steppe cat and Marsh crane: recorded movements between 5 pairs of States",
            "Between: China – Mongolia; China – Russian Federation; Democratic People's Republic of "
            "Korea – Mongolia; and "
            "2 more",
        ),
        (
            slides.movements([*CAT, *BIRDS]),
            "movements_steppe_cat",
            "3 species: recorded movements between 5 pairs of States",
            "Between: China – Mongolia; China – Russian Federation; Democratic People's Republic of "
            "Korea – Mongolia; and "
            "2 more",
        ),
        (
            slides.designations(ALL),
            "designations",
            "Steppe Park: protected since 1998, the first of 2",
            "From the first designation in force of each site to today.",
        ),
        (
            slides.projects(slides.projects_of_species([*CAT, *BIRDS])),
            "projects",
            "1 project or proposal on record; the newest began in 2019",
            "Newest: Joint study.",
        ),
        (
            slides.projects(slides.projects_of_area("steppe")),
            "projects",
            "1 project or proposal on record; the newest began in 2019",
            "Newest: Joint study.",
        ),
        (
            slides.money(),
            "money",
            "1 project has a stated total",
            "Spending is not on record here. The totals are not added.",
        ),
        (
            slides.sizes(ALL),
            "sizes",
            "Steppe Park: 100,000 ha, the largest of its sites",
            "Areas as documents state them.",
        ),
    ],
    ids=lambda value: str(value)[:45] if isinstance(value, str) else "",
)
def test_a_slide_tells_one_finding(slide, maker, key, title, text):
    made = slide(maker)
    assert (made.key, made.title, made.text) == (key, title, text)


@pytest.mark.parametrize(
    ("maker", "figures"),
    [
        (
            slides.newest_issues(),
            [
                ("Completed", "0", "issues for consideration"),
                ("Partly completed", "0", "issues for consideration"),
                ("No response on record", "3", "issues for consideration"),
            ],
        ),
        (
            slides.figures(CAT),
            [("Mongolia", "60", "individuals, 2020"), ("Russian Federation", "at least 110", "individuals, 2020")],
        ),
        (
            slides.figures(BIRDS),
            [("Marsh crane", "about 8,000", "individuals, 2021"), ("Dune bird", "about 900", "individuals, 2022")],
        ),
        (slides.money(), [("Joint study", "USD 100,000", "Funded by: Made-up Union")]),
    ],
    ids=["issues", "states", "world", "money"],
)
def test_figures_stand_side_by_side_with_what_they_are(slide, maker, figures):
    assert [(figure.label, figure.value, figure.below) for figure in slide(maker).figures] == figures


def test_the_issues_of_several_meetings_are_told_by_what_followed(slide, words):
    states = ["done", "done_unconfirmed", "superseded", "partly", "open", "not_found", None]
    asked = pd.DataFrame(
        {"state": states, "meeting_id": ["som_8"] + ["som_9"] * 6, "subject": list("abcdefg"), "document_ids": "d"}
    )
    made = slide(slides.issues(lambda ask: asked))
    assert [figure.value for figure in made.figures] == ["3", "1", "3"]
    assert made.title == words("stories.issues_title", open=3, issues=7, where=words("stories.meetings", count=2))
    assert made.text == "No response on record: e; f; g"


def test_one_figure_alone_has_no_word_of_adding(slide):
    assert slide(slides.figures(["marsh_crane"])).text == ""


@pytest.mark.parametrize(
    ("maker", "cells"),
    [
        (
            slides.protection(ALL),
            [
                ["international", 1, "old_report"],
                ["national", 1, "late_report"],
                ["not included in a protected area (SOM-24 paper, 2020)", 1, "paper_91"],
                ["protection status not on record", 2, "paper_91"],
            ],
        ),
        (
            slides.designations(ALL),
            [
                ["Steppe Park", "National park", "1998-05-01", "old_report"],
                ["Pine Reserve", "State reserve", "2021-02", "late_report"],
            ],
        ),
        (slides.projects(slides.projects_of_species(CAT)), [["Joint study", "2019-03", "2021-12", "paper_91"]]),
        (slides.sizes(ALL), [["Steppe Park", 100000, "old_report"], ["Pine Reserve", 50000, "old_report late_report"]]),
    ],
    ids=["protection", "designations", "projects", "sizes"],
)
def test_a_picture_has_its_rows_to_read(slide, maker, cells):
    table = slide(maker).picture.table
    assert table.rows[[column.name for column in table.columns]].values.tolist() == cells


def test_what_is_in_force_reaches_to_the_day_the_slide_tells_of(slide, mini):
    assert list(slide(slides.designations(ALL)).picture.rows["end_date"]) == ["2026-01-01"] * 2
    then = slide(slides.designations(ALL), mini.at("som_91"))
    assert then.picture.rows[["name", "end_date"]].values.tolist() == [
        ["Steppe Park", "2021-04-02"],
        ["Pine Reserve", "2021-04-02"],
    ]


def test_animals_of_two_sides_are_drawn_with_what_they_share(slide, joined, words):
    made = slide(slides.both_sides("steppe_cat"), joined)
    assert made.title == words("stories.both_title", both="4", name="Steppe cat", period="2019–2020")
    by = words.term("method", "camera_trap")
    assert made.picture.rows[["what", "value"]].values.tolist() == [
        [words("briefs.by_method", what=what, method=by), value]
        for what, value in (
            ("Mongolia", 9),
            ("Russian Federation", 6),
            (words("briefs.on_both"), 4),
            (words("briefs.different"), 11),
        )
    ]
    assert made.picture.period == "2019–2020"


SITE_COUNT = {
    "count_id": "park_cats_2020",
    "species_id": "steppe_cat",
    "country_code": "MNG",
    "area_name": "Steppe Park",
    "site_id": "steppe_park",
    "year_from": "2020",
    "year_to": "2020",
    "count_kind": "individuals_identified",
    "population_part": "all_ages",
    "method": "camera_trap",
    "value": "20",
    "qualifier": "exact",
    "unit": "individuals",
    "is_derived": "false",
    "document_id": "paper_91",
    "locator": "p. 1",
}


@pytest.fixture(scope="module")
def counted():
    """Ask about the mini data set with animals counted at two sites, and parts of one series."""
    banks = {
        "count_id": "banks_cranes",
        "species_id": "marsh_crane",
        "site_id": "two_banks",
        "area_name": "Two Banks",
        "value": "300",
        "qualifier": "about",
        "population_part": "not_stated",
    }
    cubs = [
        {
            "count_id": f"cubs_{year}",
            "site_id": "",
            "area_name": "Mongolia",
            "population_part": "cubs",
            "value": value,
            "series_id": "cubs_mng",
            "year_from": year,
            "year_to": year,
            "count_kind": "estimate",
        }
        for year, value in (("2019", "5"), ("2020", "7"))
    ]
    cubs_series = {
        "series_id": "cubs_mng",
        "species_id": "steppe_cat",
        "name": "Cubs in Mongolia",
        "comparability": "Counted in one way.",
        "is_joined": "true",
        "unit": "individuals",
    }
    added = [SITE_COUNT, *(SITE_COUNT | row for row in (banks, *cubs))]
    return load_mini(more(mini_rows(), counts=added, series=[cubs_series]))


def test_counts_at_sites_stand_with_the_largest_first(slide, counted, words):
    made = slide(slides.counts_at(ALL), counted)
    assert made.picture.rows[["what", "value", "document_id"]].values.tolist() == [
        [words("stories.at_site", site="Two Banks", species="Marsh crane", period="2020"), 300, "paper_91"],
        [words("stories.at_site", site="Steppe Park", species="Steppe cat", period="2020"), 20, "paper_91"],
    ]
    assert made.key == "counts_sites" and made.title == words(
        "stories.counts_title", site="Two Banks", figure="about 300", species="Marsh crane", period="2020"
    )
    alone = slide(slides.counts_at(ALL, "steppe_cat"), counted)
    assert (alone.key, len(alone.picture.rows)) == ("counts_steppe_cat", 1)


def test_a_series_of_cubs_is_drawn_only_where_there_is_no_other(slide, counted, mini):
    made = slide(slides.series("steppe_cat"), counted)
    assert set(made.picture.rows["population_part"]) == {"adults"}
    both = pictures.joined_series(counted("species_counts", species_id="steppe_cat"))
    assert [rows["series_id"].iloc[0] for rows in both] == ["cats_mng", "cubs_mng"]


@pytest.mark.parametrize(
    "maker",
    [
        slides.series("marsh_crane"),
        slides.both_sides("steppe_cat"),
        slides.counts_at(ALL),
        slides.movements(["dune_bird"]),
        slides.projects(slides.projects_of_species(["dune_bird"])),
        slides.issues_about({"species": ["dune_bird"]}),
        slides.figures(["no_such_species"]),
        slides.sizes(slides.sites_of(species_ids=["marsh_crane"])),
        slides.designations(slides.sites_of(species_ids=["marsh_crane"])),
        slides.sites_map(slides.sites_of(species_ids=["dune_bird"])),
        slides.protection(slides.sites_of(species_ids=["dune_bird"])),
    ],
)
def test_where_nothing_is_on_record_there_is_no_slide(slide, maker):
    assert slide(maker) is None


def test_without_stated_totals_there_is_no_slide_of_money(slide):
    rows = with_cells(mini_rows(), "budgets", "study_total", amount="")
    rows = with_cells(rows, "budgets", "study_given", amount="")
    assert slide(slides.money(), load_mini(rows)) is None


def bars(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"name": [f"S{n}" for n in range(count)], "area_ha": [float(n + 1) for n in range(count)], "document_ids": "d"}
    )


@pytest.mark.parametrize(("given", "shown"), [(5, 5), (6, 5)])
def test_a_room_reads_five_bars_at_most_the_largest(slide, given, shown):
    made = slide(slides.sizes(lambda ask: bars(given)))
    assert list(made.picture.rows["value"]) == [float(given - place) for place in range(shown)]


def test_a_list_ends_where_the_slide_is_full(words):
    text = slides.listed_words(words, "stories.in_states", [f"State {number} of many" for number in range(20)])
    assert text.startswith("In: State 0 of many; ") and text.endswith(" more")
    assert slides.listed_words(words, "stories.in_states", []) == ""
    assert slides.listed_words(words, "stories.in_states", ["A", "B", "A"]) == "In: A; B"


def layer(maps, kind):
    return next(shown.rows for shown in maps[0].layers if isinstance(shown, kind))


def test_sites_of_papers_are_signs_by_protection_hollow_where_about(mini, words):
    drawn = pictures.sites_map(words, "T", pictures.all_sites(mini))
    rows = layer(drawn, Points).set_index("name")
    assert rows["group"].to_dict() == {
        "Delta Marsh": "none",
        "Pine Reserve": "national",
        "Steppe Park": "international",
        "Two Banks": "not_known",
    }
    assert rows.loc["Steppe Park", "is_approximate"] == False  # noqa: E712
    assert rows.loc["Two Banks", "is_approximate"] == True  # noqa: E712
    assert rows.loc["Steppe Park", "tooltip"] == "international\nSteppe cat"
    assert rows.loc["Steppe Park", "size"] == pytest.approx((100_000 / 1_500_000) ** 0.5)
    assert pd.isna(rows.loc["Two Banks", "size"]) and drawn[0].view == "region"
    assert drawn[0].alt == "Map with 4 sites by protection: Delta Marsh, Pine Reserve, Steppe Park, Two Banks."
    assert list(drawn[0].layers[0].groups) == ["international", "national", "none", "not_known"]


@pytest.mark.parametrize(("area", "size"), [(1_499_999, 0.9999997), (1_500_000, 1), (3_000_000, 1)])
def test_the_sign_of_a_site_grows_up_to_the_largest(mini, words, area, size):
    every = pictures.all_sites(mini)
    park = every[every["site_id"] == "steppe_park"].assign(area_ha=float(area))
    assert layer(pictures.sites_map(words, "T", park), Points)["size"].tolist() == [pytest.approx(size, abs=1e-6)]


def test_only_sites_of_the_estuary_are_shown_in_its_view(mini, words):
    every = pictures.all_sites(mini)
    (drawn,) = pictures.sites_map(words, "T", pictures.of_keys(every, ["delta_marsh"]))
    assert drawn.view == "tumen"
    assert pictures.sites_map(words, "T", pictures.of_keys(every, ["south_bank"])) == []


def test_lines_of_papers_join_two_known_ends_that_are_apart(mini, words):
    moves = mini("movements_found", species_id=None, country_code=None, method=None)
    drawn = pictures.movements_map(words, "T", moves)
    assert layer(drawn, Arrows)[["name", "tooltip", "group", "weight", "is_directed"]].values.tolist() == [
        ["Steppe Park → Pine Reserve", "Steppe cat · March 2019 to 20 May 2019", "steppe_cat", 1, True],
        ["Pine Reserve → Lone Hill", "Steppe cat · 2 January 2020", "steppe_cat", 1, True],
        ["Steppe Park – Pine Reserve", "Steppe cat", "steppe_cat", 4, False],
        ["Two Banks → Delta Marsh", "Marsh crane · September 2021 to November 2021", "marsh_crane", 12, True],
    ]
    assert drawn[0].alt == (
        "Map with 4 lines between places where animals were recorded: Marsh crane, Steppe cat. A line is not a route."
    )
    assert len(drawn[0].table.rows) == len(moves)
    same = moves.assign(to_latitude=moves["from_latitude"], to_longitude=moves["from_longitude"])
    assert pictures.movements_map(words, "T", same) == []


def counts_of(**cells: object) -> pd.DataFrame:
    like = {
        "series_id": "a",
        "is_joined": True,
        "value": 1.0,
        "year_to": 2019,
        "is_derived": False,
        "headline_order": 1,
    }
    return pd.DataFrame([like | cells, like | cells | {"year_to": 2020}])


@pytest.mark.parametrize(
    "cells", [{"is_joined": False}, {"value": None}, {"is_derived": True}, {"year_to": None}, {"series_id": None}]
)
def test_a_series_needs_two_joined_figures_that_documents_give(cells):
    assert pictures.joined_series(counts_of(**cells).assign(**cells)) == []
    assert len(pictures.joined_series(counts_of())) == 1


def test_series_that_stand_for_a_species_come_first_then_the_longest():
    longer = pd.concat(
        [
            counts_of(series_id="b", headline_order=None),
            counts_of(series_id="b", headline_order=None).assign(year_to=2022),
        ]
    )
    every = pd.concat(
        [longer, counts_of(series_id="c", headline_order=None), counts_of(series_id="z", headline_order=2), counts_of()]
    )
    assert [rows["series_id"].iloc[0] for rows in pictures.joined_series(every)] == ["a", "z", "b", "c"]


def test_at_most_four_series_of_one_unit_share_a_chart(mini, words):
    (rows,) = pictures.joined_series(mini("species_counts", species_id="steppe_cat"))
    (chart,) = pictures.series_chart(words, "T", "steppe_cat", [rows] * 5)
    assert len(chart.rows) == 4 * len(rows) and set(chart.rows["species_id"]) == {""}
    (one,) = pictures.series_chart(words, "T", "steppe_cat", [rows, rows.assign(unit="pairs")])
    assert len(one.rows) == len(rows) and set(one.rows["species_id"]) == {"steppe_cat"}
    assert pictures.series_chart(words, "T", "steppe_cat", []) == []


@pytest.mark.parametrize(
    ("part", "method", "name"),
    [
        ("adults", "camera_trap", "M · adults · camera traps"),
        ("not_stated", "not_stated", "M"),
        ("not_stated", "camera_trap", "M · camera traps"),
    ],
)
def test_a_series_is_named_by_what_is_stated_of_it(words, part, method, name):
    assert (
        pictures.series_name(words, pd.Series({"chart_area": "M", "population_part": part, "method": method})) == name
    )


def test_bars_say_all_of_their_rows_to_who_cannot_see_them(words):
    rows = pd.DataFrame({"what": ["A", "B"], "value": [1200.0, 0.0], "document_id": ["d", "e"], "mark": "exact"})
    chart = pictures.bars(words, "T", rows, {"what": "text", "value": "integer"}, "f", unit="ha", period="2020")
    assert (chart.alt, chart.unit, chart.value_title, chart.period) == ("T. A: 1,200; B: 0.", "ha", "ha", "2020")
    assert chart.roles == {"category": "what", "value": "value", "mark": "mark"}


def test_stories_are_named_the_one_of_the_meeting_first_with_its_number(mini, words):
    names = story_names(mini, words)
    assert list(names) == list(STORIES) and list(names)[0] == "som"
    assert names["som"] == words("stories.story_som", number=93)


def test_a_story_numbers_the_documents_in_the_order_of_its_slides(mini, words, slide):
    first, second = slide(slides.sizes(ALL)), slide(slides.newest_issues())
    told = story_of(mini, "k", "T", [second, replace(first, document_ids=("old_report", "paper_91", "no_such"))])
    assert dict(told.marks) == {"paper_91": 1, "slides_91": 2, "old_report": 3}
    assert list(told.sources["document_id"]) == ["paper_91", "slides_91", "old_report"]
    assert list(told.sources["number"]) == [1, 2, 3]


def test_a_ready_story_leaves_out_what_is_not_on_record(words):
    """The ready stories are of real species; where none of them is on record nothing is told of them."""
    with pytest.raises(KeyError):
        ready_story(None, words, "no_such_story")
