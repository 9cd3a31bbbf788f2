"""Cells become numbers, times and positions as whole columns; what cannot be read is said, never guessed."""

import itertools
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from neaspec.crossings.input.positions import from_utm, positions, utm_zone
from neaspec.crossings.input.times import DateOrder, order_of_dates, times
from neaspec.crossings.input.values import ages, numbers, sexes, trim_cells, truths


def texts(*values):
    return pd.Series(list(values), dtype="str")


def time_of(text, day_first=None, without_offset="utc_assumed"):
    made = times(texts(text), day_first, without_offset)
    value = made.values.iloc[0]
    return ("" if pd.isna(value) else str(value), made.quality.iloc[0], made.reason.iloc[0])


def place_of(latitude, longitude):
    made = positions(texts(latitude), texts(longitude))
    return made.latitude[0], made.longitude[0], made.reason.iloc[0], made.found.iloc[0]


def test_numbers_are_read_with_point_or_comma_and_nothing_else():
    read = numbers(
        texts(
            "1", "-.5", "+3", "1e3", "127,123", "\u22124", "\u00a07 ", "", "NA", "1,234,5", "5 m", "inf", "1e999", "0x1"
        )
    )
    expected = [1, -0.5, 3, 1000, 127.123, -4, 7, *[np.nan] * 7]
    assert np.allclose(read.values, expected, equal_nan=True)
    assert read.unreadable.tolist() == [False] * 9 + [True] * 5


@pytest.mark.parametrize(
    ("text", "value", "quality"),
    [
        ("2020-05-30T02:57:37Z", "2020-05-30 02:57:37", "offset_given"),
        ("2020-05-30T04:57:37+02:00", "2020-05-30 02:57:37", "offset_given"),
        ("2020-05-30T04:57:37+0200", "2020-05-30 02:57:37", "offset_given"),
        ("2020-05-30 04:57+02", "2020-05-30 02:57:00", "offset_given"),
        ("2020-05-30 02:57:37 UTC", "2020-05-30 02:57:37", "offset_given"),
        ("2020-05-30 23:30:00.123-05:30", "2020-05-31 05:00:00.123000", "offset_given"),
        ("2021-10-04 06:30:00.000", "2021-10-04 06:30:00", "utc_assumed"),
        ("2021-10-04T06:30:00,1234567", "2021-10-04 06:30:00.123456", "utc_assumed"),
        ("2021-10-04", "2021-10-04 12:00:00", "day_only"),
        ("2021-10-04T10:00:00Z/2021-10-05T10:00:00Z", "2021-10-04 10:00:00", "interval"),
        ("2021-10-04/05", "2021-10-04 12:00:00", "interval"),
        ("2021-10-04T10:00Z/11:30", "2021-10-04 10:00:00", "interval"),
        ("2021-10-04/06", "2021-10-04 12:00:00", "long_interval"),
        ("2021-10-04/11-05", "2021-10-04 12:00:00", "long_interval"),
        ("2021-10-04T10:00:00Z/2021-12-05", "2021-10-04 10:00:00", "long_interval"),
        ("2021-10-04/..", "2021-10-04 12:00:00", "long_interval"),
        ("2018/1/1 0:00", "2018-01-01 00:00:00", "utc_assumed"),
        ("2018.01.05", "2018-01-05 12:00:00", "day_only"),
        ("2018:05:01 12:33:10", "2018-05-01 12:33:10", "utc_assumed"),
        ("16-08-2010 00:00:00", "2010-08-16 00:00:00", "utc_assumed"),
        ("8/16/10 4:05 PM", "2010-08-16 16:05:00", "utc_assumed"),
        ("8/16/2010 12:00:01 am", "2010-08-16 00:00:01", "utc_assumed"),
        ("5.5.1969", "1969-05-05 12:00:00", "day_only"),
    ],
)
def test_times_are_read_in_utc_with_their_quality(text, value, quality):
    assert time_of(text) == (value, quality, "")


def test_the_standard_may_say_that_times_are_utc():
    assert time_of("2021-10-04 06:30:00.000", without_offset="utc_by_standard")[1] == "utc_by_standard"
    assert time_of("2021-10-04 06:30:00Z", without_offset="utc_by_standard")[1] == "offset_given"


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-30",
        "2020-13-01T00:00:00Z",
        "31/04/2020",
        "2020-05-04T25:00",
        "2020-05-04 10:61",
        "13/13/2020",
        "2020-05",
        "2020",
        "yesterday",
        "12345",
        "3/4/2020",
        "0000-01-01",
        "9999-01-01",
        "2020-05-04T10:00+99:99",
        "1/1/20 13:00 PM",
    ],
)
def test_times_that_cannot_be_are_not_read(text):
    assert time_of(text) == ("", "", "time_unreadable")


def test_an_empty_time_is_no_time():
    assert time_of("") == time_of(" NA ") == ("", "", "no_time")


def test_only_what_is_written_like_a_date_is_repeated_in_words():
    made = times(texts("2020-02-30", "31/04/2020 10:00", "131.2345", "43 12.5 N", "=cmd()", "43.30.15"))
    assert [text.partition(":")[0] for text in made.found] == ["2020-02-30", "31/04/2020 …"] + [
        "not a time that is read"
    ] * 3 + ["a date or time there is not"]


@pytest.mark.parametrize(
    ("dates", "order", "asked"),
    [
        (["3/4/2024", "25/4/2024"], "day_first", False),
        (["3/4/2024", "4/25/2024"], "month_first", False),
        (["3/4/2024", "4/4/2024", "12/12/2024"], "unknown", True),
        (["4/4/2024"], "none", False),
        (["2024-03-04", "2024/3/4"], "none", False),
        (["25/4/2024", "4/25/2024"], "both", False),
        (["25/4/2024", "4/25/2024", "3/4/2024"], "both", True),
        (["", "x", "99/99/2024"], "none", False),
        (["3/4/2024", "12/25/2024"], "month_first", False),
        (["3/4/2024", "25/12/2024"], "day_first", False),
        (["25/12/2024", "12/25/2024"], "both", False),
        (["3/4/2024", "12/31/2024"], "month_first", False),
        (["3/4/2024", "31/12/2024"], "day_first", False),
        (["3/4/2024", "13/12/2024"], "day_first", False),
        (["3/4/2024", "12/13/2024"], "month_first", False),
        (["3/4/2024", "32/12/2024"], "unknown", True),
        (["3/4/2024", "12/32/2024"], "unknown", True),
        (["12/11/2024"], "unknown", True),
    ],
)
def test_day_and_month_are_told_by_the_whole_column_or_asked(dates, order, asked):
    for arranged in itertools.permutations(dates):
        pieces = [order_of_dates(texts(date)) for date in arranged]
        joined = DateOrder()
        for piece in pieces:
            joined = joined.together(piece)
        whole = order_of_dates(texts(*arranged))
        assert whole == joined
        assert (whole.order, whole.must_be_asked) == (order, asked)


def test_an_answer_settles_dates_and_those_against_it_are_told():
    made = times(texts("3/4/2024", "25/4/2024", "4/25/2024"), day_first=True)
    assert [str(value)[:10] for value in made.values] == ["2024-04-03", "2024-04-25", "NaT"]
    made = times(texts("3/4/2024", "25/4/2024", "4/25/2024"), day_first=False)
    assert [str(value)[:10] for value in made.values] == ["2024-03-04", "NaT", "2024-04-25"]
    made = times(texts("3/4/2024", "25/4/2024", "4/25/2024"))
    assert [str(value)[:10] for value in made.values] == ["NaT", "2024-04-25", "2024-04-25"]


@settings(max_examples=80, deadline=None)
@given(some.datetimes(pd.Timestamp(1700, 1, 1), pd.Timestamp(2100, 12, 31)), some.integers(-14 * 60, 14 * 60))
def test_any_time_written_with_any_offset_is_read_back(moment, minutes):
    local = pd.Timestamp(moment) + pd.Timedelta(minutes=minutes)
    sign, ahead = "+" if minutes >= 0 else "-", abs(minutes)
    read = times(texts(f"{local.isoformat()}{sign}{ahead // 60:02d}:{ahead % 60:02d}")).values.iloc[0]
    expected = pd.Timestamp(moment)
    assert read == expected or not 1701 <= expected.year <= 2099


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("43.5", "131.25", (43.5, 131.25)),
        ("43,5", "131,25", (43.5, 131.25)),
        ("-43.5", "-131", (-43.5, -131)),
        ("43°30'00\"N", "131°15'00\"E", (43.5, 131.25)),
        ("43° 30′ 0″ с", "131° 15′ 0″ в", (43.5, 131.25)),
        ("N43 30", "E 131 15", (43.5, 131.25)),
        ("43d30m0sS", "131d15m0sW", (-43.5, -131.25)),
        ("43:30:36", "131:15:00", (43.51, 131.25)),
        ("43.5N", "131.25°E", (43.5, 131.25)),
        ("-43°30'", "131°", (-43.5, 131)),
        ("0.0001", "131", (0.0001, 131)),
        ("67.5", "-180", (67.5, -180)),
        ("42.51.36", "130.30.36", (42.86, 130.51)),
        ("42,51,36 N", "130,30,36", (42.86, 130.51)),
    ],
)
def test_positions_are_read_as_people_write_them(latitude, longitude, expected):
    read = place_of(latitude, longitude)
    assert np.allclose(read[:2], expected, atol=1e-9)
    assert read[2:] == ("", "")


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason", "words"),
    [
        ("", "", "no_coordinates", "both cells"),
        ("NA", "131", "no_coordinates", "no latitude"),
        ("43", "", "no_coordinates", "no longitude"),
        ("0", "0.0", "coordinates_zero", "are 0"),
        ("131.2", "43.3", "coordinates_impossible", "look exchanged"),
        ("99", "99", "coordinates_impossible", "beyond 90"),
        ("43", "231", "coordinates_impossible", "0 to 360"),
        ("43", "-190", "coordinates_impossible", "beyond 180"),
        ("4812345", "512345", "coordinates_impossible", "looks like UTM"),
        ("5400000.5", "14600000", "coordinates_impossible", "not degrees"),
        ("x", "131", "coordinates_unreadable", "not a latitude"),
        ("43", "1 2 3 4", "coordinates_unreadable", "not a longitude"),
        ("43°70'N", "131", "coordinates_unreadable", "beyond 60"),
        ("131E", "43N", "coordinates_unreadable", "exchanged"),
        ("inf", "131", "coordinates_unreadable", "not a latitude"),
        ("90", "180", "coordinates_impossible", "filling of an empty cell"),
        ("90", "0.1", "coordinates_impossible", "filling of an empty cell"),
        ("45", "-180", "coordinates_impossible", "filling of an empty cell"),
        ("-1", "-1", "coordinates_impossible", "filling of an empty cell"),
        ("0", "131", "coordinates_zero", "filling of an empty cell"),
        ("42.5 1.36", "131", "coordinates_unreadable", "read in two ways"),
        ("N43S", "131", "coordinates_unreadable", "two signs"),
    ],
)
def test_positions_that_cannot_be_are_said_in_words_without_their_numbers(latitude, longitude, reason, words):
    north, east, why, found = place_of(latitude, longitude)
    assert np.isnan(north)
    assert np.isnan(east)
    assert why == reason
    assert words in found
    assert not {text for text in (latitude, longitude) if len(text) > 2} & set(found.split())


def test_utm_metres_become_degrees_in_the_zone_that_was_answered():
    read = from_utm(texts("500000", "600000,5"), texts("4700000", "4700000"), "52N")
    assert np.allclose(read.longitude, [129.0, 130.2160], atol=1e-3)
    assert np.allclose(read.latitude, [42.4523, 42.4469], atol=1e-3)
    band = from_utm(texts("410443"), texts("4039873"), "52S")  # as receivers in Korea write it
    assert np.allclose((band.latitude, band.longitude), ([36.5], [128]), atol=1e-5)
    south = from_utm(texts("500000"), texts("5300000"), "52S")
    assert south.latitude[0] == pytest.approx(-42.4523, abs=1e-3)


def test_utm_numbers_no_zone_has_are_told_apart():
    read = from_utm(
        texts("4700000", "131.2", "x", "", "50", "0"), texts("500000", "43.1", "4700000", "", "4700000", "0"), "52N"
    )
    assert read.reason.tolist() == ["coordinates_impossible"] * 2 + [
        "coordinates_unreadable",
        "no_coordinates",
        "coordinates_impossible",
        "coordinates_impossible",
    ]
    assert "exchanged" in read.found[0]
    assert "degrees" in read.found[1]


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["12/25/2024", "03/04/2024"], "month_first"),
        (["12/31/2024", "03/04/2024"], "month_first"),
        (["01/13/2024", "03/04/2024"], "month_first"),
        (["25/12/2024", "03/04/2024"], "day_first"),
        (["31/12/2024", "03/04/2024"], "day_first"),
        (["13/01/2024", "03/04/2024"], "day_first"),
        (["12/25/2024", "25/12/2024", "03/04/2024"], "both"),
        (["32/12/2024", "12/32/2024", "13/13/2024", "03/04/2024"], "unknown"),  # no dates, so they tell nothing
        (["12/11/2024"], "unknown"),
        (["12/12/2024"], "none"),
    ],
)
def test_the_first_and_the_last_dates_of_a_year_and_month_settle_a_column(dates, order):
    found = order_of_dates(texts(*dates))
    assert (found.order, found.must_be_asked) == (order, order in ("both", "unknown"))


@pytest.mark.parametrize(
    ("zone", "expected"), [("52N", (52, True)), ("08t", (8, True)), (" 52 S ", (52, False)), ("9M", (9, False))]
)
def test_utm_zones_are_understood(zone, expected):
    assert utm_zone(zone) == expected


@pytest.mark.parametrize("zone", ["", "61N", "0N", "N", "52", "52I", "EPSG:32652"])
def test_what_is_no_utm_zone_is_refused(zone):
    with pytest.raises(ValueError, match="from 1 to 60"):
        utm_zone(zone)


def test_words_for_sex_age_and_truth_are_ours_or_empty():
    assert sexes(texts("F", " male ", "♀", "unknown", "")).tolist() == ["female", "male", "female", "", ""]
    assert ages(texts("Adult", "cub", "SUBADULT", "Hatch Year", "?")).tolist() == [
        "adult",
        "juvenile",
        "subadult",
        "juvenile",
        "",
    ]
    assert truths(texts("true", "FALSE", "0", ""), True).tolist() == [True, False, False, True]


def test_white_space_and_words_for_empty_are_taken_off():
    assert trim_cells(texts(" a\u00a0", "\tNULL ", "\u3000b")).tolist() == ["a", "", "b"]


def test_parsers_take_empty_columns():
    assert len(times(texts()).values) == len(positions(texts(), texts()).latitude) == len(numbers(texts()).values) == 0
    assert len(from_utm(texts(), texts(), "52N").latitude) == 0


WRITTEN = some.text(some.sampled_from("0123456789+-.,eE "), max_size=8) | some.sampled_from(
    ["nan", "inf", "NA", "1e999"]
)


@settings(max_examples=200, deadline=None)
@given(some.lists(WRITTEN, min_size=1, max_size=8))
def test_what_a_cell_means_does_not_depend_on_the_cells_beside_it(cells):
    whole, alone = numbers(texts(*cells)), [numbers(texts(cell)) for cell in cells]
    assert whole.unreadable.tolist() == [one.unreadable[0] for one in alone]
    assert np.array_equal(whole.values, [one.values[0] for one in alone], equal_nan=True)


DATES = some.sampled_from(
    [
        "2020-05-04",
        "2020-05-04T10:00Z",
        "2020-05-04 10:00:00,123456789",
        "2020-05-04  10:00 +09:00",
        "2020-05-04T10:00z",
        "2020-05-04 10:00 UTC",
        "2020-05-04T10:00Z/P1D",
        "25/12/2020",
        "12/25/20 4:05 pm",
        "3/4/2020",
        "2020",
        "",
        "NA",
        "x",
        "2020-02-30",
        "1500-01-01",
        "2020.5.4",
        "5/5/2020 25:00",
        "2020-05-04T10:00:00.5-0330",
        "10:00",
    ]
)


@cache
def time_alone(cell, day_first):
    """Return what a cell is in a column of its own; there are few of them, each is read once."""
    return times(texts(cell), day_first)


@settings(max_examples=200, deadline=None)
@given(some.lists(DATES, min_size=1, max_size=8), some.sampled_from([None, True, False]))
def test_when_a_cell_is_does_not_depend_on_the_cells_beside_it(cells, day_first):
    whole, alone = times(texts(*cells), day_first), [time_alone(cell, day_first) for cell in cells]
    for name in ("values", "quality", "reason", "found"):
        expected = [getattr(one, name).iloc[0] for one in alone]
        assert [str(value) for value in getattr(whole, name)] == [str(value) for value in expected]


@pytest.mark.parametrize(
    ("written", "expected", "quality"),
    [
        ("2021年3月1日 10:00", "2021-03-01 10:00", "utc_assumed"),
        ("2021-03-02 오전 10:00", "2021-03-02 10:00", "utc_assumed"),
        ("2021. 3. 1. 오후 3:05", "2021-03-01 15:05", "utc_assumed"),
        ("19-Mar-2021 11:00", "2021-03-19 11:00", "utc_assumed"),
        ("2021年3月1日 下午3:05", "2021-03-01 15:05", "utc_assumed"),
        ("令和3年3月1日", "2021-03-01 12:00", "day_only"),
        ("1 марта 2021 г. 12:00", "2021-03-01 12:00", "utc_assumed"),
        ("2021 оны 3 сарын 1", "2021-03-01 12:00", "day_only"),
        ("44275.4583", "2021-03-20 10:59:57", "utc_assumed"),
        ("44276", "2021-03-21 12:00", "day_only"),
        ("Mar 3, 2021 4:05 PM", "2021-03-03 16:05", "utc_assumed"),
        ("2021年3月1日10時5分", "2021-03-01 10:05", "utc_assumed"),
    ],
)
def test_dates_are_read_as_the_region_writes_them(written, expected, quality):
    read = times(texts("2021-01-01T00:00:00Z", written))
    assert read.values.iloc[1] == pd.Timestamp(expected)
    assert read.quality.iloc[1] == quality


@pytest.mark.parametrize("written", ["spring", "Foo 3, 2021", "99999.5", "12345", "Mon Mar 01 00:00:00 CET 2021"])
def test_words_that_are_no_date_are_none(written):
    assert times(texts(written)).reason.tolist() == ["time_unreadable"]
