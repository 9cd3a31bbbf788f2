"""Drafts of boundaries on the mini data set: what lies in, around and outside them, in words; measures made up here."""

from dataclasses import replace

import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from neaspec.blocks import Map, Panel, Table, Text
from neaspec.boundary.drafts import PILLARS, Draft
from neaspec.boundary.measure import BANDS_KM, SEA, UNSETTLED, Measures, SitePlace, StateArea
from neaspec.sections.boundary import results, wording
from neaspec.sections.boundary.gaps import left_out, recorded_gaps
from neaspec.sections.boundary.page import BoundaryChoices, page
from neaspec.sections.boundary.results import Measured
from tests.support.on_page import blocks_of, said, table

NAMES = {"MNG": "Mongolia", "RUS": "Russian Federation", "KAZ": "Kazakhstan"}
STEPPE = box(114, 49, 116, 52)


def draft(letter: str = "A", name: str = "", shape=STEPPE, **more: object) -> Draft:
    return Draft(letter, name, MultiPolygon([shape]), "drawn", **more)


def place(site: str, band: int | None = 0, is_sure: bool = True) -> SitePlace:
    return SitePlace(site, band, is_sure, 3.0)


def measures(*areas: StateArea, water: float | None = None, bands=None) -> Measures:
    around = dict.fromkeys(BANDS_KM, ()) | (bands or {})
    return Measures(sum(area.area_m2 for area in areas), 12_340.0, areas, water, around)


def entry(letter: str = "A", *areas: StateArea, places=(), plants=(), **more) -> Measured:
    measured = measures(
        *(areas or (StateArea("MNG", 2e7),)), water=more.pop("water", None), bands=more.pop("bands", None)
    )
    return Measured(
        draft(letter, **more),
        measured,
        {shown.site_id: shown for shown in places},
        {shown.site_id: shown for shown in plants},
    )


@pytest.fixture(scope="module")
def area(mini):
    rows = mini("shared_areas")
    return rows[rows["shared_area_id"] == "steppe"].iloc[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 ha"),
        (5, "5.00 ha"),
        (12.345, "12.3 ha"),
        (999.6, "1,000 ha"),
        (18_345.6, "18,300 ha"),
        (0.012345, "0.0123 ha"),
        (99.96, "100 ha"),
    ],
)
def test_sizes_have_three_significant_digits(words, value, text):
    assert wording.sized(words, value, "ha") == text


def test_areas_are_hectares_and_edges_kilometres(words):
    assert (wording.hectares(words, 123_456), wording.kilometres(words, 12_345)) == ("12.3 ha", "12.3 km")


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        ("MNG", "Mongolia", "Mongolia"),
        ("KAZ", "Kazakhstan", "Kazakhstan"),
        ("FRA", "FRA", "FRA"),
        (SEA, "the sea", "the sea"),
        (UNSETTLED, "land without a State on this map", "land without a State on this map"),
    ],
)
def test_states_the_sea_and_land_without_a_state_are_named(words, code, name, short):
    assert (wording.area_name(words, code, NAMES), wording.short_name(words, code, NAMES)) == (name, short)
    assert wording.short_name(words, "PRK", NAMES) == words.term("state_short", "PRK")


@pytest.mark.parametrize(
    ("site", "text"),
    [
        (None, "no position on record"),
        (place("s"), "inside"),
        (place("s", None), "farther than 10 km"),
        (place("s", 5), "within 5 km"),
        (place("s", 5, False), "within 5 km (the point may be about 3 km off)"),
        (place("s", 0, False), "inside (the point may be about 3 km off)"),
    ],
)
def test_a_site_lies_in_a_band_and_never_nearer(words, site, text):
    assert wording.band_words(words, site) == text


def test_a_draft_is_named_by_its_letter_and_its_name(words):
    assert wording.draft_title(words, draft()) == "Draft A"
    assert wording.draft_title(words, draft(name="Ours")) == "Draft A: Ours"


def test_the_answer_names_states_in_full_and_leaves_out_what_the_map_cannot_tell(words):
    areas = (StateArea("MNG", 2e7), StateArea("RUS", 1e7), StateArea(SEA, 5e6), StateArea("KAZ", 9.0, True))
    assert wording.parts_sentence(words, draft(), measures(*areas), NAMES) == (
        "Draft A: 3,500 ha. 2,000 ha in Mongolia, 1,000 ha in the Russian Federation, 500 ha in the sea."
    )


def test_sizes_stand_side_by_side_with_states_in_order_of_their_names(words):
    first = entry("A", StateArea("RUS", 1e7), StateArea(SEA, 5e6), StateArea("KAZ", 2e6), water=3e6)
    shown = results.sizes_table(words, [first, entry("B")], NAMES)
    assert shown.rows.values.tolist() == [
        ["Area in all", "1,700 ha", "2,000 ha"],
        ["Kazakhstan", "200 ha", "no part"],
        ["Mongolia", "no part", "2,000 ha"],
        ["Russian Federation", "1,000 ha", "no part"],
        ["Sea", "500 ha", "no part"],
        ["Land, lakes and rivers included", "1,200 ha", "2,000 ha"],
        ["Lakes and rivers", "about 300 ha", "not known"],
        ["Length of the edge", "12.3 km", "12.3 km"],
    ]
    assert [column.label for column in shown.columns] == ["Size", "Draft A", "Draft B"]


def test_bands_tell_each_state_in_its_short_form(words):
    bands = {5: (StateArea("MNG", 1e6), StateArea("RUS", 9.0, True)), 10: (StateArea("KAZ", 2e6),)}
    shown = results.bands_table(words, [entry(bands=bands)], NAMES)
    assert shown.rows.values.tolist() == [
        ["1 km", ""],
        [
            "5 km",
            f"{words.term('state_short', 'MNG')} 100 ha; {words.term('state_short', 'RUS')} "
            "0 ha (within 100 m of the border: the precision of the map)",
        ],
        ["10 km", "Kazakhstan 200 ha"],
    ]


@pytest.mark.parametrize(("band", "name"), [(0, "inside"), (1, "0–1 km"), (5, "1–5 km"), (10, "5–10 km")])
def test_a_plant_is_counted_in_one_band(words, band, name):
    assert results.plant_band(words, band) == name


def test_plants_in_and_around_drafts_are_counted_and_named_with_their_documents(mini, words):
    (fold,) = results.plants_in_bands(
        mini,
        words,
        [entry("A", plants=(place("near_wind"), place("far_dam", 5))), entry("B", plants=(place("far_dam", None),))],
    )
    shown, note = fold.blocks
    none = words("scenarios.band_none")
    assert shown.rows[["what", "draft_A", "draft_B"]].values.tolist() == [
        ["inside", "1: Near Wind", none],
        ["0–1 km", none, none],
        ["1–5 km", "1: Far Dam", none],
        ["5–10 km", none, none],
    ]
    assert shown.rows["document_ids"].tolist() == ["old_report", "", "old_report", ""]
    assert shown.rows["caveat_ids"].tolist() == ["made_up", "", "made_up", ""]
    assert note.style == "note"
    assert results.plants_words(words, ["A", "B"]) == "2: A, B"


def test_plants_beyond_the_ground_of_the_list_are_not_known_and_the_note_says_why(mini, words):
    far = replace(entry("A", plants=(place("near_wind", 5),)), unlisted=frozenset((5, 10)))
    (fold,) = results.plants_in_bands(mini, words, [far, entry("B")])
    shown, note = fold.blocks
    none = words("scenarios.band_none")
    assert shown.rows["draft_A"].tolist() == [none, none, "1: Near Wind", "not known"]
    assert shown.rows["draft_B"].tolist() == [none] * 4
    assert "within 100 km of the sites on record" in note.text
    (known,) = results.plants_in_bands(mini, words, [entry("B")])
    assert "within 100 km of the sites on record" not in known.blocks[1].text


def test_sites_of_the_area_and_near_ones_stand_with_where_they_lie(mini, words, area):
    first = entry(places=(place("steppe_park"), place("delta_marsh", 10, False), place("pine_reserve", None)))
    shown, overlap, note = results.sites_tab(mini, words, area, [first])
    assert shown.rows[["what", "draft_A", "protection_words"]].values.tolist() == [
        [
            "Delta Marsh",
            "within 10 km (the point may be about 3 km off)",
            "not included in a protected area (SOM-24 paper, 2020) (stated for one side of the border)",
        ],
        ["Pine Reserve", "farther than 10 km", "national (stated for one side of the border); State reserve"],
        ["Steppe Park", "inside", "international; National park; Wetland of International Importance"],
    ]
    assert overlap.rows[["what", "draft_A", "document_ids"]].values.tolist() == [
        ["Delta Marsh", "not known", ""],
        ["Pine Reserve", "not known", ""],
        ["Steppe Park", overlap.rows["draft_A"].iloc[2], "old_report"],
    ]
    assert overlap.rows["draft_A"].iloc[2].endswith(" ha of the printed range")
    assert isinstance(note, Text) and shown.title == "Sites in and around the drafts (3)"


def test_without_a_site_near_that_is_a_sentence(mini, words, area):
    alone = area.copy()
    alone["site_ids"] = alone["site_id"]
    (text,) = results.sites_tab(mini, words, alone, [entry(places=(place("delta_marsh", None),))])
    assert text.text == "No site with a position lies within 10 km."


def test_species_are_those_of_sites_inside_a_draft(mini, words):
    first = entry("A", places=(place("steppe_park"), place("two_banks", 1), place("delta_marsh")))
    (shown,) = results.species_tab(mini, words, [first, entry("B", places=(place("delta_marsh"),))])
    assert shown.rows[
        ["in_drafts", "site_name", "species_name", "use_words", "figure", "period_words"]
    ].values.tolist() == [
        ["A, B", "Delta Marsh", "Marsh crane", "stopover", "0 nests", "2019"],
        ["A", "Steppe Park", "Steppe cat", "resident", "12–15 individuals identified", "2019"],
    ]
    assert [column.label for column in shown.columns][0] == "In draft"
    (none,) = results.species_tab(mini, words, [entry(places=(place("steppe_park", 1),))])
    assert none.text == "No site with a flagship species on record lies in a draft."


def test_what_a_draft_leaves_out_is_told_of_states_sites_and_species(mini, words, area):
    within = measures(StateArea("MNG", 2e7), StateArea("RUS", 9.0, True))
    everything = measures(StateArea("MNG", 2e7), StateArea("RUS", 1e7))
    every = {key: place(key) for key in ("steppe_park", "pine_reserve", "two_banks")}
    texts = [
        block.text
        for block in left_out(
            mini,
            words,
            area,
            [
                (draft("A"), within, {"two_banks": place("two_banks"), "steppe_park": place("steppe_park", 1)}),
                (draft("B"), everything, every),
                (draft("C"), measures(StateArea("RUS", 1e7)), every),
            ],
        )
    ]
    assert texts[0] == "Draft A has no part in: the Russian Federation."
    assert texts[1] == "Sites of the area whose point is not in draft A: Pine Reserve, Steppe Park."
    assert texts[2] == "Flagship species of the area without a site in draft A: Steppe cat."
    assert texts[3:] == [words("boundary.left_nothing", letter="B"), "Draft C has no part in: Mongolia."]


def test_gaps_of_the_area_are_those_of_its_sites(mini, words, area):
    (shown,) = recorded_gaps(mini, words, area)
    assert shown.rows[["site_name", "what", "document_ids"]].values.tolist() == [
        ["Steppe Park", "No plan of the park.", "old_report"],
    ]
    marsh = mini("shared_areas").set_index("shared_area_id").loc["marsh"]
    assert recorded_gaps(mini, words, marsh.rename(None)) == []


def test_readiness_is_the_answers_of_the_user_and_otherwise_not_known(words):
    shown = results.readiness_table(words, [entry(answers={"mandate": "yes", "costs": "no"})])
    answers = shown.rows.set_index("what")["draft_A"]
    assert answers[words.labelled("Governance", words("boundary.question_mandate"))] == "yes"
    assert answers[words.labelled("Economy", words("boundary.question_costs"))] == "no"
    assert answers.iloc[0] == "not known" and len(answers) == sum(map(len, PILLARS.values()))


@pytest.mark.parametrize(
    ("bounds", "is_in"),
    [
        ((129.7, 41.9, 131.9, 43.1), True),
        ((129.6, 41.9, 131.9, 43.1), False),
        ((129.7, 41.8, 131.9, 43.1), False),
        ((129.7, 41.9, 132.0, 43.1), False),
        ((129.7, 41.9, 131.9, 43.2), False),
    ],
)
def test_a_draft_of_the_estuary_lies_on_its_inset(bounds, is_in):
    assert results.in_inset(draft(shape=box(*bounds))) == is_in


def test_the_map_of_drafts_shows_outlines_and_the_sites_near(mini, words, area):
    shown = results.drafts_map(mini, words, area, [entry(), entry("B", places=(place("delta_marsh", 10),))])
    outlines, points = shown.layers
    assert (shown.view, shown.alt) == ("region", "Map with 2 tentative drafts and 4 sites.")
    assert list(points.rows["name"]) == ["Delta Marsh", "Pine Reserve", "Steppe Park", "Two Banks"]
    assert outlines.rows["label"].tolist() == ["tentative · A", "tentative · B"]
    assert outlines.rows["tooltip"].tolist()[0] == "2,000 ha; tentative, drawn by a user"
    estuary = results.drafts_map(
        mini,
        words,
        mini("shared_areas").set_index("shared_area_id").loc["marsh"],
        [entry(shape=box(130.5, 42.2, 130.8, 42.6))],
    )
    assert estuary.view == "tumen" and estuary.alt == "Map with 1 tentative draft and 1 site."


def test_a_draft_is_listed_with_its_parts_and_holes(mini, words, area):
    ring = Polygon(box(114, 49, 116, 52).exterior.coords, [box(114.5, 50, 115, 51).exterior.coords])
    shown = results.drafts_map(mini, words, area, [entry(shape=ring, name="Ours", author="A delegation")]).table
    assert isinstance(shown, Table)
    cells = shown.rows.iloc[0]
    assert "1 part, 1 hole" in set(map(str, cells)) and "A delegation" in set(map(str, cells))
    assert words("boundary.status") in set(map(str, cells)) and 8 in set(cells)


def test_before_a_draft_the_page_tells_what_is_on_record(mini, words):
    shown = page(mini, words, BoundaryChoices("steppe"))
    assert shown.lead == words("boundary.lead", name="Shared steppe")
    (panel,) = blocks_of(shown, Panel)
    assert panel.text == words("boundary.on_record", sites=3, stated=2) and panel.links == ()
    assert blocks_of(shown, Map)[0].view == "region" and "No plan of the park." in set(
        table(shown, "boundary_gaps").rows["what"]
    )
    marsh = page(mini, words, BoundaryChoices("marsh"))
    assert blocks_of(marsh, Map)[0].view == "tumen" and words("boundary.how_areas") in said(marsh)
    assert blocks_of(marsh, Panel)[0].text == words("boundary.on_record", sites=1, stated=0)


def test_a_page_of_drafts_says_that_they_are_tentative(mini, words):
    shown = results.drafts_page(mini, words, "steppe", [entry(places=(place("steppe_park"),))])
    assert (shown.lead, shown.title) == (words("boundary.status"), "Tentative boundary: Shared steppe")
    assert "Draft A has no part in: the Russian Federation." in said(shown)
