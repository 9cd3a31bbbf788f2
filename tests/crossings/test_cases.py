"""Files of the trade with one fault each (cases/): no wrong crossing without a sign, none lost silently."""

import json
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from neaspec.crossings.__main__ import main
from neaspec.crossings.doubts.kinds import KINDS
from neaspec.crossings.input.members import PAGE, Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.model.records import DOUBT_CODES
from neaspec.crossings.pipeline import run_pipeline
from neaspec.crossings.readers.read import read
from neaspec.paths import ROOT
from tests.support.golden_files import load_kit

CASES = ROOT / "tests" / "crossings" / "cases"
SURE, MAYBE = "confirmed", "probable"


@dataclass(frozen=True)
class Expected:
    """What must come of a case: crossings (from, to, grade), reasons and lines left out, kinds of doubts."""

    crossings: list[tuple[str, str, str]]
    left_out: dict[str, list[int]] = field(default_factory=dict)
    doubts: set[str] = field(default_factory=set)  # beside "rounded": most of these positions have one decimal


THERE, BACK = [("RUS", "CHN", SURE)], [("CHN", "RUS", SURE)]
EXPECTED = {
    "01_header_only_file_first": Expected(THERE),
    "02_sightings_without_animals_first": Expected(THERE, {"unidentified": [2]}),
    "03_speed_spike": Expected([("RUS", "JPN", MAYBE), ("JPN", "RUS", MAYBE)], doubts={"too_fast"}),
    "04_two_cameras_five_minutes": Expected(
        [("CHN", "RUS", MAYBE), ("RUS", "CHN", MAYBE)], doubts={"two_places_at_once"}
    ),
    "05_future_clock": Expected([], {"after_today": [6, 7, 8, 9]}),
    "06_timestamp_issues": Expected([("CHN", "RUS", MAYBE)], doubts={"clock_said_wrong"}),
    "07_sentinel_beyond_map": Expected(THERE, {"coordinates_impossible": [6]}),
    "08_declared_country_is_a_slip": Expected([], doubts={"contradicted_country"}),
    "09_media_only_deployment": Expected(BACK, {"media_level": [4]}),
    "10_deployment_end_before_start": Expected([("CHN", "RUS", MAYBE)], doubts={"deployment_contradicts_itself"}),
    "11_utm_52S_korea": Expected([("KOR", "JPN", SURE)]),
    "12_dms_with_dots": Expected(BACK),
    "13_withheld_without_uncertainty": Expected([("CHN", "RUS", "border_zone_only")], doubts={"obscured"}),
    "14_words_for_classes_as_names": Expected([], {"unidentified": [2, 3, 4, 5, 6]}),
    "15_doubtful_names": Expected([], {"unidentified": [2, 3, 4, 5, 6]}),
    "16_names_taken_for_unknown": Expected(BACK),
    "17_float_names": Expected(THERE, doubts={"names_joined"}),
    "18_same_collar_in_two_sets": Expected(THERE * 2, doubts={"same_fixes"}),
    "19_tag_only_with_reference": Expected(THERE),
    "20_weak_genetic_match": Expected([("CHN", "RUS", MAYBE)], doubts={"weak_match"}),
    "21_living_specimen": Expected([], {"captive": [2, 3]}),
    "22_absent_in_other_words": Expected([], {"absent": [2, 3]}),
    "23_header_one_column_more": Expected(BACK),
    "24_java_dates_beside_year_month_day": Expected(BACK),
    "25_dates_of_the_region": Expected(BACK),
    "26_gbk_hunchun": Expected(THERE),
    "27_latin1_as_cyrillic": Expected(THERE),
    "28_wildlife_insights": Expected(BACK, {"not_an_animal": [3]}),
    "29_collar_vectronic": Expected(THERE),
    "30_collar_lotek_serials": Expected(THERE),
    "31_tag_ornitela": Expected([("KOR", "MNG", SURE)], {"coordinates_zero": [3]}),
    "32_move2_xy": Expected(THERE),
    "33_archive_unpacked": Expected(BACK),
    "34_station_names_in_report": Expected([], {"unknown_deployment": [2]}),
    "35_big_cat_under_an_unknown_name": Expected([]),
    "36_positions_in_names": Expected(BACK * 6),
    "37_answer_said_not_used": Expected([]),
    "38_day_of_the_place": Expected([("KOR", "JPN", SURE)]),
}
ANSWERS = {"37_answer_said_not_used": Answers(utm_zone={"stations.csv": "52N"})}


@pytest.fixture(scope="module")
def work():
    context = load_kit()

    def worked(name):
        given = [Input(path.name, path.read_bytes()) for path in sorted((CASES / name).iterdir())]
        return run_pipeline(read(given, ANSWERS.get(name, Answers()), limits=PAGE), context)

    return worked


def test_each_case_says_what_it_must_give():
    assert sorted(EXPECTED) == sorted(path.name for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_gives_what_it_must(name, work):
    worked, expected = work(name), EXPECTED[name]
    columns = ["from_country_code", "to_country_code", "grade"]
    assert [tuple(row) for row in worked.results.crossings[columns].itertuples(index=False)] == expected.crossings
    found = {reason: [one.row for one in rows] for (_, reason), rows in worked.dropped.examples.items()}
    assert {reason: lines[:5] for reason, lines in found.items()} == {
        reason: lines[:5] for reason, lines in expected.left_out.items()
    }
    assert {code for _, code in worked.doubts.counts} - {"rounded"} == expected.doubts


def test_names_are_read_as_they_were_written(work):
    assert work("26_gbk_hunchun").results.stays["individual"].unique().tolist() == ["雌虎"]
    assert work("27_latin1_as_cyrillic").results.stays["individual_key"].unique().tolist() == ["Müller: Zoë"]
    assert work("19_tag_only_with_reference").results.stays["individual_key"].unique().tolist() == ["Study A: TIGR-7"]


def test_a_picture_that_counts_no_animal_shows_none():
    files = {path.name: path.read_bytes() for path in sorted((CASES / "28_wildlife_insights").iterdir())}
    pictures = files["images_9000001.csv"].decode()
    assert pictures.count("2021-03-20 10:00:00,1,") == 1
    files["images_9000001.csv"] = pictures.replace("2021-03-20 10:00:00,1,", "2021-03-20 10:00:00,0,").encode()
    reading = read([Input(name, data) for name, data in files.items()], Answers(), limits=PAGE)
    told = {reason: [(one.row, one.column) for one in rows] for (_, reason), rows in reading.dropped.examples.items()}
    assert told["absent"] == [(4, "number_of_objects")]
    assert len(reading.records) == 1


def test_days_are_those_of_the_place(work):
    crossing = work("38_day_of_the_place").results.crossings.iloc[0]
    assert (crossing.left_period, crossing.arrived_period) == ("2021-03-01", "2021-04-01")


def test_a_cat_that_is_not_known_as_one_is_told_like_one(work):
    results = work("35_big_cat_under_an_unknown_name").results
    assert results.stays["arrived_period"].unique().tolist() == ["spring 2021"]
    assert not results.cells["place_id"].str.startswith("cell:").any()


def test_no_position_in_the_name_of_a_data_set_goes_out(work):
    told = work("36_positions_in_names").results.stays.to_csv()
    assert not any(digits in told for digits in ("1234", "4567", "07-24", "523000", "43.12", "43,12"))


def test_a_jump_is_told_with_both_of_its_lines(work):
    doubts = work("04_two_cameras_five_minutes").doubts
    rows = doubts.examples["observations.csv", "two_places_at_once"]
    assert [(row.row, row.found) for row in rows] == [(2, "with line 3"), (3, "with line 2"), (4, "with line 3")]


def run(name, out, *more):
    return main([*(str(path) for path in sorted((CASES / name).iterdir())), "--out", str(out), *more])


@pytest.mark.parametrize("name", ["01_header_only_file_first", "02_sightings_without_animals_first", "03_speed_spike"])
def test_the_command_line_gives_the_same_in_pieces(name, work, tmp_path):
    assert run(name, tmp_path, "--rows", "2") == 0
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    worked = work(name)
    assert {(one["source"], one["code"]): one["count"] for one in report["doubts"]} == dict(worked.doubts.counts)
    assert sum(report["counts"]["crossings"].values()) == len(EXPECTED[name].crossings)
    assert not list(tmp_path.glob(".work"))


def test_what_nothing_is_left_of_ends_with_1_and_the_reasons(tmp_path, capsys):
    assert run("15_doubtful_names", tmp_path) == 1
    told = capsys.readouterr().err
    assert "nothing is left" in told and "records.csv: 8 rows left out (unidentified), first line 2" in told
    assert (tmp_path / "report.json").exists()


def test_no_input_is_refused_for_a_companion_that_a_zip_would_pass():
    beside = {
        "README.md": b"How to read this",
        "licence.txt": b"Made up; no licence",
        "map.png": b"\x89PNG\r\n\x1a\n\0",
    }
    given = [Input(path.name, path.read_bytes()) for path in sorted((CASES / "33_archive_unpacked").iterdir())]
    reading = read([*given, *(Input(name, data) for name, data in beside.items())])
    unused = {one.source for one in reading.recognised if one.notes == ("not_used",)}
    assert unused == {"eml.xml", "multimedia.txt", *beside}
    assert len(reading.records) == 4


def test_the_report_repeats_no_name_of_a_station(tmp_path):
    run("34_station_names_in_report", tmp_path)
    assert "Pine" not in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_an_answer_that_was_used_is_not_said_to_be_unused(tmp_path, capsys):
    assert run("37_answer_said_not_used", tmp_path, "--utm-zone", "stations.csv=52N") == 0
    assert "not used" not in capsys.readouterr().err


def test_an_encoding_can_be_stated(tmp_path, capsys):
    assert run("26_gbk_hunchun", tmp_path, "--encoding", "collar.csv=gbk") == 0
    assert run("26_gbk_hunchun", tmp_path, "--encoding", "collar.csv=utf-8") == 2
    assert "collar.csv: not utf-8 text, as was stated" in capsys.readouterr().err
    assert run("26_gbk_hunchun", tmp_path, "--encoding", "collar.csv=klingon") == 2


def test_every_doubt_has_an_effect_and_words(words):
    assert set(KINDS) == set(DOUBT_CODES)
    for code, effect in KINDS.items():
        assert all(words(f"doubts.{part}_{code}") for part in ("name", "why", "do"))
        assert words(f"doubts.effect_{effect}")


def test_a_run_ends_with_its_day(monkeypatch):
    assert load_kit().until > datetime.now()
