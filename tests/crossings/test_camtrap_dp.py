"""Camtrap DP packages are read as the standard means them, in every version that circulates."""

import csv
import io
import json
import os
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.model.records import Example
from neaspec.crossings.readers.camtrap_deployments import uncertainty
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from neaspec.paths import ROOT
from tools.sample import SIDES, sample_files

EXAMPLE = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared")) / "data" / "camtrap-dp-1.0.2-example"
OBSERVATIONS = "made_up.zip/observations.csv"
DEPLOYMENTS = "made_up.zip/deployments.csv"
PROFILE = "https://raw.githubusercontent.com/tdwg/camtrap-dp/{}/camtrap-dp-profile.json"

CAMERA = {
    "deploymentID": "d1",
    "locationID": "L1",
    "latitude": "43.1",
    "longitude": "131.4",
    "coordinateUncertainty": "",
    "deploymentStart": "2024-05-01T00:00:00+10:00",
    "deploymentEnd": "2024-07-01T00:00:00+10:00",
    "timestampIssues": "",
    "featureType": "",
    "deploymentGroups": "",
    "deploymentTags": "country:RUS",
}
EVENT = {
    "observationID": "o",
    "deploymentID": "d1",
    "mediaID": "",
    "eventID": "e1",
    "eventStart": "2024-06-01T08:00:00+10:00",
    "eventEnd": "2024-06-01T08:00:30+10:00",
    "observationLevel": "event",
    "observationType": "animal",
    "cameraSetupType": "",
    "scientificName": "Panthera tigris",
    "count": "1",
    "lifeStage": "",
    "sex": "",
    "behavior": "",
    "individualID": "T1",
}
CAMERA_BEFORE = {
    "deploymentID": "d1",
    "locationID": "L1",
    "longitude": "131.4",
    "latitude": "43.1",
    "start": "2024-05-01T00:00:00Z",
    "end": "2024-07-01T00:00:00Z",
    "session": "",
    "array": "",
    "tags": "country:RUS",
}
EVENT_BEFORE = {
    "observationID": "o",
    "deploymentID": "d1",
    "sequenceID": "e1",
    "mediaID": "",
    "timestamp": "2024-06-01T08:00:00Z",
    "observationType": "animal",
    "cameraSetup": "FALSE",
    "scientificName": "Panthera tigris",
    "count": "2",
    "lifeStage": "adult",
    "sex": "unknown",
    "behaviour": "",
    "individualID": "T1",
}


def table(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def events(*changes: dict[str, str], of: dict[str, str] = EVENT) -> list[dict[str, str]]:
    return [of | {"observationID": f"o{number}"} | change for number, change in enumerate(changes)]


def cameras(*changes: dict[str, str]) -> list[dict[str, str]]:
    return [CAMERA | change for change in changes]


def parts(cameras: list[dict[str, str]], events: list[dict[str, str]], version: str = "1.0.2", **said: object) -> dict:
    resources = [{"name": name, "path": f"{name}.csv"} for name in ("deployments", "observations")]
    return {
        "datapackage.json": json.dumps({"profile": PROFILE.format(version), "resources": resources} | said).encode(),
        "deployments.csv": table(cameras),
        "observations.csv": table(events),
    }


def zipped(files: dict[str, bytes], name: str = "made_up.zip") -> Input:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for inside, content in files.items():
            archive.writestr(inside, content)
    return Input(name, out.getvalue())


def package(*args, **said) -> Input:
    return zipped(parts(*args, **said))


def one(*changes: dict[str, str], camera: dict[str, str] | None = None, **said) -> pd.DataFrame:
    return read([package(cameras(camera or {}), events(*changes), **said)]).records


def left_out(*changes: dict[str, str], camera: dict[str, str] | None = None) -> tuple[dict, dict]:
    dropped = read([package(cameras(camera or {}), events(*changes))]).dropped
    return dict(dropped.counts), dict(dropped.examples)


@pytest.mark.skipif(not EXAMPLE.is_dir(), reason="the official example is not here")
def test_the_official_example_has_56_animals_and_not_641():
    reading = read([Input(path.name, path) for path in EXAMPLE.iterdir()])
    assert reading.records["count"].sum() == 56
    source = "observations.csv"
    assert dict(reading.dropped.counts) == {
        (source, "media_level"): 513,
        (source, "not_an_animal"): 6,
        (source, "setup_or_calibration"): 1,
    }
    (said,) = reading.recognised
    assert (said.standard, said.version, said.rows, said.records) == ("camtrap_dp", "1.0.2", 549, 29)
    assert reading.records["data_set"].unique().tolist() == ["7cca70f5-ef8c-4f86-85fb-8f070937d7ab"]
    assert reading.records["uncertainty_m"].unique().tolist() == [187.0]  # holds what rounding to 0.001° adds
    everything = pd.read_csv(EXAMPLE / "observations.csv")
    assert everything["count"][everything["observationType"] == "animal"].sum() == 641


@pytest.mark.skipif(not EXAMPLE.is_dir(), reason="the official example is not here")
def test_the_official_example_reads_alike_with_files_renamed_and_without_its_description():
    files = {name: (EXAMPLE / f"{name}.csv").read_bytes() for name in ("deployments", "observations", "media")}
    loose = read([Input(f"{name[::-1]}.csv", content) for name, content in files.items()])
    assert loose.records["count"].sum() == 56
    assert [said.version for said in loose.recognised] == ["1.0"]


def test_a_record_says_what_the_event_and_its_deployment_say():
    made = one(
        {"sex": "female", "lifeStage": "subadult", "count": "2", "behavior": "walking | nesting"},
        camera={"coordinateUncertainty": "50", "deploymentTags": "country:RUS | site:Land of  the Leopard"},
        id="p-1",
        name="p",
        title="P",
    ).iloc[0]
    assert made["data_set"] == "p-1" and made["source"] == OBSERVATIONS and made["row"] == 2
    assert made["time"] == pd.Timestamp("2024-05-31 22:00") and made["time_quality"] == "offset_given"
    assert (made["longitude"], made["latitude"], made["uncertainty_m"]) == (131.4, 43.1, 50)
    assert (made["individual"], made["taxon"], made["evidence"]) == ("T1", "Panthera tigris", "camera")
    assert (made["declared_country"], made["station"], made["site"]) == ("RUS", "L1", "Land of the Leopard")
    assert (made["sex"], made["age"], made["count"], made["behaviour"]) == ("female", "subadult", 2, "nest")


def test_an_event_that_counts_no_animal_shows_none():
    counts, examples = left_out({"count": "0"}, {"count": "1"})
    assert counts == {(OBSERVATIONS, "absent"): 1}
    ((row,),) = examples.values()
    assert (row.row, row.column, row.found) == (2, "count", "a count of 0")


@pytest.mark.parametrize(
    ("said", "data_set"),
    [
        ({"id": "i", "name": "n", "title": "t"}, "i"),
        ({"name": "n", "title": "t"}, "n"),
        ({"title": "A  t"}, "A t"),
        ({"id": ""}, "made_up"),
    ],
)
def test_the_data_set_is_the_packages_id_name_title_or_file(said, data_set):
    assert one({}, **said)["data_set"].tolist() == [data_set]


def test_version_0_1_6_reads_with_its_own_names_and_without_levels():
    rows = events({}, {"mediaID": "m1", "eventID": "e1"}, {"cameraSetup": "TRUE"}, of=EVENT_BEFORE)
    rows = [{name: row[name] for name in EVENT_BEFORE} for row in rows]
    reading = read([package([CAMERA_BEFORE], rows, version="0.1.6")])
    made = reading.records.iloc[0]
    assert len(reading.records) == 1 and reading.recognised[0].version == "0.1.6"
    assert made["time"] == pd.Timestamp("2024-06-01 08:00") and made["sex"] == "" and made["age"] == "adult"
    assert made["declared_country"] == "RUS" and made["count"] == 2
    assert dict(reading.dropped.counts) == {(OBSERVATIONS, "media_level"): 1, (OBSERVATIONS, "setup_or_calibration"): 1}


def test_broken_dates_of_0_1_6_are_told_with_their_lines_in_both_tables():
    rows = events({"timestamp": "2024-06-01TT05:29:41Z"}, {"timestamp": "2024-06-0105:38:55Z"}, {}, of=EVENT_BEFORE)
    camera = CAMERA_BEFORE | {"start": "2024-05-01TT05:29:41Z"}
    reading = read([package([camera], rows, version="0.1.6")])
    assert reading.records["row"].tolist() == [4]
    told = reading.dropped.examples
    assert [(bad.row, bad.column) for bad in told[(OBSERVATIONS, "time_unreadable")]] == [
        (2, "timestamp"),
        (3, "timestamp"),
    ]
    assert [(bad.row, bad.column) for bad in told[(DEPLOYMENTS, "time_unreadable")]] == [(2, "start")]


def test_pictures_are_left_out_and_counted_where_there_are_events():
    rows = [{"count": "2"}] + [{"observationLevel": "media", "mediaID": f"m{n}", "count": "2"} for n in range(5)]
    reading = read([package(cameras({}), events(*rows))])
    assert reading.records["count"].tolist() == [2]
    assert dict(reading.dropped.counts) == {(OBSERVATIONS, "media_level"): 5}


@pytest.mark.parametrize("chunk_rows", [1, 2, 3, 100])
@pytest.mark.parametrize("turned", [False, True])
def test_pictures_alone_are_one_record_an_event_and_animal_and_never_a_sum(chunk_rows, turned):
    def picture(event: str, second: int, count: str, animal: str) -> dict[str, str]:
        return {
            "observationLevel": "media",
            "eventID": event,
            "count": count,
            "individualID": animal,
            "eventStart": f"2024-06-01T08:00:{second:02d}+10:00",
            "observationID": f"{event}{second}{animal}",
        }

    rows = events(
        picture("e1", 5, "1", "T1"),
        picture("e1", 1, "1", "T1"),
        picture("e1", 3, "3", "T1"),
        picture("e1", 2, "1", "T2"),
        picture("e2", 9, "1", "T1"),
        picture("", 10, "2", "T1"),
        picture("", 11, "", "T1"),
    )
    reading = read([package(cameras({}), rows[::-1] if turned else rows)], chunk_rows=chunk_rows)
    made = reading.records.sort_values("time")
    assert [(time.second, animal) for time, animal in zip(made["time"], made["individual"], strict=True)] == [
        (1, "T1"),
        (2, "T2"),
        (9, "T1"),
        (10, "T1"),
        (11, "T1"),
    ]
    assert made["count"].fillna(-1).tolist() == [3, 1, 1, 2, -1]
    assert dict(reading.dropped.counts) == {(OBSERVATIONS, "media_level"): 2}
    assert "only_pictures" in reading.recognised[0].notes


def test_what_is_no_animal_is_told_by_what_it_is():
    counts, examples = left_out({"observationType": "human"}, {"observationType": "blank"}, {})
    assert counts == {(OBSERVATIONS, "not_an_animal"): 2}
    assert examples[(OBSERVATIONS, "not_an_animal")][0] == Example(2, "observationType", "human")


@pytest.mark.parametrize("kind", ["setup", "calibration"])
def test_setting_up_a_camera_is_no_observation(kind):
    counts, _ = left_out({"cameraSetupType": kind}, {"cameraSetupType": kind, "observationType": "human"}, {})
    assert counts == {(OBSERVATIONS, "setup_or_calibration"): 2}


def test_a_deployment_that_is_not_there_is_told():
    counts, examples = left_out({"deploymentID": "d9"}, {})
    assert counts == {(OBSERVATIONS, "unknown_deployment"): 1}
    assert examples[(OBSERVATIONS, "unknown_deployment")] == [
        Example(2, "deploymentID", "no deployment has this identifier")
    ]


def test_only_events_inside_their_deployment_count_and_its_ends_are_inside():
    inside = [{"eventStart": CAMERA["deploymentStart"]}, {"eventStart": CAMERA["deploymentEnd"]}]
    outside = [{"eventStart": "2024-04-30T23:59:59+10:00"}, {"eventStart": "2024-06-30T14:00:01Z"}]
    counts, examples = left_out(*inside, *outside)
    assert counts == {(OBSERVATIONS, "outside_deployment"): 2}
    assert [(bad.row, bad.found) for bad in examples[(OBSERVATIONS, "outside_deployment")]] == [
        (4, "earlier than the deployment began"),
        (5, "later than the deployment ended"),
    ]


def test_a_deployment_that_ends_on_a_day_ends_with_that_day():
    camera = {"deploymentStart": "2024-06-01", "deploymentEnd": "2024-06-02"}
    counts, _ = left_out(
        {"eventStart": "2024-06-01T00:00:00Z"},
        {"eventStart": "2024-06-02T23:59:00Z"},
        {"eventStart": "2024-06-03T00:00:00Z"},
        camera=camera,
    )
    assert counts == {(OBSERVATIONS, "outside_deployment"): 1}


def test_a_deployment_without_an_end_lets_all_later_events_in():
    assert len(one({"eventStart": "2026-06-03T00:00:00Z"}, camera={"deploymentEnd": ""})) == 1


def test_a_wrong_position_is_described_and_never_repeated():
    _, examples = left_out({}, camera={"latitude": "131.4", "longitude": "43.1"})
    (bad,) = examples[(OBSERVATIONS, "coordinates_impossible")]
    assert bad.column == "deploymentID" and bad.found.startswith("its deployment has a latitude")
    assert "131.4" not in bad.found and "exchanged" in bad.found


def test_a_station_without_position_is_kept_if_its_country_is_declared():
    nowhere = {"latitude": "", "longitude": ""}
    made = one({}, camera=nowhere)
    assert made["declared_country"].tolist() == ["RUS"] and np.isnan(made["longitude"].iloc[0])
    assert left_out({}, camera=nowhere | {"deploymentTags": ""})[0] == {(OBSERVATIONS, "no_coordinates"): 1}
    given = Answers(country={"made_up": "CHN"})
    answered = read([package(cameras(nowhere | {"deploymentTags": ""}), events({}))], given).records
    assert answered["declared_country"].tolist() == ["CHN"]


@pytest.mark.parametrize(
    ("tags", "groups", "country"),
    [
        ("country:CHN", "", "CHN"),
        ("forest | Country : cn", "", "CHN"),
        ("", "area:1 | countryCode:RU", "RUS"),
        ("country:Mongolia", "", "MNG"),
        ("country:CHN", "country:RUS", "CHN"),
        ("country:CHN | country:RUS", "", ""),
        ("country", "", ""),
        ("mycountry:CHN", "", ""),
        ("country:Nowhere", "", ""),
        ("", "", ""),
    ],
)
def test_the_country_is_what_a_tag_declares(tags, groups, country):
    made = read([package(cameras({"deploymentTags": tags, "deploymentGroups": groups}), events({}))])
    assert made.records["declared_country"].tolist() == [country]
    is_told = "Nowhere" in tags or tags.count("country:") == 2
    assert ("country_not_known" in made.recognised[0].notes) == is_told


def test_the_protected_area_is_what_a_tag_declares():
    assert one({}, camera={"deploymentTags": "protected_area:Hunchun"})["site"].tolist() == ["Hunchun"]


def test_a_camera_at_a_nest_tells_of_a_nest_and_a_roost_is_told():
    assert one({}, camera={"featureType": "nestSite"})["behaviour"].tolist() == ["nest"]
    assert one({"behavior": "roosting"}, {"behavior": "walking"})["behaviour"].tolist() == ["roost", ""]


def test_rounding_adds_to_an_uncertainty_that_cannot_hold_it():
    stated = np.array([np.nan, 30.0, 2_000.0, 0.0])
    corner = 0.005 * 111_320 * np.hypot(1, np.cos(np.radians(43)))
    made = uncertainty(stated, np.full(4, 43.0), 0.01)
    assert np.allclose(made, [corner, 30 + corner, 2_000, corner])
    assert np.array_equal(uncertainty(stated, np.full(4, 43.0), 0), [np.nan, 30, 2_000, np.nan], equal_nan=True)
    assert one({}, coordinatePrecision=0.01)["uncertainty_m"].round().tolist() == [
        round(float(uncertainty(np.array([np.nan]), np.array([43.1]), 0.01)[0]))
    ]


def test_individuals_are_not_read_where_the_project_says_it_has_none():
    without = read([package(cameras({}), events({}), project={"individualAnimals": False})])
    assert without.records["individual"].tolist() == [""]
    assert "individuals_said_to_be_none" in without.recognised[0].notes
    assert one({}, project={"individualAnimals": True})["individual"].tolist() == ["T1"]
    assert one({})["individual"].tolist() == ["T1"]


def test_times_said_to_be_wrong_are_noted():
    made = read([package(cameras({"timestampIssues": "true"}), events({}))])
    assert "times_said_to_be_wrong" in made.recognised[0].notes and len(made.records) == 1


def test_dates_that_a_spreadsheet_rewrote_are_asked_about_and_read_as_answered():
    camera = {"deploymentStart": "", "deploymentEnd": ""}
    given = package(cameras(camera), events({"eventStart": "03/04/2024 08:00"}, {"eventStart": "05/04/2024 08:00"}))
    asked = read([given])
    assert [(one.kind, one.source, one.column) for one in asked.questions] == [
        ("day_or_month_first", OBSERVATIONS, "eventStart")
    ]
    assert asked.records.empty
    for day_first, months in ((True, [4, 4]), (False, [3, 5])):
        made = read([given], Answers(day_first={OBSERVATIONS: day_first}))
        assert made.records["time"].dt.month.tolist() == months and not made.questions


def test_dates_that_tell_themselves_are_not_asked_about():
    camera = {"deploymentStart": "", "deploymentEnd": ""}
    made = read(
        [package(cameras(camera), events({"eventStart": "03/04/2024 8:00"}, {"eventStart": "25/04/2024 8:00"}))]
    )
    assert not made.questions and made.records["time"].dt.month.tolist() == [4, 4]


def test_files_may_have_any_name_the_description_gives():
    files = parts(cameras({}), events({}), id="p")
    said = json.loads(files["datapackage.json"])
    said["resources"] = [
        {"name": "deployments", "path": "tables/places.txt"},
        {"name": "observations", "path": ["./seen.dat"]},
        {"name": "individuals", "data": []},
        {"name": "notes", "path": "readme.txt"},
    ]
    made = read(
        [
            zipped(
                {
                    "in/datapackage.json": json.dumps(said).encode(),
                    "in/tables/places.txt": files["deployments.csv"],
                    "in/seen.dat": files["observations.csv"],
                    "in/readme.txt": b"Hello",
                }
            )
        ]
    )
    assert made.records["source"].tolist() == ["made_up.zip/in/seen.dat"]


def test_two_packages_at_once_keep_apart_what_is_theirs():
    china = package(cameras({"deploymentTags": "country:CHN"}), events({}), id="c")
    made = read([Input("c.zip", china.data), Input("r.zip", package(cameras({}), events({}), id="r").data)])
    assert made.records[["data_set", "declared_country"]].to_numpy().tolist() == [["c", "CHN"], ["r", "RUS"]]


@pytest.mark.parametrize("missing", ["deployments", "observations"])
def test_a_file_that_is_missing_is_named(missing):
    files = parts(cameras({}), events({}))
    del files[f"{missing}.csv"]
    with pytest.raises(
        InputError, match=rf"made_up.zip/datapackage.json: the file {missing}.csv \({missing}\) is missing"
    ):
        read([zipped(files)])
    del files["datapackage.json"]
    with pytest.raises(InputError, match=rf"the {missing} table of this Camtrap DP package is missing"):
        read([zipped(files)])


def test_columns_that_are_missing_are_one_error_with_all_of_them():
    files = parts(cameras({}), events({}))
    files["deployments.csv"] = table([{"deploymentID": "d1", "latitude": "43", "deploymentStart": ""}])
    files["observations.csv"] = table([{"deploymentID": "d1", "observationType": "animal", "eventStart": ""}])
    with pytest.raises(InputError) as told:
        read([zipped(files)])
    text = str(told.value)
    for name in ("longitude", "deploymentEnd", "observationID", "eventEnd", "observationLevel"):
        assert name in text
    assert {problem.partition(",")[0] for problem in told.value.problems} == {DEPLOYMENTS, OBSERVATIONS}


def test_a_deployment_that_is_there_twice_is_an_error_with_its_lines():
    with pytest.raises(
        InputError, match=r"deployments.csv, lines 2, 4, deploymentID: the same identifier stands 2 times"
    ):
        read([package(cameras({}, {"deploymentID": "d2"}, {"latitude": "44"}), events({}))])


@pytest.mark.parametrize("content", [b"{", b'{"resources": ', b"\xff\xfe{", b'{"id": "\\ud800", "resources": []}'])
def test_a_description_that_is_no_json_is_an_error(content):
    files = parts(cameras({}), events({})) | {"datapackage.json": content}
    with pytest.raises(InputError, match="datapackage.json"):
        read([zipped(files)])


def test_a_table_on_the_network_is_not_fetched():
    files = parts(cameras({}), events({}))
    said = json.loads(files["datapackage.json"])
    said["resources"][1]["path"] = "https://example.org/observations.csv"
    del files["observations.csv"]
    with pytest.raises(InputError, match="on the network; give the file itself"):
        read([zipped(files | {"datapackage.json": json.dumps(said).encode()})])


def test_the_order_of_rows_and_the_size_of_pieces_change_nothing():
    side = SIDES[0]
    whole = read([Input(side.file, sample_files()[side.file])])
    small = read([Input(side.file, sample_files()[side.file])], chunk_rows=7)
    pd.testing.assert_frame_equal(whole.records, small.records)
    assert whole.dropped == small.dropped and whole.recognised == small.recognised


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.code)
def test_the_made_up_sample_reads_with_its_faults_told(side):
    reading = read([Input(side.file, sample_files()[side.file])])
    counts = Counter({reason: rows for (_, reason), rows in reading.dropped.counts.items()})
    assert counts["outside_deployment"] == 2 and counts["setup_or_calibration"] == 8 and counts["not_an_animal"] == 8
    assert counts["media_level"] == len(reading.records) + 18
    assert reading.records["declared_country"].unique().tolist() == [side.code]
    assert reading.records["individual"].str.startswith("MADE-UP").sum() > 100
    assert set(reading.records["site"].unique()) == {"", side.park}


def test_reports_repeat_no_time_place_or_name_of_a_station():
    faults = (
        {"deploymentID": "43.12N"},
        {"eventStart": "2023-01-01T01:23:45Z"},
        {"observationType": "blank"},
        {"cameraSetupType": "setup"},
        {"observationLevel": "media"},
    )
    _, examples = left_out(*faults, {})
    _, more = left_out({}, camera={"latitude": "431234", "locationID": "43.12N"})
    told = " ".join(bad.found for dropped in (examples, more) for bads in dropped.values() for bad in bads)
    assert len(examples) == 5 and len(more) == 1
    assert not any(mark in told for mark in ("43", "23", "45"))


def test_text_in_another_encoding_is_read_and_noted():
    files = parts(cameras({"deploymentTags": "country:RUS | site:Земля леопарда"}), events({"individualID": "Нарва"}))
    for name in ("deployments.csv", "observations.csv"):
        files[name] = files[name].decode().encode("cp1251")
    made = read([zipped(files)])
    assert made.records[["individual", "site"]].to_numpy().tolist() == [["Нарва", "Земля леопарда"]]
    assert made.recognised[0].notes == ("read_as_cp1251",)
