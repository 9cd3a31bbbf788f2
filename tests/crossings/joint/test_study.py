"""The joint study of two packages of cameras: table, effort, histories, sections; places are kept back."""

import io
import json
import re
from types import SimpleNamespace

import pandas as pd
import pytest

from neaspec.crossings.__main__ import main
from neaspec.crossings.input.members import Input
from neaspec.crossings.joint.capture_files import capture_files
from neaspec.crossings.joint.network import links
from neaspec.crossings.joint.study import JointStudy
from neaspec.crossings.outputs.joint_files import joint_files, joint_report
from neaspec.crossings.pipeline import run_pipeline
from neaspec.crossings.readers.read import read
from tests.support.golden_files import load_kit
from tests.support.made_field_files import zipped

PROFILE = "https://raw.githubusercontent.com/tdwg/camtrap-dp/1.0.2/camtrap-dp-profile.json"
PARK = {"CHN": "Northeast China Tiger and Leopard National Park", "RUS": "Land of the Leopard National Park"}
PLACE = {"CHN": ("43.4321", "130.9876"), "RUS": ("43.2345", "131.4567")}


def package(code, observations, deployments=(("d1", "2020-03-01", "2021-02-28"),)):
    """Make a package of one side; observations are (individual, day, sex, age)."""
    north, east = PLACE[code]
    tags = f"country:{code} | site:{PARK[code]}"
    rows = "".join(
        f"{name},{name},{north},{east},{begin}T00:00:00Z,{end}T00:00:00Z,{tags}\n" for name, begin, end in deployments
    )
    seen = "".join(
        f"o{number},d1,e{number},{day}T03:00:00Z,{day}T03:01:00Z,event,animal,Panthera tigris altaica,1,{name},{sex},"
        f"{age}\n"
        for number, (name, day, sex, age) in enumerate(observations)
    )
    description = {
        "name": f"side {code}",
        "profile": PROFILE,
        "project": {"individualAnimals": True},
        "resources": [{"name": name, "path": f"{name}.csv"} for name in ("deployments", "observations")],
    }
    return zipped(
        f"{code}.zip",
        {
            "datapackage.json": json.dumps(description),
            "deployments.csv": "deploymentID,locationID,latitude,longitude,deploymentStart,"
            "deploymentEnd,deploymentTags\n" + rows,
            "observations.csv": "observationID,deploymentID,eventID,eventStart,eventEnd,"
            "observationLevel,observationType,"
            "scientificName,count,individualID,sex,lifeStage\n" + seen,
        },
    )


CHINA = package(
    "CHN",
    [
        *((f"C{number}", "2020-04-10", "female", "adult") for number in range(3)),
        ("C9", "2020-04-11", "male", "adult"),
    ],
)
RUSSIA = package(
    "RUS",
    [*((f"R{number}", "2020-04-12", "male", "adult") for number in range(3)), ("R9", "2020-04-13", "", "juvenile")],
    [("d1", "2020-03-01", "2020-05-31"), ("d2", "2020-09-01", "2020-11-30")],
)
SAME = Input("same.csv", b"data_set,individual,individual_key\nside CHN,C0,F1\nside RUS,R0,F1\n")
# R0 is told as male there and C0 as female here, so they cannot be one animal: these are.
BOTH = Input("both.csv", b"data_set,individual,individual_key\nside CHN,C9,M1\nside RUS,R1,M1\n")


@pytest.fixture(scope="module")
def kit():
    return load_kit()


@pytest.fixture(scope="module")
def study(kit):
    return run_pipeline(read([CHINA, RUSSIA, BOTH]), kit).joint


def cell(study, part, side, split="all"):
    rows = study.study
    found = rows[(rows["part"] == part) & (rows["country_code"] == side) & (rows["split"] == split)]["number"]
    return None if found.isna().iloc[0] else float(found.iloc[0])


def test_the_joint_table_counts_each_side_what_they_share_and_different_animals(study):
    assert study.sides == ("CHN", "RUS")
    assert [cell(study, "by_camera", side) for side in ("CHN", "RUS", "distinct")] == [4, 4, 7]
    assert cell(study, "shared_by_camera", "shared") == 1
    assert cell(study, "by_camera", "RUS", "juvenile") == 1
    assert cell(study, "by_camera", "CHN", "female") + cell(study, "by_camera", "CHN", "male") == 4
    assert [cell(study, "cameras", side, "camera_days") for side in study.sides] == [364, 91 + 90]


def test_effort_stands_beside_each_count(study):
    counts = study.counts.set_index(["country_code", "year"])
    assert tuple(counts.loc[("CHN", 2020), ["status", "animals", "stations", "cameras", "months"]]) == (
        "surveyed",
        4,
        1,
        1,
        10,
    )
    assert tuple(counts.loc[("CHN", 2021), ["status", "animals"]]) == ("surveyed", 0)
    assert counts.loc[("RUS", 2021), "status"] == "not_surveyed"
    assert pd.isna(counts.loc[("RUS", 2021), "animals"])


def test_a_season_without_cameras_is_not_surveyed_and_one_without_animals_is_zero(study):
    alive = study.alive.set_index(["country_code", "period"])
    assert tuple(alive.loc[("CHN", "autumn 2020"), ["status", "seen"]]) == ("surveyed", 0)
    assert alive.loc[("RUS", "summer 2020"), "status"] == "not_surveyed"
    assert pd.isna(alive.loc[("RUS", "summer 2020"), "seen"])
    assert alive.loc[("", "spring 2020"), "seen"] == 7


def test_a_side_that_gives_no_deployments_has_not_reported_its_effort(kit):
    records = "individual,taxon,time,evidence,declared_country\n" + "".join(
        f"R{number},Panthera tigris altaica,2020-04-1{number}T00:00:00Z,camera,RUS\n" for number in range(3)
    )
    joint = run_pipeline(read([CHINA, Input("rus.csv", records.encode())]), kit).joint
    assert cell(joint, "cameras", "RUS", "stations") is None
    assert set(joint.effort.loc[joint.effort["country_code"] == "RUS", "status"]) == {"not_reported"}
    assert cell(joint, "by_camera", "RUS") == 3


def test_genetic_samples_have_rows_of_their_own(kit):
    rows = "individual,taxon,time,evidence,declared_country\n" + "".join(
        f"G1,Panthera tigris altaica,2020-04-1{number}T00:00:00Z,genetic,{code}\n"
        for number, code in enumerate(("RUS", "CHN"))
    )
    joint = run_pipeline(read([CHINA, Input("dna.csv", rows.encode())]), kit).joint
    assert [cell(joint, "by_genetics", side) for side in ("CHN", "RUS", "distinct")] == [1, 1, 1]
    assert cell(joint, "shared_by_genetics", "shared") == 1
    assert cell(joint, "by_camera", "CHN") == 4


def test_an_identity_that_cannot_be_right_shares_nothing(kit):
    joint = run_pipeline(read([CHINA, RUSSIA, SAME]), kit).joint
    assert cell(joint, "shared_by_camera", "shared") == 0


def test_tracks_of_tags_alone_are_no_joint_study(kit):
    track = "individual,taxon,time,evidence,longitude,latitude\nT,Antigone vipio,2020-04-01T00:00:00Z,gps,128.5,43.5\n"
    assert run_pipeline(read([Input("t.csv", track.encode())]), kit).joint.is_empty


def texts(study, kit, words):
    return dict(joint_files(study, kit.rules, words))


def test_nothing_public_holds_the_place_of_a_camera_a_day_or_a_station(study, kit, words):
    told = b"\n".join(texts(study, kit, words).values()).decode() + json.dumps(joint_report(study), default=str)
    for digits in ("43.4", "43.2", "130.9", "131.4", "4321", "9876", "2345", "4567", "2020-04-1", "2020-04-20"):
        assert digits not in told, digits
    assert not study.exact


def test_traps_of_public_histories_are_places_and_occasions_seasons(study):
    (history,) = study.histories
    assert set(history.sessions) == {"2020"} and set(history.sessions.values()) == {4}
    assert not history.traps["place_id"].str.startswith("cell:").any()
    assert set(history.captures["occasion"]) == {1}


def lines_of(content):
    return [line for line in content.decode().splitlines() if not line.startswith("#")]


def check_as_documented(files):
    """Read the files by the format that secr (read.capthist, read.traps) and oSCR (data2oscr) document."""
    sessions = re.findall(r'"secr-traps-(\w+)\.txt"', files["README.txt"].decode())
    captures = pd.read_csv(io.BytesIO(files["secr-captures.txt"]), sep=r"\s+", comment="#", header=None, dtype=str)
    captures.columns = ["session", "animal", "occasion", "trap", "sex"]
    assert sorted(set(captures["session"])) == sorted(sessions)
    edf = pd.read_csv(io.BytesIO(files["oscr-edf.csv"]), keep_default_na=False)
    for number, session in enumerate(sessions, start=1):
        traps = [line.split() for line in lines_of(files[f"secr-traps-{session}.txt"])]
        assert all(re.fullmatch(r"[A-Za-z0-9]+", trap[0]) for trap in traps)  # no underscore, no space
        effort = {trap[0]: [float(days) for days in trap[3:]] for trap in traps}
        assert all(float(x) == float(x) and float(y) == float(y) for _, x, y, *_ in traps)
        for row in captures[captures["session"] == session].itertuples():
            assert effort[row.trap][int(row.occasion) - 1] > 0
            assert row.animal == "NONE" or re.fullmatch(r"A\d+", row.animal)
        tdf = pd.read_csv(io.BytesIO(files[f"oscr-tdf-{number}.csv"]))
        assert list(tdf.columns[:3]) == ["Detector", "X", "Y"]
        assert list(tdf.columns[3:]) == [str(occasion) for occasion in range(1, len(tdf.columns) - 2)]
        assert set(edf.loc[edf["session"] == number, "trap"]) <= set(tdf["Detector"])
        assert set(tdf.iloc[:, 3:].to_numpy().ravel()) <= {0, 1}
    return captures, edf


def test_histories_for_secr_and_oscr_are_written_as_documented(study, words):
    (history,) = study.histories
    files = dict(capture_files(history, words))
    captures, edf = check_as_documented(files)
    assert len(captures) == len(edf) == len(history.captures)


def write(tmp_path):
    for given in (CHINA, RUSSIA, BOTH):
        (tmp_path / given.name).write_bytes(given.data)
    return [str(tmp_path / given.name) for given in (CHINA, RUSSIA, BOTH)]


def test_only_the_holder_who_asks_on_the_command_line_has_exact_traps(tmp_path):
    given = write(tmp_path)
    assert main([*given, "--out", str(tmp_path / "out")]) == 0
    assert not list((tmp_path / "out").rglob("exact*"))
    assert main([*given, "--out", str(tmp_path / "out"), "--exact-traps", "--rows", "2"]) == 0
    folder = next((tmp_path / "out" / "joint_study").glob("exact*")) / "amur_tiger"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    captures, _ = check_as_documented(files)
    assert set(captures["session"]) == {"202003", "202006", "202009", "202012"}
    assert captures.loc[captures["session"] == "202012", "animal"].tolist() == ["NONE"]
    assert b"EXACT" in files["secr-captures.txt"] and b"EXACT" in files["traps.csv"]
    spring = [line.split() for line in lines_of(files["secr-traps-202003.txt"])]
    assert len(spring) == 2 and sum(float(days) for days in spring[0][3:]) == pytest.approx(92 - 8 / 24, abs=0.01)
    assert main([*given, "--out", str(tmp_path / "out")]) == 0
    assert not list((tmp_path / "out").rglob("exact*")), "files of an earlier run are taken away"


def test_an_input_may_be_a_folder(tmp_path):
    import zipfile

    for given in (CHINA, RUSSIA):
        with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
            archive.extractall(tmp_path / "in" / given.name.removesuffix(".zip"))
    assert main([str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["joint_study"]["sides"] == ["CHN", "RUS"]
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 2


def test_sections_of_the_border_and_the_network_are_told_by_public_places(study):
    assert study.sections[["country_a", "country_b", "animals", "crossings"]].values.tolist() == [["CHN", "RUS", 1, 1]]
    assert not study.links["place_a"].str.startswith("country:").any()


def test_a_link_of_the_network_counts_the_animals_of_both_places():
    place = {"A": "site:a", "B": "site:b", "C": "country:CHN"}
    rows = pd.DataFrame(
        [("F1", "CHN", "A"), ("F1", "RUS", "B"), ("F2", "CHN", "A"), ("F2", "RUS", "B"), ("F3", "CHN", "C")],
        columns=["individual_key", "country_code", "told_place_id"],
    ).assign(species_id="amur_tiger", taxon="Panthera tigris altaica")
    found = links(rows.assign(told_place_id=rows["told_place_id"].map(place)))
    assert found[["place_a", "place_b", "animals"]].values.tolist() == [["site:a", "site:b", 2]]


def test_an_empty_study_says_nothing():
    assert JointStudy().is_empty
    assert list(joint_files(JointStudy(), SimpleNamespace(), None)) == []
