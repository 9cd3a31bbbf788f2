"""What all charts share: safe text, marks in words, the house layout, labels that keep apart."""

import pytest

from neaspec.palette import SERIES, SURFACE, Style, fade
from neaspec.render.charts.layout import (
    HALL_SIZES,
    PHONE_SIZES,
    Drawing,
    Measures,
    annotation,
    axis_title,
    hatch,
    house_layout,
    hover,
    lane_layout,
    row_label,
    safe,
    series_styles,
    soft_fill,
    spread,
    wrapped,
)
from neaspec.render.charts.markers import office_symbols
from tests.support.small_charts import drawing_of, small


def years(**columns: list[object]) -> Drawing:
    return drawing_of(
        small("lines", *[dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)])
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "mark", "written"),
    [
        (1416.0, None, None, "exact", "1,416"),
        (1416.0, None, None, "", "1,416"),
        (None, 480.0, 540.0, "exact", "480–540"),
        (None, 480.0, None, "", "480"),
        (None, None, None, "", ""),
        (12.0, None, None, "at_least", "at least 12"),
        (12.0, None, None, "more_than", "more than 12"),
        (12.0, None, None, "about", "about 12"),
        (None, 5.0, 7.0, "about", "about 5–7"),
        (12.0, None, None, "preliminary", "12"),
        (0.0, None, None, "zero", "0"),
        (0.0, None, None, "not_surveyed", "not surveyed"),
        (None, None, None, "not_reported", "not reported"),
    ],
)
def test_a_figure_is_written_with_its_mark(
    value: float | None, low: float | None, high: float | None, mark: str, written: str
) -> None:
    assert years(x=[1], y=[1], series=["A"]).marked_value(value, low, high, mark) == written


def test_an_exact_figure_needs_no_words_for_its_mark() -> None:
    drawing = years(x=[1], y=[1], series=["A"])
    assert [drawing.mark_words(mark) for mark in ("exact", "", "preliminary")] == ["", "", "preliminary"]


def test_columns_are_read_by_role_and_one_that_is_not_there_is_empty() -> None:
    drawing = years(x=[2001, 2002], y=[1.5, None], series=["A", None])
    assert drawing.numbers("y") == [1.5, None]
    assert drawing.texts("series") == ["A", ""]
    assert drawing.column("label") == [None, None]
    assert (drawing.has("y"), drawing.has("label")) == (True, False)


def test_text_is_shown_as_it_is_written() -> None:
    assert safe('a <b> & "c"\nd') == 'a &lt;b&gt; &amp; "c" d'


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("", 5, [""]),
        ("unbroken", 3, ["unb", "rok", "en"]),
        ("a<b", 9, ["a&lt;b"]),
    ],
)
def test_text_is_broken_into_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_a_tooltip_has_a_line_for_each_text_breaks_long_ones_and_leaves_out_empty_ones() -> None:
    assert hover("name", "", "figure") == "name<br>figure"
    assert hover("x" * 61) == "x" * 60 + "<br>x"
    assert hover("x" * 60) == "x" * 60


def test_the_title_of_an_axis_is_broken_after_46_letters() -> None:
    assert axis_title("a" * 20 + " " + "b" * 25) == "a" * 20 + " " + "b" * 25
    assert axis_title("a" * 20 + " " + "b" * 26) == "a" * 20 + "<br>" + "b" * 26
    assert axis_title("") == ""


def test_a_label_of_a_row_begins_at_the_left_edge_below_its_place() -> None:
    assert row_label(12.0, ["one", "two"], "#000000") == {
        "x": 0,
        "y": 12.0,
        "text": "one<br>two",
        "showarrow": False,
        "align": "left",
        "xref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "font": {"size": 14, "color": "#000000"},
    }
    assert row_label(0, ["one", "two"], "#000000", is_bold=True)["text"] == "<b>one<br>two</b>"
    assert annotation(1, 2, "t", align="center", xshift=3) == {
        "x": 1,
        "y": 2,
        "text": "t",
        "showarrow": False,
        "align": "center",
        "xshift": 3,
    }


@pytest.mark.parametrize("size", [PHONE_SIZES, HALL_SIZES], ids=["screen", "presentation"])
def test_every_chart_starts_from_one_layout(size: Measures) -> None:
    drawing = drawing_of(small("bars", {"category": "a", "value": 1.0}), size)
    layout = house_layout(drawing, 300.4)
    assert layout["height"] == 300
    assert layout["margin"] == {"l": 8, "r": 12, "t": 12, "b": 48}
    assert layout["autosize"] is True and layout["showlegend"] is False and layout["dragmode"] is False
    assert layout["font"]["size"] == layout["hoverlabel"]["font"]["size"] == 14
    assert layout["font"]["color"] == SURFACE["text"][0]
    assert layout["hoverlabel"]["bgcolor"] == SURFACE["panel"][0]
    assert layout["hoverlabel"]["bordercolor"] == SURFACE["line"][0]
    for axis in (layout["xaxis"], layout["yaxis"]):
        assert axis["tickfont"] == {"size": size.small, "color": SURFACE["text_soft"][0]}
        assert axis["title"] == {"font": {"size": size.text, "color": SURFACE["text_soft"][0]}, "standoff": 8}
        assert axis["automargin"] is True and axis["fixedrange"] is True  # a finger moves the page, not the chart
        assert axis["gridcolor"] == SURFACE["grid"][0]
        assert axis["linecolor"] == axis["zerolinecolor"] == SURFACE["line"][0]
    assert layout["xaxis"]["zeroline"] is False
    legend = layout["legend"]
    assert (legend["x"], legend["xanchor"], legend["y"], legend["yanchor"]) == (0, "left", 1.0, "bottom")
    assert legend["itemclick"] is False and legend["itemdoubleclick"] is False
    assert legend["font"] == {"size": size.text, "color": SURFACE["text"][0]}


def test_a_chart_of_rows_counts_pixels_from_its_top() -> None:
    layout = lane_layout(drawing_of(small("bars", {"category": "a", "value": 1.0})), 200)
    assert layout["height"] == 272
    assert layout["yaxis"]["range"] == [200, 0]
    assert layout["yaxis"]["visible"] is False and layout["yaxis"]["automargin"] is False
    assert layout["margin"] == {"l": 8, "r": 12, "t": 8, "b": 64}


def test_a_letter_of_small_type_is_about_half_as_wide_as_it_is_high() -> None:
    assert PHONE_SIZES.character == pytest.approx(6.994)
    assert HALL_SIZES.character == pytest.approx(9.684)


def test_the_sizes_of_a_telephone_and_of_a_hall() -> None:
    assert (PHONE_SIZES.text, PHONE_SIZES.small, PHONE_SIZES.line) == (14, 13, 17)
    assert (PHONE_SIZES.plot_height, PHONE_SIZES.plot_widths) == (300, (300, 190))
    assert (PHONE_SIZES.name_characters, PHONE_SIZES.names_width) == (17, 118)
    assert (PHONE_SIZES.row_characters, PHONE_SIZES.name_gap, PHONE_SIZES.bar, PHONE_SIZES.row_gap) == (44, 8, 18, 14)
    assert (HALL_SIZES.text, HALL_SIZES.small, HALL_SIZES.line) == (18, 18, 22)
    assert (HALL_SIZES.plot_height, HALL_SIZES.plot_widths) == (200, (660, 440))
    assert (HALL_SIZES.name_characters, HALL_SIZES.names_width) == (23, 232)
    assert (HALL_SIZES.row_characters, HALL_SIZES.name_gap, HALL_SIZES.bar, HALL_SIZES.row_gap) == (66, 6, 16, 7)


def test_names_beside_a_plot_fit_the_width_that_is_kept_for_them() -> None:
    for size in (PHONE_SIZES, HALL_SIZES):
        assert size.name_characters * size.character <= size.names_width + 8


def test_a_series_has_the_style_of_its_species_unless_another_series_has_it_too() -> None:
    drawing = years(
        x=[1, 1, 1, 1],
        y=[1, 2, 3, 4],
        series=["A", "B", "C", "D"],
        species=["amur_tiger", "amur_leopard", "amur_leopard", ""],
    )
    styles = series_styles(drawing, ["A", "B", "C", "D"])
    assert styles["A"] == Style("#81300F", "circle", "Amur tiger")
    assert [styles[name].colour for name in "BCD"] == [SERIES[1][0], SERIES[2][0], SERIES[3][0]]


def test_a_species_whose_series_has_several_figures_is_still_alone() -> None:
    drawing = years(x=[1, 2], y=[1, 2], series=["A", "A"], species=["amur_tiger", "amur_tiger"])
    assert series_styles(drawing, ["A"])["A"].colour == "#81300F"


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([50.0, 52.0], [50.0, 70.0]),
        ([52.0, 50.0], [70.0, 50.0]),  # the lower one stays below, whatever their order
        ([2.0], [10.0]),
        ([299.0], [290.0]),
        ([298.0, 299.0], [270.0, 290.0]),
        ([100.0, 200.0], [100.0, 200.0]),
        ([], []),
    ],
)
def test_labels_that_would_meet_are_moved_apart_between_bottom_and_top(
    wanted: list[float], placed: list[float]
) -> None:
    assert spread(wanted, [20.0] * len(wanted), 0, 300) == placed


def test_a_label_of_two_lines_keeps_more_room() -> None:
    assert spread([50.0, 50.0], [40.0, 20.0], 0, 300) == [50.0, 80.0]
    assert spread([50.0], [20.0], 60, 300) == [70.0]


def test_hollow_things_are_filled_with_an_eighth_of_their_colour() -> None:
    assert soft_fill("#102030") == fade("#102030", 0.12) == "rgba(16,32,48,0.12)"
    assert hatch("#000000", "#FFFFFF") == {
        "shape": "/",
        "fgcolor": "#000000",
        "bgcolor": "#FFFFFF",
        "size": 7,
        "solidity": 0.35,
        "fillmode": "replace",
    }
    assert hatch("#000000", "#FFFFFF", "x")["shape"] == "x"


def test_markers_that_office_lacks_take_symbols_that_are_free() -> None:
    assert office_symbols(["circle", "hexagon", "pentagon"]) == {"circle": "circle", "hexagon": "x", "pentagon": "star"}
    assert office_symbols(["triangle-up", "cross", "circle", "circle"]) == {
        "triangle-up": "triangle",
        "cross": "plus",
        "circle": "circle",
    }
    assert office_symbols([]) == {}
