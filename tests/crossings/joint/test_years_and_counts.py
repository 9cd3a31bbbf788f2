"""The joint study of presences and deployments written by hand: years, seasons, counts beside effort."""

from typing import Any

import pandas as pd
import pytest

from neaspec.crossings.joint import study
from neaspec.crossings.joint.effort import EFFORT

TIGER, LEOPARD = ("amur_tiger", "Panthera tigris"), ("amur_leopard", "Panthera pardus")


def seen(*rows: tuple[str, str, str], of: tuple[str, str] = TIGER) -> pd.DataFrame:
    """Make presences of (animal, State, month)."""
    table = pd.DataFrame(rows, columns=["individual_key", "country_code", "month"])
    return table.assign(month=pd.to_datetime(table["month"]), species_id=of[0], taxon=of[1])


def placed(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Make deployments of (State, begin, end), each a station of its own."""
    table = pd.DataFrame(rows, columns=["country_code", "begin", "end"])
    times = {name: pd.to_datetime(table[name], format="ISO8601") for name in ("begin", "end")}
    return table.assign(**times, station=range(len(table)), row=range(len(table)))


def plain(table: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return [[None if pd.isna(value) else value for value in row] for row in table[list(columns)].values.tolist()]


CAMERAS = placed(
    ("CHN", "2019-12-01", "2020-01-11"), ("RUS", "2020-02-01", "2020-02-06"), ("", "2018-01-01", "2018-02-01")
)


def test_every_side_has_every_year_and_three_things_are_told_apart() -> None:
    years = study._by_year(seen(("F1", "KOR", "2021-05-01")), CAMERAS, ("CHN", "KOR", "RUS"))
    assert plain(years, "country_code", "year", "status", *EFFORT)[:8] == [
        ["CHN", 2018, "not_surveyed", 0, 0, 0, 0],
        ["CHN", 2019, "surveyed", 1, 1, 31, 1],
        ["CHN", 2020, "surveyed", 1, 1, 10, 1],
        ["CHN", 2021, "not_surveyed", 0, 0, 0, 0],
        ["KOR", 2018, "not_reported", None, None, None, None],
        ["KOR", 2019, "not_reported", None, None, None, None],
        ["KOR", 2020, "not_reported", None, None, None, None],
        ["KOR", 2021, "not_reported", None, None, None, None],
    ]
    assert plain(years, "country_code", "year", "status")[8:] == [
        ["RUS", 2018, "not_surveyed"],
        ["RUS", 2019, "not_surveyed"],
        ["RUS", 2020, "surveyed"],
        ["RUS", 2021, "not_surveyed"],
    ]


def test_animals_count_once_a_year_and_zero_stands_only_where_somebody_looked() -> None:
    met = seen(
        ("F1", "CHN", "2019-12-01"),
        ("F1", "CHN", "2019-12-01"),
        ("F2", "CHN", "2019-12-01"),
        ("F3", "KOR", "2020-01-01"),
    )
    met = pd.concat([met, seen(("L1", "RUS", "2020-02-01"), of=LEOPARD)])
    cameras = placed(("CHN", "2019-12-01", "2020-01-11"), ("RUS", "2020-02-01", "2020-02-06"))
    effort = study._by_year(met, cameras, ("CHN", "KOR", "RUS"))
    counts = study._counts(met, effort)
    tigers = counts[counts["species_id"] == "amur_tiger"]
    assert plain(tigers, "year", "country_code", "status", "animals", "camera_days") == [
        [2019, "CHN", "surveyed", 2, 31],
        [2019, "KOR", "not_reported", None, None],
        [2019, "RUS", "not_surveyed", None, 0],
        [2020, "CHN", "surveyed", 0, 10],
        [2020, "KOR", "not_reported", 1, None],
        [2020, "RUS", "surveyed", 0, 5],
    ]
    leopards = counts[counts["species_id"] == "amur_leopard"]
    assert leopards["animals"].fillna(-1).tolist() == [0, -1, -1, 0, -1, 1]
    assert counts["species_id"].tolist() == ["amur_leopard"] * 6 + ["amur_tiger"] * 6


def test_seasons_are_named_and_stand_with_the_effort_of_each_side_and_of_all() -> None:
    met = seen(("F1", "CHN", "2020-01-01"), ("F1", "RUS", "2020-04-01"))
    cameras = placed(
        ("CHN", "2019-12-05", "2020-01-04"), ("RUS", "2020-02-29", "2020-03-02"), ("", "2020-01-01", "2020-01-09")
    )
    alive = study._alive(met, cameras)
    assert plain(alive, "period", "start", "country_code", "status", "seen", "stations", "camera_days") == [
        ["winter 2019/20", "2019-12", "", "surveyed", 1, 2, 31],
        ["winter 2019/20", "2019-12", "CHN", "surveyed", 1, 1, 30],
        ["winter 2019/20", "2019-12", "RUS", "surveyed", 0, 1, 1],
        ["spring 2020", "2020-03", "", "surveyed", 1, 1, 1],
        ["spring 2020", "2020-03", "CHN", "not_surveyed", None, None, None],
        ["spring 2020", "2020-03", "RUS", "surveyed", 1, 1, 1],
    ]


@pytest.mark.parametrize(
    ("met", "cameras", "span"),
    [
        ((("F1", "CHN", "2019-05-01"),), (("CHN", "2020-01-01", "2020-06-01"),), ("2019-05-01", "2020-06-01")),
        ((("F1", "CHN", "2021-05-01"),), (("CHN", "2020-01-01", "2020-06-01"),), ("2020-01-01", "2021-05-01")),
        ((("F1", "CHN", "2021-05-01"),), (("CHN", None, None),), ("2021-05-01", "2021-05-01")),
        ((), (("CHN", "2020-01-01", "2020-06-01"),), ("2020-01-01", "2020-06-01")),
        ((), (("CHN", None, None),), ("2000-01-01", "2000-01-01")),
    ],
)
def test_the_time_of_a_study_spans_animals_and_cameras(met: Any, cameras: Any, span: tuple[str, str]) -> None:
    table = seen(*met)
    assert study._span(table, placed(*cameras)) == (pd.Timestamp(span[0]), pd.Timestamp(span[1]))


def test_effort_of_all_the_time_takes_in_the_last_moment_and_leaves_out_the_sea() -> None:
    total = study._all_the_time(CAMERAS)
    assert plain(total, "country_code", *EFFORT) == [["CHN", 1, 1, 41, 2], ["RUS", 1, 1, 5, 1]]
    assert study._all_the_time(placed(("CHN", None, None))).empty
    one_moment = study._all_the_time(placed(("CHN", "2020-01-01", "2020-01-01")))
    assert plain(one_moment, "country_code", "stations", "camera_days") == [["CHN", 1, 0]]


@pytest.mark.parametrize(
    ("evidence", "is_supported", "country", "is_of_study"),
    [
        ("camera", True, "CHN", True),
        ("genetic", True, "CHN", True),
        ("gps camera", True, "CHN", True),
        ("gps", True, "CHN", False),
        ("ring sighting", True, "CHN", False),
        ("camera", False, "CHN", False),
        ("camera", True, "", False),
    ],
)
def test_a_kind_of_animal_is_studied_if_a_camera_or_a_sample_told_of_it_somewhere(
    evidence: str, is_supported: bool, country: str, is_of_study: bool
) -> None:
    told = seen(("F1", country, "2020-01-01")).assign(evidence=evidence, is_supported=is_supported)
    beside = seen(("F2", "RUS", "2020-01-01")).assign(evidence="gps", is_supported=True)
    other = seen(("L1", "RUS", "2020-01-01"), of=LEOPARD).assign(evidence="gps", is_supported=True)
    kept = study._of_the_study(pd.concat([told, beside, other], ignore_index=True))
    assert kept["individual_key"].tolist() == (["F1", "F2"] if is_of_study else [])


@pytest.mark.parametrize(
    ("given", "is_empty"),
    [
        ({}, True),
        ({"sides": ("CHN",)}, False),
        ({"pictures": pd.DataFrame({"id_a": ["1"]})}, False),
        ({"undated": 3}, True),
    ],
)
def test_a_study_with_nothing_to_tell_is_empty(given: dict[str, Any], is_empty: bool) -> None:
    assert study.JointStudy(**given).is_empty is is_empty
