"""Charts as plain series: values, marks in words, portions, years."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from neaspec.render.charts.native_bars import chart_data, year_of
from tests.support.demo_page import (
    areas_chart,
    bars_chart,
    demo_palette,
    lines_chart,
    pairs_chart,
    ranges_chart,
    stacked_bars_chart,
    timeline_chart,
)


def data_of(chart, words):
    return chart_data(chart, demo_palette(), words)


def test_figures_say_their_marks_and_ranges(words):
    data = data_of(ranges_chart(), words)
    labels = {label for series in data.series for label in series.labels}
    assert labels == {
        "480 (428–502)",
        "about 520 (480–540)",
        "at least 750",
        "26",
        "27–55 (preliminary)",
        "0 (none found when counted)",
    }
    assert [series.is_joined for series in data.series] == [True, False, False, False]
    bare = data.series[-1]
    assert (bare.values, bare.more, bare.less) == ((27.0,), (28.0,), (0.0,))


def test_a_range_stands_beside_its_row(words):
    data = data_of(bars_chart(), words)
    assert data.categories[1] == "Second reserve: about 30 (25–34)"
    assert (data.series[0].more[1], data.series[0].less[1]) == (4.0, 5.0)
    assert data.series[0].colours[0] == "#81300F"


def test_what_is_not_itemised_has_a_series_of_its_own(words):
    rest = data_of(stacked_bars_chart(), words).series[-1]
    assert (rest.name, rest.values, rest.hollow) == ("not itemised", (141081.0, None), (True, True))


def test_years_without_figures_stay_empty(words):
    data = data_of(areas_chart(), words)
    assert data.shape == "columns"
    assert data.series[0].values[:5] == (8.0, 9.0, 10.0, None, None)
    assert data.categories[:5] == ("2003", "2004", "2005", "2006", "2007")


def test_periods_are_years_with_their_fraction(words):
    data = data_of(timeline_chart(), words)
    begin, planned = data.series[0], data.series[1]
    assert begin.is_hidden and begin.values[0] == 2021.0 and planned.values[0] == 2.0
    assert data.least <= 2014 and data.most >= 2025
    assert year_of(date(2021, 7, 2)) == pytest.approx(2021.5, abs=0.01)


def test_pairs_have_the_names_of_their_columns(words):
    data = data_of(pairs_chart(), words)
    assert [series.name for series in data.series] == ["First", "Second"]
    assert data.categories[-1] == "Nowhere: not reported"


def test_names_instead_of_years_are_categories(words):
    chart = lines_chart()
    rows = pd.DataFrame({"year": ["spring", "autumn"], "value": [1, 2], "place": ["Izumi", "Cheorwon"]})
    data = data_of(replace(chart, rows=rows), words)
    assert data.shape == "lines" and data.categories == ("spring", "autumn")
    assert [series.values for series in data.series] == [(1.0, None), (None, 2.0)]


def test_many_rows_are_shared_out_and_too_many_are_told(words):
    chart = bars_chart()
    rows = pd.DataFrame({"site": [f"site {number}" for number in range(230)], "value": range(230)})
    data = data_of(replace(chart, rows=rows, roles={"category": "site", "value": "value"}), words)
    assert len(data.categories) == 200
    assert words("take.first_drawn", shown=200, count="230") in data.notes
    portions = data.portions(16)
    assert sum(len(portion.categories) for portion in portions) == 200
    assert max(len(portion.categories) for portion in portions) <= 16
    assert {portion.most for portion in portions} == {199.0}


def test_empty_charts_are_drawn_without_rows(words):
    for chart in (ranges_chart(), bars_chart(), stacked_bars_chart(), areas_chart(), lines_chart(), timeline_chart()):
        assert data_of(replace(chart, rows=chart.rows.head(0)), words) is not None
