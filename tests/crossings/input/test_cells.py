"""Cells at their limits: words for sex and age, degrees and metres, clocks, dates in the words of the region."""

import numpy as np
import pandas as pd
import pytest

from neaspec.crossings.input.positions import check_degrees, from_utm, positions
from neaspec.crossings.input.regional_dates import plain_date, plain_dates
from neaspec.crossings.input.times import DateOrder, known_times, times, without_clock
from neaspec.crossings.input.values import ages, by_kind, coded, decode_words, numbers, sexes, trim_cells, truths


def texts(*values: str) -> "pd.Series[str]":
    return pd.Series(list(values), dtype="str")


@pytest.mark.parametrize(
    ("word", "sex"),
    [
        ("female", "female"),
        ("f", "female"),
        ("♀", "female"),
        ("1 Female", "female"),
        ("adult female", "female"),
        ("male", "male"),
        ("M", "male"),
        ("♂", "male"),
        ("1 male", "male"),
        ("Adult Male", "male"),
        ("fm", ""),
        ("2 males", ""),
    ],
)
def test_words_for_sex(word: str, sex: str) -> None:
    assert sexes(texts(word)).tolist() == [sex]


@pytest.mark.parametrize(
    ("word", "age"),
    [
        ("adult", "adult"),
        ("ad", "adult"),
        ("A", "adult"),
        ("after hatch year", "adult"),
        ("subadult", "subadult"),
        ("sub-adult", "subadult"),
        ("Sub Adult", "subadult"),
        ("immature", "subadult"),
        ("imm", "subadult"),
        ("SA", "subadult"),
        ("juvenile", "juvenile"),
        ("juv", "juvenile"),
        ("j", "juvenile"),
        ("cub", "juvenile"),
        ("chick", "juvenile"),
        ("nestling", "juvenile"),
        ("hatch year", "juvenile"),
        ("young", "juvenile"),
        ("pullus", "juvenile"),
        ("kitten", "juvenile"),
        ("old", ""),
        ("2", ""),
    ],
)
def test_words_for_age(word: str, age: str) -> None:
    assert ages(texts(word)).tolist() == [age]


@pytest.mark.parametrize("word", ["NA", "N/A", "NaN", "nan", "null", "NULL", "None", "\\N", "-", "#N/A", "  "])
def test_words_for_nothing_are_nothing(word: str) -> None:
    assert trim_cells(texts(word, f" {word} ")).tolist() == ["", ""]
    assert trim_cells(texts("a", word), empty_words=False).tolist() == ["a", word.strip()]
    read = numbers(texts(word, "x"))
    assert read.unreadable.tolist() == [False, True] and np.isnan(read.values).all()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("7", "7"),
        ("-12", "-12"),
        ("12:30", "12:30"),
        ("1230", "1230"),
        ("123", "123"),
        ("12a", ""),
        ("true", "true"),
        ("Blank", "Blank"),
        ("no fix", "no fix"),
        ("T03", ""),
        ("43.5", ""),
        ("", ""),
        ("12345", ""),
    ],
)
def test_a_report_repeats_small_numbers_and_words_of_standards_alone(cell: str, told: str) -> None:
    assert coded(texts(cell)).tolist() == [told]


@pytest.mark.parametrize("default", [True, False])
def test_words_for_true_and_false_and_the_default(default: bool) -> None:
    cells = texts("true", "T", "1", "Yes", "y", "false", "f", "0", "NO", "n", "", "maybe")
    assert truths(cells, default).tolist() == [True] * 5 + [False] * 5 + [default] * 2


def test_each_kind_of_text_is_turned_once_and_words_are_found_by_place() -> None:
    seen: list[int] = []

    def shout(kinds: "pd.Series[str]") -> "pd.Series[str]":
        seen.append(len(kinds))
        return kinds.str.upper()

    assert by_kind(texts("a", "b", "a"), shout).tolist() == ["A", "B", "A"] and seen == [2]
    assert decode_words(np.array([1, 0, 1]), ("x", "y")).tolist() == ["y", "x", "y"]


def judged(latitude: float, longitude: float) -> tuple[str, str]:
    found = check_degrees(np.array([latitude, 43.5]), np.array([longitude, 131.5]))
    assert found.reason.tolist()[1] == "" and np.isnan(found.latitude[0]) == bool(found.reason[0])
    return found.reason[0], found.found[0]


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason", "words"),
    [
        (89.9, 179.9, "", ""),
        (-89.9, -179.9, "", ""),
        (90.0, 131.5, "coordinates_impossible", "a pole"),
        (43.5, 180.0, "", ""),
        (43.0, 180.0, "coordinates_impossible", "end of the grid"),
        (43.5, 180.1, "coordinates_impossible", "0 to 360"),
        (43.5, 360.0, "coordinates_impossible", "0 to 360"),
        (43.5, 360.1, "coordinates_impossible", "beyond 180"),
        (43.5, -180.1, "coordinates_impossible", "beyond 180"),
        (90.1, 43.5, "coordinates_impossible", "exchanged"),
        (180.0, 90.0, "coordinates_impossible", "exchanged"),
        (180.1, 43.5, "coordinates_impossible", "a latitude beyond 90"),
        (131.5, 90.1, "coordinates_impossible", "a latitude beyond 90"),
        (999.9, 131.5, "coordinates_impossible", "a latitude beyond 90"),
        (1000.0, 131.5, "coordinates_impossible", "numbers beyond 1,000"),
        (43.5, 1000.0, "coordinates_impossible", "numbers beyond 1,000"),
        (0.0, 0.0, "coordinates_zero", "latitude and longitude are 0"),
        (0.0, 131.5, "coordinates_zero", "latitude or longitude is 0"),
        (43.5, 0.0, "coordinates_zero", "latitude or longitude is 0"),
        (50.0, 50.0, "coordinates_impossible", "one whole number for both"),
        (50.0, -50.0, "coordinates_impossible", "one whole number for both"),
        (50.5, 50.5, "", ""),
        (np.nan, np.nan, "no_coordinates", "both cells are empty"),
        (np.nan, 131.5, "no_coordinates", "no latitude"),
        (43.5, np.nan, "no_coordinates", "no longitude"),
    ],
)
def test_degrees_are_judged_at_their_limits(latitude: float, longitude: float, reason: str, words: str) -> None:
    found = judged(latitude, longitude)
    assert found[0] == reason and words in found[1]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("43 59 59.9", 43 + 59 / 60 + 59.9 / 3600),
        ("43°59'", 43 + 59 / 60),
        ("43°30,5'", 43.508333),
        ("S 43 30", -43.5),
        ("43 30 Ю", -43.5),
        ("43.5 С", 43.5),
        ("-43.30.36", -43.51),
        ("S42.30.36", -42.51),
    ],
)
def test_latitudes_with_minutes_and_letters(text: str, degrees: float) -> None:
    assert positions(
        texts(text),
        texts("131"),
    ).latitude[0] == pytest.approx(degrees, abs=1e-5)


@pytest.mark.parametrize(("text", "degrees"), [("131 30 З", -131.5), ("В131°30'", 131.5), ("w 131.5", -131.5)])
def test_longitudes_with_letters(text: str, degrees: float) -> None:
    assert positions(texts("43.2"), texts(text)).longitude[0] == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("43 60", "beyond 60"),
        ("43 30 60", "beyond 60"),
        ("-43 30 N", "two signs"),
        ("43.5 30", "read in two ways"),
        ("43 30.5 20", "read in two ways"),
        ("43E", "other axis"),
        ("43 30 20 10", "not a latitude"),
        ("1" * 61, ""),
    ],
)
def test_latitudes_that_cannot_be_read_say_why(text: str, words: str) -> None:
    found = positions(texts(text), texts("131.5"))
    assert found.reason[0].startswith("coordinates") and words in found.found[0]


@pytest.mark.parametrize(
    ("east", "north", "reason"),
    [
        ("100000", "4700000", ""),
        ("99999", "4700000", "coordinates_impossible"),
        ("999999", "4700000", ""),
        ("1000001", "4700000", "coordinates_impossible"),
        ("500000", "10000000", ""),
        ("500000", "10000001", "coordinates_impossible"),
        ("500000", "-1", "coordinates_impossible"),
    ],
)
def test_metres_of_a_zone_have_limits(east: str, north: str, reason: str) -> None:
    found = from_utm(texts(east), texts(north), "52N").reason[0]
    assert (found == "coordinates_impossible") is bool(reason)


def test_of_zone_s_each_station_is_in_its_own_half() -> None:
    read = from_utm(texts("410443", "500000", "410443"), texts("4039873", "5300000", "3540000"), "52S")
    assert read.latitude.tolist() == pytest.approx([36.5, -42.4523, 31.99], abs=0.01)
    assert read.longitude.tolist() == pytest.approx([128, 129, 128.05], abs=0.01)
    assert read.reason.tolist() == ["", "", ""]


def one(text: str, **given: object) -> tuple[str, str, str]:
    read = times(texts(text), **given)  # type: ignore[arg-type]
    value = read.values.iloc[0]
    return ("" if pd.isna(value) else f"{value:%Y-%m-%d %H:%M:%S}", read.quality.iloc[0], read.found.iloc[0])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1/2/69 10:00", "1969-02-01 10:00:00"),
        ("1/2/68 10:00", "2068-02-01 10:00:00"),
        ("1/2/00 10:00", "2000-02-01 10:00:00"),
        ("13/2/2020 12:00 AM", "2020-02-13 00:00:00"),
        ("13/2/2020 12:00 PM", "2020-02-13 12:00:00"),
        ("13/2/2020 1:00 p.m.", "2020-02-13 13:00:00"),
        ("13/2/2020 11:59:58 pm", "2020-02-13 23:59:58"),
        ("2020/2/13 23:59", "2020-02-13 23:59:00"),
        ("25569.5", "1970-01-01 12:00:00"),
        ("73050", "2099-12-31 12:00:00"),
    ],
)
def test_numeric_times_at_their_limits(text: str, moment: str) -> None:
    assert one(text, day_first=True)[0] == moment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("13/2/2020 13:00 PM", "a date or time there is not"),
        ("13/2/2020 0:30 am", "a date or time there is not"),
        ("13/2/2020 24:00", "a date or time there is not"),
        ("13/2/2020 10:60", "a date or time there is not"),
        ("13/2/2020 10:59:60", "a date or time there is not"),
        ("2020-02-30", "a date or time there is not"),
        ("2020-02", "a month or a year without a day"),
        ("2020", "a month or a year without a day"),
        ("3/4/2020", "day and month cannot be told apart"),
        ("soon", "not a time that is read"),
        ("25568.5", "not a time that is read"),
        ("73050.25", "not a time that is read"),
        ("1699-12-31", "a year before 1700 or after 2100"),
        ("2101-01-01", "a year before 1700 or after 2100"),
    ],
)
def test_a_time_that_is_not_read_says_why(text: str, words: str) -> None:
    moment, quality, found = one(text)
    assert (moment, quality) == ("", "") and found.endswith(words)


@pytest.mark.parametrize("text", ["1700-01-01", "2100-12-31"])
def test_the_first_and_the_last_year_are_read(text: str) -> None:
    assert one(text)[0] == f"{text} 12:00:00"


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("2021-10-04T10:00Z/2021-10-05T10:00Z", "interval"),
        ("2021-10-04T10:00Z/2021-10-05T10:01Z", "long_interval"),
        ("2021-10-04/2021-10-05", "interval"),
        ("2021-10-04/06", "long_interval"),
        ("2021-10-04/x", "long_interval"),
        ("2021-10-31/11-01", "interval"),
        ("2021-10-04T10:00/09:00", "interval"),
    ],
)
def test_an_interval_of_more_than_a_day_is_long(text: str, quality: str) -> None:
    assert one(text)[1] == quality


def test_times_that_are_times_already_are_judged_by_their_year() -> None:
    given = np.array(
        ["2020-01-01T10:00", "NaT", "1699-12-31", "1700-01-01", "2100-12-31", "2101-01-01"], "datetime64[us]"
    )
    read = known_times(given, "offset_given")
    assert read.reason.tolist() == ["", "no_time", "time_unreadable", "", "", "time_unreadable"]
    assert read.quality.tolist() == ["offset_given", "", "", "offset_given", "offset_given", ""]
    assert read.found.tolist()[2] == "a year before 1700 or after 2100" and read.found.tolist()[1] == ""
    assert read.values.notna().tolist() == [True, False, False, True, True, False]
    assert known_times(given[:1], "day_only").quality.tolist() == ["day_only"]


def test_the_time_of_day_is_not_repeated() -> None:
    assert without_clock("31/04/2020 10:00:05 PM") == "31/04/2020 …"
    assert without_clock("2020-02-30T10:00Z") == "2020-02-30 …"
    assert without_clock("2020-02-30") == "2020-02-30"


def test_an_example_of_dates_that_do_not_tell_is_the_smallest_and_a_column_is_read_as_it_settles() -> None:
    order = DateOrder()
    order.look(texts("5/6/2020", "3/4/2020", "7/7/2020"))
    order.look(texts("4/3/2020"))
    assert (order.example, order.order, order.must_be_asked) == ("3/4/2020", "unknown", True)
    assert (order.is_day_first(), order.is_day_first(True), order.is_day_first(False)) == (None, True, False)
    order.look(texts("25/6/2020"))
    assert (order.order, order.must_be_asked, order.is_day_first(False)) == ("day_first", False, True)
    both = order.together(DateOrder(month_first=True, example="1/2/2020"))
    assert (both.order, both.example, both.must_be_asked) == ("both", "1/2/2020", True)
    assert DateOrder(month_first=True).is_day_first(True) is False


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("平成元年4月1日", "1989-04-01"),
        ("昭和64年1月7日", "1989-01-07"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和3年3月1日", "2021-03-01"),
        ("2021년 3월 1일 오전 12:05", "2021-03-01 00:05"),
        ("2021년 3월 1일 오후 12:05:06", "2021-03-01 12:05:06"),
        ("2021年3月1日 上午10:05", "2021-03-01 10:05"),
        ("2021年3月1日 晚上11:05", "2021-03-01 23:05"),
        ("2021年3月1日 下午13:05", "2021-03-01 13:05"),
        ("2021年3月1日10時", "2021-03-01 10:00"),
        ("2021年3月1日10時5分7秒", "2021-03-01 10:05:07"),
        ("2021. 3. 1.", "2021-03-01"),
        ("1 янв 2021", "2021-01-01"),
        ("2 февраля 2021", "2021-02-02"),
        ("4 апр 2021", "2021-04-04"),
        ("5 мая 2021 года", "2021-05-05"),
        ("6-июня-2021", "2021-06-06"),
        ("7 июл. 2021", "2021-07-07"),
        ("8 августа 2021", "2021-08-08"),
        ("9 сент 2021", "2021-09-09"),
        ("10 окт 2021", "2021-10-10"),
        ("11 нояб 2021", "2021-11-11"),
        ("12 декабря 2021", "2021-12-12"),
        ("Sept 9, 2021", "2021-09-09"),
        ("2021-Feb-03", "2021-02-03"),
        ("May 5 2021 10:00", "2021-05-05 10:00"),
        ("Mon Mar 01 10:20:30 UTC 2021", "2021-03-01T10:20:30Z"),
        ("２０２１-03-01", "2021-03-01"),
        ("1 Foo 2021", "1 Foo 2021"),
        ("spring", "spring"),
        ("2021-03-01", "2021-03-01"),
        ("x" * 61, "x" * 61),
    ],
)
def test_dates_in_words_become_numbers(text: str, plain: str) -> None:
    assert plain_date(text) == plain


def test_only_columns_with_such_letters_are_changed() -> None:
    assert plain_dates(texts("3/4/2020", "2020-01-01")).tolist() == ["3/4/2020", "2020-01-01"]
    assert plain_dates(texts("3/4/2020", "1 мая 2020")).tolist() == ["3/4/2020", "2020-05-01"]
