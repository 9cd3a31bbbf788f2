"""Sites in words and figures: the list and its answer, leads, areas, series of counts, lines, coverage."""

import pandas as pd
import pytest

from neaspec.blocks import Chart, Details, Linked, Metric, Notice, Panel, Table, Tabs, Text
from neaspec.sections.sites import counts as site_counts
from neaspec.sections.sites import coverage, detail, lead
from neaspec.sections.sites import map as maps
from neaspec.sections.sites.newest import Newest, latest, newest_words
from neaspec.sections.sites.page import SitesChoices, page, without_species
from neaspec.sections.sites.panel import area_words, site_items, site_records
from neaspec.sections.sites.wording import capital, filled, level_totals, level_words
from tests.support.mini import load_mini, mini_rows, more, with_cells, without
from tests.support.on_page import blocks_of, said, table


@pytest.fixture(scope="module")
def every(mini, words):
    return page(mini, words, SitesChoices())


def tab(shown, key: str) -> tuple:
    (tabs,) = [block for block in shown.blocks if isinstance(block, Tabs)]
    return next((one.blocks for one in tabs.tabs if one.key == key), ())


def test_the_answer_counts_sites_with_protection_and_names_the_states_of_the_others(every):
    assert every.lead == (
        "2 of 5 sites have protection on record. None on record here: 1 in the Democratic People's Republic of Korea, "
        "1 in Mongolia, 1 across borders."
    )


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"species_id": "steppe_cat"}, "2 of 2 sites used by Steppe cat have protection on record."),
        (
            {"country_code": "PRK"},
            "0 of 1 sites have protection on record. None on record here: 1 in the Democratic People's "
            "Republic of Korea.",
        ),
        ({"level": "international"}, "1 of 1 sites have protection on record."),
        ({"country_code": "JPN"}, "No site is on record for this choice."),
    ],
)
def test_a_choice_narrows_the_answer(mini, words, choices, sentence):
    assert page(mini, words, SitesChoices(**choices)).lead == sentence


def test_what_needs_attention_stands_first_with_its_newest_figure(every):
    (linked,) = [block for block in blocks_of(every, Linked) if block.name == "selected"]
    assert [(item.id, item.line, item.sign) for item in linked.items] == [
        ("delta_marsh", "DPR Korea · Marsh crane: 0 · 2019", "□"),
        ("south_bank", "Mongolia", "✖"),
        ("two_banks", "Mongolia, Russian Federation · Marsh crane: 21 · 2020 (Mongolia alone)", "✖"),
        ("pine_reserve", "Russian Federation", "●"),
        ("steppe_park", "Mongolia · Steppe cat: 12–15 · 2019", "◆"),
    ]


def test_a_panel_tells_what_is_on_record_of_a_site(every, words):
    (linked,) = [block for block in blocks_of(every, Linked) if block.name == "selected"]
    panels = {item.id: item.blocks[0] for item in linked.items}
    assert dict(panels["steppe_park"].facts) == {
        "Protection": "International, since 1 May 1998",
        "Designations as stated": "National park; Wetland of International Importance",
        "Area": "100,000 ha",
        "Species, newest figure": "Steppe cat: 12–15 · 2019",
        "Projects": "Joint study",
        **{label: value for label, value in panels["steppe_park"].facts if label in ("Issues", "Differences")},
    }
    assert [value for _, value in panels["steppe_park"].facts[-2:]] == [
        words("sites.panel_issue_count", count=2),
        words("sites.panel_count", count=2),
    ]
    assert dict(panels["pine_reserve"].facts)["Protection"].endswith(", since February 2021")
    assert len(panels["south_bank"].facts) == 2


def test_signs_of_sites_say_level_and_figure_or_else_area(every):
    (linked,) = [block for block in blocks_of(every, Linked) if block.name == "selected"]
    signs = linked.picture.layers[0].rows.set_index("id")["tooltip"]
    assert signs["pine_reserve"].splitlines()[1] == "Area: 50,000 ha"
    assert signs["steppe_park"] == "Protection: international\nSteppe cat: 12–15 · 2019"
    assert "south_bank" not in signs.index and linked.weights == (2.3, 1.0)
    assert linked.picture.alt.startswith(
        "Map of 4 sites by the highest level of protection in force: 1 with international protection, 1 with "
        "subnational protection or protection on one side of a border, 3 other. 1 further site has no "
        "position on record"
    )


def test_sites_of_low_protection_stand_with_their_figures(every):
    rows = table(tab(every, "attention"), "sites_low_protection").rows
    assert rows[["site_name", "species_name", "figure", "period_words"]].values.tolist() == [
        ["Delta Marsh", "Marsh crane", "0 nests", "2019"],
        ["South Bank", "Marsh crane", "no dated figure on record", ""],
        ["Two Banks", "Marsh crane", "21 breeding pairs", "2020"],
        ["Pine Reserve", "Steppe cat", "no dated figure on record", ""],
    ]


def test_shared_areas_tell_how_many_sites_documents_name(every, words):
    panels = [block for block in blocks_of(every, Panel) if block.title.startswith("Shared")]
    assert [panel.text for panel in panels] == [
        words("sites.shared_text", sites=1, stated=0),
        words("sites.shared_text", sites=3, stated=2),
    ]
    assert panels[0].facts == (("Note", "The report draws no line."),) and panels[1].facts == ()
    assert [len(panel.links) for panel in panels] == [2, 1]
    rows = table(every, "shared_area_steppe").rows
    assert sorted(rows["membership_words"]) == ["grouped here", "named by the document", "named by the document"]


def test_links_across_borders_are_listed_where_an_end_is_shown(every, mini, words):
    assert table(tab(every, "links"), "sites_links_across_borders").rows["what"].tolist() == [
        "Cats walk between the two."
    ]
    marsh = page(mini, words, SitesChoices(country_code="PRK"))
    assert tab(marsh, "links") == ()


def test_a_table_in_place_of_the_map_is_not_said_twice(mini, words):
    shown = page(mini, words, SitesChoices(view="table"))
    assert isinstance(shown.blocks[0], Table) and tab(shown, "all") == ()
    bank = page(mini, words, SitesChoices(species_id="marsh_crane", country_code="MNG"))
    assert tab(bank, "all") != ()


def test_sites_without_flagship_species_are_named_below_the_table(words):
    sites = pd.DataFrame(
        [
            ("A", "none", None, None),
            ("B", "subnational", None, None),
            ("C", "national", None, None),
            ("D", "none", None, "Cat"),
        ],
        columns=["name", "level", "standing", "species_names"],
    )
    (text,) = without_species(words, sites)
    assert text.text.endswith("named: A: not included in a protected area (SOM-24 paper, 2020); B: subnational.")
    assert without_species(words, sites.iloc[2:]) == []


@pytest.mark.parametrize(
    ("level", "standing", "text"),
    [
        ("national", None, "national"),
        ("national", "one_side", "national (stated for one side of the border)"),
        ("none", None, "not included in a protected area (SOM-24 paper, 2020)"),
        ("not_known", "signed", "agreement signed (entry into force not on record)"),
        ("not_known", "in_parts", "parts protected"),
        ("not_known", None, "protection status not on record"),
        ("not_known", "level_not_named", "within a protected area, level not named"),
    ],
)
def test_a_level_is_told_with_what_it_alone_does_not_tell(words, level, standing, text):
    assert level_words(words, level, standing) == text


def test_totals_tell_one_side_as_partial_and_no_protection_as_other(words):
    rows = pd.DataFrame(
        [
            ("international", None),
            ("national", "one_side"),
            ("subnational", None),
            ("none", "one_side"),
            ("none", None),
            ("not_known", "signed"),
            ("national", None),
        ],
        columns=["level", "standing"],
    )
    assert level_totals(words, rows) == words.listed(
        [
            words("sites.total_international", count=1),
            words("sites.total_national", count=1),
            words("sites.total_partial", count=2),
            words("sites.total_other", count=3),
        ]
    )
    assert level_totals(words, rows.head(1)) == words("sites.total_international", count=1)


def test_columns_without_any_value_are_left_out():
    rows = pd.DataFrame({"a": [1, None], "b": [None, None]})
    assert filled(rows, {"a": "number", "b": "text"}) == {"a": "number"}
    assert (capital("national park"), capital("")) == ("National park", "")


LEADS = [
    (
        "steppe_park",
        "Steppe Park (Mongolia) has international protection in force. The area stated for the whole site is "
        "100,000 ha.",
    ),
    (
        "pine_reserve",
        "Pine Reserve (Russian Federation): State reserve. The area stated for the whole site is 50,000 ha.",
    ),
    ("two_banks", "On record for Two Banks (Mongolia; Russian Federation): Transboundary reserve."),
    (
        "delta_marsh",
        "Delta Marsh (Democratic People's Republic of Korea): wetland. Used by: Marsh crane. Not included in a "
        "protected area (SOM-24 paper, 2020).",
    ),
    ("south_bank", "South Bank (Mongolia): study area. Used by: Marsh crane. Protection status not on record."),
]


@pytest.mark.parametrize(("site", "sentence"), LEADS, ids=[site for site, _ in LEADS])
def test_the_lead_of_a_site_tells_what_is_on_record_before_what_is_not(mini, words, site, sentence):
    assert page(mini, words, SitesChoices(site_id=site)).lead == sentence


def test_a_site_not_known_then_says_so(mini, words):
    shown = page(mini, words, SitesChoices(site_id="no_such"))
    assert shown.lead == words("sites.lead_none") and words("sites.not_known_then") in said(shown)


SITE = {
    "site_id": "x",
    "name": "X",
    "country_names": "A",
    "level": "not_known",
    "standing": None,
    "designations": "D",
    "proposals": "P",
    "recognitions": None,
    "species_names": None,
    "site_kind": "wetland",
    "area_ha": None,
    "is_area_derived": False,
}
AT = {"document_id": "old_report", "locator": "p. 1"}


@pytest.fixture(scope="module")
def governed():
    """Ask about a site whose agreement was signed, one that has parts, one that was protected, areas of every kind."""
    like = {
        "country_codes": "MNG RUS",
        "site_kind": "wetland",
        "coordinate_basis": "none",
        "is_sensitive": "false",
        "is_in_neaspec_papers": "false",
        "is_tumen": "false",
        **AT,
    }
    sites = [
        like | {"site_id": key, "name": key.replace("_", " ").capitalize()}
        for key in ("treaty", "ended", "whole", "unclear")
    ]
    sites.append(like | {"site_id": "a_part", "name": "A part", "part_of_site_id": "whole"})
    designations = [
        {
            "designation_id": "t1",
            "site_id": "treaty",
            "designation": "Treaty",
            "level": "international",
            "state": "signed",
            "designated_year": "2019",
            "designated_date": "2019-05-04",
        },
        {
            "designation_id": "e1",
            "site_id": "ended",
            "designation": "Ban",
            "level": "national",
            "state": "former",
            "as_of": "2015",
        },
        {
            "designation_id": "e2",
            "site_id": "ended",
            "designation": "Flyway",
            "level": "international",
            "state": "recognition_only",
        },
        {"designation_id": "w1", "site_id": "a_part", "designation": "Park", "level": "national", "state": "in_force"},
        {"designation_id": "w2", "site_id": "whole", "designation": "Idea", "level": "national", "state": "proposed"},
    ]
    facts = [
        {
            "fact_id": f"f{year}",
            "subject_table": "sites",
            "subject_id": "treaty",
            "topic": topic,
            "what": what,
            "as_of": year,
        }
        for year, topic, what in (
            ("2021", "governance", "Then it met."),
            ("2018", "governance", "Before."),
            ("2020", "governance", "It began."),
            ("2022", "ecology", "It rained."),
        )
    ]
    areas = [
        {"site_area_id": "a1", "site_id": "unclear", "area_ha": "1234", "part": "not_clear", "is_derived": "false"},
        {
            "site_area_id": "a2",
            "site_id": "ended",
            "area_ha": "300",
            "part": "whole",
            "is_derived": "true",
            "formula": "1 + 2",
            "caveat_ids": "approximate",
        },
        {
            "site_area_id": "a3",
            "site_id": "whole",
            "area_ha": "300",
            "part": "whole",
            "is_derived": "true",
            "formula": "1 + 2",
        },
    ]
    return load_mini(
        more(
            mini_rows(),
            sites=sites,
            designations=[AT | row for row in designations],
            facts=[AT | row for row in facts],
            site_areas=[AT | row for row in areas],
        )
    )


@pytest.mark.parametrize(
    ("site", "sentence"),
    [
        (
            "treaty",
            "The agreement on Treaty (Mongolia; Russian Federation) was signed on 4 May 2019. It began. Then it met. "
            "The date of entry into force is not on record.",
        ),
        (
            "ended",
            "Ended (Mongolia; Russian Federation): wetland. Until 2015: Ban. Recognised: Flyway. "
            "Protection status not on "
            "record. The area calculated from its parts is about 300 ha.",
        ),
        (
            "whole",
            "Parts of Whole (Mongolia; Russian Federation) are protected: A part (national). Proposed for the whole: "
            "Idea. The area calculated from its parts is 300 ha.",
        ),
        (
            "unclear",
            "Unclear (Mongolia; Russian Federation): wetland. Protection status not on record. An area of 1,234 ha is "
            "printed (p. 1); the row to which it belongs is not certain.",
        ),
    ],
)
def test_a_lead_tells_agreements_parts_and_what_was(governed, words, site, sentence):
    assert page(governed, words, SitesChoices(site_id=site)).lead == sentence


def test_a_site_whose_sum_is_ours_says_so(governed, words):
    shown = page(governed, words, SitesChoices(site_id="ended"))
    cards = {card.label: card for card in blocks_of(shown, Metric)}
    assert cards["Area"].counted == words("sites.area_counted_derived")
    assert area_words(words, pd.Series(SITE | {"area_ha": 300.0, "is_area_derived": True})) == words(
        "sites.area_sum", area="300 ha"
    )
    assert area_words(words, pd.Series(SITE)) == ""


def test_lead_functions_take_their_sentence_from_what_the_row_says(mini, words):
    assert lead.area(mini, words, pd.Series(SITE | {"site_id": "two_banks"})) == []
    described = lead.described(words, pd.Series(SITE), pd.DataFrame({"state": [], "designation": [], "as_of": []}))
    assert described == ["X (A): wetland.", "Protection status not on record."]


FIGURE = {
    "species_name": "Cat",
    "side_name": None,
    "count_kind": "estimate",
    "method": "camera_trap",
    "population_part": "all_ages",
}


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({}, "Cat, all ages, estimate, camera traps"),
        ({"population_part": "not_stated"}, "Cat, estimate, camera traps"),
        ({"population_part": "pairs"}, "Cat, estimate, camera traps"),
        ({"side_name": "Mongolia", "population_part": "pairs"}, "side"),
    ],
)
def test_a_series_of_a_site_is_named_by_what_was_counted(words, cells, name):
    side = words(
        "sites.counts_series",
        species=words("sites.species_side", species="Cat", side="Mongolia"),
        kind="estimate",
        method="camera traps",
    )
    assert site_counts.series_words(words, pd.Series(FIGURE | cells)) == (side if name == "side" else name)


def park_counts(count: int, **cells: str):
    like = {
        "species_id": "steppe_cat",
        "country_code": "MNG",
        "area_name": "Pine Reserve",
        "site_id": "pine_reserve",
        "count_kind": "estimate",
        "population_part": "all_ages",
        "method": "camera_trap",
        "qualifier": "exact",
        "unit": "individuals",
        "is_derived": "false",
        **AT,
    }
    counts = [
        like | {"count_id": f"p{year}", "year_from": str(year), "year_to": str(year), "value": str(year - 2000)} | cells
        for year in range(2010, 2010 + count)
    ]
    return load_mini(more(mini_rows(), counts=counts))


@pytest.mark.parametrize(("count", "kind"), [(2, Table), (3, Chart)])
def test_three_figures_of_a_site_are_drawn_and_fewer_are_read(words, count, kind):
    blocks = site_counts.species_and_counts(
        park_counts(count), words, "pine_reserve", pd.DataFrame({"species_names": []})
    )
    assert isinstance(blocks[-1], kind)
    if kind is Chart:
        assert blocks[-1].period == "2010–2012"
        assert blocks[-1].alt == "Points by year: Cat, all ages".replace("Cat", "Steppe cat") + (
            ", estimate, camera traps: 3 figures (2010–2012), highest 12."
        )


def test_figures_that_no_author_answers_for_are_read_and_not_drawn(words):
    blocks = site_counts.species_and_counts(
        park_counts(3, caveat_ids="web_page_only"), words, "pine_reserve", pd.DataFrame({"species_names": []})
    )
    assert isinstance(blocks[-1], Table)


def test_species_of_a_larger_site_are_told_where_none_is_named_for_the_site(words):
    ask = load_mini(without(mini_rows(), "site_species", "south_crane"))
    shown = page(ask, words, SitesChoices(site_id="south_bank"))
    assert words("sites.species_none_parent", parent="Steppe Park", species="Steppe cat") in said(shown)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ({"part": "planned", "caveat_ids": "at_least"}, "planned"),
        ({"part": "whole", "caveat_ids": "at_least approximate"}, "at_least"),
        ({"part": "core", "caveat_ids": "approximate"}, "about"),
        ({"part": "whole", "caveat_ids": None}, "exact"),
    ],
)
def test_an_area_is_marked_by_how_exact_it_is(cells, mark):
    assert detail.area_mark(pd.Series(cells)) == mark


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({}, "whole site: Bureau"),
        ({"part_name": "North"}, "whole site, North: Bureau"),
        ({"formula": "1 + 2"}, "sum"),
        ({"document_id": "other"}, "whole site: other"),
    ],
)
def test_an_area_is_named_by_what_it_covers_and_who_says_so(words, cells, name):
    row = pd.Series({"part": "whole", "part_name": None, "formula": None, "document_id": "d"} | cells)
    ours = words("sites.areas_row", part="whole site", publisher=words("sites.our_sum"))
    assert detail.area_name(words, row, {"d": "Bureau"}) == (ours if name == "sum" else name)


STATED = {"designation": "Park", "designated_date": "2010", "state": "in_force", "as_of": "2020", "is_current": True}


@pytest.mark.parametrize(
    ("rows", "start", "end"),
    [
        ([{}], "2010", "2026-01-01"),
        ([{"state": "former"}], "2010", "2020"),
        ([{"state": "former", "as_of": "2010-05"}], "2010", "2010"),
        ([{"state": "merged_into_national_park"}], "2010", "2020"),
        ([{"state": "recognition_only"}], "2010", "2026-01-01"),
        ([{"state": "proposed"}], "2010", "2010"),
        ([{"state": "signed"}], "2010", "2010"),
        ([{"state": "former", "as_of": None}], "2010", "2010"),
        ([{}, {"is_current": False, "designated_date": "2010-03-04"}], "2010-03-04", "2026-01-01"),
        ([{}, {"is_current": False, "designated_date": "2009-03-04"}], "2010", "2026-01-01"),
        (
            [{"designated_date": None}, {"is_current": False, "designated_date": "2009-03-04"}],
            "2009-03-04",
            "2026-01-01",
        ),
    ],
)
def test_a_designation_is_drawn_once_from_its_beginning_to_its_end(rows, start, end):
    drawn = detail.drawn_once(pd.DataFrame([STATED | row for row in rows]), "2026-01-01")
    assert drawn[["designated_date", "end_date"]].values.tolist() == [[start, end]]


def test_designations_without_a_date_are_not_drawn_and_the_oldest_comes_first():
    rows = [
        STATED,
        STATED | {"designation": "Reserve", "designated_date": "2001"},
        STATED | {"designation": "None", "designated_date": None},
    ]
    drawn = detail.drawn_once(pd.DataFrame(rows), "2026-01-01")
    assert list(drawn["designation"]) == ["Reserve", "Park"]


def test_lines_join_pairs_of_sites_with_a_position_each_pair_once(words):
    shown = pd.DataFrame({"site_id": ["a", "b"], "name": ["A", "B"], "latitude": [1.0, 2.0], "longitude": [3.0, 4.0]})
    link = {"from_site_id": "a", "to_site_id": "b", "link_kind": "adjacency", "what": "One."}
    links = pd.DataFrame(
        [link, link | {"from_site_id": "b", "to_site_id": "a", "what": "Two."}, link | {"to_site_id": "c"}]
    )
    rows = maps.link_lines(words, links, shown).rows
    assert rows[["from_latitude", "from_longitude", "to_latitude", "to_longitude", "name"]].values.tolist() == [
        [1, 3, 2, 4, "A – B"],
    ]
    assert rows["tooltip"].tolist() == ["link stated in a document, not a route\nadjacency: One.\nadjacency: Two."]
    assert maps.link_lines(words, links.iloc[2:], shown) is None


def newest(text: str, year: int) -> Newest:
    return Newest("s", text, year, ())


def test_the_latest_figure_of_several_species_is_shown_and_none_without_a_figure():
    assert latest([newest("a", 2019), newest("b", 2021), newest("c", 0)]) == "b"
    assert latest([newest("c", 0)]) == "" and latest([]) == ""


def test_the_newest_figure_has_its_side_in_brackets(words):
    row = {
        "species_name": "Cat",
        "count_kind": "estimate",
        "value": 5.0,
        "low": None,
        "high": None,
        "qualifier": "about",
        "year_to": 2020,
        "side_name": None,
    }
    assert newest_words(words, row) == "Cat: about 5 · 2020"
    assert newest_words(words, row | {"side_name": "Mongolia"}) == "Cat: about 5 · 2020 (Mongolia alone)"
    assert newest_words(words, row | {"count_kind": None}) == "Cat"


def test_coverage_sets_the_computed_beside_the_reported_share(mini, words):
    heading, chart, sea, note = coverage.coverage(mini, words, "MNG")
    assert chart.rows[["country", "percent_computed", "percent_reported", "label"]].values.tolist() == [
        ["Mongolia", 20, 21, words("sites.coverage_label", number=6)],
    ]
    assert words("sites.coverage_pair", country="Mongolia", computed="20", reported="21") in chart.alt
    assert sea.text == words("sites.coverage_no_sea", countries="Mongolia", count=1) and note.style == "note"
    assert heading.text == words("sites.coverage")


def test_a_share_that_is_not_reported_is_named_and_no_state_is_a_sentence(mini, words):
    blocks = coverage.coverage(mini, words, "PRK")
    assert [type(block) for block in blocks[1:]] == [Chart, Text, Chart, Text, Text]
    assert blocks[2].text == words(
        "sites.coverage_not_reported", countries="Democratic People's Republic of Korea", count=1
    )
    assert words("sites.coverage_missing") in blocks[1].alt
    assert [block.text for block in coverage.coverage(mini, words, "JPN") if isinstance(block, Notice)] == [
        words("sites.coverage_none"),
    ]


def test_coverage_is_shown_of_the_state_chosen_alone(every, mini, words):
    assert tab(every, "shares") == ()
    assert tab(page(mini, words, SitesChoices(country_code="MNG")), "shares") != ()


def test_sites_without_a_position_are_named_where_the_table_is_explained(every, mini, words):
    (fold,) = [block for block in tab(every, "attention") if isinstance(block, Details)]
    assert [block.text for block in fold.blocks][1] == words("sites.map_without", names="South Bank")
    marsh = page(mini, words, SitesChoices(country_code="PRK"))
    (alone,) = [block for block in tab(marsh, "attention") if isinstance(block, Details)]
    assert len(alone.blocks) == 1


def test_a_list_of_sites_shows_at_most_three_species_of_each(mini, words):
    records = site_records(mini, words)
    many = {"steppe_park": [newest(letter, 2020) for letter in "abcd"]}
    sites = mini("sites_protected", country_code=None, species_id=None, level="international")
    (item,) = site_items(words, sites, type(records)(many, {}, {}, {}, {}))
    assert dict(item.blocks[0].facts)["Species, newest figure"] == "a; b; c"
    assert "Projects" not in dict(item.blocks[0].facts)


def test_a_link_with_a_site_of_both_states_is_told_as_such(mini, words):
    links = mini("sites_links", site_id="steppe_park").copy()
    links["crosses_border"], links["is_with_shared"] = [False, False], [True, False]
    (_, shown) = detail.link_table(words, links, "steppe_park")
    assert shown.rows["across_words"].tolist() == [words("sites.with_shared"), words("sites.within")]
    assert detail.link_table(words, links.iloc[:0], "steppe_park") == []


def test_a_ban_that_ended_is_told_as_of_the_day_of_its_last_word(words):
    rows = with_cells(mini_rows(), "designations", "pine_reserve_old", as_of="2018-06")
    shown = page(load_mini(rows), words, SitesChoices(site_id="pine_reserve"))
    told = table(shown, "designations_pine_reserve").rows[["designation", "state_words"]].values.tolist()
    assert told == [
        ["Hunting ban", "former"],
        ["Hunting ban", words("sites.as_of", date="June 2018")],
        ["State reserve", "in force"],
    ]
