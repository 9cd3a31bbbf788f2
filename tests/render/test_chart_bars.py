"""Charts of rows: where bars stand, what is written in or beside them, what an absent figure shows."""

from typing import Any

import pytest

from neaspec.palette import SERIES, SURFACE, fade
from neaspec.render.charts.layout import HALL_SIZES
from tests.support.small_charts import figure_of, notes_of, small, style_of, traces

BLUE = SERIES[0][0]
TEXT, SOFT, LINE = (SURFACE[name][0] for name in ("text", "text_soft", "line"))
WHITE, BLACK = "#FFFFFF", "#11161C"


def row(**given: Any) -> dict[str, Any]:
    return {"category": "Park", "value": 10.0, "low": None, "high": None, "mark": "exact", "label": ""} | given


def bar_of(**given: Any) -> dict[str, Any]:
    """Return the bar of a row beside one of 100."""
    drawn: dict[str, Any] = figure_of(small("bars", row(**given), row(category="Most", value=100.0)))["data"][0]
    return drawn


def test_rows_stand_below_each_other_with_their_names_above_their_bars() -> None:
    figure = figure_of(small("bars", row(category="One"), row(category="Two", value=5.0), row(category="Three")))
    notes = notes_of(figure)
    assert [(notes[name]["x"], notes[name]["y"]) for name in ("One", "Two", "Three")] == [(0, 4), (0, 61), (0, 118)]
    assert [bar["y"] for bar in figure["data"]] == [[38], [95], [152]]  # the middle of a bar of 18 pixels
    assert {bar["width"] for bar in figure["data"]} == {18}
    assert figure["layout"]["yaxis"]["range"] == [175, 0]  # from the top down
    assert figure["layout"]["height"] == 175 + 72
    assert figure["layout"]["yaxis"]["visible"] is False
    assert figure["layout"]["margin"] == {"l": 8, "r": 12, "t": 8, "b": 64}


def test_a_name_of_two_lines_takes_the_room_of_two_lines() -> None:
    figure = figure_of(small("bars", row(category="word " * 12), row(category="Two")))
    assert figure["data"][0]["y"] == [4 + 2 * 17 + 8 + 9]
    assert notes_of(figure)["Two"]["y"] == 4 + 2 * 17 + 8 + 18 + 14


def test_a_presentation_has_larger_type_and_thinner_bars() -> None:
    figure = figure_of(small("bars", row(category="One"), row(category="Two")), HALL_SIZES)
    assert [bar["y"] for bar in figure["data"]] == [[4 + 22 + 6 + 8], [4 + 22 + 6 + 16 + 7 + 22 + 6 + 8]]
    assert notes_of(figure)["One"]["font"] == {"size": 18, "color": TEXT}


def test_a_row_without_a_bar_takes_no_room_for_one_and_its_name_says_why() -> None:
    chart = small("bars", row(category="One", mark="not_surveyed", value=None), row(category="Two"))
    figure = figure_of(chart)
    assert notes_of(figure)["Two"]["y"] == 4 + 17 + 8 + 14
    assert "One: not surveyed" in notes_of(figure)
    assert figure["data"][0]["x"] == [0]
    assert figure["data"][0]["text"] == [""]


def test_the_axis_of_values_begins_at_zero_and_ends_behind_the_largest_figure() -> None:
    axis = figure_of(small("bars", row(value=10.0), row(category="b", value=50.0)))["layout"]["xaxis"]
    assert axis["range"] == [0, pytest.approx(56)]
    assert style_of(axis, "zeroline", "zerolinewidth", "zerolinecolor", "nticks") == [True, 1.5, SOFT, 6]
    assert axis["tickformat"] == ",~f"
    assert axis["title"]["text"] == "Animals (individuals)"


@pytest.mark.parametrize(
    ("values", "end"), [([0.0], 1), ([None], 1.12), ([-5.0, 0.0], 1)], ids=["only zero", "nothing", "not above zero"]
)
def test_the_axis_has_a_length_where_no_figure_is_above_zero(values: list[float | None], end: float) -> None:
    figure = figure_of(small("bars", *(row(value=value) for value in values)))
    assert figure["layout"]["xaxis"]["range"] == [0, pytest.approx(end)]


def test_the_axis_reaches_to_the_upper_end_of_a_range() -> None:
    figure = figure_of(small("bars", row(value=10.0, low=5.0, high=200.0)))
    assert figure["layout"]["xaxis"]["range"][1] == pytest.approx(224)


def test_a_range_is_a_thin_line_over_the_bar_and_is_named_beside_the_row() -> None:
    figure = figure_of(small("bars", row(value=10.0, low=8.0, high=12.0), row(category="Two")))
    (whisker,) = traces(figure, name="range")
    assert (whisker["x"], whisker["y"], whisker["mode"]) == ([8.0, 12.0], [38, 38], "lines+markers")
    assert style_of(whisker, "line.width", "line.color", "marker.symbol") == [2, TEXT, "line-ns-open"]
    assert style_of(whisker, "marker.size", "marker.color", "marker.line.width") == [12, TEXT, 2]
    assert whisker["hovertext"] == ["Park<br>8–12"] * 2
    assert "Park: 10" in notes_of(figure)  # beside the bar it would lie on the range


@pytest.mark.parametrize(("low", "high"), [(8.0, None), (None, 12.0)])
def test_half_a_range_is_no_line_but_keeps_the_figure_beside_the_name(low: float | None, high: float | None) -> None:
    figure = figure_of(small("bars", row(low=low, high=high)))
    assert traces(figure, name="range") == []
    assert figure["data"][0]["text"] == [""]
    assert "Park: 10" in notes_of(figure)


@pytest.mark.parametrize(("letters", "is_beside"), [(15, True), (16, True), (17, False)])
def test_a_label_of_up_to_16_letters_stands_beside_its_bar_a_longer_one_beside_the_name(
    letters: int, is_beside: bool
) -> None:
    label = "y" * letters
    figure = figure_of(small("bars", row(label=label)))
    assert figure["data"][0]["text"] == [label if is_beside else ""]
    assert list(notes_of(figure)) == ["Park" if is_beside else f"Park: {label}"]


@pytest.mark.parametrize(
    ("value", "mark", "side"),
    [
        (67.2, "exact", "outside"),
        (67.3, "exact", "inside"),
        (90.0, "about", "outside"),
        (90.0, "not_itemised", "outside"),
        (90.0, "at_least", "inside"),
        (None, "exact", "outside"),
    ],
)
def test_a_figure_stands_inside_a_long_full_bar_and_outside_any_other(value: float, mark: str, side: str) -> None:
    assert bar_of(value=value, mark=mark)["textposition"] == side


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("exact", "10"),
        ("about", "about 10"),
        ("at_least", "at least 10 →"),
        ("more_than", "more than 10 →"),
        ("zero", "0"),
        ("preliminary", "10"),
    ],
)
def test_a_figure_is_written_with_its_mark_and_an_open_one_with_an_arrow(mark: str, text: str) -> None:
    assert bar_of(value=0.0 if mark == "zero" else 10.0, mark=mark)["text"] == [text]


def test_an_open_figure_written_beside_the_name_has_no_arrow() -> None:
    assert bar_of(mark="at_least", label="a label of many letters")["text"] == [""]


def test_about_and_preliminary_are_pale_with_a_strong_edge_and_an_exact_figure_is_full() -> None:
    for mark in ("about", "preliminary", "planned"):
        assert bar_of(mark=mark)["marker"] == {"color": fade(BLUE, 0.12), "line": {"color": BLUE, "width": 2}}
    for mark in ("exact", "at_least", "zero", ""):
        assert bar_of(mark=mark)["marker"] == {"color": BLUE}


def test_what_is_not_itemised_is_hatched_in_grey() -> None:
    marker = bar_of(mark="not_itemised")["marker"]
    assert marker["pattern"] == {
        "shape": "/",
        "fgcolor": SOFT,
        "bgcolor": "#FFFFFF",
        "size": 7,
        "solidity": 0.35,
        "fillmode": "replace",
    }


def test_a_bar_says_its_name_its_figure_and_its_mark_beside_the_pointer() -> None:
    assert bar_of(mark="preliminary")["hovertext"] == ["Park<br>10<br>preliminary"]
    assert bar_of()["hovertext"] == ["Park<br>10"]
    assert bar_of()["hoverinfo"] == "text"


def test_letters_in_a_bar_lie_flat_keep_their_size_and_can_be_read_on_its_colour() -> None:
    bar = bar_of()
    assert style_of(bar, "insidetextanchor", "textangle", "constraintext", "cliponaxis") == ["end", 0, "none", False]
    assert bar["insidetextfont"] == {"size": 13, "color": WHITE}
    assert bar["outsidetextfont"] == {"size": 13, "color": TEXT}
    dark = figure_of(small("bars", row()), is_dark=True)["data"][0]
    assert dark["insidetextfont"]["color"] == BLACK


def test_a_bar_of_a_species_wears_its_colour_and_any_other_the_first_one() -> None:
    rows = [row() | {"species": "amur_leopard"}, row(category="b") | {"species": ""}]
    assert [bar["marker"]["color"] for bar in figure_of(small("bars", *rows))["data"]] == ["#C869BF", BLUE]


def part(**given: Any) -> dict[str, Any]:
    return {"category": "Project", "value": 10.0, "part": "travel", "mark": "", "label": ""} | given


def test_parts_of_a_whole_stand_in_one_row_each_in_its_colour() -> None:
    rows = (part(value=60.0), part(value=40.0, part="labour"), part(category="Second", value=20.0))
    figure = figure_of(small("stacked_bars", *rows))
    travel, labour = figure["data"]
    assert (travel["x"], travel["y"], travel["name"]) == ([60.0, 20.0], [38, 95], "travel")
    assert (labour["x"], labour["y"], labour["name"]) == ([40.0], [38], "labour")
    assert [trace["marker"]["color"] for trace in figure["data"]] == [SERIES[0][0], SERIES[1][0]]
    assert travel["marker"]["line"] == {"color": "#FFFFFF", "width": 1}
    assert {trace["width"] for trace in figure["data"]} == {24}
    assert figure["layout"]["barmode"] == "stack"
    assert figure["layout"]["xaxis"]["range"][1] == pytest.approx(112)  # of the longest whole


def test_the_legend_of_parts_stands_in_their_order_and_has_a_line_for_each() -> None:
    one, two = (figure_of(small("stacked_bars", *rows))["layout"] for rows in ([part()], [part(), part(part="labour")]))
    assert one["showlegend"] is True and one["legend"]["traceorder"] == "normal"
    assert one["height"] == 61 + 72 + 25
    assert two["height"] == 61 + 72 + 50


@pytest.mark.parametrize("rest", [part(part="not_itemised"), part(part="rest", mark="not_itemised")])
def test_the_rest_that_is_not_itemised_takes_no_colour_from_the_next_part(rest: dict[str, Any]) -> None:
    figure = figure_of(small("stacked_bars", part(), rest, part(part="labour")))
    colours = [trace["marker"]["color"] for trace in figure["data"]]
    assert colours == [SERIES[0][0], SOFT, SERIES[1][0]]
    assert ["pattern" in trace["marker"] for trace in figure["data"]] == [False, True, False]
    assert figure["data"][1]["text"] == [""]  # hatched: nothing can be read on it
    assert figure["data"][1]["name"] == ("not itemised" if rest["part"] == "not_itemised" else "rest")


@pytest.mark.parametrize(("value", "text"), [(9.7, "9.7"), (9.6, ""), (None, "")])
def test_a_figure_is_written_into_a_part_only_where_its_letters_have_room(value: float, text: str) -> None:
    # The whole is 100, the axis ends at 112: a letter needs 2.24, three letters and their margin 9.63.
    figure = figure_of(small("stacked_bars", part(value=value), part(value=100 - (value or 0), part="rest")))
    assert figure["data"][0]["text"] == [text]


def test_a_part_says_its_whole_its_name_and_its_figure_beside_the_pointer() -> None:
    figure = figure_of(small("stacked_bars", part(value=1200.0), part(part="labour", label="5 of 8")))
    assert [trace["hovertext"] for trace in figure["data"]] == [
        ["Project<br>travel: 1,200"],
        ["Project<br>labour: 5 of 8"],
    ]
    assert style_of(figure["data"][0], "textposition", "insidetextanchor") == ["inside", "middle"]
    assert style_of(figure["data"][0], "textangle", "constraintext", "orientation") == [0, "none", "h"]


def test_an_empty_figure_adds_nothing_to_its_whole() -> None:
    figure = figure_of(small("stacked_bars", part(value=None), part(value=50.0, part="labour")))
    assert figure["layout"]["xaxis"]["range"][1] == pytest.approx(56)


def pair(name: str, first: float | None, second: float | None, label: str = "") -> dict[str, Any]:
    return {"category": name, "first": first, "second": second, "label": label}


def test_two_figures_of_one_thing_are_joined_on_their_row() -> None:
    figure = figure_of(small("pairs", pair("Japan", 20.0, 30.0), pair("China", 18.0, None), pair("x", None, 1.0)))
    (joined,) = traces(figure, mode="lines")
    assert figure["layout"]["xaxis"]["range"] == [0, pytest.approx(30 * 1.12)]  # to the larger of the two
    assert (joined["x"], joined["y"]) == ([20.0, 30.0], [38, 38])
    assert style_of(joined, "line.width", "line.color", "showlegend", "hoverinfo") == [4, LINE, False, "skip"]
    first, second = traces(figure, mode="markers+text")
    assert (first["x"], first["y"]) == ([20.0, 18.0], [38, 95])
    assert (second["x"], second["y"]) == ([30.0, 1.0], [38, 152])


def test_the_first_figure_of_a_pair_is_hollow_the_second_is_full() -> None:
    figure = figure_of(small("pairs", pair("Japan", 20.0, 30.0), labels={"first": "Stated", "second": "Found"}))
    first, second = traces(figure, mode="markers+text")
    assert (first["name"], second["name"]) == ("Stated", "Found")
    assert (first["marker"]["symbol"], second["marker"]["symbol"]) == ("circle-open", "square")
    assert (first["marker"]["color"], second["marker"]["color"]) == (SERIES[0][0], SERIES[1][0])
    assert style_of(first, "marker.size", "marker.line.width", "cliponaxis") == [12, 2.5, False]
    assert first["textfont"] == {"size": 13, "color": TEXT}
    assert figure["layout"]["showlegend"] is True
    assert figure["layout"]["height"] == 61 + 72 + 2 * 25


def test_equal_figures_are_written_once_and_each_is_told_beside_the_pointer() -> None:
    figure = figure_of(small("pairs", pair("Japan", 21.0, 21.0, "by area"), pair("China", 1.0, 2.0)))
    first, second = traces(figure, mode="markers+text")
    assert (first["text"], second["text"]) == (["21", "1"], ["", "2"])
    assert second["hovertext"] == ["Japan<br>Second: 21<br>by area", "China<br>Second: 2"]


# The largest figure is 100, the axis ends at 112: 0.8, 0.85 and 0.15 of it are 89.6, 95.2 and 16.8.
@pytest.mark.parametrize(
    ("own", "other", "side"),
    [
        (50.0, None, "middle right"),
        (89.5, None, "middle right"),
        (89.7, None, "middle left"),
        (50.0, 50.0, "middle right"),
        (90.0, 90.0, "middle left"),
        (50.0, 40.0, "middle right"),
        (95.1, 40.0, "middle right"),
        (95.3, 40.0, "bottom center"),
        (40.0, 50.0, "middle left"),
        (16.9, 50.0, "middle left"),
        (16.7, 50.0, "bottom center"),
    ],
)
def test_a_figure_of_a_pair_is_written_on_its_free_side(own: float, other: float | None, side: str) -> None:
    figure = figure_of(small("pairs", pair("Park", own, other), pair("Most", 100.0, 100.0)))
    assert traces(figure, mode="markers+text")[0]["textposition"][0] == side


def test_a_pair_without_figures_says_so_in_its_row() -> None:
    figure = figure_of(small("pairs", pair("Japan", 1.0, 2.0), pair("Nowhere", None, None), pair("Half", None, 1.0)))
    note = notes_of(figure)["– not reported"]
    assert (note["y"], note["font"]) == (95 - 8, {"size": 13, "color": SOFT})
    assert [text for text in notes_of(figure) if text.startswith("–")] == ["– not reported"]
