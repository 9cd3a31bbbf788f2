"""Capture histories: sessions, occasions and traps at the public level, and the exact ones of their holder."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.joint.histories import CaptureHistory, exact_histories, public_histories
from neaspec.crossings.model.deployments import as_deployments
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.privacy.rules import Rules

TIGER = ("amur_tiger", "Panthera tigris")
LEOPARD = ("amur_leopard", "Panthera pardus")
SITES = pd.DataFrame(
    [("a", "A", 43.0, 131.0, 0.1), ("b", "B", 43.5, 131.0, 0.1), ("c", "C", None, None, None)],
    columns=["site_id", "name", "latitude", "longitude", "coordinate_precision_deg"],
)
COUNTRIES = pd.DataFrame(
    [("CHN", "China", 35.0, 105.0), ("RUS", "Russian Federation", 60.0, 100.0)],
    columns=["country_code", "name", "label_latitude", "label_longitude"],
)
RULES = cast(Rules, SimpleNamespace(sites=SITES, countries=COUNTRIES))


def seen(*rows: tuple[str, ...], of: tuple[str, str] = TIGER) -> pd.DataFrame:
    """Make presences of (animal, State, month, place, told place, sex)."""
    columns = ["individual_key", "country_code", "month", "place_id", "told_place_id", "sex"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(month=pd.to_datetime(table["month"]), species_id=of[0], taxon=of[1])


def placed(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """Make placed deployments of (State, begin, end), each at a station of its own."""
    table = pd.DataFrame(rows, columns=["country_code", "begin", "end"])
    return table.assign(
        begin=pd.to_datetime(table["begin"], format="ISO8601"),
        end=pd.to_datetime(table["end"], format="ISO8601"),
        row=range(len(table)),
        station=range(len(table)),
    )


def history(presences: pd.DataFrame, cameras: pd.DataFrame, *places: str) -> CaptureHistory:
    kinds = {
        (str(species), str(taxon)): pd.Series(places) for species, taxon in presences[["species_id", "taxon"]].values
    }
    return public_histories(presences, cameras, kinds, RULES)[0]


def rows(table: pd.DataFrame, *columns: str) -> list[list[Any]]:
    return table[list(columns)].values.tolist()


@pytest.mark.parametrize(
    ("month", "session", "occasion"),
    [
        ("2020-02-01", "2019", 4),
        ("2020-03-01", "2020", 1),
        ("2020-05-01", "2020", 1),
        ("2020-06-01", "2020", 2),
        ("2020-08-01", "2020", 2),
        ("2020-09-01", "2020", 3),
        ("2020-11-01", "2020", 3),
        ("2020-12-01", "2020", 4),
        ("2021-01-01", "2020", 4),
    ],
)
def test_a_session_is_a_year_from_march_on_and_an_occasion_a_season(month: str, session: str, occasion: int) -> None:
    made = history(
        seen(("F1", "CHN", month, "site:a", "site:a", "female")), placed(("CHN", "2019-03-01", "2021-03-01")), "site:a"
    )
    assert rows(made.captures, "session", "occasion") == [[session, occasion]]
    assert made.sessions == {"2019": 4, "2020": 4}
    assert not made.is_exact


def test_effort_of_a_place_is_told_by_season_to_a_tenth_of_a_day() -> None:
    cameras = placed(
        ("CHN", "2020-05-30", "2020-06-02 08:00"),
        ("CHN", "2020-05-31", "2020-06-01"),
        ("RUS", "2020-06-01", "2020-06-03"),
    )
    made = history(seen(("F1", "CHN", "2020-06-01", "site:a", "site:a", "")), cameras, "site:a", "site:a", "site:b")
    assert rows(made.usage, "session", "trap", "occasion", "camera_days") == [
        ["2020", "T001", 1, 3.0],
        ["2020", "T001", 2, 1.3],
        ["2020", "T002", 2, 2.0],
    ]
    assert rows(made.traps, "trap", "place_id", "country_code") == [
        ["T001", "site:a", "CHN"],
        ["T002", "site:b", "RUS"],
    ]


def test_a_camera_whose_place_may_not_be_told_is_no_trap() -> None:
    cameras = placed(("CHN", "2020-04-01", "2020-04-11"), ("CHN", "2020-04-01", "2020-04-11"))
    made = history(seen(("F1", "CHN", "2020-04-01", "site:a", "site:a", "")), cameras, "site:a", "")
    assert rows(made.usage, "trap", "camera_days") == [["T001", 10.0]]


def test_a_place_of_one_animal_is_told_by_the_coarsest_level_of_all_seasons() -> None:
    given = seen(
        ("F1", "CHN", "2020-04-01", "site:a", "site:a", ""),
        ("F2", "CHN", "2020-07-01", "site:a", "landscape:CHN-RUS", ""),
        ("F2", "CHN", "2020-10-01", "site:b", "country:CHN", ""),
        ("F2", "CHN", "2020-07-01", "site:b", "landscape:CHN-RUS", ""),
        ("F3", "RUS", "2020-07-01", "site:a", "site:a", ""),
    )
    cameras = placed(("CHN", "2020-04-01", "2020-04-02"), ("RUS", "2020-04-01", "2020-04-02"))
    made = history(given, cameras, "site:a", "site:a")
    assert rows(made.traps, "country_code", "place_id") == [
        ["CHN", "country:CHN"],
        ["CHN", "landscape:CHN-RUS"],
        ["RUS", "site:a"],
    ]
    assert rows(made.captures, "animal", "occasion", "trap") == [
        ["F1", 1, "T002"],
        ["F2", 2, "T001"],
        ["F2", 2, "T002"],
        ["F2", 3, "T001"],
        ["F3", 2, "T003"],
    ]


def test_only_sites_and_cells_have_metres_counted_from_a_whole_degree_in_the_middle() -> None:
    names = ("site:a", "site:b", "site:c", "landscape:CHN-RUS", "country:CHN", "cell:0.1:43.05:131.05")
    given = seen(*((f"F{number}", "CHN", "2020-04-01", name, name, "") for number, name in enumerate(names)))
    made = history(given, placed(("CHN", "2020-04-01", "2020-04-02")), "site:a")
    at = made.traps.set_index("place_id")
    assert made.origin == (43.0, 131.0)
    assert list(at.loc["site:a", ["x", "y"]]) == [0, 0]
    assert list(at.loc["site:b", ["x", "y"]]) == [0, 56_000]  # half a degree, in whole kilometres
    assert list(at.loc["cell:0.1:43.05:131.05", ["x", "y"]]) == [4_000, 6_000]
    for name in ("site:c", "landscape:CHN-RUS", "country:CHN"):
        assert at.loc[name, ["x", "y"]].isna().all(), name


def test_without_any_point_there_are_no_metres() -> None:
    made = history(
        seen(("F1", "CHN", "2020-04-01", "country:CHN", "country:CHN", "")),
        placed(("CHN", "2020-04-01", "2020-04-02")),
        "",
    )
    assert made.traps[["x", "y"]].isna().to_numpy().all() and made.origin == (0.0, 0.0)


def test_animals_are_numbered_by_name_and_each_capture_stands_once() -> None:
    given = seen(
        ("b", "CHN", "2020-04-01", "site:a", "site:a", "male"),
        ("b", "CHN", "2020-05-01", "site:a", "site:a", "male"),
        ("a", "CHN", "2020-07-01", "site:a", "site:a", ""),
    )
    made = history(given, placed(("CHN", "2020-04-01", "2020-04-02")), "site:a")
    assert rows(made.captures, "animal_id", "animal", "sex", "occasion") == [
        ["A001", "a", "", 2],
        ["A002", "b", "male", 1],
    ]


def test_each_kind_of_animal_has_its_own_history_with_its_own_places() -> None:
    tigers = seen(("F1", "CHN", "2020-04-01", "site:a", "site:a", ""))
    leopards = seen(("L1", "CHN", "2020-04-01", "site:b", "site:b", ""), of=LEOPARD)
    kinds = {TIGER: pd.Series(["site:a"]), LEOPARD: pd.Series(["site:b"])}
    made = public_histories(pd.concat([tigers, leopards]), placed(("CHN", "2020-04-01", "2020-04-02")), kinds, RULES)
    assert [(one.species_id, one.taxon, one.traps["place_id"].tolist()) for one in made] == [
        (*LEOPARD, ["site:b"]),
        (*TIGER, ["site:a"]),
    ]


def test_without_cameras_or_animals_there_is_no_history() -> None:
    met = seen(("F1", "CHN", "2020-04-01", "site:a", "site:a", ""))
    none = {TIGER: pd.Series(["site:a"])}
    assert public_histories(met, placed(("CHN", None, None)), none, RULES) == []
    assert public_histories(seen(), placed(("CHN", "2020-04-01", "2020-04-02")), none, RULES) == []


HERE, THERE = (131.0, 43.0), (131.01, 43.0)


def exact(
    met: list[tuple[str, str, tuple[float, float]]],
    cameras: list[tuple[str, str, tuple[float, float]]],
    ahead: int = 0,
    days: int = 7,
) -> list[CaptureHistory]:
    """Work out exact histories of (animal, time in UTC, spot) and (begin, end in UTC, spot)."""
    begins, ends = [pd.Timestamp(row[0]) for row in cameras], [pd.Timestamp(row[1]) for row in cameras]
    given = as_deployments(
        {
            "longitude": [row[2][0] for row in cameras],
            "latitude": [row[2][1] for row in cameras],
            "begin": pd.to_datetime(begins),
            "end": pd.to_datetime(ends),
        },
        len(cameras),
    )
    table = placed(*(("CHN", str(begin), str(end)) for begin, end in zip(begins, ends, strict=True)))
    forward = pd.Timedelta(hours=ahead)
    table = table.assign(begin=table["begin"] + forward, end=table["end"] + forward)
    records = pd.DataFrame(
        [(*TIGER, name, "female", spot[0], spot[1], pd.Timestamp(time)) for name, time, spot in met],
        columns=["species_id", "taxon", "individual_key", "sex", "longitude", "latitude", "time"],
    )
    return exact_histories(records, given, table, Parameters(occasion_days=days))


@pytest.mark.parametrize(
    ("time", "session", "occasion"),
    [
        ("2020-03-01 00:00", "202003", 1),
        ("2020-03-07 23:59", "202003", 1),
        ("2020-03-08 00:00", "202003", 2),
        ("2020-05-31 23:59", "202003", 14),
        ("2020-06-01 00:00", "202006", 1),
    ],
)
def test_an_exact_occasion_has_seven_days_of_its_season(time: str, session: str, occasion: int) -> None:
    (made,) = exact([("F1", time, HERE)], [("2020-03-01", "2020-06-03", HERE)])
    assert rows(made.captures, "session", "occasion", "trap", "animal") == [[session, occasion, "T001", "F1"]]
    assert made.is_exact and made.sessions == {"202003": 14, "202006": 14}


def test_an_occasion_may_be_of_another_length_and_the_last_of_a_season_is_shorter() -> None:
    (made,) = exact([("F1", "2020-05-31", HERE)], [("2020-03-01", "2020-06-01", HERE)], days=30)
    assert made.sessions == {"202003": 4}  # 92 days
    assert rows(made.usage, "occasion", "camera_days") == [[1, 30.0], [2, 30.0], [3, 30.0], [4, 2.0]]
    assert rows(made.captures, "occasion") == [[4]]


def test_the_clock_of_exact_captures_is_that_of_the_camera() -> None:
    (made,) = exact([("F1", "2020-03-07 20:00", HERE)], [("2020-03-01", "2020-03-20", HERE)], ahead=8)
    assert rows(made.captures, "occasion") == [[2]]  # it was four in the morning of the eighth there


def test_records_outside_all_sessions_or_at_no_camera_are_no_captures() -> None:
    cameras = [("2020-03-01", "2020-03-20", HERE)]
    met = [
        ("F1", "2020-03-02", HERE),
        ("F2", "2020-02-20", HERE),
        ("F3", "2020-06-01", HERE),
        ("F4", "2020-03-02", THERE),
    ]
    (made,) = exact(met, cameras)
    assert rows(made.captures, "animal") == [["F1"]]


def test_cameras_of_one_spot_are_one_trap_and_metres_are_whole() -> None:
    cameras = [
        ("2020-03-01", "2020-03-03", HERE),
        ("2020-03-01", "2020-03-02", HERE),
        ("2020-03-01", "2020-03-02", THERE),
    ]
    (made,) = exact([("F1", "2020-03-02", HERE)], cameras)
    assert rows(made.usage, "trap", "occasion", "camera_days") == [["T001", 1, 3.0], ["T002", 1, 1.0]]
    assert rows(made.traps, "trap", "place_id") == [["T001", ""], ["T002", ""]]
    assert made.origin == (43.0, 131.0)
    assert made.traps["x"].tolist() == [0.0, 815.0]  # a hundredth of a degree at 43 degrees north


def test_a_season_in_which_no_camera_stood_is_no_session() -> None:
    cameras = [("2020-03-01", "2020-03-20", HERE), ("2020-09-01", "2020-09-10", HERE)]
    (made,) = exact([("F1", "2020-03-02", HERE)], cameras)
    assert list(made.sessions) == ["202003", "202009"]


def test_without_a_position_or_a_record_there_is_no_exact_history() -> None:
    cameras = [("2020-03-01", "2020-03-20", (np.nan, np.nan))]
    assert exact([("F1", "2020-03-02", HERE)], cameras) == []
    assert exact([], [("2020-03-01", "2020-03-20", HERE)]) == []


def test_a_camera_that_stood_for_no_time_has_no_effort() -> None:
    (made,) = exact(
        [("F1", "2020-03-02", HERE)], [("2020-03-01", "2020-03-03", HERE), ("2020-03-02", "2020-03-02", THERE)]
    )
    assert rows(made.usage, "trap", "camera_days") == [["T001", 2.0]]
