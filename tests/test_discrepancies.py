"""The 43 discrepancies noted while the documents were read: which of them the checks find, which need a human eye.

tests/discrepancies.csv names for each the check that finds it, the thing it is about and words that the finding says.
"""

from pathlib import Path

import pandas as pd
import pytest

from neaspec.contradictions import check_names, find_contradictions, seen_by_eye

NOTED = pd.read_csv(Path(__file__).parent / "discrepancies.csv", keep_default_na=False)
HUMAN_EYE = "human eye"
COMPUTED = NOTED[NOTED["found_by"] != HUMAN_EYE]


@pytest.fixture(scope="module")
def findings(ask) -> pd.DataFrame:
    return find_contradictions(ask)


@pytest.mark.parametrize("noted", list(COMPUTED.itertuples()), ids=COMPUTED["discrepancy_id"])
def test_the_named_check_finds_the_discrepancy(findings, noted):
    table, key = noted.subject.split(":")
    about = findings[
        (findings["check_name"] == noted.found_by)
        & (findings["subject_table"] == table)
        & (findings["subject_id"] == key)
    ]
    said = about["said_a"] + " / " + about["said_b"]
    assert said.str.contains(noted.says, regex=False).any(), sorted(said)


@pytest.mark.parametrize("noted", list(COMPUTED.itertuples()), ids=COMPUTED["discrepancy_id"])
def test_what_a_check_finds_has_a_reading(findings, ask, noted):
    read = ask("readings_taken")
    readings = read[read["reading_id"].str.startswith(f"reading_{noted.discrepancy_id}")]
    found = set(zip(findings["check_name"], findings["finding_key"], strict=True))
    assert len(readings) > 0
    assert set(zip(readings["check_name"], readings["finding_key"], strict=True)) <= found


def test_all_43_are_told_apart_into_found_by_a_check_and_seen_by_a_reader(ask):
    by_eye = NOTED[NOTED["found_by"] == HUMAN_EYE]
    print(f"{len(COMPUTED)} of {len(NOTED)} are found by a check; these need a human eye:")
    for noted in by_eye.itertuples():
        print(f"  {noted.discrepancy_id}: {noted.why}")
    assert list(NOTED["discrepancy_id"]) == [f"d{number:02}" for number in range(1, 44)]
    assert len(COMPUTED) == 21
    assert set(COMPUTED["found_by"]) <= set(check_names())
    assert (NOTED["why"] != "").all()
    assert set(by_eye["discrepancy_id"]) == set(seen_by_eye(ask)["finding_key"])


def test_every_reading_of_a_check_belongs_to_a_finding(ask, findings):
    readings = ask("readings_taken")
    computed = readings[readings["check_name"] != "by_eye"]
    found = set(zip(findings["check_name"], findings["finding_key"], strict=True))
    assert [row.reading_id for row in computed.itertuples() if (row.check_name, row.finding_key) not in found] == []


def test_a_thing_with_several_names_is_one_finding(findings):
    names = findings[findings["check_name"] == "names_differ"]
    assert not names.duplicated(["subject_table", "subject_id"]).any()
    fangchuan = names[names["subject_id"] == "fangchuan"].iloc[0]
    assert fangchuan["said_b"] == "Fangchuan National Scenic Park (para. 18) · Fangchuan wetlands (slide Tumen)"
    assert fangchuan["document_id_b"] == "som_24_paper som_24_slides"


def test_a_finding_has_one_row_and_one_key(findings):
    assert not findings.duplicated(["check_name", "finding_key"]).any()
