"""What no animal, clock or name should do is found, told, and confirms nothing; what they can do is left alone."""

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.doubts.movement import find, same_fixes
from neaspec.crossings.doubts.names import skeleton
from neaspec.crossings.doubts.records import add_doubts
from neaspec.crossings.doubts.tracks import SealedTracks, TracksInMemory, seal
from neaspec.crossings.geo.local_time import offsets
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.model.records import as_records

HOME, FAR, NEAR = (131.0, 43.0), (138.0, 36.0), (131.1, 43.0)  # 950 km and 8 km from home


def track(*fixes, kmh=40.0, is_gps=True, slack=0.1, who=1):
    """Make tracks of one animal from (time, place)."""
    made = pd.DataFrame({"time": pd.to_datetime([time for time, _ in fixes]), "place": [place for _, place in fixes]})
    return pd.DataFrame(
        {
            "bucket": np.uint8(who % 16),
            "who": np.full(len(made), who, dtype="uint64"),
            "time": made["time"].to_numpy(dtype="datetime64[us]"),
            "longitude": [place[0] for place in made["place"]],
            "latitude": [place[1] for place in made["place"]],
            "error_km": np.float32(0),
            "slack_h": np.float32(slack),
            "kmh": np.float32(kmh),
            "is_gps": is_gps,
            "source": f"{who}.csv",
            "row": range(2, len(made) + 2),
        }
    )


def found(*tracks, **parameters):
    names = {number: f"animal {number}" for number in range(1, 9)}
    return find(TracksInMemory(list(tracks)), names, Parameters(**parameters))


def hours(*places, day="2021-03-01"):
    return [(pd.Timestamp(day) + pd.Timedelta(hours=hour), place) for hour, place in enumerate(places)]


def test_what_an_animal_can_walk_is_no_doubt():
    seen = found(track(*hours(HOME, NEAR, HOME, NEAR)))
    assert seen.jumps.empty and seen.doubtful.empty and not seen.doubts.counts


@pytest.mark.parametrize("length", [1, 3, 20])
def test_a_few_wrong_records_are_doubtful_and_the_track_goes_on_without_them(length):
    seen = found(track(*hours(HOME, HOME, *[FAR] * length, HOME, HOME)))
    assert len(seen.doubtful) == length
    assert seen.jumps.empty
    assert seen.doubts.counts == {("1.csv", "too_fast"): length + 2}


def test_a_jump_that_nothing_explains_makes_both_its_ends_doubtful():
    seen = found(track(*hours(HOME, HOME, FAR, FAR)))
    assert seen.jumps[["individual_key", "code"]].values.tolist() == [["animal 1", "too_fast"]]
    assert seen.doubtful["time"].dt.hour.tolist() == [1, 2]


def test_a_bird_can_be_where_a_cat_cannot():
    fixes = [("2021-03-01 00:00", HOME), ("2021-03-01 08:00", FAR)]
    assert not found(track(*fixes, kmh=160.0)).doubts.counts
    assert found(track(*fixes)).doubts.counts


@pytest.mark.parametrize(("minutes", "is_doubtful"), [(5, True), (60, False)])
def test_one_animal_is_not_at_two_cameras_eight_kilometres_apart_within_minutes(minutes, is_doubtful):
    second = pd.Timestamp("2021-03-01") + pd.Timedelta(minutes=minutes)
    seen = found(track(("2021-03-01", HOME), (second, (131.3, 43.0)), is_gps=False))
    assert bool(seen.doubts.counts) == is_doubtful
    assert not is_doubtful or seen.doubts.counts == {("1.csv", "two_places_at_once"): 2}


def test_errors_of_positions_and_times_are_taken_off():
    fixes = [("2021-03-01 00:00", HOME), ("2021-03-01 01:00", FAR)]
    assert not found(track(*fixes).assign(error_km=np.float32(500))).doubts.counts
    assert not found(track(*fixes, slack=24.0)).doubts.counts


@pytest.mark.parametrize(("days", "code"), [(7_168, "clock_rollover"), (3_000, "long_silence"), (700, "")])
def test_times_that_only_a_clock_makes(days, code):
    later = pd.Timestamp("2001-03-01") + pd.Timedelta(days=days)
    seen = found(track(("2001-03-01", HOME), (later, NEAR)))
    assert set(seen.jumps["code"]) == {code} - {""}
    assert not found(track(("2001-03-01", HOME), (later, NEAR), is_gps=False)).doubts.counts


def test_the_same_fixes_under_two_names_are_told_whatever_the_rounding():
    rng = np.random.default_rng(1)
    times = pd.date_range("2021-03-01", periods=500, freq="6h")
    places = [(131 + float(x), 43 + float(y)) for x, y in rng.random((500, 2)) / 20]
    rounded = [(round(x, 5), round(y, 5)) for x, y in places]
    one, copy = track(*zip(times, places, strict=True)), track(*zip(times[100:], rounded[100:], strict=True), who=2)
    other = track(*zip(times, [(x + 0.01, y) for x, y in places], strict=True), who=3)
    assert same_fixes(found(one, copy, other).sketches).values.tolist() == [["animal 1", "animal 2"]]


def test_sealed_tracks_give_the_same_whatever_the_pieces_and_hold_no_position(tmp_path):
    tracks = [track(*hours(HOME, FAR, HOME), who=who) for who in (1, 2, 17)]
    names = {1: "a", 2: "b", 17: "c"}
    whole = find(TracksInMemory(tracks), names, Parameters())
    paths = []
    for number, piece in enumerate((pd.concat([*tracks[1:], tracks[0][:1]]), tracks[0][1:], tracks[0][:0])):
        paths.append(tmp_path / f"{number}.sealed")
        seal(piece.astype({"source": "category"}), paths[-1], b"k" * 32)
    again = find(SealedTracks(paths, b"k" * 32), names, Parameters())
    assert len(whole.doubtful) == 3
    for table in ("jumps", "doubtful"):
        columns = ["individual_key", "time"]
        one, other = (getattr(made, table).sort_values(columns, ignore_index=True) for made in (whole, again))
        pd.testing.assert_frame_equal(one, other)
    assert again.doubts.counts == whole.doubts.counts and again.doubts.examples == whole.doubts.examples
    assert not any(np.float64(HOME[0]).tobytes() in path.read_bytes() for path in paths)


@pytest.mark.parametrize(
    ("one", "other"),
    [("17001", "17001.0"), ("007", "7"), ("Т-03", "T03"), ("t 3", "T3"), ("АМУР", "Амур"), ("Ｆ１", "F1")],
)
def test_ways_of_writing_one_name_are_alike(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("T3", "T30"), ("17001", "17010"), ("F1", "M1"), ("100", "10")])
def test_other_names_are_not_alike(one, other):
    assert skeleton(one) != skeleton(other)


def records(*rows):
    columns = {name: [row.get(name) for row in rows] for name in {name for row in rows for name in row}}
    usual = {"evidence": "gps", "longitude": 131.12345, "latitude": 43.12345, "source": "a.csv", "row": [2] * len(rows)}
    return as_records(usual | columns, len(rows)).assign(individual_key="a: x")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"time": pd.Timestamp("1970-01-01 03:00")}, "clock_reset"),
        ({"time": pd.Timestamp("1979-05-05")}, "before_the_device"),
        ({"time": pd.Timestamp("1979-05-05"), "evidence": "genetic"}, ""),
        ({"time": pd.Timestamp("2021-05-05"), "doubts": "obscured"}, "obscured"),
        ({"time": pd.Timestamp("2021-05-05"), "longitude": 131.1, "latitude": 43.0}, "rounded"),
        ({"time": pd.Timestamp("2021-05-05"), "longitude": 131.1, "latitude": 43.0, "uncertainty_m": 9.0}, ""),
        ({"time": pd.Timestamp("2021-05-05")}, ""),
    ],
)
def test_what_a_record_alone_shows(given, code):
    doubted, counted = add_doubts(records(given), Reading(), Parameters())
    assert {found for _, found in counted.counts} == {code} - {""}
    assert doubted["doubts"].tolist() == ["" if code == "rounded" else code]
    metres = doubted["uncertainty_m"].iloc[0]
    assert {"obscured": metres == 30_000, "rounded": 6_000 < metres < 8_000}.get(code, True)


@pytest.mark.parametrize(
    ("country", "longitude", "quality", "hours_ahead"),
    [
        ("KOR", 128.0, "offset_given", 9),
        ("CHN", 80.0, "offset_given", 8),
        ("RUS", 132.0, "utc_by_standard", 10),
        ("RUS", np.nan, "utc_by_standard", 10),
        ("RUS", -175.0, "utc_by_standard", 12),
        ("MNG", 107.0, "offset_given", 8),
        ("MNG", 91.0, "offset_given", 7),
        ("", 105.0, "offset_given", 7),
        ("KOR", 128.0, "day_only", 0),
        ("KOR", 128.0, "utc_assumed", 0),
    ],
)
def test_the_time_of_the_place_is_that_of_its_state(country, longitude, quality, hours_ahead):
    time, kind, code = pd.Series([pd.Timestamp("2021-03-01 01:30")]), pd.Series([quality]), pd.Series([country])
    assert offsets(time, kind, code, np.array([longitude])).tolist() == [hours_ahead * 60]
