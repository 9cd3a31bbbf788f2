"""The sample of field data is made up, says so everywhere, and is what the code makes."""

import csv
import io
import json
import os
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.sample import PICTURE, sample_stays
from neaspec.paths import ROOT
from tools.sample import IDENTITIES_FILE, SAMPLE_DIR, SIDES, picture_stays, sample_files

_RESEARCH = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared")) / "research"
SCHEMAS = _RESEARCH / "standards" / "schemas" / "camtrap-dp-1.0.2"
FILES = sample_files()
PACKAGES = [side.file for side in SIDES]


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_files_are_what_the_code_makes():
    assert {path.name for path in SAMPLE_DIR.iterdir()} == {*FILES, "README.md", PICTURE.parent.name}
    for name in PACKAGES:  # compared unpacked: another version of zlib may pack the same content differently
        assert members((SAMPLE_DIR / name).read_bytes()) == members(FILES[name]), name
    assert (SAMPLE_DIR / IDENTITIES_FILE).read_bytes() == FILES[IDENTITIES_FILE]


def test_making_them_again_gives_the_same_bytes():
    assert sample_files() == FILES


@pytest.mark.parametrize("name", PACKAGES)
def test_every_title_name_and_comment_says_made_up(name):
    parts = members(FILES[name])
    said = json.loads(parts["datapackage.json"])
    assert name.startswith("made_up")
    for text in (said["title"], said["description"], said["project"]["title"], said["project"]["description"]):
        assert text.startswith("MADE UP"), text
    assert said["id"].startswith("made-up") and said["keywords"] == ["made up"]
    assert all("made up" in person["title"].casefold() for person in said["contributors"])
    for row in rows(parts["deployments.csv"]):
        assert row["deploymentID"].startswith("made-up") and row["locationID"].startswith("MADE-UP")
        assert "Made-up" in row["locationName"] and row["deploymentComments"] == "made up"
    for row in rows(parts["observations.csv"]):
        assert row["observationComments"] == "made up" and row["observationID"].startswith("made-up")
        assert row["individualID"] in ("", "unknown", "unidentified") or row["individualID"].startswith("MADE-UP-")
    for row in rows(parts["media.csv"]):
        assert "made up" in row["mediaComments"]


def test_the_identities_join_six_animals_of_the_two_packages_and_say_made_up():
    stated = rows(FILES[IDENTITIES_FILE])
    by_key = Counter(row["individual_key"] for row in stated)
    assert by_key == {f"MADE-UP-{number:02d}": 2 for number in (1, 2, 7, 8, 13, 18)}
    names = {(row["data_set"], row["individual"]) for row in stated}
    assert {data_set for data_set, _ in names} == {side.data_set for side in SIDES}
    for side in SIDES:
        seen = {row["individualID"] for row in rows(members(FILES[side.file])["observations.csv"])}
        assert {name for data_set, name in names if data_set == side.data_set} <= seen
        assert len({name for name in seen if name.startswith("MADE-UP") and "?" not in name}) == 14
    assert all("made up" in row["method"] for row in stated)


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.code)
def test_the_sample_gives_the_validation_report_something_to_say(side):
    parts = members(FILES[side.file])
    cameras = {row["deploymentID"]: row for row in rows(parts["deployments.csv"])}
    events = [row for row in rows(parts["observations.csv"]) if row["observationLevel"] == "event"]
    assert {row["deploymentTags"].split(" | ")[0] for row in cameras.values()} == {f"country:{side.code}"}
    assert 6 <= len({row["locationID"] for row in cameras.values()}) <= 10
    assert any("site:" not in row["deploymentTags"] for row in cameras.values())
    when = datetime.fromisoformat
    outside = [row for row in events if when(row["eventStart"]) > when(cameras[row["deploymentID"]]["deploymentEnd"])]
    assert len(outside) == 2
    assert {row["observationType"] for row in events} > {"animal", "human", "blank"}
    assert any(row["cameraSetupType"] == "setup" for row in events)
    assert {"", "unknown", "unidentified"} < {row["individualID"] for row in events}
    assert any("?" in row["individualID"] for row in events)
    twice = Counter((row["individualID"], row["eventStart"]) for row in events if row["individualID"])
    assert max(twice.values()) == 2
    assert len(FILES[side.file]) < 20_000


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas of Camtrap DP are not here")
@pytest.mark.parametrize("name", PACKAGES)
def test_the_packages_are_valid_by_the_rules_of_camtrap_dp(name, tmp_path):
    import jsonschema
    from frictionless import Package

    for part, content in members(FILES[name]).items():
        (tmp_path / part).write_bytes(content)
    said = json.loads((tmp_path / "datapackage.json").read_text())
    profile = json.loads((SCHEMAS / "camtrap-dp-profile.json").read_text())
    own_rules = next(part for part in profile["allOf"] if "$ref" not in part)  # the other one is on the network
    own_rules["properties"]["spatial"].pop("$ref")  # GeoJSON's rules are on the network too
    jsonschema.validate(said, own_rules | {key: profile[key] for key in ("$schema", "$defs")})
    for resource in said["resources"]:
        resource["schema"] = json.loads((SCHEMAS / f"{resource['name']}-table-schema.json").read_text())
        resource.pop("profile")
    said.pop("profile")
    (tmp_path / "datapackage.json").write_text(json.dumps(said))
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])[:5]


def test_the_picture_of_the_page_is_what_the_sample_gives(ask):
    stays = picture_stays(load_rules(ask))
    kept = sample_stays()
    assert list(kept.columns) == list(stays.columns)
    assert kept.astype(str).values.tolist() == stays.astype(str).values.tolist()
    assert stays.groupby("individual_key")["country_code"].nunique().min() == 2  # each animal crossed
