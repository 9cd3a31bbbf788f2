"""The 43 discrepancies noted while the documents were read: which of them the checks find, which need a human eye.

discrepancies.csv names for each the check that finds it, the thing it is about and words that the finding says.
"""

from pathlib import Path

import pandas as pd
import pytest

from neaspec.data.contradictions import check_names, differences_of, find_contradictions, find_spellings, seen_by_eye

NOTED = pd.read_csv(Path(__file__).parent / "discrepancies.csv", keep_default_na=False)
HUMAN_EYE = "human eye"
NO_DIFFERENCE = "no difference"
COMPUTED = NOTED[~NOTED["found_by"].isin([HUMAN_EYE, NO_DIFFERENCE])]
# Found by review later than the 43 that were noted while the documents were read.
LATER_BY_EYE = {"d44", "d45", "d46", "d47"}


@pytest.fixture(scope="module")
def findings(ask) -> pd.DataFrame:
    return pd.concat([find_contradictions(ask), find_spellings(ask)], ignore_index=True)


def test_the_named_checks_find_the_discrepancies(findings):
    not_found = {}
    for noted in COMPUTED.itertuples():
        table, key = noted.subject.split(":")
        about = findings[
            (findings["check_name"] == noted.found_by)
            & (findings["subject_table"] == table)
            & (findings["subject_id"] == key)
        ]
        said = about["said_a"] + " / " + about["said_b"].fillna("")
        if not said.str.contains(noted.says, regex=False).any():
            not_found[noted.discrepancy_id] = sorted(said)
    assert not_found == {}


def test_what_a_check_finds_has_a_reading(findings, ask):
    read = ask("readings_taken")
    found = set(zip(findings["check_name"], findings["finding_key"], strict=True))
    for key in COMPUTED["discrepancy_id"]:
        readings = read[read["reading_id"].str.startswith(f"reading_{key}")]
        assert len(readings) > 0, key
        assert set(zip(readings["check_name"], readings["finding_key"], strict=True)) <= found, key


def test_all_43_are_told_apart_into_found_by_a_check_and_seen_by_a_reader(ask):
    by_eye = NOTED[NOTED["found_by"] == HUMAN_EYE]
    print(f"{len(COMPUTED)} of {len(NOTED)} are found by a check; these need a human eye:")
    for noted in by_eye.itertuples():
        print(f"  {noted.discrepancy_id}: {noted.why}")
    assert list(NOTED["discrepancy_id"]) == [f"d{number:02}" for number in range(1, 44)]
    assert len(COMPUTED) == 20
    assert set(COMPUTED["found_by"]) <= set(check_names())
    assert (NOTED["why"] != "").all()
    assert set(by_eye["discrepancy_id"]) | LATER_BY_EYE == set(seen_by_eye(ask)["finding_key"])


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


def test_a_difference_is_told_once_however_many_statements_it_has(ask):
    differences = differences_of(find_contradictions(ask))
    assert len({(one.reading, one.reason) for one in differences if one.reading}) == len(
        [one for one in differences if one.reading]
    )
    delivery = next(one for one in differences if one.subject == "Delivery for Tumen wetlands study")
    assert [(one.document_id, one.place) for one in delivery.statements] == [
        ("som_24_paper", "para. 20"),
        ("som_27_paper", "para. 11"),
        ("som_24_slides", "slide Way forward"),
    ]


def test_significant_differences_come_first_and_none_is_left_open(ask):
    differences = differences_of(find_contradictions(ask))
    weights = [one.weight for one in differences]
    assert weights == sorted(weights, key=["significant", "small"].index)
    assert set(weights) == {"significant", "small"}
    assert [one.subject for one in differences if one.reading is None] == []


def test_a_total_and_its_parts_are_no_difference(ask):
    found = find_contradictions(ask)
    assert found[found["check_name"] == "component_budgets"].empty
    assert not found["subject"].str.startswith("Budget of").any()


def test_spellings_are_a_list_of_their_own(ask):
    assert not (find_contradictions(ask)["check_name"] == "names_differ").any()
    assert {"land_of_big_cats", "fangchuan", "northeast_china_tiger_leopard"} <= set(find_spellings(ask)["subject_id"])


def test_what_was_worked_out_here_is_in_no_documents_mouth(ask):
    found = find_contradictions(ask).set_index("check_name")
    for check, figure in [
        ("movement_parts", "23"),
        ("overlapping_counts", "104"),
        ("extent_against_area", "1,416,000"),
    ]:
        rows = found.loc[[check]]
        assert not (rows["said_a"] + rows["said_b"].fillna("")).str.contains(rf"\b{figure}\b").any(), check
        assert rows["worked_out"].str.contains(figure, regex=False).any(), check


@pytest.mark.parametrize(
    "phrase", ["extension is likely", "no document says outright", "cannot be right", "Printing error", "would make"]
)
def test_no_reading_guesses(ask, phrase):
    readings = ask("readings_taken")
    assert not (readings["reading"] + " " + readings["reason"]).str.contains(phrase, case=False).any()
