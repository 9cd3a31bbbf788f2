"""Charts as plain series for office programs: values, ranges, labels, portions and the ends of axes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from neaspec.palette import SERIES, SURFACE
from neaspec.render.charts.native import ChartData, Series, axis_of_years, drawn_range, place_text, written
from neaspec.render.charts.native_bars import chart_data, year_of
from tests.support.demo_page import demo_palette
from tests.support.small_charts import WORDS, drawing_of, small

SOFT = SURFACE["text_soft"][0]


def data_of(kind: Any, *rows: dict[str, Any], **more: Any) -> ChartData:
    return chart_data(small(kind, *rows, **more), demo_palette(), WORDS)


def bar(**given: Any) -> dict[str, Any]:
    return {"category": "Park", "value": 10.0, "low": None, "high": None, "mark": "exact", "label": ""} | given


def point(x: Any, y: float | None, **given: Any) -> dict[str, Any]:
    named = {"low": None, "high": None, "series": "A", "mark": "exact", "joined": False, "label": ""}
    return {"x": x, "y": y} | named | given


@pytest.mark.parametrize(
    ("value", "low", "high", "drawn"),
    [
        (10.0, 8.0, 15.0, (10.0, 5.0, 2.0)),
        (None, 8.0, 15.0, (8.0, 7.0, 0.0)),
        (None, None, 15.0, (15.0, 0.0, 0.0)),
        (10.0, None, 15.0, (10.0, 5.0, 0.0)),
        (10.0, 8.0, None, (10.0, 0.0, 2.0)),
        (10.0, 0.0, None, (10.0, 0.0, 10.0)),
        (10.0, 12.0, 9.0, (10.0, 0.0, 0.0)),  # a range that does not hold its figure
        (None, None, None, (None, 0.0, 0.0)),
    ],
)
def test_a_range_goes_up_and_down_from_its_figure(
    value: float | None, low: float | None, high: float | None, drawn: tuple[float | None, float, float]
) -> None:
    assert drawn_range(value, low, high) == drawn


@pytest.mark.parametrize(
    ("figure", "beside", "text"),
    [
        ({"value": 520.0, "low": 480.0, "high": 540.0, "mark": "about"}, "", "about 520 (480–540)"),
        ({"value": 520.0, "low": 480.0}, "", "520 (480)"),
        ({"value": 520.0, "high": 540.0}, "", "520 (540)"),
        ({"low": 27.0, "high": 55.0, "mark": "preliminary"}, "", "27–55 (preliminary)"),
        ({"value": 3.0, "mark": "preliminary"}, "preliminary count", "3"),
        ({"value": 3.0, "mark": "actual"}, "", "3"),
        ({"mark": "not_surveyed", "value": 1.0, "low": 1.0}, "", "not surveyed"),
        ({"value": 520.0, "low": 480.0, "label": "half"}, "", "half"),
        ({"mark": "planned"}, "", "planned"),
        ({}, "", ""),
    ],
)
def test_a_figure_is_written_with_its_range_and_its_mark(figure: dict[str, Any], beside: str, text: str) -> None:
    whole = {"value": None, "low": None, "high": None, "mark": "", "label": ""} | figure
    assert written(drawing_of(small("bars", bar())), whole, beside) == text


@pytest.mark.parametrize(
    ("places", "ends"),
    [
        ([2000.0, 2010.0], (1999, 2011, 1)),
        ([2000.0, 2011.0], (1998, 2012, 2)),
        ([2000.0, 2020.0], (1998, 2022, 2)),
        ([2000.0, 2021.0], (1995, 2025, 5)),
        ([1900.0, 2000.0], (1890, 2010, 10)),
        ([1800.0, 2000.0], (1780, 2020, 20)),
        ([1500.0, 2000.0], (1450, 2050, 50)),
        ([1400.0, 2000.0], (1300, 2100, 100)),
        ([2003.0], (2002, 2004, 1)),
        ([], (None, None, None)),
    ],
)
def test_an_axis_of_years_has_round_ends_and_at_most_ten_steps(places: list[float], ends: tuple[Any, ...]) -> None:
    assert axis_of_years(places) == ends


def test_years_and_names_are_written_on_the_axis() -> None:
    assert [place_text(place) for place in (2001.0, 2001, "2001/02")] == ["2001", "2001", "2001/02"]


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2021, 1, 1), 2021.0), (date(2021, 12, 31), 2021 + 364 / 365), (date(2020, 12, 31), 2020 + 365 / 366)],
)
def test_a_day_is_a_fraction_of_its_year(day: date, year: float) -> None:
    assert year_of(day) == pytest.approx(year)


def test_bars_keep_their_order_values_colours_and_labels() -> None:
    rows = (bar() | {"species": "amur_tiger"}, bar(category="B", value=3.0, mark="about") | {"species": ""})
    data = data_of("bars", *rows, unit="individuals")
    (series,) = data.series
    assert (data.shape, data.categories) == ("bars", ("Park", "B"))
    assert (series.name, series.marker, series.colour) == ("individuals", "circle", SERIES[0][0])
    assert (series.values, series.labels) == ((10.0, 3.0), ("10", "about 3"))
    assert series.colours == ("#81300F", SERIES[0][0])
    assert series.hollow == (False, True)


def test_without_a_unit_a_series_is_called_as_its_axis() -> None:
    assert data_of("bars", bar()).series[0].name == "Animals (individuals)"


@pytest.mark.parametrize(
    ("given", "name", "label", "value", "is_hollow"),
    [
        ({"mark": "not_surveyed", "value": 3.0}, "Park: not surveyed", "", None, False),
        ({"mark": "not_reported", "value": None}, "Park: not reported", "", None, False),
        ({"value": None, "low": 3.0, "high": 5.0}, "Park: 3–5", "", 3.0, True),
        ({"low": 3.0}, "Park", "10 (3)", 10.0, False),
        ({"high": 12.0}, "Park", "10 (12)", 10.0, False),
        ({"low": 3.0, "high": 12.0}, "Park: 10 (3–12)", "", 10.0, False),
        ({"label": "y" * 34}, "Park", "y" * 34, 10.0, False),
        ({"label": "y" * 35}, f"Park: {'y' * 35}", "", 10.0, False),
        ({"value": None, "mark": ""}, "Park", "", None, True),
        ({"mark": "zero", "value": 0.0}, "Park", "0 (none found when counted)", 0.0, False),
        ({"mark": "preliminary"}, "Park", "10 (preliminary)", 10.0, True),
    ],
)
def test_what_a_bar_cannot_say_stands_beside_its_name(
    given: dict[str, Any], name: str, label: str, value: float | None, is_hollow: bool
) -> None:
    data = data_of("bars", bar(**given))
    (series,) = data.series
    assert (data.categories, series.labels) == ((name,), (label,))
    assert (series.values, series.hollow) == ((value,), (is_hollow,))


def part(name: str, kind: str, value: float | None, mark: str = "", label: str = "") -> dict[str, Any]:
    return {"category": name, "part": kind, "value": value, "mark": mark, "label": label}


def test_parts_are_series_and_what_is_absent_is_told_beside_the_whole() -> None:
    data = data_of(
        "stacked_bars",
        part("One", "travel", 5.0),
        part("Two", "labour", None, "not_reported"),
        part("One", "labour", 7.0),
        part("Two", "travel", 2.0, "", "two"),
        part("Two", "food", 1.0, "not_surveyed"),
    )
    assert data.shape == "stacked"
    assert data.categories == ("One", "Two (labour: not reported; food: not surveyed)")
    travel, labour, food = data.series
    assert (travel.values, travel.labels) == ((5.0, 2.0), ("5", "two"))
    assert (labour.values, labour.labels) == ((7.0, None), ("7", ""))
    assert food.values == (None, None)
    assert [series.colour for series in data.series] == [SERIES[0][0], SERIES[1][0], SERIES[2][0]]
    assert travel.hollow == (False, False) and travel.marker == "square"


def test_figures_of_one_part_are_added_and_each_is_named() -> None:
    data = data_of("stacked_bars", part("One", "travel", 5.0), part("One", "travel", 7.0), part("One", "travel", None))
    (series,) = data.series
    assert (series.values, series.labels) == ((12.0,), ("5, 7",))


@pytest.mark.parametrize("rest", [part("One", "not_itemised", 1.0), part("One", "rest", 1.0, "not_itemised")])
def test_the_rest_is_hollow_grey_and_takes_no_colour(rest: dict[str, Any]) -> None:
    data = data_of("stacked_bars", rest, part("One", "travel", 5.0))
    assert [(series.colour, series.hollow) for series in data.series] == [(SOFT, (True,)), (SERIES[0][0], (False,))]


def period(name: str, start: str, end: str, mark: str = "actual", **given: Any) -> dict[str, Any]:
    return {"category": name, "start": start, "end": end, "mark": mark, "label": "", "species": ""} | given


def test_a_timeline_is_hidden_beginnings_and_lengths_in_years() -> None:
    data = data_of(
        "timeline",
        period("One", "2020", "2021", "planned", label="survey"),
        period("Two", "2020-07", ""),
        period("One", "2022-01-01", "2022-12-31", species="amur_leopard"),
        period("None", "", ""),
    )
    assert data.categories == (
        "One · survey · planned · 2020–2021",
        "One · actual or stated · 1 January 2022 to 31 December 2022",
        "Two · actual or stated · July 2020",
    )
    begin, planned, actual = data.series
    assert begin.is_hidden and not planned.is_hidden
    assert begin.values == (2020.0, 2022.0, pytest.approx(2020 + 182 / 366, abs=1e-4))
    assert planned.values == (2.0, None, None)
    assert actual.values == (None, 1.0, pytest.approx(31 / 366, abs=1e-4))
    assert (planned.name, actual.name) == ("planned", "actual or stated")
    assert (planned.hollow, actual.hollow) == ((True,) * 3, (False,) * 3)
    assert actual.colours == (SERIES[0][0], "#C869BF", SERIES[0][0])
    assert (data.least, data.most, data.unit) == (2019, 2024, 1)


def test_a_schedule_is_drawn_as_a_timeline_and_a_network_not_at_all() -> None:
    rows = [{"category": "One", "start": "2020", "end": "2021", "mark": "tentative", "label": ""}]
    assert data_of("schedule", *rows).series[1].hollow == (True,)
    assert data_of("schedule", rows[0] | {"mark": ""}).series[1].name == WORDS("take.length_years")
    assert data_of("network", {"source": "a", "target": "b"}).shape == "none"


def test_pairs_are_two_series_and_a_label_explains_the_name() -> None:
    rows = [
        {"category": name, "first": first, "second": second, "label": label}
        for name, first, second, label in (
            ("Japan", 20.5, 29.0, "land"),
            ("China", None, 1.0, ""),
            ("Nowhere", None, None, ""),
        )
    ]
    data = data_of("pairs", *rows, labels={"first": "Stated"})
    assert data.categories == ("Japan (land)", "China", "Nowhere: not reported")
    first, second = data.series
    assert (first.name, first.values, first.labels) == ("Stated", (20.5, None, None), ("20.5", "", ""))
    assert (second.name, second.values) == ("Second", (29.0, 1.0, None))
    assert (first.colour, second.colour) == (SERIES[0][0], SERIES[1][0])


def test_points_are_parted_into_joined_single_and_bare_ranges() -> None:
    data = data_of(
        "ranges",
        point(2003, 3.0),
        point(2001, 1.0, joined=True),
        point(2000, 2.0, joined=True),
        point(2002, None, low=4.0, high=6.0),
        point(2004, None, mark="not_surveyed"),
        point(2005, None),
    )
    joined, single, bare = data.series
    assert data.shape == "points"
    assert (joined.name, joined.places, joined.values, joined.is_joined) == ("A", (2000.0, 2001.0), (2.0, 1.0), True)
    assert (single.places, single.values, single.is_joined) == ((2003.0,), (3.0,), False)
    assert (bare.places, bare.values, bare.more, bare.less) == ((2002.0,), (4.0,), (2.0,), (0.0,))
    assert (single.name, bare.name) == (WORDS("take.single_figures", name="A"), WORDS("take.ranges", name="A"))
    assert (joined.has_markers, bare.has_markers) == (True, False)
    assert (joined.hollow, bare.hollow) == ((False, False), (True,))
    assert data.notes == ("2004: not surveyed",)
    assert (data.least, data.most, data.unit) == (1999, 2006, 1)


def test_one_joined_figure_stays_with_the_single_ones() -> None:
    data = data_of("ranges", point(2000, 2.0, joined=True), point(2001, 3.0))
    (series,) = data.series
    assert (series.name, series.values, series.is_joined) == ("A", (2.0, 3.0), False)


def test_half_a_range_without_a_figure_is_still_drawn() -> None:
    (low,) = data_of("ranges", point(2000, None, low=4.0)).series
    (high,) = data_of("ranges", point(2000, None, high=6.0)).series
    assert (low.values, high.values) == ((4.0,), (6.0,))


def test_bare_ranges_come_last_and_absent_years_name_their_series() -> None:
    data = data_of(
        "ranges",
        point(2000, None, low=1.0, high=2.0),
        point(2001, 5.0, series="B"),
        point(2002, None, mark="not_reported", series="B"),
    )
    assert [series.name for series in data.series] == ["B", WORDS("take.ranges", name="A")]
    assert data.notes == ("2002: not reported (B)",)


def test_a_line_is_joined_whatever_its_rows_say_and_has_no_notes() -> None:
    rows = [{"x": x, "y": y, "series": "A"} for x, y in ((2001, 2.0), (2000, 1.0), (2002, None))]
    (series,) = data_of("lines", *rows).series
    assert (series.places, series.values, series.is_joined) == ((2000.0, 2001.0), (1.0, 2.0), True)
    assert series.labels == ("", "")
    (alone,) = data_of("lines", rows[0]).series
    assert alone.is_joined


@pytest.mark.parametrize(("count", "label"), [(14, "3"), (15, "")])
def test_up_to_fourteen_points_are_labelled_and_beyond_only_what_needs_words(count: int, label: str) -> None:
    rows = [point(2000 + number, 3.0) for number in range(count - 1)] + [point(2050, 4.0, mark="about")]
    (series,) = data_of("ranges", *rows).series
    assert (series.labels[0], series.labels[-1]) == (label, "about 4")


def test_a_row_without_a_year_is_not_drawn() -> None:
    (series,) = data_of("ranges", point(None, 1.0), point(2000, 2.0)).series
    assert series.values == (2.0,)


def test_seasons_are_names_below_which_each_figure_stands() -> None:
    data = data_of(
        "ranges",
        point("2000/01", 1.0, low=0.5, high=2.0, mark="about"),
        point("2001/02", 5.0, series="B"),
    )
    assert (data.shape, data.categories) == ("lines", ("2000/01", "2001/02"))
    first, second = data.series
    assert (first.values, first.labels, first.hollow) == ((1.0, None), ("about 1 (0.5–2)", ""), (True, False))
    assert (first.more, first.less, first.places) == ((1.0, 0.0), (0.5, 0.0), ())
    assert second.values == (None, 5.0)


def area(x: Any, y: float | None, series: str = "A") -> dict[str, Any]:
    return {"x": x, "y": y, "series": series}


def test_whole_years_in_a_row_are_areas_and_with_gaps_columns() -> None:
    whole = data_of("stacked_areas", area(2000, 1.0), area(2001, 2.0), area(2001, 3.0, "B"))
    assert (whole.shape, whole.categories) == ("areas", ("2000", "2001"))
    assert [series.values for series in whole.series] == [(1.0, 2.0), (0.0, 3.0)]
    gap = data_of("stacked_areas", area(2000, 1.0), area(2002, 2.0))
    assert (gap.shape, gap.categories, gap.series[0].values) == ("columns", ("2000", "2001", "2002"), (1.0, None, 2.0))
    assert data_of("stacked_areas", area(2000, 1.0)).shape == "columns"
    seasons = data_of("stacked_areas", area("2000/01", 1.0), area("2001/02", None))
    assert (seasons.shape, seasons.series[0].values) == ("areas", (1.0, 0.0))
    assert data_of("stacked_areas", area(None, 1.0)).is_empty


def test_a_chart_is_empty_without_series_or_without_rows() -> None:
    series = Series("A", "#000000", "circle", ())
    assert ChartData("bars", (), (series,)).is_empty
    assert not ChartData("bars", ("a",), (series,)).is_empty
    assert not ChartData("points", (), (series,)).is_empty
    assert ChartData("points", (), ()).is_empty


def rows_of(count: int, shape: Any = "bars", most: float | None = None) -> ChartData:
    names = tuple(f"n{number}" for number in range(count))
    cells = tuple(float(number) for number in range(count))
    series = Series("A", "#000000", "circle", cells, names, (), (0.0,) * count, (0.0,) * count, names, (False,) * count)
    return ChartData(shape, names, (series, replace(series, name="B")), most=most)


def test_many_rows_are_shared_out_evenly_on_one_axis() -> None:
    data = rows_of(9)
    assert data.portions(9) == [data]
    two = data.portions(8)
    assert [portion.categories for portion in two] == [
        ("n0", "n1", "n2", "n3", "n4"),
        ("n5", "n6", "n7", "n8"),
    ]
    assert [portion.series[0].values for portion in two] == [(0, 1, 2, 3, 4), (5, 6, 7, 8)]
    assert two[1].series[1].labels == ("n5", "n6", "n7", "n8")
    assert {portion.most for portion in two} == {8.0}
    assert {portion.most for portion in rows_of(9, "stacked").portions(8)} == {16.0}  # of the wholes
    assert {portion.most for portion in rows_of(9, most=50.0).portions(8)} == {50.0}
    areas = rows_of(9, "areas")
    assert areas.portions(3) == [areas]


def test_of_more_than_two_hundred_rows_the_first_are_drawn_and_the_rest_is_told() -> None:
    rows = [bar(category=f"n{number}") for number in range(201)]
    assert data_of("bars", *rows).notes == (WORDS("take.first_drawn", shown=200, count="201"),)
    assert len(data_of("bars", *rows).categories) == 200
    assert data_of("bars", *rows[:200]).notes == ()


def test_symbols_of_the_series_stay_apart() -> None:
    series = [Series(marker, "#000000", marker, ()) for marker in ("circle", "hexagon")]
    assert ChartData("points", (), tuple(series)).symbols == {"circle": "circle", "hexagon": "x"}
