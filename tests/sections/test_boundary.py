"""Tentative boundary: what a draft holds is said State by State, and what is not known is never zero."""

import io
import json
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from shapely.geometry import MultiPolygon, Polygon, box

from neaspec.blocks import Answer, Map, Notice, Outlines, Table, Text, walk
from neaspec.boundary.drafts import Draft
from neaspec.boundary.measure import Measures, SitePlace, StateArea
from neaspec.sections.boundary import said
from neaspec.sections.boundary.page import BoundaryChoices, page, shared_areas
from neaspec.sections.boundary.results import Measured, drafts_page, measured, outline_rows, overlap_words
from neaspec.sections.boundary.wording import band_words, significant, state_area
from neaspec.web.boundary_files import FORMS, facts_of, file_of
from tests.support.on_page import blocks_of, column, table
from tests.support.on_page import said as said_texts

STATUS = "tentative – drawn by a user – not endorsed by any State or by the United Nations"
WHOLE = box(130.5, 42.28, 130.8, 42.6)
ANBYON = box(127.5, 38.9, 127.6, 39.0)  # around two plants, and a third that was cancelled
RAJIN = box(129.7, 41.75, 129.85, 41.85)  # around one whose place is known to be wrong


@pytest.fixture(scope="module")
def drafts(ask) -> list[Measured]:
    first = Draft(
        "A", "Whole estuary", MultiPolygon([WHOLE]), "drawn", author="A delegation", answers={"mandate": "yes"}
    )
    second = Draft("B", "", MultiPolygon([box(130.72, 42.3, 130.8, 42.4)]), "points")
    return [measured(ask, first), measured(ask, second)]


@pytest.fixture(scope="module")
def made(ask, words, drafts):
    return drafts_page(ask, words, "tumen_estuary", drafts)


def test_before_there_is_a_draft_the_page_says_what_can_be_done(ask, words):
    first = page(ask, words, BoundaryChoices())
    assert first.lead.startswith("Draw, upload or type a tentative boundary for the Tumen River estuary")
    assert "No boundary of the possible transboundary protected area was drawn" in " ".join(
        column(first, "boundary_gaps", "what")
    )
    assert set(shared_areas(ask)) >= {"tumen_estuary", "dauria", "land_of_big_cats"}
    nowhere = page(ask, words, BoundaryChoices(area_id="nowhere"))
    assert [block.text for block in blocks_of(nowhere, Notice)] == ["Nothing is on record here for this choice."]


def test_any_shared_area_can_have_a_draft(mini, words):
    assert blocks_of(page(mini, words, BoundaryChoices(area_id="marsh")), Text)


def test_the_answer_of_one_draft_has_its_states_in_full_and_of_several_their_sizes(ask, words, made, drafts):
    (both,) = (block.text for block in blocks_of(made, Answer))
    assert both.startswith("Draft A: 87,700 ha. Draft B: ")
    assert "China" not in both  # the table beside the map has a row for each State
    (first,), (second,) = (blocks_of(drafts_page(ask, words, "tumen_estuary", [one]), Answer) for one in drafts)
    first, second = first.text, second.text
    assert first.startswith("Draft A: 87,700 ha. ")
    for state in (
        "in China",
        "in the Democratic People's Republic of Korea",
        "in the Russian Federation",
        "in the sea",
    ):
        assert state in first
    assert "China" not in second
    assert made.lead == STATUS


def test_drafts_stand_side_by_side_with_three_significant_digits(made):
    rows = table(made, "tentative_sizes").rows.set_index("what")
    assert [shown.label for shown in table(made, "tentative_sizes").columns] == [
        "Size",
        "Draft A: Whole estuary",
        "Draft B",
    ]
    assert rows.loc["China", "draft_B"] == "no part"
    assert rows.loc["Russian Federation", "draft_A"] == "40,300 ha"
    assert rows.loc["Length of the edge", "draft_A"] == "120 km"
    assert rows.loc["Lakes and rivers", "draft_A"].startswith("about ")
    assert "100 m" in " ".join(said_texts(made))


@pytest.mark.parametrize(
    ("value", "cut"), [(18_345.6, 18_300), (999.6, 1000), (0.012345, 0.0123), (5, 5), (0, 0), (87_654_321, 87_700_000)]
)
def test_three_significant_digits(value, cut):
    assert significant(value) == pytest.approx(cut)


def test_zero_within_the_precision_of_the_map_says_so(words):
    assert state_area(words, None) == "no part"
    assert state_area(words, StateArea("RUS", 30_000, is_within_precision=True)) == (
        "0 ha (within 100 m of the border: the precision of the map)"
    )
    assert state_area(words, StateArea("RUS", 30_000)) == "3.00 ha"


def test_what_is_within_the_precision_is_no_part_of_the_answer(ask, words):
    draft = Draft("A", "", MultiPolygon([WHOLE]), "drawn")
    areas = (StateArea("CHN", 2e7), StateArea("RUS", 30_000, is_within_precision=True))
    one = Measured(draft, Measures(2e7, 1e4, areas, None, {1: (), 5: (), 10: ()}), {})
    shown = drafts_page(ask, words, "tumen_estuary", [one])
    assert blocks_of(shown, Answer)[0].text == "Draft A: 2,000 ha. 2,000 ha in China."
    rows = table(shown, "tentative_sizes").rows.set_index("what")
    assert rows.loc["Lakes and rivers", "draft_A"] == "not known"
    left = "Draft A has no part in: the Democratic People's Republic of Korea, the Russian Federation."
    assert left in said_texts(shown)


def test_an_overlap_is_not_known_where_no_range_is_printed_and_never_zero_for_it(made, words):
    assert set(column(made, "tentative_overlap", "draft_A")) == {"not known"}
    limits = pd.DataFrame([{"west_deg": 130.0, "south_deg": 42.0, "east_deg": 130.6, "north_deg": 42.5}])
    draft = Draft("A", "", MultiPolygon([WHOLE]), "drawn")
    assert overlap_words(words, draft, limits).endswith("ha of the printed range")


def test_printed_ranges_with_a_mistake_are_left_out(ask):
    ranges = ask("sites_printed_ranges")
    assert not {"jingxin", "fangchuan", "khasansky", "furugelm"} & set(ranges["site_id"])
    assert {"dalai_lake", "zhalong"} <= set(ranges["site_id"])


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (SitePlace("x", 0, True, 0.1), "inside"),
        (SitePlace("x", 5, True, 0.1), "within 5 km"),
        (SitePlace("x", None, True, 0.1), "farther than 10 km"),
        (SitePlace("x", 1, False, 5.566), "within 1 km (the point may be about 6 km off)"),
        (None, "no position on record"),
    ],
)
def test_where_a_site_lies_is_never_told_nearer_than_its_point_says(words, place, told):
    assert band_words(words, place) == told


def test_sites_species_and_gaps_are_told_for_each_draft(made):
    sites = table(made, "tentative_sites").rows.set_index("what")
    assert sites.loc["Rason Migratory Bird Reserve", "draft_A"] == "inside"
    assert sites.loc["Jingxin wetland", "draft_A"] == "inside (the point may be about 6 km off)"
    assert "Ramsar site" in sites.loc["Rason Migratory Bird Reserve", "protection_words"]
    assert "A" in column(made, "tentative_species", "in_drafts")
    told = " ".join(said_texts(made))
    assert "Draft A has a part in every State of the area" in told
    assert "Draft B has no part in: China" in told


def test_who_of_the_area_said_what_is_told_with_documents_and_a_silent_state_is_named(ask, words, made):
    said_table = table(made, "boundary_said").rows
    rows = said_table[said_table["country_names"] == "Democratic People's Republic of Korea"]
    assert "Rason Migratory Bird Reserve; Ramsar site" in set(rows["what"])
    assert rows.loc[rows["what"] == "Rason Migratory Bird Reserve; Ramsar site", "period_words"].item() == "2018"
    assert said_table["document_ids"].ne("").all()
    # what is said in requests about other places and projects, too, stays on their pages
    assert not said_table["what"].str.contains("Big cats").any()
    assert "Mongolia" not in " ".join(said_table["country_names"])
    start = page(ask, words, BoundaryChoices())
    assert len(table(start, "boundary_said").rows) == len(said_table)
    quiet = " ".join(block.text for block in blocks_of(page(ask, words, BoundaryChoices(area_id="dauria")), Text))
    assert "no request to a meeting that is about these sites alone" in quiet


def test_a_state_of_the_area_without_a_record_is_named(ask, words, monkeypatch):
    area = ask("shared_areas").set_index("shared_area_id", drop=False).loc["tumen_estuary"]
    whole = said.records_of(ask, area)
    monkeypatch.setattr(said, "records_of", lambda *_: whole[whole["country_codes"] == "CHN"])
    (told,) = (block.text for block in said.said_of(ask, words, area) if isinstance(block, Text))
    assert told.endswith("in these requests: the Russian Federation, the Democratic People's Republic of Korea.") or (
        told.endswith("in these requests: the Democratic People's Republic of Korea, the Russian Federation.")
    )


def test_movements_to_and_from_sites_in_a_draft_are_told_with_its_letter(ask, words, made):
    cats = Draft("C", "", MultiPolygon([box(130, 42.8, 131.8, 43.9)]), "points")
    with_cats = drafts_page(ask, words, "land_of_big_cats", [measured(ask, cats)])
    rows = table(with_cats, "tentative_movements").rows
    assert "Leo 9F (Denekli)" in set(rows["animals"])
    assert set(rows["in_drafts"]) == {"C"}
    assert "Izumi" not in " ".join(rows["to_name"])
    assert "No movement between States is on record to or from a site in a draft." in said_texts(made)


def test_power_plants_are_told_in_bands_and_none_on_record_is_not_none(made):
    rows = table(made, "tentative_plants").rows.set_index("what")
    assert list(rows.index) == ["inside", "0–1 km", "1–5 km", "5–10 km"]
    assert rows.loc["5–10 km", "draft_A"] == "1: The June 16th Power Plant"
    assert set(rows.loc[["inside", "0–1 km", "1–5 km"], "draft_A"]) == {"none on record here"}
    assert rows.loc["5–10 km", "caveat_ids"] == "plant_place_uneven"
    assert "Neither list is complete" in " ".join(said_texts(made))


def test_plants_are_not_known_far_from_the_sites_on_record_and_none_is_given_up_or_unmarked(ask, words):
    far = measured(ask, Draft("A", "", MultiPolygon([box(104, 30.5, 104.4, 30.9)]), "points"))
    rows = table(drafts_page(ask, words, "tumen_estuary", [far]), "tentative_plants").rows
    assert set(rows["draft_A"]) == {"not known"}
    shown = drafts_page(ask, words, "tumen_estuary", [measured(ask, Draft("A", "", MultiPolygon([ANBYON]), "points"))])
    inside = table(shown, "tentative_plants").rows.set_index("what").loc["inside", "draft_A"]
    assert inside == "2: Anbyon Youth No 2 hydroelectric plant, Anbyon Youth hydroelectric plant"  # not 3
    near = drafts_page(ask, words, "tumen_estuary", [measured(ask, Draft("A", "", MultiPolygon([RAJIN]), "points"))])
    inside = table(near, "tentative_plants").rows.set_index("what").loc["inside", "draft_A"]
    assert "Rajin (Stands near Chongjin; " in inside


def test_readiness_is_the_users_and_not_known_else(made):
    rows = table(made, "tentative_readiness").rows
    answers = dict(zip(rows["what"], rows["draft_A"], strict=True))
    assert answers.pop("Governance: Has each State a body with a mandate?") == "yes"
    assert len(answers) == 11
    assert set(answers.values()) == {"not known"}


def test_the_map_shows_the_drafts_as_tentative_lines(made):
    (shown,) = blocks_of(made, Map)
    (outlines,) = [layer for layer in shown.layers if isinstance(layer, Outlines)]
    assert list(outlines.rows["label"]) == ["tentative · A", "tentative · B"]
    assert set(column(made, "tentative_drafts", "status")) == {STATUS}


@pytest.mark.parametrize(("notch", "corners"), [(0.01, 8), (0.0001, 4)])
def test_an_outline_is_drawn_as_fine_as_a_screen_shows_and_no_finer(words, notch, corners):
    """A notch of a thirtieth of the width is seen, one of a three-thousandth is not."""
    edge = [(130.5, 42.3), (130.6, 42.3), (130.6, 42.3 + notch), (130.7, 42.3 + notch), (130.7, 42.3)]
    shape = MultiPolygon([Polygon([*edge, (130.8, 42.3), (130.8, 42.5), (130.5, 42.5)])])
    draft = Draft("A", "", shape, "points")
    one = Measured(draft, Measures(2e7, 1e4, (), None, {1: (), 5: (), 10: ()}), {})
    ((ring,),) = outline_rows(words, [one]).loc[0, "parts"]
    assert len(ring) - 1 == corners


def test_no_word_of_the_page_accuses_or_ranks(made):
    told = " ".join(
        [
            *said_texts(made),
            *(
                str(cell)
                for block in walk(made.blocks)
                if isinstance(block, Table)
                for cell in block.rows.to_numpy().ravel()
            ),
        ]
    ).lower()
    assert not [word for word in ("refuse", "fail", "missing", "best", "worst", "most of") if word in told]


@pytest.mark.parametrize("form", list(FORMS))
def test_every_file_says_that_it_is_tentative_and_bears_the_note(ask, words, made, drafts, form, tmp_path):
    data = file_of(form, made, drafts, ask, words)
    assert data == file_of(form, made, drafts, ask, words)
    if form in ("geojson", "kml", "gpkg"):
        text = data.decode("utf-8", "replace")
        assert STATUS in text
        assert "do not imply official endorsement or acceptance by the United Nations" in text
    elif form == "pdf":
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        sheets = [" ".join((sheet.extract_text() or "").split()) for sheet in PdfReader(path).pages]
        assert all("not endorsed by any State" in sheet for sheet in sheets)
        assert any("do not imply official endorsement" in sheet for sheet in sheets)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
        if form == "pptx":
            slides = [text for name, text in parts.items() if name.startswith("ppt/slides/slide")]
            assert len(slides) > 8
            assert all("not endorsed by any State" in text for text in slides)


def test_every_sheet_of_the_workbook_is_headed_by_the_mark_and_the_note(ask, words, made, drafts):
    book = load_workbook(io.BytesIO(file_of("xlsx", made, drafts, ask, words)))
    tables = [block.file_name for block in walk(made.blocks) if isinstance(block, Table)]
    assert set(tables) | {"Contents", "Text", "Sources", "Caveats", "Columns"} == set(book.sheetnames)
    for sheet in book.worksheets:
        assert sheet["A1"].value == STATUS, sheet.title
        assert "do not imply official endorsement or acceptance by the United Nations" in sheet["A2"].value, sheet.title
        assert sheet.print_title_rows == "$1:$2", sheet.title  # on paper on every page
        if sheet.title in tables:
            assert STATUS in f"{sheet['A3'].value} {sheet['A4'].value}", sheet.title
    plants = [cell.value for row in book["tentative_plants"].iter_rows() for cell in row]
    assert "1: The June 16th Power Plant" in plants
    assert book["tentative_plants"].auto_filter.ref.startswith("A5:")


def test_files_hold_the_users_shape_alone(ask, words, drafts):
    features = json.loads(file_of("geojson", None, drafts, ask, words))["features"]
    assert [feature["properties"]["draft"] for feature in features] == ["A", "B"]
    assert features[0]["properties"]["drawn_by"] == "A delegation"
    assert features[0]["geometry"]["coordinates"][0][0][0] == [130.8, 42.28]
    assert facts_of(drafts[0], ask, words).sizes["RUS"] == "40,300 ha"
