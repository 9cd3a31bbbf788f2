"""Which animal is which is stated in tables, checked, and never computed."""

import pandas as pd
import pytest

from neaspec.crossings.identity.identities import assign_keys
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.records import as_records
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tools.sample import IDENTITIES_FILE, SIDES, sample_files

HEADER = "sample_id,individual_id,method,loci_compared,loci_matched,laboratory"


def table(*lines: str, header: str = HEADER, name: str = "matches.csv") -> Input:
    return Input(name, "\n".join([header, *lines]).encode())


def problems(*lines: str, header: str = HEADER) -> list[str]:
    with pytest.raises(InputError) as told:
        read([table(*lines, header=header)])
    return told.value.problems


def keys(reading) -> dict[str, str]:
    return dict(zip(reading.samples["sample_id"], reading.samples["individual_key"], strict=True))


def test_each_sample_is_of_the_animal_its_laboratory_matched_it_to():
    made = read([table("S1,T3,microsatellites,12,12,IB", "S2,T3,microsatellites,12,11,IB", "S3,T3,SNP,,,Other")])
    assert keys(made) == {"S1": "match: IB: T3", "S2": "match: IB: T3", "S3": "match: Other: T3"}
    assert made.identities.empty and made.records.empty
    assert made.samples.loc[1, ["method", "loci_compared", "loci_matched"]].tolist() == ["microsatellites", "12", "11"]
    (said,) = made.recognised
    assert (said.standard, said.version, said.rows) == ("match_table", "samples", 3)


def test_without_a_laboratory_the_key_has_the_name_of_the_table():
    assert keys(read([table("S1,T3,SNP,,,")])) == {"S1": "match: matches: T3"}


def test_names_of_columns_may_be_written_with_spaces_and_capitals():
    made = read([table("S1;T3;SNP", header="Sample ID;Individual-ID;Method")])
    assert keys(made) == {"S1": "match: matches: T3"}


def test_a_match_may_say_which_animal_of_a_data_set_it_is_and_give_its_own_key():
    header = HEADER + ",data_set,individual,individual_key"
    made = read(
        [table("S1,T3,SNP,,,IB,china,C03,", "S2,T4,SNP,,,IB,china,C04,tiger 4", "S3,T5,SNP,,,IB,,,", header=header)]
    )
    assert keys(made) == {"S1": "match: IB: T3", "S2": "tiger 4", "S3": "match: IB: T5"}
    assert made.identities[["data_set", "individual", "individual_key"]].to_numpy().tolist() == [
        ["china", "C03", "match: IB: T3"],
        ["china", "C04", "tiger 4"],
    ]


def test_records_of_samples_and_of_cameras_meet_in_the_stated_animal():
    header = HEADER + ",data_set,individual"
    made = read([table("S1,T3,SNP,,,IB,china,C03", header=header)])
    columns = {"source": "a", "data_set": ["china", "scats"], "individual": ["C03", ""], "sample_id": ["", "S1"]}
    records, _ = assign_keys(as_records(columns | {"row": [2, 3]}, 2), made)
    assert records["individual_key"].tolist() == ["match: IB: T3"] * 2


def test_a_sample_of_an_animal_nobody_knows_states_nothing():
    assert keys(read([table("S1,unknown,SNP,,,IB", "S2,T3?,SNP,,,IB", "S3,T4,SNP,,,IB")])) == {"S3": "match: IB: T4"}


def test_a_sample_matched_to_two_animals_is_an_error_with_its_lines():
    (told,) = problems("S1,T3,SNP,,,IB", "S2,T3,SNP,,,IB", " S1 ,T4,SNP,,,IB")
    assert "matches.csv, lines 2, 4: sample 'S1' is matched to 'match: IB: T3' and 'match: IB: T4'" in told


def test_a_match_that_is_there_twice_is_one_match():
    assert len(read([table("S1,T3,SNP,,,IB", "S1,T3,SNP,,,IB")]).samples) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("S1,T3,,12,12,IB", "line 2, method: empty"),
        (",T3,SNP,12,12,IB", "line 2, sample_id: empty"),
        ("S1,,SNP,12,12,IB", "line 2, individual_id: empty"),
        ("S1,T3,SNP,12,13,IB", "line 2, loci_matched: more loci matched than were compared"),
        ("S1,T3,SNP,,13,IB", "line 2, loci_compared: empty"),
        ("S1,T3,SNP,-1,,IB", "line 2, loci_compared: not a whole"),
        ("S1,T3,SNP,twelve,,IB", "line 2, loci_compared: not a whole"),
        ("S1,T3,SNP,2.5,,IB", "line 2, loci_compared"),
        ("S1,T3,SNP,12", "line 2: 4 cells instead of 6"),
    ],
)
def test_a_row_that_cannot_be_right_is_an_error_that_says_where(line, told):
    assert any(told in problem for problem in problems(line))


def test_all_problems_are_told_at_once():
    assert len(problems("S1,T3,,12,13,IB", ",T4,SNP,,,IB", "S5,T5,SNP,,,IB", "S5,T6,SNP,,,IB")) == 4


def test_a_match_table_without_method_is_an_error():
    (told,) = problems("S1,T3", header="sample_id,individual_id")
    assert "no column method" in told


def test_half_an_animal_of_a_data_set_is_an_error():
    (told,) = problems("S1,T3,SNP,,,IB,china,", header=HEADER + ",data_set,individual")
    assert "data_set, individual: one of the two is empty" in told


def test_a_table_of_identities_is_read_and_checked():
    header = "data_set,individual,individual_key,method"
    made = read([table("china,C03,tiger 3,eye", "russia,R1,tiger 3,eye", "china,C9,unknown,", header=header)])
    assert made.identities["individual_key"].tolist() == ["tiger 3", "unknown", "tiger 3"]
    assert made.samples.empty and made.recognised[0].version == "identities"
    told = problems("china,C03,tiger 3,", "china,C03,tiger 4,", "china,,tiger 5,", header=header)
    assert any("lines 2, 3: animal 'C03' of 'china' is stated to be 'tiger 3' and 'tiger 4'" in one for one in told)
    assert any("line 4, individual: empty" in one for one in told)


def test_an_animal_called_na_has_its_name():
    made = read([table("china,NA,tiger 3", header="data_set,individual,individual_key")])
    assert made.identities["individual"].tolist() == ["NA"]


def test_the_order_of_rows_changes_nothing():
    lines = ["S1,T3,SNP,,,IB", "S2,T4,SNP,,,IB", "S3,T4,SNP,,,IB"]
    pd.testing.assert_frame_equal(read([table(*lines)]).samples, read([table(*lines[::-1])]).samples)


def test_the_made_up_sample_has_22_animals_of_which_six_are_known_to_both_countries():
    reading = read([Input(name, content) for name, content in sample_files().items()])
    assert {one.standard for one in reading.recognised} == {"camtrap_dp", "match_table"}
    records, dropped = assign_keys(reading.records, reading)
    known = records.groupby("individual_key")["data_set"].nunique()
    assert len(known) == 22
    assert known[known == 2].index.tolist() == [f"MADE-UP-{number:02d}" for number in (1, 2, 7, 8, 13, 18)]
    assert {source for source, _ in dropped.counts} == {f"{side.file}/observations.csv" for side in SIDES}
    assert all(rows == 16 for rows in dropped.counts.values())
    without = read([Input(name, content) for name, content in sample_files().items() if name != IDENTITIES_FILE])
    assert assign_keys(without.records, without)[0]["individual_key"].nunique() == 28
