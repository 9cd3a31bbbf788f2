"""Rows with names of places and terms of Darwin Core; texts of a report without positions; lines of a map file."""

import json
import sqlite3
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.joint.study import JointStudy
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Question
from neaspec.crossings.model.records import DoubtfulRows, Recognised, RejectedRows
from neaspec.crossings.outputs.geopackage import geopackage
from neaspec.crossings.outputs.tables import named_rows, report_json
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.publish import CELL_COLUMNS, CROSSING_COLUMNS, PublicResults
from neaspec.text import Words

SITES = pd.DataFrame(
    [
        ("hunchun", "Hunchun", None, None, None),
        ("khanka", "Khanka", 45.0, 132.5, 0.5),
        ("bolon", "Bolon", 49.8, 136.3, 0.1),
    ],
    columns=["site_id", "name", "latitude", "longitude", "coordinate_precision_deg"],
)
COUNTRIES = pd.DataFrame(
    [("CHN", "China", 35.0, 105.0), ("RUS", "Russian Federation", 60.0, 100.0)],
    columns=["country_code", "name", "label_latitude", "label_longitude"],
)
LEVELS = pd.DataFrame({"rule_id": ["big_cat_seen"], "time_level": ["season"]})
RULES = cast(Rules, SimpleNamespace(sites=SITES, countries=COUNTRIES, levels=LEVELS))
KINDS = {"site": "site", "cell": "degree_1", "landscape": "landscape", "country": "country"}


def ends(*pairs: tuple[str, str], is_merged: tuple[bool, bool] = (False, False), level: str = "season") -> pd.DataFrame:
    """Make rows of crossings by the places they begin and end at."""
    rows = []
    for start, end in pairs:
        row: dict[str, Any] = dict.fromkeys(CROSSING_COLUMNS, "")
        for name, place, merged in (("from", start, is_merged[0]), ("to", end, is_merged[1])):
            kind = KINDS[place.partition(":")[0]]
            row |= {f"{name}_place_id": place, f"{name}_place_kind": kind, f"{name}_is_merged": merged}
        rows.append(row | {"time_level": level})
    return pd.DataFrame(rows)


def named(words: Words, *pairs: tuple[str, str], **given: Any) -> list[dict[str, Any]]:
    table = named_rows(ends(*pairs, **given), "crossings", RULES, 3, words)
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


CELL, WIDE = "cell:0.1:42.35:130.65", "cell:1:47.5:117.5"


def test_each_end_is_named(words: Words) -> None:
    (row,) = named(words, ("site:khanka", "landscape:CHN-RUS"))
    assert row["from_place_name"] == "Khanka"
    assert row["to_place_name"] == "China: land near the border (Russian Federation)"
    (row,) = named(words, (CELL, "country:RUS"))
    assert (row["from_place_name"], row["to_place_name"]) == (
        "cell of 0.1° around 42.35° N, 130.65° E",
        "Russian Federation",
    )


@pytest.mark.parametrize(
    ("is_merged", "start", "end"),
    [((True, False), True, False), ((False, True), False, True), ((False, False), False, False)],
)
def test_only_the_end_that_was_merged_says_so(
    words: Words, is_merged: tuple[bool, bool], start: bool, end: bool
) -> None:
    (row,) = named(words, ("country:CHN", "country:RUS"), is_merged=is_merged)
    first, second = row["dataGeneralizations"].split("To: ")
    assert ("fewer than 3 animals" in first, "fewer than 3 animals" in second) == (start, end)
    assert first.startswith("From: Place generalised to the State (China).")
    assert second.startswith("Place generalised to the State (Russian Federation).")


@pytest.mark.parametrize(
    ("level", "sentence"),
    [
        ("day", "Times are given to the day."),
        ("month", "Times are generalised to months."),
        ("season", "Times are generalised to seasons."),
        ("year", "Times are generalised to years."),
    ],
)
def test_each_row_says_how_exact_its_times_are(words: Words, level: str, sentence: str) -> None:
    (row,) = named(words, (CELL, CELL), level=level)
    assert row["dataGeneralizations"].endswith(sentence)


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (CELL, WIDE, 1.0),
        (WIDE, CELL, 1.0),
        (CELL, CELL, 0.1),
        ("site:khanka", "site:bolon", 0.5),
        ("site:hunchun", CELL, None),
        (CELL, "country:CHN", None),
        ("landscape:CHN-RUS", CELL, None),
    ],
)
def test_the_coarser_end_is_told_and_nothing_if_one_has_no_point(
    words: Words, start: str, end: str, precision: float | None
) -> None:
    (row,) = named(words, (start, end))
    assert (None if pd.isna(row["coordinatePrecision"]) else row["coordinatePrecision"]) == precision


def test_the_uncertainty_of_two_cells_is_that_of_the_wider(words: Words) -> None:
    narrow, both = named(words, (CELL, CELL), (CELL, WIDE))
    assert 6_000 < narrow["coordinateUncertaintyInMeters"] < 8_000
    assert 60_000 < both["coordinateUncertaintyInMeters"] < 80_000


def results(crossings: pd.DataFrame, cells: list[dict[str, Any]], ends_of_stays: list[str]) -> PublicResults:
    usual: dict[str, Any] = dict.fromkeys(CELL_COLUMNS, "") | {
        "animals": 3,
        "is_merged": False,
        "latitude": np.nan,
        "longitude": np.nan,
        "coordinate_precision_deg": 1.0,
        "uncertainty_m": 70_000.0,
        "time_level": "season",
    }
    stays = pd.DataFrame({"end": pd.Series(ends_of_stays, dtype="str"), "individual_key": "k"})
    nothing = pd.DataFrame()
    return cast(
        PublicResults,
        SimpleNamespace(
            crossings=crossings,
            stays=stays,
            cells=pd.DataFrame([usual | cell for cell in cells], columns=list(CELL_COLUMNS)),
            parameters=Parameters(),
            rules=RULES,
            pairs=nothing,
            matrix=nothing,
            lists=nothing,
            sexes=nothing,
        ),
    )


def layers(words: Words, crossings: pd.DataFrame, cells: list[dict[str, Any]], stays: list[str]) -> sqlite3.Connection:
    held = results(crossings, cells, stays)
    opened = sqlite3.connect(":memory:")
    opened.deserialize(geopackage(held, named_rows(crossings, "crossings", RULES, 3, words), words))
    return opened


def test_a_line_joins_two_different_points_and_nothing_else(words: Words) -> None:
    crossings = ends(
        (CELL, WIDE),
        (CELL, CELL),
        (CELL, "site:hunchun"),
        ("country:CHN", WIDE),
        ("site:khanka", "site:bolon"),
        ("cell:1:47.5:116.5", WIDE),
    )
    opened = layers(words, crossings, [], ["2016"])
    assert [bool(row[0]) for row in opened.execute("select geom is not null from crossings order by fid")] == [
        True,
        False,
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("kind", "north", "has_point"),
    [
        ("site", 45.0, True),
        ("degree_0_1", 45.0, True),
        ("degree_1", 45.0, True),
        ("landscape", 45.0, False),
        ("country", 45.0, False),
        ("none", 45.0, False),
        ("site", np.nan, False),
    ],
)
def test_a_place_is_a_point_only_where_one_does_not_mislead(
    words: Words, kind: str, north: float, has_point: bool
) -> None:
    places = {"site": "site:khanka", "landscape": "landscape:CHN-RUS", "country": "country:CHN", "none": ""}
    place = {"place_kind": kind, "place_id": places.get(kind, CELL), "latitude": north, "longitude": 132.5}
    opened = layers(words, ends((CELL, CELL)), [place], ["2016-04-07"])
    assert opened.execute("select geom is not null from places").fetchall() == [(int(has_point),)]


@pytest.mark.parametrize(
    ("ends_of_stays", "date"),
    [
        (["2016-04-07", "2015-01-01"], "2016-04-07"),
        (["2015-03", "2015-12"], "2015-12-01"),
        (["2014", ""], "2014-01-01"),
        ([""], "1970-01-01"),
        ([], "1970-01-01"),
    ],
)
def test_the_file_bears_the_date_of_the_last_stay(words: Words, ends_of_stays: list[str], date: str) -> None:
    opened = layers(words, ends((CELL, CELL)), [], ends_of_stays)
    assert opened.execute("select distinct last_change from gpkg_contents").fetchall() == [(f"{date}T00:00:00.000Z",)]


POSITION = "43.12345 131.12345"


def report(words: Words, **given: Any) -> dict[str, Any]:
    crossings = ends((CELL, WIDE), (CELL, CELL), (CELL, WIDE)).assign(grade=["confirmed", "probable", "confirmed"])
    dropped, doubts = RejectedRows(), DoubtfulRows()
    dropped.add(f"b {POSITION}.csv", "no_time", pd.Series(range(2, 10)), "time", f"at {POSITION}")
    dropped.add("a.csv", "absent", pd.Series([4]))
    doubts.add(f"b {POSITION}.csv", "too_fast", pd.Series([7]), "", f"near {POSITION}")
    nobody = pd.DataFrame(columns=["individual_key"], dtype="str")
    worked = SimpleNamespace(
        results=results(crossings, [], ["2016", "2017"]),
        dropped=dropped,
        doubts=doubts,
        joint=JointStudy(),
        conflicts=pd.DataFrame({"found": pd.Series([f"x {POSITION}"], dtype="str")}),
        unused=nobody,
        matches=nobody,
        recognised=[Recognised(f"b {POSITION}.csv", "movebank", "", 9, 7, (f"note {POSITION}", "plain"))],
        questions=[Question("day_or_month_first", f"b {POSITION}.csv", "time", "03/04/2015")],
    )
    return cast(dict[str, Any], json.loads(report_json(cast(Any, worked), "1.0", words, **given)))


def test_no_text_of_the_report_holds_a_position(words: Words) -> None:
    told = report(words)
    assert "12345" not in json.dumps(told)
    assert told["recognised"] == [
        {
            "source": "b [position withheld].csv",
            "standard": "movebank",
            "version": "",
            "rows": 9,
            "records": 7,
            "notes": ["note [position withheld]", "plain"],
        }
    ]
    assert told["questions"][0]["example"] == "03/04/2015"


def test_what_was_left_out_stands_in_order_with_its_first_five_rows(words: Words) -> None:
    told = report(words)["left_out"]
    assert [(entry["source"], entry["reason"], entry["rows"]) for entry in told] == [
        ("a.csv", "absent", 1),
        ("b [position withheld].csv", "no_time", 8),
    ]
    assert [row["row"] for row in told[1]["first"]] == [2, 3, 4, 5, 6]
    assert told[1]["first"][0]["found"] == "at [position withheld]"


def test_a_doubt_says_what_it_does_why_and_what_to_do(words: Words) -> None:
    (told,) = report(words)["doubts"]
    assert (told["code"], told["count"], told["effect"]) == ("too_fast", 1, "not_confirmed")
    assert (told["why"], told["what_to_do"]) == (words("doubts.why_too_fast"), words("doubts.do_too_fast"))


def test_the_counts_are_those_of_the_results_or_as_told(words: Words) -> None:
    assert report(words)["counts"] == {"animals": 1, "stays": 2, "crossings": {"confirmed": 2, "probable": 1}}
    assert report(words, stays=70)["counts"]["stays"] == 70
    assert report(words, stays=0)["counts"]["stays"] == 0


def test_a_study_that_is_empty_is_not_in_the_report(words: Words) -> None:
    assert "joint_study" not in report(words)
