"""Movebank tables in their three spellings, with what their reference data and their flags say."""

import gzip
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.records import Example
from neaspec.crossings.readers.movebank import GEOLOCATOR_M, plain
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from neaspec.paths import ROOT

SHARED = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared"))
CUCKOOS = SHARED / "data" / "movebank" / "icarus_mongolia_cuckoos_nymba.csv"
ROW = {
    "event-id": "1",
    "visible": "true",
    "timestamp": "2021-10-04 06:30:00.000",
    "location-long": "113.9",
    "location-lat": "45.2",
    "sensor-type": "gps",
    "individual-taxon-canonical-name": "Grus monacha",
    "tag-local-identifier": "tag-7",
    "individual-local-identifier": "HC07",
    "study-name": "Cranes of Mongolia",
}
REFERENCE = {"tag-id": "tag-7", "animal-id": "HC07", "animal-taxon": "Grus monacha", "animal-sex": "f"}


def table(*changes: dict[str, str], of: dict[str, str] = ROW) -> bytes:
    rows = [of | change for change in changes]
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names] + [[row.get(name, "") for name in names] for row in rows]
    return "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines).encode()


def reading(*changes: dict[str, str], beside: bytes | None = None):
    files = [Input("made_up.csv", table(*changes))] + ([Input("tags.csv", beside)] if beside else [])
    return read(files)


def one(**change: str) -> pd.Series:
    return reading({name.replace("_", "-"): value for name, value in change.items()}).records.iloc[0]


def counts(*changes: dict[str, str], beside: bytes | None = None) -> dict[str, int]:
    return {reason: rows for (_, reason), rows in reading(*changes, beside=beside).dropped.counts.items()}


@pytest.mark.skipif(not CUCKOOS.is_file(), reason="the Mongolian data set is not here")
def test_the_mongolian_cuckoos_and_snipes_have_2334_rows_and_1193_with_coordinates():
    made = read([Input(CUCKOOS.name, CUCKOOS)])
    (said,) = made.recognised
    assert (said.standard, said.version, said.rows, said.records) == ("movebank", "download", 2_334, 1_193)
    assert dict(made.dropped.counts) == {(CUCKOOS.name, "no_coordinates"): 1_141}
    assert made.records["data_set"].unique().tolist() == ["ICARUS Mongolia cuckoos Nymba"]
    animals = made.records.groupby("taxon")["individual"].nunique()
    assert animals.to_dict() == {"Cuculus canorus": 7, "Gallinago gallinago": 4}
    assert made.records["uncertainty_m"].min() == 10 and made.records["time_quality"].unique() == ["utc_by_standard"]


def test_a_record_says_what_its_row_says():
    made = one()
    assert (made["data_set"], made["individual"], made["taxon"]) == ("Cranes of Mongolia", "HC07", "Grus monacha")
    assert (made["longitude"], made["latitude"], made["evidence"]) == (113.9, 45.2, "gps")
    assert made["time"] == pd.Timestamp("2021-10-04 06:30") and made["time_quality"] == "utc_by_standard"
    assert made["row"] == 2 and made["source"] == "made_up.csv" and np.isnan(made["uncertainty_m"])


@pytest.mark.parametrize(("mark", "version"), [("-", "download"), ("_", "REST"), (".", "R move")])
def test_three_spellings_read_alike(mark, version):
    spelled = {name.replace("-", mark): value for name, value in ROW.items()}
    made = read([Input("made_up.csv", table({}, of=spelled))])
    assert made.recognised[0].version == version
    pd.testing.assert_frame_equal(made.records, reading({}).records)


def test_names_with_colons_are_the_same_in_all_spellings():
    assert plain("gps:horizontal-accuracy-estimate") == plain("gps_horizontal_accuracy_estimate")
    assert plain("eobs:horizontal-accuracy-estimate") == plain("eobs.horizontal.accuracy.estimate")


def test_a_gz_file_reads_as_its_content():
    made = read([Input("made_up.csv.gz", gzip.compress(table({})))])
    assert made.records["individual"].tolist() == ["HC07"]


def test_rows_of_two_studies_keep_their_name_spaces():
    made = reading({}, {"study-name": "Other"}, {"study-name": ""}).records
    assert made["data_set"].tolist() == ["Cranes of Mongolia", "Other", "made_up"]


def test_outliers_are_left_out_by_each_flag():
    flags = (
        {"visible": "false"},
        {"manually-marked-outlier": "true"},
        {"import-marked-outlier": "true"},
        {"algorithm-marked-outlier": "TRUE"},
        {"argos:lc": "Z"},
    )
    made = reading(*flags, {"algorithm-marked-outlier": "true", "manually-marked-valid": "true"}, {})
    assert {reason: rows for (_, reason), rows in made.dropped.counts.items()} == {"not_visible": 5}
    assert made.records["row"].tolist() == [7, 8]
    told = made.dropped.examples[("made_up.csv", "not_visible")]
    assert told[0] == Example(2, "visible", "false") and told[1].column == "manually-marked-outlier"


def test_rows_without_a_place_are_left_out():
    assert counts({"location-long": "", "location-lat": ""}, {}) == {"no_coordinates": 1}
    assert counts({"location-long": "0", "location-lat": "0"}, {}) == {"coordinates_zero": 1}


def test_a_table_of_a_sensor_that_tells_no_place_gives_no_records():
    row = {name: value for name, value in ROW.items() if not name.startswith("location")}
    made = read([Input("made_up.csv", table({}, of=row))])
    assert made.records.empty and dict(made.dropped.counts) == {("made_up.csv", "no_coordinates"): 1}


def test_a_row_without_an_animal_is_a_record_of_nobody():
    assert one(individual_local_identifier="")["individual"] == ""
    row = {name: value for name, value in ROW.items() if name != "individual-local-identifier"}
    made = read([Input("made_up.csv", table({}, of=row))])
    assert made.records["individual"].tolist() == [""]  # a tag is not an animal
    assert "no_animal_column" in made.recognised[0].notes


@pytest.mark.parametrize(
    ("stated", "metres"),
    [
        ({"location-error-text": ">10m"}, 10),
        ({"location-error-text": "10-100 m"}, 100),
        ({"location-error-text": "0,5 km"}, 500),
        ({"location-error-text": "good"}, np.nan),
        ({"location-error-numerical": "25"}, 25),
        ({"gps:horizontal-accuracy-estimate": "7.5"}, 7.5),
        ({"eobs:horizontal-accuracy-estimate": "12"}, 12),
        ({"location-error-numerical": "0"}, np.nan),
        ({"location-error-numerical": "5", "location-error-text": "30 m"}, 30),
        ({"argos:lc": "2"}, 500),
        ({"argos:lc": "b"}, 10_000),
        ({"argos:lc": "3", "argos:error-radius": "900"}, 900),
        ({"sensor-type": "solar-geolocator"}, GEOLOCATOR_M),
        ({"sensor-type": "Solar Geolocator", "location-error-numerical": "50000"}, 50_000),
    ],
)
def test_the_uncertainty_is_the_largest_a_row_states_or_what_its_sensor_is_known_for(stated, metres):
    made = reading(stated).records["uncertainty_m"].tolist()
    assert made == [metres] or (np.isnan(metres) and np.isnan(made[0]))


@pytest.mark.parametrize(
    ("sensor", "evidence"),
    [("GPS", "gps"), ("gps", "gps"), ("Bird Ring", "ring"), ("397", "ring"), ("natural-mark", "sighting"), ("", "gps")],
)
def test_the_sensor_tells_the_evidence(sensor, evidence):
    assert one(sensor_type=sensor)["evidence"] == evidence


def test_utm_columns_are_passed_over_with_a_note():
    made = reading({"utm-easting": "500000", "utm-northing": "5000000", "utm-zone": "49N"})
    assert made.recognised[0].notes == ("utm_columns_ignored",) and made.records["longitude"].tolist() == [113.9]


def test_reference_data_tell_sex_age_and_taxon_of_an_animal():
    tags = table({"animal-life-stage": "subadult"}, {"animal-id": "HC08", "animal-sex": "m"}, of=REFERENCE)
    changes = (
        {"individual-taxon-canonical-name": ""},
        {"individual-local-identifier": "HC08"},
        {"individual-local-identifier": "HC09"},
    )
    made = reading(*changes, beside=tags).records
    assert made["sex"].tolist() == ["female", "male", ""] and made["age"].tolist() == ["subadult", "", ""]
    assert made["taxon"].tolist() == ["Grus monacha"] * 3


def test_fixes_before_and_after_the_tag_was_on_the_animal_are_left_out():
    tags = table({"deploy-on-date": "2021-10-04 06:30:00.000", "deploy-off-date": "2021-10-06"}, of=REFERENCE)
    at = ("2021-10-04 06:29:59.000", "2021-10-04 06:30:00.000", "2021-10-06 23:00:00.000", "2021-10-07 01:00:00.000")
    made = reading(*({"timestamp": time} for time in at), beside=tags)
    assert made.records["row"].tolist() == [3, 4]
    assert {reason: rows for (_, reason), rows in made.dropped.counts.items()} == {"before_or_after_tag": 2}


def test_a_tag_put_on_again_has_two_times():
    tags = table(
        {"deploy-on-date": "2021-01-01", "deploy-off-date": "2021-02-01"},
        {"deploy-on-date": "2021-03-01", "deploy-off-date": ""},
        of=REFERENCE,
    )
    at = ("2021-01-15 00:00:00", "2021-02-15 00:00:00", "2021-03-15 00:00:00")
    assert reading(*({"timestamp": time} for time in at), beside=tags).records["row"].tolist() == [2, 4]


def test_animals_of_one_name_in_two_studies_are_kept_apart_by_their_study_or_tag():
    named = table({"study-name": "Cranes of Mongolia"}, {"study-name": "Other", "animal-sex": "m"}, of=REFERENCE)
    assert reading({}, {"study-name": "Other"}, beside=named).records["sex"].tolist() == ["female", "male"]
    unnamed = table({}, {"tag-id": "tag-8", "animal-sex": "m"}, of=REFERENCE)
    other = {"study-name": "Other", "tag-local-identifier": "tag-8"}
    third = {"study-name": "Third", "tag-local-identifier": "tag-9"}
    assert reading({}, other, third, beside=unnamed).records["sex"].tolist() == ["female", "male", ""]


def test_reference_data_that_contradict_themselves_say_nothing():
    tags = table({}, {"animal-sex": "m"}, of=REFERENCE)
    assert reading({}, beside=tags).records["sex"].tolist() == [""]


def test_two_tables_share_one_reference_table():
    files = [Input("a.csv", table({})), Input("b.csv", table({"study-name": "Other"}))]
    made = read([*files, Input("tags.csv", table({}, of=REFERENCE))])
    assert made.records["sex"].tolist() == ["female", "female"]


def test_reference_data_alone_are_an_error_that_says_what_to_give():
    with pytest.raises(InputError, match="tags.csv: Movebank reference data"):
        read([Input("tags.csv", table({"deploy-on-date": "2021-01-01"}, of=REFERENCE))])


def test_a_licence_page_instead_of_a_table_is_told_as_one():
    with pytest.raises(InputError, match="web page"):
        read([Input("made_up.csv", b"<html><head><title>License terms</title></head></html>")])


def test_the_size_of_pieces_and_the_order_of_files_change_nothing():
    rows = [
        {"timestamp": f"2021-10-{day:02d} 06:00:00", "visible": "false" if day % 7 == 0 else "true"}
        for day in range(1, 29)
    ]
    tags = Input("tags.csv", table({"deploy-on-date": "2021-10-05"}, of=REFERENCE))
    files = [Input("made_up.csv", table(*rows)), tags]
    whole, small = read(files), read(files[::-1], chunk_rows=3)
    pd.testing.assert_frame_equal(whole.records, small.records)
    assert whole.dropped == small.dropped and whole.recognised == small.recognised
    assert 0 < len(whole.records) < 28
