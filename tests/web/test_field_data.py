"""The page of field data says everything before an upload, and shows results of one session to that session only."""

import csv
import gc
import io
import json
import re
import sqlite3
import struct
import weakref
import zipfile
from dataclasses import replace
from typing import get_args

import pandas as pd
import pytest
from pypdf import PdfReader
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from neaspec.blocks import Arrows, Chart, Heading, Map, Metric, Notice, Table, Tabs, Text, walk
from neaspec.briefs.formats import Format
from neaspec.crossings.model import records
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.recognise import ALL
from neaspec.paths import ROOT
from neaspec.render.maps.basemap import VIEWS
from neaspec.render.maps.deck import opening_state
from neaspec.render.screen.plan import plan
from neaspec.sections.field_data import compare as field_data_compare
from neaspec.sections.field_data import crossings as field_data_crossings
from neaspec.sections.field_data import page as field_data
from neaspec.sections.field_data import paper as field_data_paper
from neaspec.sections.field_data import results as field_data_results
from neaspec.sections.field_data.report import note_words
from neaspec.text import load_words
from neaspec.web import result_downloads, upload_pipeline
from neaspec.web.downloads import FILES
from neaspec.web.page_cache import PAGE_CACHE, palette_of
from neaspec.web.upload_jobs import Upload
from tests.support.listening import found_in
from tools.sample import sample_files

BEFORE = load_words()("field_data.lead")[:40]  # the answer of the page before files are chosen


def said(page) -> str:
    """Return all texts and cells of a page."""
    parts = [page.title, page.lead]
    for block in walk(page.blocks):
        if isinstance(block, Text):
            parts.append(block.text)
        if isinstance(block, Table):
            parts += [str(value) for column in block.columns for value in block.rows[column.name]]
    return "\n".join(parts)


@pytest.mark.parametrize("name", list(Parameters().stated()))
def test_every_parameter_has_its_name_and_its_reason(name, words, ask):
    text = said(field_data.page(ask, words, field_data.FieldDataChoices()))
    assert words(f"field_data.parameter_{name}") in text
    assert len(words(f"field_data.reason_{name}")) > 60
    assert words(f"field_data.reason_{name}") in text


def test_no_wording_speaks_of_a_parameter_or_a_standard_there_is_not(words):
    for kind, known in (("parameter", Parameters().stated()), ("reason", Parameters().stated())):
        named = {
            key.removeprefix(f"field_data.{kind}_") for key in words.texts if key.startswith(f"field_data.{kind}_")
        }
        assert named - {"table", "name", "value", "used"} - {"s_used"} == set(known)
    formats = {key.removeprefix("field_data.format_") for key in words.texts if key.startswith("field_data.format_")}
    assert formats == set(field_data.STANDARDS)


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("left_out", records.REASONS),
        ("zone", get_args(records.Zone)),
        ("country_basis", get_args(records.Basis)),
        ("evidence", get_args(records.Evidence)),
        ("time_quality", get_args(records.TimeQuality)),
        ("place_kind", get_args(records.PlaceKind)),
        ("crossing_grade", records.GRADES),
        ("standard", field_data.STANDARDS),
        ("behaviour", [value for value in get_args(records.Behaviour) if value]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_code_of_field_data_has_words_and_no_words_are_left_over(term, values, words):
    assert set(words.terms[term]) == set(values)


def test_the_page_says_before_an_upload_what_is_read_how_much_and_what_becomes_of_it(ask, words):
    text = said(field_data.page(ask, words, field_data.FieldDataChoices()))
    for part in ("Camtrap DP", "Movebank", "Darwin Core Archive", "200 MB", "20 files", "zip", "xlsx"):
        assert part in text, part
    for part in ("memory", "never written to disk", "closing the tab", "never listed as visited", "An animal without"):
        assert part in text or part == "never listed as visited", part
    for group in ("big cats", "migratory birds", "other animals"):
        assert group in text, group


NO_ANSWERS: dict[str, dict[str, str]] = {"day_first": {}, "utm_zone": {}, "country": {}}


@pytest.fixture(scope="module")
def worked(ask):
    """What comes of the made-up pair."""
    return upload_pipeline.run_uploaded(list(sample_files().items()), NO_ANSWERS, load_rules(ask), lambda stage: None)[
        0
    ]


@pytest.fixture(scope="module")
def pair(worked):
    return tuple(field_data_compare.data_sets(worked))


@pytest.fixture(scope="module")
def made_up_page(ask, words, worked, pair):
    return field_data_results.results_page(ask, words, worked, pair, is_made_up=True)


def test_results_lead_with_what_is_doubtful_then_the_picture_and_tell_what_was_recognised(ask, words):
    case = ROOT / "tests" / "crossings" / "cases" / "03_speed_spike"
    files = [(path.name, path.read_bytes()) for path in sorted(case.iterdir())]
    made, _ = upload_pipeline.run_uploaded(files, NO_ANSWERS, load_rules(ask), lambda stage: None)
    page = field_data_results.results_page(ask, words, made, None)
    assert isinstance(page.blocks[0], Heading) and page.blocks[0].text == words("doubts.heading")
    kinds = [type(block) for block in page.blocks]
    assert kinds.index(Heading) < kinds.index(Metric) < kinds.index(Tabs)
    assert any(block.file_name.endswith("recognised") for block in walk(page.blocks) if isinstance(block, Table))
    assert "Doubtful: 5 records, none of which confirms a crossing." in page.lead
    doubtful = next(iter(tables(page, "doubts"))).rows
    assert doubtful["doubt_count"].tolist() == [5, 3]
    assert doubtful["first_rows"].iloc[0].startswith("with line 6 (line 5)")
    assert doubtful["doubt_effect"].iloc[0] == words("doubts.effect_not_confirmed")


def tables(page, name):
    return [block for block in walk(page.blocks) if isinstance(block, Table) and block.file_name.endswith(name)]


def test_every_part_of_results_of_the_sample_says_that_it_is_made_up(made_up_page):
    assert "MADE UP" in made_up_page.title
    assert "MADE UP" in made_up_page.lead
    assert isinstance(made_up_page.blocks[0], Notice)
    assert "MADE UP" in made_up_page.blocks[0].text
    named = [block for block in walk(made_up_page.blocks) if hasattr(block, "title") or hasattr(block, "label")]
    assert len(named) > 15
    assert [block for block in named if "MADE UP" not in getattr(block, "title", getattr(block, "label", ""))] == []
    for block in walk(made_up_page.blocks):
        if isinstance(block, Table):
            assert "MADE-UP" in block.file_name
            assert set(block.rows["is_made_up"]) <= {"MADE UP"}
            assert block.columns[0].name == "is_made_up"


def test_results_of_real_files_are_not_marked_made_up(ask, words, worked, pair):
    page = field_data_results.results_page(ask, words, worked, pair)
    assert "MADE UP" not in page.title + page.lead
    assert not any(isinstance(block, Table) and "is_made_up" in block.rows for block in walk(page.blocks))


def test_the_matrix_the_grades_and_the_list_tell_the_same_number_of_crossings(made_up_page, worked):
    grades = worked.results.crossings["grade"]
    count, sure = len(grades), int((grades != "border_zone_only").sum())
    assert sure > 10
    (matrix,), (grades,), (listed,) = (tables(made_up_page, name) for name in ("matrix", "grades", "-crossings"))
    numbers = [column.name for column in matrix.columns if column.kind == "integer"]
    assert int(matrix.rows[numbers].to_numpy().sum()) == sure
    assert int(grades.rows["crossing_count"].sum()) == count
    assert len(listed.rows) == count
    assert all(matrix.rows[name][number] == 0 for number, name in enumerate(numbers))


def test_two_lists_their_sum_the_distinct_animals_and_the_overlap_fit_together(made_up_page, worked, ask):
    (lists,) = tables(made_up_page, "lists")
    (split,) = tables(made_up_page, "sex_and_age")
    told = worked.results.lists
    keys = {row.name: row.species_id for row in ask("species_styles").itertuples()}
    assert len(lists.rows) == 2
    for row in lists.rows.itertuples():
        own = told[told["species_id"] == keys[row.species_name]].set_index("part")["animals"]
        assert row.first_list + row.second_list == row.sum_of_lists == int(own["sum_of_lists"])
        assert row.distinct_animals == int(own["distinct"])
        assert row.in_both == row.sum_of_lists - row.distinct_animals == int(own["overlap"])
        parts = split.rows[split.rows["species_name"] == row.species_name]
        total, parts = parts.iloc[-1], parts.iloc[:-1]
        for name in ("only_first", "only_second", "in_both", "distinct_animals"):
            assert parts[name].sum() == total[name]
        assert total["only_first"] + total["only_second"] + total["in_both"] == row.distinct_animals


def test_an_arrow_joins_only_places_that_may_be_a_point_and_the_rest_is_said_not_to_be_drawn(made_up_page, worked):
    (map_,) = [block for block in made_up_page.blocks if isinstance(block, Map)]
    arrows = [layer.rows for layer in map_.layers if isinstance(layer, Arrows)]
    crossings = worked.results.crossings
    drawn = crossings["from_place_kind"].isin(["site"]) & crossings["to_place_kind"].isin(["site"])
    assert 0 < drawn.sum() < len(crossings)
    assert sum(int(str(text).split(": ")[1].split()[0]) for rows in arrows for text in rows["tooltip"]) == drawn.sum()
    assert any(f"{(~drawn).sum()} of {len(crossings)} crossings" in getattr(b, "text", "") for b in made_up_page.blocks)


def test_a_map_of_results_opens_on_what_it_shows(made_up_page, ask):
    (map_,) = [block for block in made_up_page.blocks if isinstance(block, Map)]
    near = opening_state(map_)
    assert near["zoom"] > VIEWS["region"]["zoom"] + 1
    assert 42 < near["latitude"] < 45
    assert 129 < near["longitude"] < 133


def test_files_of_the_sample_say_in_each_row_that_they_are_made_up(made_up_page, worked, ask, words):
    files = {one.key: one for one in result_downloads.downloads(made_up_page, worked, ask, words, is_made_up=True)}
    assert set(files) == {"all", "crossings", "stays", "gpkg", "statement", "report", "pdf", "xlsx", "joint"}
    assert all("MADE-UP" in one.file_name for one in files.values())
    for key in ("crossings", "stays", "statement"):
        rows = list(csv.reader(io.StringIO(files[key].make().decode("utf-8-sig"))))
        assert len(rows) > 1
        assert all("MADE UP" in " ".join(row) for row in rows[1:]), key
    assert "MADE UP" in json.loads(files["report"].make())["made_up"]
    with sqlite3.connect(":memory:") as database:
        database.deserialize(files["gpkg"].make())
        for table in ("places", "crossings"):
            licences = [row[0] for row in database.execute(f"select licence from {table}")]  # noqa: S608
            assert licences
            assert all("MADE UP" in text for text in licences)
    reader = PdfReader(io.BytesIO(files["pdf"].make()))
    assert "MADE UP" in reader.pages[0].extract_text()
    assert "Results of field data" in reader.pages[0].extract_text()
    assert "/field_data" not in reader.pages[0].extract_text()
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "MADE UP ·" in text
    assert "Figures are those of the documents" not in text
    with zipfile.ZipFile(io.BytesIO(files["xlsx"].make())) as book:
        assert b"MADE UP" in book.read("xl/sharedStrings.xml")


def test_the_paper_of_a_joint_study_holds_on_two_pages_and_says_its_numbers(made_up_page, worked, ask, words):
    files = {one.key: one for one in result_downloads.downloads(made_up_page, worked, ask, words, is_made_up=True)}
    reader = PdfReader(io.BytesIO(files["joint"].make()))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert len(reader.pages) <= 2
    assert "MADE UP · Joint study: China, Russian Federation" in text
    assert "Amur tiger: 11 different animals, 3 on both sides" in text
    assert "9 at 8 stations; 6,552 camera-days" in text
    assert "Sections of the border that animals crossed" in text


def test_the_zip_holds_the_files_of_a_joint_study_and_no_exact_trap(made_up_page, worked, ask, words):
    files = {one.key: one for one in result_downloads.downloads(made_up_page, worked, ask, words, is_made_up=True)}
    with zipfile.ZipFile(io.BytesIO(files["all"].make())) as archive:
        named = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert {"MADE-UP-joint_table.csv", "joint_study/known_alive.csv", "joint_study/counts_with_effort.csv"} <= set(
        named
    )
    assert "joint_study/capture_histories/amur_leopard/secr-captures.txt" in named
    assert not [name for name in named if "exact" in name]
    assert b"MADE UP" in named["joint_study/effort.csv"]
    assert b"MADE UP" in named["joint_study/capture_histories/amur_leopard/secr-captures.txt"]


def test_the_joint_study_has_a_tab_of_its_own_with_the_table_of_the_sides(made_up_page, words):
    (shown_tabs,) = [block for block in made_up_page.blocks if isinstance(block, Tabs)]
    (tab,) = [tab for tab in shown_tabs.tabs if tab.key == "joint"]
    (table,) = [block for block in tab.blocks if isinstance(block, Table) and "joint_table" in block.file_name]
    assert [column.label for column in table.columns[1:4]] == ["What was counted", "China", "Russian Federation"]
    assert table.rows["RUS"].iloc[0] == "9 at 8 stations; 6,552 camera-days"
    charts = [block for block in tab.blocks if isinstance(block, Chart)]
    assert [chart.rows["known_alive"].max() for chart in charts] == [11, 11, 11][: len(charts)]


def test_files_without_cameras_have_no_tab_of_a_joint_study(ask, words):
    case = ROOT / "tests" / "crossings" / "cases" / "03_speed_spike"
    files = [(path.name, path.read_bytes()) for path in sorted(case.iterdir())]
    made, _ = upload_pipeline.run_uploaded(files, NO_ANSWERS, load_rules(ask), lambda stage: None)
    page = field_data_results.results_page(ask, words, made, None)
    (shown_tabs,) = [block for block in page.blocks if isinstance(block, Tabs)]
    assert "joint" not in [tab.key for tab in shown_tabs.tabs]
    offered = {one.key for one in result_downloads.downloads(page, made, ask, words, is_made_up=False)}
    assert "joint" not in offered


def test_genotypes_and_pairs_of_pictures_are_told_as_proposals(ask, words):
    alleles = ",".join(["100,102"] * 7)
    header = "Sample,Pop," + ",".join(f"L{number}," for number in range(7))
    genalex = f"7,2,1,2\nx,,,CHN\n{header}\nS1,CHN,{alleles}\nS2,CHN,{alleles}\n"
    pairs = "id_a,id_b,flank,score,confirmed_by\nC1,R1,left,0.5,a|b\n"
    given = [("lab.csv", genalex.encode()), ("pairs.csv", pairs.encode())]
    made, _ = upload_pipeline.run_uploaded(given, NO_ANSWERS, load_rules(ask), lambda stage: None)
    assert not made.is_empty and made.results.stays.empty
    text = said(field_data_results.results_page(ask, words, made, None))
    assert "S1" in text and "S2" in text and words("joint.state_by_both_sides") in text
    assert words("joint.loci_text") in text


def test_the_encoding_of_text_can_be_stated_on_the_page(monkeypatch):
    data = b"individual,taxon,time,evidence,declared_country\nT\x98,Panthera tigris,2024-01-10,camera,CHN\n"
    app = tried(opened(monkeypatch, {"x.csv": data}))
    assert "Or state its encoding here, under “Text that is not UTF-8 is”." in shown(app)
    assert "--encoding" not in shown(app)
    box = app.run().selectbox("field encoding")
    assert "UTF" in box.label
    box.set_value("cp1252").run()
    assert "state its encoding" not in shown(app)


def test_nothing_shared_keeps_results_once_their_session_lets_them_go(ask, words, worked, pair):
    def used() -> weakref.ref:
        page = field_data_results.results_page(ask, words, worked, pair)
        plan(page, palette_of(ask, is_dark=False), words, {}, None)
        for one in result_downloads.downloads(page, worked, ask, words, is_made_up=False):
            one.make()
        return weakref.ref(page)

    before = len(PAGE_CACHE), len(FILES)
    left = used()
    gc.collect()
    assert left() is None
    assert (len(PAGE_CACHE), len(FILES)) == before


class Here(Upload):
    """Works an upload out in the process of the test, which is quicker."""

    def __call__(self, job):
        return upload_pipeline.run_uploaded(self._files, self._answers, self._rules, job.tell)


START = PagesManager.__init__


def entry_file_first(self, *args, **kwargs) -> None:
    """Each run of a test forgets what the server sets once: a page is never run without its frame."""
    PagesManager.uses_pages_directory = False
    START(self, *args, **kwargs)


def opened(monkeypatch, files=None, upload=Here) -> AppTest:
    monkeypatch.setattr("neaspec.web.upload_widget.Upload", upload)
    monkeypatch.setattr(PagesManager, "__init__", entry_file_first)
    if files is not None:
        monkeypatch.setattr("neaspec.web.upload_widget.sample_files", lambda: files)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/field_data.py").run()
    assert not app.exception
    return app


def tried(app: AppTest) -> AppTest:
    app.button("field sample button").click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    texts = " ".join(str(element.proto) for element in [*app.get("html"), *app.get("markdown")])
    return texts.replace("<b>", "").replace("</b>", "")  # figures of an answer are bold


def test_the_sample_is_shown_and_taken_away_again(monkeypatch):
    app = tried(opened(monkeypatch, upload=Upload))
    assert "MADE UP: crossings in these files" in shown(app)
    assert [box.label for box in app.selectbox if box.key == "field first"]
    tried(app)
    assert BEFORE in shown(app)
    assert "MADE UP: crossings in these files" not in shown(app)


def test_two_data_sets_can_be_changed_over(monkeypatch, pair):
    app = tried(opened(monkeypatch))
    app.selectbox("field first").set_value(pair[1]).run()
    assert not app.exception
    assert app.selectbox("field second").value == pair[0]
    app.query_params["tab"] = "compare"
    assert f"{pair[1]} and {pair[0]}: how many animals are the same" in shown(app.run())


def test_all_problems_of_files_are_told_at_once_and_the_session_goes_on(monkeypatch, caplog):
    broken = {"a.zip": b"PK\x03\x04 no archive", "b.csv": b"\x00\x01\x02\x03" * 50}
    app = tried(opened(monkeypatch, broken))
    assert "a.zip" in shown(app)
    assert "b.csv" in shown(app)
    assert "Nothing of them was kept" in shown(app)
    assert BEFORE in shown(app)
    tried(app)
    assert "a.zip" not in shown(app)


def test_a_problem_repeats_no_position_that_a_file_is_named_by(monkeypatch):
    app = tried(opened(monkeypatch, {"camera 43.12345 131.54321.zip": b"PK\x03\x04 no archive"}))
    assert "the archive is damaged" in shown(app)
    assert "43.12345" not in shown(app)
    assert "131.54321" not in shown(app)
    assert "position withheld" in shown(app)


def test_the_same_file_dropped_twice_is_refused(monkeypatch):
    data = b"individual,taxon,time,evidence,declared_country\nA1,Panthera tigris,2024-01-10,camera,CHN\n"
    app = tried(opened(monkeypatch, {"x.csv": data, "y.csv": data}))
    assert "y.csv is the same file as x.csv: give it once" in shown(app)


def test_the_stated_matches_behind_joined_animals_are_shown_marked_and_in_the_report(made_up_page, worked, ask, words):
    (table,) = [
        block for block in walk(made_up_page.blocks) if isinstance(block, Table) and "matches" in block.file_name
    ]
    assert "Stated matches that join animals" in table.title
    assert "MADE UP" in table.title
    assert (table.rows["is_made_up"] == "MADE UP").all()
    assert len(table.rows) == len(worked.matches) > 1
    known = set(worked.results.stays["individual_key"])
    assert set(table.rows["individual_key"]) <= known
    report = next(
        one for one in result_downloads.downloads(made_up_page, worked, ask, words, True) if one.key == "report"
    )
    assert json.loads(report.make())["matches_that_join_animals"] == worked.matches.to_dict("records")


def test_names_of_stated_matches_hold_no_position(words, worked):
    named = worked.matches.assign(individual="camera 43.12345 131.54321")
    (block,) = field_data_crossings.matches(words, named)
    assert "43.12345" not in block.blocks[0].rows.to_csv()


def test_an_error_of_ours_is_told_in_a_sentence_and_no_value_reaches_the_log(monkeypatch, caplog):
    def fails(*_: object) -> None:
        secret = "131.234567"
        raise ValueError(f"could not convert {secret}")

    monkeypatch.setattr("neaspec.web.upload_pipeline.run_uploaded", fails)
    app = tried(opened(monkeypatch))
    assert "could not be processed at present" in shown(app)
    assert "131.234567" not in shown(app) + caplog.text
    assert "ValueError at test_field_data.py" in caplog.text


def test_a_date_that_can_be_read_two_ways_is_asked_and_never_guessed(monkeypatch):
    header = "individual,taxon,time,evidence,declared_country\n"
    rows = "".join(
        f"A1,Panthera tigris altaica,0{day}/03/2024,camera,{country}\n"
        for day, country in [(1, "CHN"), (2, "CHN"), (4, "RUS"), (5, "RUS")]
    )
    app = tried(opened(monkeypatch, {"dates.csv": (header + rows).encode()}))
    (box,) = [box for box in app.selectbox if str(box.key).startswith("field answer")]
    assert "dates.csv" in box.label.replace("\\", "")
    assert "Not read yet" in shown(app)
    box.set_value("month").run()
    assert not app.exception
    assert "1 of 1 identified animals crossed" in shown(app)
    assert [box.value for box in app.selectbox if str(box.key).startswith("field answer")] == ["month"]


def test_the_country_of_stations_that_declare_none_can_be_declared(monkeypatch):
    header = "data_set,individual,taxon,time,evidence,longitude,latitude\n"
    row = "{},{},Panthera tigris altaica,2024-0{}-10T10:00:00Z,camera,{},{}\n"
    one, other = (row.format("ours", "A1", month, 130.5, 45.0) for month in (1, 2))
    app = tried(opened(monkeypatch, {"cameras.csv": (header + one + other).encode()}))
    (box,) = [box for box in app.selectbox if str(box.key).startswith("field country")]
    assert box.value == ""
    box.set_value("RUS").run()
    assert not app.exception
    assert [box.value for box in app.selectbox if str(box.key).startswith("field country")] == ["RUS"]
    assert "No crossing" in shown(app)


def test_two_files_of_one_name_are_both_read(ask):
    header = "individual,taxon,time,evidence,declared_country\n"
    row = "A1,Panthera tigris altaica,2024-0{}-10T10:00:00Z,camera,{}\n"
    files = [("x.csv", (header + row.format(month, code)).encode()) for month, code in ((1, "CHN"), (2, "RUS"))]
    made, _ = upload_pipeline.run_uploaded(files, NO_ANSWERS, load_rules(ask), lambda stage: None)
    assert sorted(one.source for one in made.recognised) == ["(2) x.csv", "x.csv"]
    assert [one.records for one in made.recognised] == [1, 1]


def test_every_note_of_the_readers_has_a_sentence(words):
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "neaspec" / "crossings").rglob("*.py"))
    keys = set(re.findall(r'notes\.append\("(\w+)"\)|said\.append\("(\w+)"\)', source))
    keys |= set(re.findall(r'(?:notes|said) \+= \(?\[(?:\] if [^[]+ else \[)?"(\w+)"()', source))
    keys |= set(re.findall(r'^[A-Z_]+ = "(\w+)"()  # note', source, re.MULTILINE))
    named = {name for pair in keys for name in pair if name}
    assert {"country_not_known", "told_as_china", "no_individuals", "no_animal_column", "not_used"} <= named
    for name in (*named, "read_as_cp1251", "read_as_big5", "sex_not_known"):
        sentence = note_words(words, name)
        assert sentence.endswith("."), name
        assert "_" not in sentence, name


def test_the_page_lists_exactly_the_standards_there_are_readers_for():
    assert {reader.STANDARD for reader in ALL} == set(field_data.STANDARDS)


@pytest.mark.parametrize("form", ["{:.6f}", "{:.5f}", "at {:.4f}, near"])
def test_the_search_for_positions_finds_them_as_text_and_as_binary_numbers(form):
    positions = [43.106517, 130.700727]
    assert found_in(form.format(positions[0]).encode(), positions)
    assert found_in(b"x" + struct.pack("<d", positions[1]) + b"y", positions)
    assert found_in(b"43.11 130.7 43.1 N, 130.70 E", positions) == []


def test_long_lists_are_cut_on_paper_alone_and_the_rest_is_counted_in_a_sentence(made_up_page, worked, ask, words):
    count, most = len(worked.results.stays), 3
    cut = field_data_paper.cut_for_paper(words, made_up_page.blocks, most)
    short = [block for block in walk(cut) if isinstance(block, Table)]
    whole = [block for block in walk(made_up_page.blocks) if isinstance(block, Table)]
    assert [len(table.rows) for table in short] == [min(len(table.rows), most) for table in whole]
    texts = [block.text for block in walk(cut) if isinstance(block, Text)]
    said = [text for text in texts if text.startswith(f"The first {most} of")]
    assert len(said) == sum(len(table.rows) > most for table in whole) > 2
    assert f"The first {most} of {count} rows are printed; the workbook and the CSV files contain all of them." in said
    uncut = field_data_paper.cut_for_paper(words, made_up_page.blocks)
    assert [type(block) for block in walk(uncut)] == [type(block) for block in walk(made_up_page.blocks)]


def test_the_paper_of_many_crossings_has_no_more_rows_than_it_may(made_up_page, worked, ask, words, monkeypatch):
    papers = []
    monkeypatch.setattr(Format, "make", lambda self, document: papers.append((self.name, document)) or b"")
    (listed,) = tables(made_up_page, "-crossings")
    many = replace(listed, rows=pd.concat([listed.rows] * 40, ignore_index=True))
    page = replace(made_up_page, blocks=(many,))
    for one in result_downloads.downloads(page, worked, ask, words, is_made_up=True):
        if one.key in ("pdf", "xlsx"):
            one.make()
    rows = {name: len(document.page.blocks[0].rows) for name, document in papers}
    assert rows == {"pdf": field_data_paper.MOST_ROWS, "xlsx": len(many.rows)}
    assert len(many.rows) > field_data_paper.MOST_ROWS
