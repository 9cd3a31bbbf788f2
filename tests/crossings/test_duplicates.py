"""A file given twice is refused: read as two data sets, it would double every list."""

import gzip

import pytest

from neaspec.crossings.input import duplicates
from neaspec.crossings.input.members import Input
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tests.support.golden_files import CHINA, TIGERS, camera_package, packed, tiger

CATS = (TIGERS + tiger("2020-01-01T00:00:00Z", "CHN")).encode()
PACKAGE = camera_package("CHN", CHINA, "2020-01-01T00:00:00+08:00", "leopards")


def refusal(files):
    with pytest.raises(InputError) as caught:
        read([Input(name, data) for name, data in files.items()])
    return caught.value.problems


@pytest.mark.parametrize(
    ("files", "again", "first"),
    [
        ({"a.csv": CATS, "b.csv": CATS}, "b.csv", "a.csv"),
        ({"x/tigers.csv": CATS, "y/tigers.csv": CATS}, "y/tigers.csv", "x/tigers.csv"),
        ({"a.zip": PACKAGE, "b.zip": PACKAGE}, "b.zip", "a.zip"),
        ({"x/a.zip": PACKAGE, "y/a.zip": PACKAGE}, "y/a.zip", "x/a.zip"),
        ({"a.csv.gz": gzip.compress(CATS), "y/b.gz": gzip.compress(CATS)}, "y/b.gz", "a.csv.gz"),
        ({"a.csv": CATS, "b.zip": packed(tigers_csv=CATS.decode())}, "b.zip/tigers.csv", "a.csv"),
        ({"a.zip": packed(x__a_csv=CATS.decode(), y__b_csv=CATS.decode())}, "a.zip/y/b.csv", "a.zip/x/a.csv"),
    ],
    ids=["names", "folders", "archives", "archives in folders", "gz", "file and archive", "in one archive"],
)
def test_the_same_file_under_two_names_is_refused_once(files, again, first):
    expected = [f"{again} is the same file as {first}: give it once"]
    assert refusal(files) == expected
    assert refusal(dict(reversed(files.items()))) == expected


def test_a_file_given_three_times_is_told_for_each_time_after_the_first():
    assert refusal({"a.csv": CATS, "b.csv": CATS, "c.csv": CATS}) == [
        "b.csv is the same file as a.csv: give it once",
        "c.csv is the same file as a.csv: give it once",
    ]


def test_a_package_packed_twice_is_refused_by_its_records():
    other = camera_package("CHN", CHINA, "2020-01-01T00:00:00+08:00", "leopards of another name")
    assert refusal({"a.zip": PACKAGE, "b.zip": other}) == [
        "b.zip/observations.csv is the same file as a.zip/observations.csv: give it once"
    ]


def test_equal_observations_at_other_cameras_are_another_package():
    china, russia = (camera_package(code, CHINA, "2020-01-01T00:00:00+08:00", code) for code in ("CHN", "RUS"))
    assert read([Input("a.zip", china), Input("b.zip", russia)]).records["declared_country"].tolist() == ["CHN", "RUS"]


def test_files_of_one_size_that_differ_in_their_last_byte_are_two():
    rows = CATS + b"".join(tiger("2020-01-01T00:00:00Z", "CHN", f"F{n}").encode() for n in range(2_000))
    one, other = rows + b"Z1,,2020-01-01,camera,CHN\n", rows + b"Z2,,2020-01-01,camera,CHN\n"
    assert len(read([Input("a.csv", one), Input("b.csv", other)]).records) == 2 * 2_002


def test_tables_without_rows_are_not_one_file_and_two_folders_may_have_equal_companions():
    made = read([Input("a.csv", TIGERS.encode()), Input("y/b.csv", TIGERS.encode())])
    assert made.records.empty
    files = {}
    for folder, animal in (("china", "F1"), ("russia", "F2")):
        files[f"{folder}/stations.csv"] = (
            "Station,gps_x,gps_y,Setup_date,Retrieval_date\ns1,131.5,43.5,2019-01-01,2021-01-01\n"
        )
        files[f"{folder}/records.csv"] = (
            f"Station,Species,DateTimeOriginal,Individual\ns1,Panthera pardus,2020-01-01 10:00:00,{animal}\n"
        )
    assert duplicates.inputs_twice([Input(name, text.encode()) for name, text in files.items()]) == []


def test_large_files_are_only_read_whole_if_their_sizes_and_starts_are_equal(tmp_path, monkeypatch):
    read_whole = []
    digest = duplicates._digest
    monkeypatch.setattr(duplicates, "_digest", lambda file: read_whole.append(file.name) or digest(file))
    inputs = []
    for name, text in (("a", "x" * 90_000), ("b", "x" * 90_001), ("c", "y" * 90_000), ("d", "y" * 89_999 + "z")):
        (tmp_path / name).write_text(text)
        inputs.append(Input(name, tmp_path / name))
    assert duplicates.inputs_twice(inputs) == []
    assert read_whole == ["c", "d"]
