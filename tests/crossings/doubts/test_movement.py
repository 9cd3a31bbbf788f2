"""Jumps of an animal: just possible and just not, clocks, what is told of which line, fixes of two names."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.doubts.movement import Movement, find, nothing, same_fixes
from neaspec.crossings.doubts.tracks import TracksInMemory
from neaspec.crossings.model.parameters import Parameters

KM = 1 / 111.19508  # degrees of latitude
Fix = tuple[str | pd.Timestamp, float]


def track(*fixes: Fix, who: int = 1, **columns: Any) -> pd.DataFrame:
    """Make tracks of one animal from (time, kilometres north of a place); no errors, 40 km/h, a tag."""
    usual: dict[str, Any] = {
        "longitude": 131.0,
        "error_km": np.float32(0),
        "slack_h": np.float32(0),
        "kmh": np.float32(40),
        "is_gps": True,
        "source": "a.csv",
        "row": range(2, len(fixes) + 2),
    }
    times = pd.to_datetime([str(time) for time, _ in fixes], format="ISO8601").to_numpy(dtype="datetime64[us]")
    made = pd.DataFrame({"time": times, "latitude": [43 + km * KM for _, km in fixes]})
    return made.assign(who=np.uint64(who), bucket=np.uint8(1), **(usual | columns))


def look(*tracks: pd.DataFrame, **parameters: Any) -> Movement:
    return find(
        TracksInMemory(list(tracks)), {number: f"animal {number}" for number in (1, 2, 3)}, Parameters(**parameters)
    )


def codes(*tracks: pd.DataFrame, **parameters: float) -> set[str]:
    return {code for _, code in look(*tracks, **parameters).doubts.counts}


START, HOUR_LATER = "2021-03-01 00:00", "2021-03-01 01:00"


@pytest.mark.parametrize(
    ("km", "columns", "is_jump"),
    [
        (40.9, {}, False),  # an hour at 40 km/h and the kilometre nothing is said of
        (41.1, {}, True),
        (43.9, {"error_km": [1.0, 2.0]}, False),
        (44.1, {"error_km": [1.0, 2.0]}, True),
        (52.9, {"slack_h": [0.1, 0.2]}, False),
        (53.1, {"slack_h": [0.1, 0.2]}, True),
        (100.9, {"kmh": [40.0, 100.0]}, False),  # the faster of two kinds
        (100.9, {"kmh": [100.0, 40.0]}, False),
        (101.1, {"kmh": [100.0, 40.0]}, True),
    ],
)
def test_what_is_just_possible_is_no_jump(km: float, columns: dict[str, Any], is_jump: bool) -> None:
    assert codes(track((START, 0), (HOUR_LATER, km), **columns)) == ({"too_fast"} if is_jump else set())


@pytest.mark.parametrize(
    ("km", "slack", "is_jump"),
    [
        (0.9, 0.1, False),
        (1.1, 0.1, True),  # no animal moves in no time, whatever the tenth of an hour of a clock
        (1.1, 0.99, True),
        (80.9, 1.0, False),  # a clock that does not say its offset may be an hour off
        (81.1, 1.0, True),
    ],
)
def test_two_records_of_one_moment_are_of_one_place(km: float, slack: float, is_jump: bool) -> None:
    assert bool(codes(track((START, 0), (START, km), slack_h=slack))) is is_jump


@pytest.mark.parametrize(
    ("sources", "slack", "is_jump"),
    [
        (["a.csv", "b.csv"], [1.0, 0.1], False),
        (["a.csv", "b.csv"], [0.1, 1.0], False),
        (["a.csv", "b.csv"], [0.9, 0.9], True),
        (["a.csv", "a.csv"], [1.0, 1.0], True),
    ],
)
def test_clocks_of_two_files_may_be_half_a_day_apart(sources: list[str], slack: list[float], is_jump: bool) -> None:
    assert bool(codes(track((START, 0), (HOUR_LATER, 450), source=sources, slack_h=slack))) is is_jump


def test_the_end_of_degrees_is_no_jump() -> None:
    assert codes(track((START, 0), (HOUR_LATER, 0), longitude=[179.9, -179.9])) == set()
    assert codes(track((START, 0), (HOUR_LATER, 0), longitude=[179.0, -179.0])) == {"too_fast"}


@pytest.mark.parametrize(
    ("minutes", "is_gps", "code"),
    [
        (30, [False, False], "two_places_at_once"),
        (31, [False, False], "too_fast"),
        (30, [True, False], "two_places_at_once"),
        (30, [False, True], "two_places_at_once"),
        (30, [True, True], "too_fast"),
    ],
)
def test_a_fixed_camera_and_another_place_within_half_an_hour_are_two_places(
    minutes: int, is_gps: list[bool], code: str
) -> None:
    later = pd.Timestamp(START) + pd.Timedelta(minutes=minutes)
    assert codes(track((START, 0), (later, 100), is_gps=is_gps)) == {code}


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (1_826, ""),
        (1_826.1, "long_silence"),
        (7_165.99, "long_silence"),
        (7_166.01, "clock_rollover"),
        (7_169.99, "clock_rollover"),
        (7_170.01, "long_silence"),
        (14_336, "clock_rollover"),
        (1, ""),
    ],
)
def test_a_silence_of_years_and_a_clock_that_forgot_its_weeks(days: float, code: str) -> None:
    later = pd.Timestamp("1990-01-01") + pd.Timedelta(days=days)
    assert set(look(track(("1990-01-01", 0), (later, 0))).jumps["code"]) == {code} - {""}
    for one_camera in ([True, False], [False, True]):
        assert codes(track(("1990-01-01", 0), (later, 0), is_gps=one_camera)) == set()


def test_the_length_of_a_silence_is_a_parameter() -> None:
    fixes = track(("2020-01-01", 0), ("2020-01-12", 0))
    assert codes(fixes, silence_days=10.0) == {"long_silence"} and codes(fixes, silence_days=11.0) == set()


def test_animals_do_not_jump_to_each_other() -> None:
    assert codes(track((START, 0)), track((HOUR_LATER, 900), who=2)) == set()


def test_a_jump_is_told_at_both_ends_each_with_the_line_of_the_other() -> None:
    seen = look(
        track(("2021-03-01", 0), ("2021-03-02", 0), ("2021-03-02 01:00", 900), ("2021-03-03", 900), row=[9, 4, 5, 8])
    )
    assert seen.doubts.counts == {("a.csv", "too_fast"): 2}
    told = seen.doubts.examples["a.csv", "too_fast"]
    assert [(example.row, example.found) for example in told] == [(4, "with line 5"), (5, "with line 4")]
    assert seen.jumps.values.tolist() == [["animal 1", pd.Timestamp("2021-03-02 01:00"), "too_fast"]]
    assert seen.doubtful["time"].dt.hour.tolist() == [0, 1]


def test_records_between_two_jumps_are_told_with_the_line_before_the_first() -> None:
    fixes = [(f"2021-03-01 0{hour}:00", km) for hour, km in enumerate((0, 0, 900, 900, 900, 0, 0))]
    seen = look(track(*fixes))
    assert seen.jumps.empty
    assert seen.doubtful["time"].dt.hour.tolist() == [2, 3, 4]
    told = {example.row: example.found for example in seen.doubts.examples["a.csv", "too_fast"]}
    assert told == {3: "with line 4", 4: "with line 3", 5: "with line 3", 6: "with line 7", 7: "with line 6"}
    assert seen.doubts.counts == {("a.csv", "too_fast"): 5}


def test_a_track_that_does_not_go_on_where_it_was_explains_nothing() -> None:
    fixes = [(f"2021-03-01 0{hour}:00", km) for hour, km in enumerate((0, 900, 1_800, 1_800))]
    seen = look(track(*fixes))
    assert seen.jumps["time"].dt.hour.tolist() == [1, 2]
    assert seen.doubtful["time"].dt.hour.tolist() == [0, 1, 2]


def test_two_wrong_stretches_of_one_track_are_both_explained() -> None:
    fixes = [(f"2021-03-01 {hour:02d}:00", km) for hour, km in enumerate((0, 900, 0, 0, 0, -900, -900, 0))]
    seen = look(track(*fixes))
    assert seen.jumps.empty and seen.doubtful["time"].dt.hour.tolist() == [1, 5, 6]


def test_of_two_records_of_one_moment_both_are_doubtful_and_no_jump_is_told() -> None:
    seen = look(track((START, 0), (START, 900), is_gps=False))
    assert seen.jumps.empty
    assert len(seen.doubtful) == 1 and seen.doubts.counts == {("a.csv", "two_places_at_once"): 2}


def test_records_are_looked_at_in_the_order_of_time_whatever_the_order_of_lines() -> None:
    assert codes(track(("2021-03-01 02:00", 60), (START, 0), (HOUR_LATER, 30))) == set()


def test_nothing_found_has_the_columns_of_what_is_found() -> None:
    for none in (nothing(), look(), look(track((START, 0)))):
        assert list(none.jumps.columns) == ["individual_key", "time", "code"]
        assert list(none.doubtful.columns) == ["individual_key", "time"]
        assert none.jumps.empty and none.doubtful.empty and not none.doubts.counts
    assert same_fixes(nothing().sketches).empty


def copies(shared: int, own: int = 3) -> Movement:
    """Look at two animals that share some fixes and have some of their own."""
    times = [pd.Timestamp("2021-03-01") + pd.Timedelta(days=day) for day in range(shared + 2 * own)]
    one = [(time, float(number)) for number, time in enumerate(times[: shared + own])]
    other = one[:shared] + [(time, float(number + 50)) for number, time in enumerate(times[shared + own :])]
    return look(track(*one, who=2), track(*other, who=1))


@pytest.mark.parametrize(
    ("shared", "expected"), [(2, []), (3, [["animal 1", "animal 2"]]), (20, [["animal 1", "animal 2"]])]
)
def test_three_fixes_of_two_names_are_no_chance(shared: int, expected: list[list[str]]) -> None:
    assert same_fixes(copies(shared).sketches).values.tolist() == expected


@pytest.mark.parametrize(
    ("metres_north", "seconds", "is_same"),
    [(0, 0, True), (30, 0, True), (200, 0, False), (0, 20, True), (0, 90, False)],
)
def test_fixes_are_the_same_to_a_minute_and_a_thousandth_of_a_degree(
    metres_north: float, seconds: int, is_same: bool
) -> None:
    times = [pd.Timestamp("2021-03-01") + pd.Timedelta(days=day) for day in range(5)]
    moved = [time + pd.Timedelta(seconds=seconds) for time in times]
    one = track(*((time, 0.0) for time in times))
    other = track(*((time, metres_north / 1000) for time in moved), who=2)
    assert bool(len(same_fixes(look(one, other).sketches))) is is_same


def test_of_many_fixes_a_few_are_kept_the_same_few_in_each_track() -> None:
    times = pd.date_range("2021-01-01", periods=3_000, freq="1h")
    fixes = [(time, float(number % 17)) for number, time in enumerate(times)]
    sketches = look(track(*fixes), track(*fixes, who=2)).sketches
    by_animal = {key: set(rows["fix"]) for key, rows in sketches.groupby("individual_key", observed=True)}
    assert by_animal["animal 1"] == by_animal["animal 2"] and len(by_animal["animal 1"]) == 64
