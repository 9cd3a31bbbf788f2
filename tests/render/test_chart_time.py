"""Charts over time: where axes begin and end, which points are joined, what is written at an open or absent figure."""

from typing import Any

import pytest

from neaspec.palette import SERIES, SURFACE, fade
from neaspec.render.charts.layout import HALL_SIZES
from neaspec.render.charts.time_axis import axis_top, last_height
from tests.support.small_charts import figure_of, notes_of, small, style_of, traces

BLUE, RUST = SERIES[0][0], SERIES[1][0]
SOFT = SURFACE["text_soft"][0]


def at(x: Any, y: float | None = 10.0, **given: Any) -> dict[str, Any]:
    named = {"low": None, "high": None, "series": "A", "mark": "exact", "joined": False, "label": ""}
    return {"x": x, "y": y} | named | given


def line(x: Any, y: float | None, series: str = "A") -> dict[str, Any]:
    return {"x": x, "y": y, "series": series}


def test_values_begin_at_zero_and_end_with_room_for_labels() -> None:
    layout = figure_of(small("ranges", at(2000, 10.0), at(2010, 100.0)))["layout"]
    assert layout["yaxis"]["range"] == [0, pytest.approx(115)]
    assert style_of(layout["yaxis"], "rangemode", "zeroline", "tickformat", "nticks") == ["tozero", True, ",~f", 6]
    assert layout["yaxis"]["title"]["text"] == "Animals (individuals)"
    assert layout["height"] == 390
    assert layout["margin"] == {"l": 8, "r": 12, "t": 16, "b": 56}


def test_the_axis_of_values_reaches_to_the_upper_end_of_a_range() -> None:
    assert axis_top([{"y": None, "low": 100.0, "high": 200.0}]) == pytest.approx(230)
    assert axis_top([{"y": 300.0, "low": None, "high": 200.0}]) == pytest.approx(345)
    assert axis_top([{"y": None, "low": 400.0, "high": None}]) == pytest.approx(460)
    assert axis_top([{"y": 0.0, "low": None, "high": None}]) == 1.0
    assert axis_top([]) == pytest.approx(1.15)


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [(2000, 2020, [1998.8, 2021.2]), (2000, 2005, [1999.4, 2005.6]), (2000, 2000, [1999.4, 2000.6])],
)
def test_years_keep_a_margin_on_both_sides(first: int, last: int, ends: list[float]) -> None:
    axis = figure_of(small("ranges", at(first), at(last)))["layout"]["xaxis"]
    assert axis["range"] == pytest.approx(ends)
    assert style_of(axis, "tickformat", "showgrid", "showline", "ticks", "nticks") == ["d", False, True, "outside", 8]


@pytest.mark.parametrize(("last", "is_each"), [(2007, True), (2008, False)])
def test_up_to_seven_years_each_year_has_its_tick(last: int, is_each: bool) -> None:
    axis = figure_of(small("ranges", at(2000), at(last)))["layout"]["xaxis"]
    assert (axis.get("dtick"), axis.get("tick0")) == ((1, 2000) if is_each else (None, None))


def test_names_instead_of_years_are_an_axis_of_names() -> None:
    axis = figure_of(small("ranges", at("spring"), at("autumn")))["layout"]["xaxis"]
    assert axis["type"] == "category"
    assert "range" not in axis


def test_one_name_among_years_makes_an_axis_of_names() -> None:
    assert figure_of(small("ranges", at(2000), at("2001/02")))["layout"]["xaxis"]["type"] == "category"


def test_a_point_stands_at_its_year_and_figure_a_hollow_one_is_not_exact() -> None:
    figure = figure_of(small("ranges", at(2000, 5.0), at(2001, 6.0, mark="about"), at(2002, 7.0, mark="preliminary")))
    (points,) = traces(figure, mode="markers")
    assert (points["x"], points["y"], points["name"]) == ([2000, 2001, 2002], [5.0, 6.0, 7.0], "A")
    assert points["marker"]["symbol"] == ["circle", "circle-open", "circle-open"]
    assert style_of(points, "marker.size", "marker.color", "marker.line") == [11, BLUE, {"width": 2, "color": BLUE}]
    assert points["cliponaxis"] is False


def test_a_range_is_a_wide_pale_line_with_ends() -> None:
    (drawn,) = traces(figure_of(small("ranges", at(2000, 10.0, low=8.0, high=12.0))), name="range")
    assert (drawn["x"], drawn["y"], drawn["mode"]) == ([2000, 2000], [8.0, 12.0], "lines+markers")
    assert drawn["line"] == {"color": fade(BLUE, 0.75), "width": 5}
    assert drawn["marker"] == {"symbol": "line-ew-open", "size": 12, "color": BLUE, "line": {"width": 2}}
    assert drawn["hovertext"] == ["A<br>2000: 10 (8–12)"] * 2


@pytest.mark.parametrize(
    "given",
    [{"low": 8.0}, {"high": 12.0}, {"low": 8.0, "high": 12.0, "mark": "not_surveyed"}],
    ids=["no upper end", "no lower end", "not surveyed"],
)
def test_half_a_range_and_a_range_that_was_not_surveyed_are_no_line(given: dict[str, Any]) -> None:
    assert traces(figure_of(small("ranges", at(2000, **given))), name="range") == []


def test_joined_figures_are_one_line_in_the_order_of_their_years() -> None:
    rows = [at(2010, 5.0, joined=True), at(2000, 3.0, joined=True), at(2005, None, joined=True), at(2003, 9.0)]
    (joined,) = traces(figure_of(small("ranges", *rows)), name="joined")
    assert (joined["x"], joined["y"]) == ([2000, 2010], [3.0, 5.0])
    assert joined["line"] == {"color": BLUE, "width": 2}


def test_one_joined_figure_is_no_line() -> None:
    assert traces(figure_of(small("ranges", at(2000, joined=True), at(2001))), name="joined") == []


def test_a_figure_of_an_absent_survey_is_not_drawn_but_named_upwards() -> None:
    figure = figure_of(small("ranges", at(2000, 5.0, mark="not_surveyed"), at(2001, None, mark="not_reported")))
    assert traces(figure, mode="markers") == []
    notes = notes_of(figure)
    assert set(notes) == {"✕ not surveyed", "– not reported"}
    note = notes["✕ not surveyed"]
    assert style_of(note, "x", "y", "textangle", "yanchor", "font") == [
        2000,
        0,
        -90,
        "bottom",
        {"size": 13, "color": SOFT},
    ]


def test_an_open_figure_has_an_arrow_upwards_of_a_tenth_of_the_axis() -> None:
    figure = figure_of(small("ranges", at(2000, 100.0, mark="at_least"), at(2005, None, mark="more_than", low=4.0)))
    (arrow,) = [note for note in figure["layout"]["annotations"] if note["showarrow"]]
    assert style_of(arrow, "x", "ax", "ay", "axref", "ayref", "text") == [2000, 2000, 100.0, "x", "y", ""]
    assert arrow["y"] == pytest.approx(100 + 115 * 0.09)
    assert style_of(arrow, "arrowhead", "arrowwidth", "arrowcolor") == [2, 2, BLUE]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, "A<br>2000: 10"),
        ({"mark": "about"}, "A<br>2000: about 10"),
        ({"mark": "at_least"}, "A<br>2000: at least 10"),
        ({"mark": "preliminary"}, "A<br>2000: 10<br>preliminary"),
        ({"low": 8.0}, "A<br>2000: 10 (8)"),
        ({"high": 12.0, "label": "adults"}, "A<br>2000: 10 (12)<br>adults"),
    ],
)
def test_a_point_says_beside_the_pointer_what_is_known_of_it(given: dict[str, Any], text: str) -> None:
    (points,) = traces(figure_of(small("ranges", at(2000, **given))), mode="markers")
    assert points["hovertext"] == [text]


def test_a_range_alone_says_its_ends_once() -> None:
    (drawn,) = traces(figure_of(small("ranges", at("2001/02", None, low=8.0, high=12.0))), name="range")
    assert drawn["hovertext"][0] == "A<br>2001/02: 8–12"


@pytest.mark.parametrize(("count", "is_written"), [(14, True), (15, False)])
def test_up_to_fourteen_figures_are_written_beside_their_points(count: int, is_written: bool) -> None:
    rows = [at(2000 + 4 * number, 50.0 + number) for number in range(count)]
    assert bool(notes_of(figure_of(small("ranges", *rows)))) == is_written


def test_one_series_needs_no_name_beside_the_plot_and_two_have_theirs() -> None:
    one = figure_of(small("ranges", at(2000)))
    two = figure_of(small("ranges", at(2000, 100.0), at(2000, 20.0, series="B")))
    assert "● A" not in notes_of(one) and one["layout"]["margin"]["r"] == 12
    names = notes_of(two)
    assert {"● A", "■ B"} <= set(names)
    assert two["layout"]["margin"]["r"] == 118
    note = names["● A"]
    assert style_of(note, "x", "xref", "yref", "xanchor", "yanchor") == [1.01, "paper", "paper", "left", "middle"]
    assert note["font"] == {"size": 13, "color": BLUE}
    assert note["y"] == pytest.approx(100 / 115)  # at the height of its last figure
    assert names["■ B"]["y"] == pytest.approx(20 / 115)


def test_names_of_many_series_make_the_plot_higher() -> None:
    rows = [at(2000, 100.0, series=f"A series with a name of many lines number {number}") for number in range(6)]
    figure = figure_of(small("ranges", *rows))
    lines = [text.count("<br>") + 1 for text in notes_of(figure) if "many" in text]
    room = sum(17 * count + 3 for count in lines)
    assert room > 300
    assert figure["layout"]["height"] == 390 - 300 + room


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        ([at(2001, 7.0), at(2000, 5.0)], 7.0),
        ([at(2001, None, low=3.0, high=4.0), at(2000, 5.0)], 3.0),
        ([at(2001, None), at(2000, 5.0)], 5.0),
        ([at(2001, 9.0, series="B")], 0.0),
    ],
)
def test_a_name_stands_at_the_last_figure_of_its_series(rows: list[dict[str, Any]], height: float) -> None:
    assert last_height(rows, "A") == height


def test_events_are_dotted_lines_each_with_its_words_in_a_line_above_the_plot() -> None:
    chart = small("ranges", at(2000), at(2020), events=((2005.0, "law"), (2015.0, "<fire>")))
    layout = figure_of(chart)["layout"]
    assert layout["margin"]["t"] == 16 + 2 * 17
    assert layout["height"] == 390 + 2 * 17
    early, late = layout["shapes"]
    assert style_of(early, "type", "x0", "x1", "y0", "yref", "layer") == ["line", 2005, 2005, 0, "paper", "below"]
    assert early["line"] == {"color": SOFT, "width": 1, "dash": "dot"}
    assert (early["y1"], late["y1"]) == (pytest.approx(1 + 8.5 / 300), pytest.approx(1 + 25.5 / 300))
    law, fire = notes_of(figure_of(chart))[" law "], notes_of(figure_of(chart))[" &lt;fire&gt; "]
    assert (law["xanchor"], fire["xanchor"]) == ("left", "right")  # to the side that has more room
    assert (law["y"], law["yanchor"], law["yref"]) == (pytest.approx(1 + 8.5 / 300), "middle", "paper")
    assert fire["y"] == pytest.approx(1 + 25.5 / 300)
    assert law["font"] == {"size": 13, "color": SOFT}


def test_an_event_in_the_middle_has_its_words_at_its_right() -> None:
    chart = small("ranges", at(2000), at(2020), events=((2010.0, "law"),))
    assert notes_of(figure_of(chart))[" law "]["xanchor"] == "left"


def test_an_event_over_names_is_placed_as_a_share_of_the_plot() -> None:
    chart = small("ranges", at("spring"), events=((0.6, "late"), (0.5, "middle")))
    notes = notes_of(figure_of(chart))
    assert (notes[" late "]["xanchor"], notes[" middle "]["xanchor"]) == ("right", "left")


def test_a_line_goes_through_the_figures_of_its_series_in_the_order_of_years() -> None:
    figure = figure_of(small("lines", line(2001, 2.0), line(2000, 1.0), line(2000, 5.0, "B"), line(2002, None)))
    first, second = figure["data"]
    assert (first["x"], first["y"], first["connectgaps"]) == ([2000, 2001, 2002], [1.0, 2.0, None], False)
    assert first["line"] == {"color": BLUE, "width": 2}
    assert first["marker"] == {"color": BLUE, "symbol": "circle", "size": 8}
    assert (second["name"], second["marker"]["symbol"], second["line"]["color"]) == ("B", "square", RUST)
    assert first["hovertext"][0] == "A<br>2000: 1"
    assert {"● A", "■ B"} <= set(notes_of(figure))
    assert "● A" not in notes_of(figure_of(small("lines", line(2001, 2.0))))


def test_parts_of_a_whole_lie_on_each_other_without_years_between_that_have_no_figure() -> None:
    rows = [line(2000, 1.0), line(2001, 3.0), line(2000, 4.0, "B"), line(2003, 6.0), line(2003, 2.0, "B")]
    figure = figure_of(small("stacked_areas", *rows))
    assert [(t["stackgroup"], t["name"], t["x"], t["y"]) for t in figure["data"]] == [
        ("run 0", "A", [2000, 2001], [1.0, 3.0]),
        ("run 0", "B", [2000, 2001], [4.0, 0.0]),
        ("run 1", "A", [2002.7, 2003.3], [6.0, 6.0]),  # a year alone is a narrow column
        ("run 1", "B", [2002.7, 2003.3], [2.0, 2.0]),
    ]
    assert figure["data"][0]["fillcolor"] == fade(BLUE, 0.82)
    assert figure["data"][0]["line"] == {"color": "#FFFFFF", "width": 1}
    assert figure["data"][0]["hovertext"] == ["A<br>2000: 1", "A<br>2001: 3"]
    assert figure["data"][2]["hovertext"] == ["A<br>2003: 6"] * 2
    assert figure["layout"]["yaxis"]["range"] == [0, pytest.approx(8 * 1.05)]
    notes = notes_of(figure)
    assert notes["■ A"]["y"] == pytest.approx(3 / 8.4)  # in the middle of its part of the last year
    assert notes["■ B"]["y"] == pytest.approx((6 + 1) / 8.4)


def test_areas_without_figures_still_have_an_axis() -> None:
    assert figure_of(small("stacked_areas", line(2000, None)))["layout"]["yaxis"]["range"] == [0, 1.05]


def course(x: int, name: str = "A", scale: float = 1.0) -> dict[str, Any]:
    low, low50, y, high50, high = (scale * part for part in (10.0, 20.0, 30.0, 45.0, 60.0))
    return {"x": x, "y": y, "low": low, "high": high, "low50": low50, "high50": high50, "series": name}


def test_a_fan_has_a_pale_band_for_95_of_100_and_a_stronger_one_for_half() -> None:
    figure = figure_of(small("fan", course(0), course(1), course(0, "B", 2.0)))
    below, band, below_half, half = figure["data"][:4]
    assert (below["name"], below["y"], below["fillcolor"]) == ("below", [10.0, 10.0], "rgba(0,0,0,0)")
    assert (band["name"], band["y"], band["fillcolor"]) == ("band", [50.0, 50.0], fade(BLUE, 0.15))
    assert (below_half["y"], half["y"], half["fillcolor"]) == ([20.0, 20.0], [25.0, 25.0], fade(BLUE, 0.35))
    assert below["stackgroup"] == band["stackgroup"] == "0 low"
    assert [trace["stackgroup"] for trace in figure["data"][4:8:2]] == ["1 low", "1 low50"]
    assert style_of(below, "line.width", "showlegend", "hoverinfo") == [0, False, "skip"]
    middle = figure["data"][-2]
    assert (middle["name"], middle["x"], middle["y"]) == ("A", [0, 1], [30.0, 30.0])
    assert middle["line"] == {"color": BLUE, "width": 3}
    assert figure["layout"]["yaxis"]["range"] == [0, pytest.approx(126)]
    assert middle["hovertext"][0].split("<br>")[:2] == ["A", "0: 30"]
    assert "20" in middle["hovertext"][0].split("<br>")[2] and "45" in middle["hovertext"][0].split("<br>")[2]
    assert "10" in middle["hovertext"][0].split("<br>")[3] and "60" in middle["hovertext"][0].split("<br>")[3]


def test_the_name_of_a_course_stands_at_its_last_middle_even_when_it_is_alone() -> None:
    figure = figure_of(small("fan", course(0, scale=2.0), course(1)))
    assert notes_of(figure)["● A"]["y"] == pytest.approx(30 / 126)


def test_a_fan_of_zeros_still_has_an_axis() -> None:
    assert figure_of(small("fan", course(0, scale=0.0)))["layout"]["yaxis"]["range"] == [0, 1.0]


def test_a_presentation_is_lower_and_keeps_more_room_for_names() -> None:
    figure = figure_of(small("lines", line(2000, 1.0), line(2000, 5.0, "B")), HALL_SIZES)
    assert figure["layout"]["height"] == 290
    assert figure["layout"]["margin"]["r"] == 232
