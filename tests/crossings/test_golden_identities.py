"""Golden cases of identity: which records are of one animal, from text to crossings, the whole way that a file goes."""

from functools import partial

import pandas as pd
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.out_of_core import run_out_of_core
from tests.support.golden_files import (
    CHINA,
    MATCHES,
    RUSSIA,
    SAMPLES,
    TIGERS,
    camera_package,
    crossings,
    file_name,
    load_kit,
    packed,
    sample,
    tiger,
    work_out_files,
)


@pytest.fixture(scope="module")
def work():
    return partial(work_out_files, load_kit())


def test_an_unidentified_animal_never_crosses(work):
    text = "".join(
        tiger("2020-01-01T00:00:00Z", "CHN", name) + tiger("2020-03-01T00:00:00Z", "RUS", name)
        for name in ("", "unknown", "NEC", "F8?", "不明", "неизвестно")
    )
    worked = work(tigers_csv=TIGERS + text)
    assert crossings(worked) == []
    assert {reason: count for (_, reason), count in worked.dropped.counts.items()} == {"unidentified": 12}


def test_animals_of_two_data_sets_are_one_only_by_a_stated_match(work):
    files = {
        "china_csv": TIGERS + tiger("2020-01-01T00:00:00Z", "CHN"),
        "russia_csv": TIGERS + tiger("2020-03-01T00:00:00Z", "RUS"),
    }
    assert crossings(work(**files)) == []
    stated = "data_set,individual,individual_key\nchina,F1,tigress A\nrussia,F1,tigress A\n"
    assert crossings(work(**files, same_csv=stated)) == [("tigress A", "CHN", "RUS", "confirmed")]


@pytest.mark.parametrize(
    "files",
    [
        {"china__tigers_csv": "CHN", "russia__tigers_csv": "RUS"},
        {"tigers_csv": "CHN", "tigers_tsv": "RUS"},
    ],
    ids=["two folders", "two endings"],
)
def test_files_of_one_name_are_two_data_sets(files, work):
    texts = {
        name: TIGERS + tiger(f"2020-0{month}-01T00:00:00Z", country)
        for month, (name, country) in enumerate(files.items(), start=1)
    }
    worked = work(**{name: text.replace(",", "\t") if name.endswith("tsv") else text for name, text in texts.items()})
    assert crossings(worked) == []
    assert worked.results.stays["individual_key"].nunique() == 2


def test_two_tables_in_one_zip_are_two_data_sets(work):
    tables = {
        "china__tigers_csv": TIGERS + tiger("2020-01-01T00:00:00Z", "CHN"),
        "russia__tigers_csv": TIGERS + tiger("2020-03-01T00:00:00Z", "RUS"),
    }
    assert crossings(work(both_zip=packed(**tables))) == []


def test_packages_of_one_name_are_two_data_sets_and_pictures_are_not_counted_beside_their_events(work):
    china = camera_package("CHN", CHINA, "2020-01-01T00:00:00+08:00", "leopards")
    russia = camera_package("RUS", RUSSIA, "2020-02-01T00:00:00+10:00", "leopards")
    worked = work(cn_zip=china, ru_zip=russia)
    assert crossings(worked) == []
    assert worked.results.stays["records"].tolist() == [1, 1]
    assert {reason for _, reason in worked.dropped.counts} == {"media_level"}
    stated = "data_set,individual,individual_key\ncn,F1,A\nru,F1,A\n"
    named = {
        "cn_zip": camera_package("CHN", CHINA, "2020-01-01T00:00:00+08:00", "cn"),
        "ru_zip": camera_package("RUS", RUSSIA, "2020-02-01T00:00:00+10:00", "ru"),
    }
    assert crossings(work(**named, same_csv=stated)) == [("A", "CHN", "RUS", "confirmed")]


def test_a_study_that_rows_name_is_one_data_set_in_any_number_of_files(work):
    head = "data_set," + TIGERS
    worked = work(
        one_csv=head + "joint survey," + tiger("2020-01-01T00:00:00Z", "CHN"),
        two_csv=head + "joint survey," + tiger("2020-03-01T00:00:00Z", "RUS"),
    )
    assert crossings(worked) == [("joint survey: F1", "CHN", "RUS", "confirmed")]


def test_a_tiger_and_a_leopard_of_one_name_are_two_animals_and_told(work):
    worked = work(
        cats_csv=TIGERS
        + tiger("2020-01-01T00:00:00Z", "CHN")
        + tiger("2020-03-01T00:00:00Z", "RUS", taxon="Panthera pardus")
    )
    assert crossings(worked) == []
    assert worked.results.stays["taxon"].tolist() == ["Panthera pardus orientalis", "Panthera tigris altaica"]
    assert worked.conflicts["column"].tolist() == ["taxon"]


def test_a_subspecies_and_its_species_are_one_animal(work):
    worked = work(
        cats_csv=TIGERS
        + tiger("2020-01-01T00:00:00Z", "CHN")
        + tiger("2020-03-01T00:00:00Z", "RUS", taxon="Panthera tigris altaica")
    )
    assert crossings(worked) == [("cats: F1", "CHN", "RUS", "confirmed")]


def test_two_samples_matched_by_a_laboratory_are_one_animal(work):
    worked = work(
        china_csv=SAMPLES + sample("C1", "2020-01-01", "CHN"),
        russia_csv=SAMPLES + sample("R1", "2020-03-01", "RUS"),
        matches_csv=MATCHES + "C1,T7,genotype,10,10,LabA\nR1,T7,genotype,10,9,LabA\n",
    )
    assert crossings(worked) == [("match: LabA: T7", "CHN", "RUS", "confirmed")]


def test_a_sample_of_one_name_in_two_data_sets_joins_nothing_and_is_told(work):
    worked = work(
        china_csv=SAMPLES + sample("S1", "2020-01-01", "CHN"),
        russia_csv=SAMPLES + sample("S1", "2020-03-01", "RUS"),
        matches_csv=MATCHES + "S1,T7,microsatellites,10,10,LabA\n",
    )
    assert crossings(worked) == []
    assert worked.conflicts[["column", "found"]].values.tolist() == [
        ["sample_id", "china: sample S1; russia: sample S1"]
    ]


def test_a_row_whose_name_and_sample_are_stated_to_be_two_animals_follows_the_name_and_is_told(work):
    row = "S1,F1,Panthera tigris,2020-01-01,genetic,CHN\n"
    worked = work(
        china_csv=SAMPLES + row,
        same_csv="data_set,individual,individual_key\nchina,F1,tigress A\n",
        matches_csv=MATCHES + "S1,T7,genotype,10,10,LabA\n",
    )
    assert worked.results.stays["individual_key"].tolist() == ["tigress A"]
    assert worked.conflicts.values.tolist() == [
        ["tigress A", "sample_id", "china: F1 = tigress A; sample S1 = match: LabA: T7"]
    ]


def test_stated_samples_that_no_record_has_are_told(work):
    worked = work(
        china_csv=SAMPLES + sample(" C1", "2020-01-01", "CHN"),
        matches_csv=MATCHES + "C1,T7,genotype,10,10,LabA\nC2,T7,genotype,10,9,LabA\n",
    )
    assert worked.unused[["data_set", "individual", "sample_id", "individual_key"]].values.tolist() == [
        ["", "", "C2", "match: LabA: T7"]
    ]


def test_the_stated_matches_that_join_animals_are_told_and_no_others(work):
    worked = work(
        china_csv=SAMPLES
        + sample("C1", "2020-01-01", "CHN")
        + sample("C9", "2020-01-01", "CHN")
        + "C5,F1,Panthera tigris,2020-01-02,genetic,CHN\n",
        russia_csv=SAMPLES + sample("R1", "2020-03-01", "RUS"),
        same_csv="data_set,individual,individual_key,method\nchina,F1,match: LabA: T7,stripes\n",
        matches_csv=MATCHES + "C1,T7,genotype,10,10,LabA\nR1,T7,genotype,10,9,LabA\n"
        "C9,T8,genotype,10,10,LabA\nC5,T7,genotype,10,8,LabA\nC6,T7,genotype,10,7,LabA\n",
    )
    assert worked.matches.values.tolist() == [
        ["match: LabA: T7", "china", "", "C1", "genotype", "10", "10", "LabA"],
        ["match: LabA: T7", "china", "F1", "", "stripes", "", "", ""],
        ["match: LabA: T7", "russia", "", "R1", "genotype", "10", "9", "LabA"],
    ]


def test_a_match_that_cannot_be_right_is_not_told_as_one_that_joins(work):
    worked = work(
        china_csv=SAMPLES + sample("S1", "2020-01-01", "CHN"),
        russia_csv=SAMPLES + sample("S1", "2020-03-01", "RUS"),
        matches_csv=MATCHES + "S1,T7,microsatellites,10,10,LabA\n",
    )
    assert worked.matches.empty


def test_data_sets_whose_names_hold_a_colon_never_share_an_animal(work):
    head = "data_set," + TIGERS
    worked = work(
        a_csv=head + "Study A," + tiger("2020-01-01T00:00:00Z", "CHN", "B: c"),
        b_csv=head + "Study A: B," + tiger("2020-03-01T00:00:00Z", "RUS", "c"),
    )
    assert crossings(worked) == []
    assert worked.results.stays["individual_key"].nunique() == 2


def test_a_data_set_whose_name_holds_a_colon_is_found_by_its_written_name(work):
    head = "data_set," + TIGERS
    worked = work(
        a_csv=head + "Study A: B," + tiger("2020-01-01T00:00:00Z", "CHN", "c"),
        b_csv=head + "Study C," + tiger("2020-03-01T00:00:00Z", "RUS", "d"),
        same_csv="data_set,individual,individual_key\nStudy A: B,c,X\nStudy C,d,X\n",
    )
    assert crossings(worked) == [("X", "CHN", "RUS", "confirmed")]
    assert worked.unused.empty
    assert len(worked.matches) == 2


def test_data_sets_named_apart_are_told_as_such(work):
    worked = work(
        china__tigers_csv=TIGERS + tiger("2020-01-01T00:00:00Z", "CHN"),
        russia__tigers_csv=TIGERS + tiger("2020-03-01T00:00:00Z", "RUS"),
        other_csv=TIGERS + tiger("2020-03-01T00:00:00Z", "RUS", "X"),
    )
    assert {one.source: one.notes for one in worked.recognised} == {
        "china/tigers.csv": ("named_apart",),
        "russia/tigers.csv": ("named_apart",),
        "other.csv": (),
    }


@pytest.mark.parametrize("chunk_rows", [1, 100])
def test_a_run_in_pieces_taken_up_again_tells_the_same_matches_and_what_was_not_used(work, tmp_path, chunk_rows):
    files = {
        "china_csv": SAMPLES + sample("C1", "2020-01-01", "CHN") + sample("C2", "2020-01-02", "CHN", "F1"),
        "russia_csv": SAMPLES + sample("R1", "2020-03-01", "RUS"),
        "same_csv": "data_set,individual,individual_key\nchina,F1,tigress A\n",
        "matches_csv": MATCHES + "C1,T7,dna,10,10,LabA\nR1,T7,dna,10,9,LabA\nC2,T7,dna,10,8,LabA\nC3,T7,dna,9,9,LabA\n",
    }
    expected = work(**files)
    assert [len(frame) for frame in (expected.matches, expected.unused, expected.conflicts)] == [2, 1, 1]
    inputs = [Input(file_name(name), text.encode()) for name, text in files.items()]
    for _ in range(2):  # the second time its pieces are there
        again = run_out_of_core(inputs, tmp_path, work.args[0], Answers(), chunk_rows)
        for name in ("matches", "unused", "conflicts"):
            pd.testing.assert_frame_equal(getattr(again, name), getattr(expected, name))
