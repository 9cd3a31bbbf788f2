"""Names of animals that only pictures of a Camtrap DP package give reach the records of their events."""

import itertools

import pandas as pd
import pytest

from neaspec.crossings.readers.read import read
from tests.crossings.test_camtrap_dp import (
    CAMERA_BEFORE,
    EVENT_BEFORE,
    OBSERVATIONS,
    cameras,
    events,
    package,
    parts,
    zipped,
)

NOBODY = {"individualID": ""}


def picture(animal: str, event: str = "e1", **more: str) -> dict[str, str]:
    return {"observationLevel": "media", "mediaID": "m", "eventID": event, "individualID": animal, "count": "9"} | more


def event(count: str = "1", animal: str = "", name: str = "e1", **more: str) -> dict[str, str]:
    return {"eventID": name, "individualID": animal, "count": count} | more


def made(*rows: dict[str, str], chunk_rows: int = 100, **said: object):
    return read([package(cameras({}), events(*rows), **said)], chunk_rows=chunk_rows)


def told(reading) -> list[tuple[str, float, str, str]]:
    """Give records as name, count (-1: not stated), sex, age."""
    columns = [
        reading.records["individual"],
        reading.records["count"].fillna(-1),
        *map(reading.records.get, ("sex", "age")),
    ]
    return sorted(zip(*columns, strict=True))


def test_an_event_without_a_name_has_the_one_its_pictures_give_and_keeps_what_it_says():
    reading = made(event("3", sex="female", lifeStage="adult"), picture("T1"), picture("T1", sex="male"))
    assert told(reading) == [("T1", 3, "female", "adult")]
    assert "individuals_of_pictures" in reading.recognised[0].notes
    assert dict(reading.dropped.counts) == {(OBSERVATIONS, "media_level"): 2}


def test_several_names_are_a_record_each_and_the_rest_of_the_event_stays_without():
    reading = made(event("5", sex="female"), picture("T1"), picture("T2", sex="male"), picture("T1"))
    assert told(reading) == [("", 3, "female", ""), ("T1", 1, "", ""), ("T2", 1, "", "")]
    assert reading.records["count"].sum() == 5
    assert reading.records["row"].unique().tolist() == [2]
    assert (reading.recognised[0].rows, reading.recognised[0].records) == (4, 3)


@pytest.mark.parametrize("count", ["1", "2"])
def test_an_event_all_of_whose_animals_are_named_has_no_rest(count):
    assert told(made(event(count), picture("T1"), picture("T2"))) == [("T1", 1, "", ""), ("T2", 1, "", "")]


def test_a_count_that_is_not_stated_stays_so():
    assert told(made(event(""), picture("T1"), picture("T2"))) == [
        ("", -1, "", ""),
        ("T1", 1, "", ""),
        ("T2", 1, "", ""),
    ]


def test_a_name_that_an_event_row_has_is_not_given_to_another_row():
    assert told(made(event("1", "T1"), event("2"), picture("T1"))) == [("", 2, "", ""), ("T1", 1, "", "")]
    assert told(made(event("1", "T1"), event("2"), picture("T1"), picture("T2"))) == [
        ("T1", 1, "", ""),
        ("T2", 2, "", ""),
    ]


def test_of_two_rows_without_a_name_none_is_said_to_be_the_named_animal_and_the_counts_add_up():
    reading = made(event("1", sex="female"), event("2", lifeStage="juvenile"), picture("T1"))
    assert told(reading) == [("", 2, "", "juvenile"), ("T1", 1, "", "")]


@pytest.mark.parametrize(
    "other",
    [
        picture("T1", deploymentID="d2"),
        picture("T1", scientificName="Panthera pardus"),
        picture("unknown"),
        picture(""),
        picture("T1", observationType="human"),
        picture("T1", cameraSetupType="setup"),
    ],
    ids=["another station", "another species", "nobody", "no name", "no animal", "setting up"],
)
def test_a_picture_of_something_else_names_nothing(other):
    reading = made(event("2"), other)
    assert told(reading) == [("", 2, "", "")]
    assert "individuals_of_pictures" not in reading.recognised[0].notes


def test_pictures_of_an_event_that_nobody_summed_up_are_a_record_of_their_own():
    reading = made(event("2"), picture("T1", "e2"), picture("T1", "e2"))
    assert sorted(name for name, *_ in told(reading)) == ["", "T1"]
    assert "pictures_left_over" in reading.recognised[0].notes


def test_a_picture_of_no_event_names_nothing():
    assert told(made(event("2", name=""), picture("T1", ""))) == [("", 2, "", "")]


def test_rows_that_nothing_tells_apart_are_given_no_names():
    same = {"observationID": "o"}
    assert told(made(event("2", **same), event("2", **same), picture("T1"))) == [("", 2, "", "")] * 2


def test_no_names_are_taken_where_the_package_says_it_names_no_animals():
    assert told(made(event("2"), picture("T1"), project={"individualAnimals": False})) == [("", 2, "", "")]


def test_version_0_1_6_names_by_pictures_too():
    rows = events(NOBODY, {"mediaID": "m1"}, of=EVENT_BEFORE)
    reading = read([zipped(parts([CAMERA_BEFORE], rows, "0.1.6"))])
    assert reading.records["individual"].tolist() == ["T1"]


def test_neither_the_order_of_rows_nor_the_size_of_pieces_changes_a_name_or_a_count():
    rows = [
        event("5"),
        picture("T1"),
        picture("T2"),
        event("2", "T3", "e2"),
        event("1", "", "e2"),
        picture("T4", "e2"),
        event("1", "", "e3"),
        event("3", "", "e3"),
        picture("T5", "e3"),
        picture("T6", "e3"),
    ]
    named = events(*rows)
    expected = told(read([package(cameras({}), named)]))
    assert [name for name, *_ in expected] == ["", "", "T1", "T2", "T3", "T4", "T5", "T6"]
    assert sum(count for _, count, *_ in expected) == 12
    for order, size in itertools.product((named, named[::-1], named[5:] + named[:5]), (1, 3, 100)):
        reading = read([package(cameras({}), order)], chunk_rows=size)
        assert told(reading) == expected
        assert reading.recognised[0].notes == ("individuals_of_pictures",)


def test_records_keep_their_types():
    reading = made(event("5"), picture("T1"), picture("T2"))
    plain = made(event("5"))
    pd.testing.assert_series_equal(reading.records.dtypes, plain.records.dtypes)
