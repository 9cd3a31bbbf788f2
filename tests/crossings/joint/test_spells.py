"""Deployments cut at seasons and years: days, cameras and months of each piece, counted by hand."""

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.geo.borders import Borders
from neaspec.crossings.joint.effort import days_of, effort_by, place_deployments, spells
from neaspec.crossings.joint.periods import season_marks, season_words, year_marks
from neaspec.crossings.model.deployments import as_deployments
from neaspec.crossings.model.parameters import Parameters
from tests.support.golden_files import load_kit

MARKS = pd.DatetimeIndex(["2020-01-01", "2020-02-01", "2020-03-01"])


def placed(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Make placed deployments of (country, station, begin, end)."""
    table = pd.DataFrame(rows, columns=["country_code", "station", "begin", "end"])
    return table.assign(begin=pd.to_datetime(table["begin"]), end=pd.to_datetime(table["end"]), row=range(len(table)))


def pieces(*rows: tuple[object, ...], marks: pd.DatetimeIndex = MARKS) -> list[tuple[int, str, str]]:
    cut = spells(placed(*rows), marks)
    return [
        (int(period), f"{begin:%m-%d %H:%M}", f"{end:%m-%d %H:%M}")
        for period, begin, end in zip(cut["period"], cut["begin"], cut["end"], strict=True)
    ]


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2020-01-10", "2020-01-20", [(0, "01-10 00:00", "01-20 00:00")]),
        ("2020-01-20", "2020-02-10", [(0, "01-20 00:00", "02-01 00:00"), (1, "02-01 00:00", "02-10 00:00")]),
        ("2020-01-20", "2020-02-01", [(0, "01-20 00:00", "02-01 00:00")]),  # ends at the mark: no piece after it
        ("2020-02-01", "2020-02-10", [(1, "02-01 00:00", "02-10 00:00")]),  # begins at the mark: no piece before it
        ("2020-02-05", "2020-02-05", [(1, "02-05 00:00", "02-05 00:00")]),  # of no length
        ("2019-12-20", "2020-01-05", [(0, "01-01 00:00", "01-05 00:00")]),  # begun before the first mark
        ("2020-02-25", "2020-03-10", [(1, "02-25 00:00", "03-01 00:00")]),  # ended after the last one
        ("2019-11-01", "2019-11-20", []),
        ("2020-03-05", "2020-03-20", []),
        (
            "2020-01-31 23:59",
            "2020-02-01 00:01",
            [(0, "01-31 23:59", "02-01 00:00"), (1, "02-01 00:00", "02-01 00:01")],
        ),
    ],
)
def test_a_deployment_is_cut_at_the_marks_it_passes(begin: str, end: str, expected: list[tuple[int, str, str]]) -> None:
    assert pieces(("CHN", 1, begin, end)) == expected


def test_a_deployment_over_all_periods_is_cut_in_all_of_them() -> None:
    marks = pd.date_range("2020-01-01", periods=5, freq="MS")
    cut = spells(placed(("CHN", 1, "2019-06-01", "2021-06-01"), ("RUS", 2, "2020-02-03", "2020-02-04")), marks)
    assert cut["period"].tolist() == [0, 1, 2, 3, 1]
    assert cut["country_code"].tolist() == ["CHN"] * 4 + ["RUS"]
    assert days_of(cut).tolist() == [31, 29, 31, 30, 1]


def test_what_has_no_times_or_no_period_is_no_spell() -> None:
    assert pieces(("CHN", 1, None, None)) == []
    assert pieces() == []
    assert pieces(("CHN", 1, "2020-01-10", "2020-01-20"), marks=MARKS[:1]) == []
    assert pieces(("CHN", 1, "2020-01-10", "2020-01-20"), marks=MARKS[:2]) == [(0, "01-10 00:00", "01-20 00:00")]


def effort(*rows: tuple[object, ...]) -> list[list[object]]:
    """Return station count, cameras, camera-days, months of all rows together, by country."""
    marks = pd.DatetimeIndex(["2000-01-01", "2030-01-01"])
    table = effort_by(spells(placed(*rows), marks), ["country_code"])
    return table[["country_code", "stations", "cameras", "camera_days", "months"]].values.tolist()


def test_days_are_told_to_a_tenth() -> None:
    assert effort(("CHN", 1, "2020-01-01 00:00", "2020-01-02 08:00")) == [["CHN", 1, 1, 1.3, 1]]


def test_stations_and_cameras_of_each_side_are_counted_apart() -> None:
    assert effort(
        ("RUS", 1, "2020-01-01", "2020-01-11"),
        ("CHN", 2, "2020-01-01", "2020-01-06"),
        ("RUS", 3, "2020-01-01", "2020-01-02"),
        ("RUS", 3, "2020-01-01", "2020-01-02"),
    ) == [["CHN", 1, 1, 5, 1], ["RUS", 2, 3, 12, 1]]


@pytest.mark.parametrize(
    ("second", "cameras"),
    [
        (("2020-01-05", "2020-01-20"), 2),  # before the first is taken down
        (("2020-01-11", "2020-01-20"), 1),  # at that moment
        (("2020-01-12", "2020-01-20"), 1),
        (("2020-01-11", "2020-01-11"), 1),
    ],
)
def test_a_camera_that_takes_the_place_of_another_is_one(second: tuple[str, str], cameras: int) -> None:
    assert effort(("CHN", 1, "2020-01-01", "2020-01-11"), ("CHN", 1, *second))[0][2] == cameras


def test_the_most_cameras_at_one_time_count_not_the_last_ones() -> None:
    three = [("CHN", 1, "2020-01-01", "2020-01-03")] * 3
    assert effort(*three, ("CHN", 1, "2020-02-01", "2020-02-02"))[0][1:3] == [1, 3]


def test_a_camera_of_no_length_is_one_with_no_days() -> None:
    assert effort(("CHN", 1, "2020-01-05", "2020-01-05")) == [["CHN", 1, 1, 0, 1]]


@pytest.mark.parametrize(
    ("begin", "end", "months"),
    [
        ("2020-01-31", "2020-02-01", 1),  # the last day of January ends with it
        ("2020-01-31", "2020-02-01 00:01", 2),
        ("2020-02-01", "2020-02-01", 1),
        ("2020-01-15", "2020-03-15", 3),
        ("2019-12-15", "2020-01-15", 2),
        ("2019-12-01", "2020-12-01", 12),
        ("2019-12-01", "2020-12-02", 13),
    ],
)
def test_a_month_counts_in_which_a_camera_stood(begin: str, end: str, months: int) -> None:
    assert effort(("CHN", 1, begin, end))[0][4] == months


def test_a_month_of_two_cameras_counts_once() -> None:
    assert effort(("CHN", 1, "2020-01-02", "2020-01-09"), ("CHN", 2, "2020-01-20", "2020-02-09"))[0][4] == 2


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [("2020-05-01", "2020-05-01", [2020, 2021]), ("2019-12-31", "2021-01-01", [2019, 2020, 2021, 2022])],
)
def test_years_run_from_the_first_to_the_one_after_the_last(first: str, last: str, years: list[int]) -> None:
    marks = year_marks(pd.Timestamp(first), pd.Timestamp(last))
    assert [(mark.year, mark.month, mark.day) for mark in marks] == [(year, 1, 1) for year in years]


@pytest.mark.parametrize(
    ("moment", "season"),
    [
        ("2020-02-29 23:59", "winter 2019/20"),
        ("2020-03-01", "spring 2020"),
        ("2020-05-31", "spring 2020"),
        ("2020-06-01", "summer 2020"),
        ("2020-08-31", "summer 2020"),
        ("2020-09-01", "autumn 2020"),
        ("2020-11-30", "autumn 2020"),
        ("2020-12-01", "winter 2020/21"),
        ("2021-01-01", "winter 2020/21"),
    ],
)
def test_each_moment_has_its_season(moment: str, season: str) -> None:
    marks = season_marks(pd.Timestamp(moment), pd.Timestamp(moment))
    assert len(marks) == 2 and all(mark.day == 1 for mark in marks)
    assert season_words(marks)["period"].iloc[0] == season


def test_a_season_is_told_with_the_month_it_begins_in() -> None:
    marks = season_marks(pd.Timestamp("2020-12-05"), pd.Timestamp("2021-03-05"))
    assert season_words(marks)["start"].tolist() == ["2020-12", "2021-03", "2021-06"]


@pytest.fixture(scope="module")
def borders() -> Borders:
    return load_kit().borders


def deployments(**columns: list[object]) -> pd.DataFrame:
    """Make deployments of one data set with the offset stated; columns as given."""
    length = len(next(iter(columns.values())))
    begin, end = (pd.to_datetime(pd.Series(columns.pop(name))).astype("datetime64[us]") for name in ("begin", "end"))
    usual = {"data_set": "A", "deployment": [f"d{number}" for number in range(length)], "time_quality": "offset_given"}
    return as_deployments({**usual, **columns, "begin": begin, "end": end}, length)


def test_deployments_have_the_country_and_the_clock_of_their_place(borders: Borders) -> None:
    given = deployments(
        begin=["2020-01-01 00:00"] * 4,
        end=["2020-01-02 00:00"] * 4,
        declared_country=["CHN", "RUS", "", ""],
        longitude=[np.nan, np.nan, 128.5, 160.0],
        latitude=[np.nan, np.nan, 43.5, 10.0],
    )
    told = place_deployments(given, borders, Parameters())
    assert told["country_code"].tolist() == ["CHN", "RUS", "CHN", ""]
    assert told["begin"].dt.hour.tolist() == [8, 10, 8, 11]  # hours ahead of UTC
    assert (told["end"] - told["begin"] == pd.Timedelta("1D")).all()
    assert told["row"].tolist() == [0, 1, 2, 3]


def test_times_a_camera_wrote_without_an_offset_stay_as_written(borders: Borders) -> None:
    given = deployments(
        begin=["2020-01-01"], end=["2020-01-02"], declared_country=["CHN"], time_quality=["utc_assumed"]
    )
    assert place_deployments(given, borders, Parameters())["begin"].tolist() == [pd.Timestamp("2020-01-01")]


DAYS_OF_60_YEARS = 60 * 366


@pytest.mark.parametrize(
    ("begin", "end", "has_times"),
    [
        ("2020-01-02", "2020-01-01", False),
        ("2020-01-01", "2020-01-01", True),
        (None, "2020-01-01", False),
        ("2020-01-01", None, False),
        (None, None, False),
        ("1960-01-01", pd.Timestamp("1960-01-01") + pd.Timedelta(days=DAYS_OF_60_YEARS), True),
        ("1960-01-01", pd.Timestamp("1960-01-01") + pd.Timedelta(days=DAYS_OF_60_YEARS + 1), False),
    ],
)
def test_dates_that_cannot_be_are_no_times(
    borders: Borders, begin: str | None, end: str | pd.Timestamp | None, has_times: bool
) -> None:
    given = deployments(begin=[begin], end=[end], declared_country=["CHN"], time_quality=["day_only"])
    told = place_deployments(given, borders, Parameters())
    assert told[["begin", "end"]].notna().to_numpy().tolist() == [[has_times, has_times]]


def test_a_station_is_a_name_of_one_data_set_and_a_deployment_without_one_is_its_own(borders: Borders) -> None:
    given = deployments(
        begin=["2020-01-01"] * 5,
        end=["2020-01-02"] * 5,
        declared_country=["CHN"] * 5,
        data_set=["A", "A", "B", "A", "A"],
        station=["s", "s", "s", "", ""],
        deployment=["1", "2", "3", "4", "s"],
    )
    station = place_deployments(given, borders, Parameters())["station"].tolist()
    assert station[0] == station[1] == station[4]  # a deployment named like a station of its data set is that place
    assert len({station[0], station[2], station[3]}) == 3
