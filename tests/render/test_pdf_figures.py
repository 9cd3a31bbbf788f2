"""Figures as vectors: ticks, where the plot lies, labels, arrows, legends, hatching, and parts of high charts."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from neaspec.render.charts.layout import house_layout, lane_layout
from neaspec.render.pdf.axes import Axis, date_ticks, milliseconds, nice_step, number_words, span_of
from neaspec.render.pdf.figures import WIDTH, _annotation, _arrow, figure_svg, figure_svgs
from neaspec.render.pdf.parts import part_of, row_windows
from neaspec.render.pdf.svg import text_block, text_lines, xml
from neaspec.render.pdf.traces import PlotFrame, area, bar, ink, line, points, sign
from tests.support.small_charts import drawing_of, figure_of, small

FRAME = PlotFrame(Axis("linear", 0, 20, 100, 500), Axis("linear", 0, 10, 300, 100))
FONT = {"size": 13, "color": "#000"}


def day(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000


@pytest.mark.parametrize(
    ("axis", "given", "place"),
    [
        (Axis("linear", 10, 20, 100, 200), 15, 150),
        (Axis("linear", 10, 20, 200, 100), 12, 180),  # upwards
        (Axis("linear", 5, 5, 100, 200), 6, 200),
        (Axis("date", day("2020-01-01"), day("2020-01-11"), 0, 100), "2020-01-06T10:00", 50),
        (Axis("date", 0, 100, 0, 100), 25, 25),
        (Axis("category", -0.5, 1.5, 0, 100, ("1", "2")), 2, 75),
    ],
)
def test_a_value_has_its_place(axis: Axis, given: Any, place: float) -> None:
    assert axis.place(given) == pytest.approx(place)


def test_a_number_of_milliseconds_is_taken_as_it_is() -> None:
    assert (milliseconds(5), milliseconds(5.5), milliseconds("1970-01-02")) == (5.0, 5.5, 86_400_000.0)


@pytest.mark.parametrize(
    ("axis", "most", "more", "words"),
    [
        (Axis("linear", 0, 10, 0, 100), 6, {}, ["0", "2", "4", "6", "8", "10"]),
        (Axis("linear", 0, 1500, 0, 100), 6, {}, ["0", "500", "1,000", "1,500"]),
        (
            Axis("linear", 1999.4, 2003.6, 0, 100),
            9,
            {"step": 1, "origin": 2000, "is_grouped": False},
            ["2000", "2001", "2002", "2003"],
        ),
        (
            Axis("linear", 1998, 2003, 0, 100),
            9,
            {"step": 2, "origin": 1999, "is_grouped": False},
            ["1999", "2001", "2003"],
        ),
        (Axis("linear", 10, 0, 0, 100), 6, {}, ["0", "2", "4", "6", "8", "10"]),
        (Axis("linear", 0, 0.4, 0, 100), 4, {}, ["0", "0.1", "0.2", "0.3", "0.4"]),
        (Axis("linear", 0, 0, 0, 100), 4, {}, ["0"]),
    ],
)
def test_ticks_are_round_and_few(axis: Axis, most: int, more: dict[str, Any], words: list[str]) -> None:
    assert [text for _, text in axis.ticks(most, **more)] == words


def test_ticks_stand_at_their_values() -> None:
    assert Axis("linear", 0, 10, 100, 200).ticks(2) == [(100, "0"), (150, "5"), (200, "10")]
    assert Axis("category", -0.5, 1.5, 0, 100, ("a", "b")).ticks(1) == [(25, "a"), (75, "b")]


@pytest.mark.parametrize(
    ("span", "most", "step"),
    [(10, 0, 10), (0, 5, 1), (10, 10, 1), (11, 10, 2), (21, 10, 5), (51, 10, 10), (0.03, 3, 0.01)],
)
def test_a_step_is_one_two_or_five_of_a_power_of_ten(span: float, most: int, step: float) -> None:
    assert nice_step(span, most) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "is_grouped", "words"),
    [
        (1500, True, "1,500"),
        (2000, False, "2000"),
        (0.25, True, "0.25"),
        (-1e-9, True, "0"),
        (0, True, "0"),
        (100, False, "100"),
    ],
)
def test_numbers_of_ticks_are_short(value: float, is_grouped: bool, words: str) -> None:
    assert number_words(value, is_grouped) == words


@pytest.mark.parametrize(
    ("first", "last", "most", "words"),
    [
        ("2010-06-01", "2014-06-01", 8, ["2011", "2012", "2013", "2014"]),
        ("2010-01-01", "2019-06-01", 5, ["2010", "2012", "2014", "2016", "2018"]),
        ("2000-01-01", "2020-01-01", 4, ["2000", "2005", "2010", "2015", "2020"]),
        (
            "1000-01-01",
            "1900-01-01",
            3,
            ["1000", "1100", "1200", "1300", "1400", "1500", "1600", "1700", "1800", "1900"],
        ),
        ("2020-01-01", "2021-12-31", 24, [f"{date(y, m, 1):%b %Y}" for y in (2020, 2021) for m in range(1, 13)]),
        ("2020-02-01", "2020-09-30", 4, ["Feb 2020", "Apr 2020", "Jun 2020", "Aug 2020"]),
        ("2020-02-02", "2020-02-20", 4, []),
        ("2020-12-15", "2022-01-15", 99, ["2021", "2022"]),
    ],
)
def test_days_have_ticks_of_years_or_months(first: str, last: str, most: int, words: list[str]) -> None:
    assert [text for _, text in date_ticks(day(first), day(last), most)] == words


@pytest.mark.parametrize(("values", "ends"), [([10.0, 30.0], (9, 31)), ([5.0], (4, 6)), ([], (-0.05, 1.05))])
def test_an_axis_has_room_on_both_sides(values: list[float], ends: tuple[float, float]) -> None:
    assert span_of(values) == pytest.approx(ends)


def test_a_label_has_lines_and_its_first_bold_mark_makes_it_bold() -> None:
    assert text_lines("a<br>b &lt;c&gt;<br/><b>d</b>") == ["a", "b <c>", "d"]
    assert text_lines("") == [] and text_block("", 0, 0, 10, "#000", "start", "top") == ""
    block = text_block("a<br>b", 5, 100, 10, "#123456", "end", "middle")
    assert re.findall('y="([^"]+)"', block) == [f"{100 - 12.2 + 8.6:.1f}", f"{100 - 12.2 + 12.2 + 8.6:.1f}"]
    assert block.startswith('<g font-size="10" fill="#123456" text-anchor="end">')
    assert re.findall('y="([^"]+)"', text_block("a", 0, 100, 10, "#000", "start", "top")) == ["108.6"]
    assert re.findall('y="([^"]+)"', text_block("a", 0, 100, 10, "#000", "start", "bottom")) == ["96.4"]
    assert ' font-weight="bold">' in text_block("<b>a</b>", 0, 0, 10, "#000", "start", "top")
    assert "font-weight" not in text_block("a <b>b</b>", 0, 0, 10, "#000", "start", "top")
    assert xml('<a href="x">\x00\ufffe') == "&lt;a href=&quot;x&quot;&gt;"


def test_see_through_colours_are_written_apart() -> None:
    assert ink("fill", "#123456") == 'fill="#123456"'
    assert ink("fill", "rgba(1,16,255,0.35)") == 'fill="#0110FF" fill-opacity="0.35"'


def bars(**given: Any) -> dict[str, Any]:
    return {
        "x": [10.0],
        "y": [5.0],
        "width": 8,
        "marker": {"color": "#123456"},
        "insidetextfont": FONT,
        "outsidetextfont": FONT | {"color": "#111"},
    } | given


@pytest.mark.parametrize(
    ("given", "x", "anchor", "colour"),
    [
        ({"textposition": "outside"}, 306, "start", "#111"),
        ({"textposition": "inside", "insidetextanchor": "end"}, 294, "end", "#000"),
        ({"textposition": "inside", "insidetextanchor": "middle"}, 200, "middle", "#000"),
    ],
)
def test_the_figure_of_a_bar_stands_where_it_is_told(given: dict[str, Any], x: float, anchor: str, colour: str) -> None:
    drawn = bar(bars(text=["7"], **given), FRAME, {}, 0)
    assert f'fill="{colour}" text-anchor="{anchor}"><text x="{x:.1f}"' in drawn


def test_a_bar_has_its_edge_its_hatching_and_no_figure_where_none_is_told() -> None:
    edge = bars(marker={"color": "rgba(0,0,0,0.12)", "line": {"color": "#123456", "width": 2}}, text=[""])
    drawn = bar(edge, FRAME, {}, 0)
    assert 'fill="#000000" fill-opacity="0.12" stroke="#123456" stroke-width="2"' in drawn and "<text" not in drawn
    pattern = {"shape": "/", "fgcolor": "#111111", "bgcolor": "#FFFFFF", "size": 7}
    hatched = bar(bars(marker={"color": "#123456", "pattern": pattern}), FRAME, {}, 4)
    assert '<pattern id="hatch4" width="7" height="7"' in hatched and 'fill="url(#hatch4)"' in hatched
    assert '<rect width="7" height="7" fill="#FFFFFF"/>' in hatched and 'stroke="#111111"' in hatched
    assert 'd="M-1 1l2-2M0 7L7 0M6 8l2-2"' in hatched


def test_a_bar_begins_at_its_base_and_one_without_a_figure_is_left_out() -> None:
    days = PlotFrame(Axis("date", day("2020-01-01"), day("2020-01-11"), 0, 100), FRAME.y)
    drawn = bar(bars(base=["2020-01-03"], x=[4 * 86_400_000]), days, {}, 0)
    assert '<rect x="20.0" y="196.0" width="40.0" height="8"' in drawn
    assert bar(bars(x=[None]), FRAME, {}, 0) == ""
    assert 'width="0.0"' in bar(bars(x=[-3.0]), FRAME, {}, 0)


def test_lines_are_solid_dashed_or_dotted() -> None:
    given: dict[str, Any] = {"x": [0, 10], "y": [0, 5], "line": {"color": "#123456"}}
    assert 'stroke-width="2"/>' in line(given, FRAME)
    assert 'stroke-dasharray="6 4"' in line(given | {"line": {"color": "#1", "dash": "dash", "width": 5}}, FRAME)
    assert 'stroke-dasharray="2 3"' in line(given | {"line": {"color": "#1", "dash": "dot"}}, FRAME)
    assert "dasharray" not in line(given | {"line": {"color": "#1", "dash": "solid"}}, FRAME)
    assert line({"x": [0, None, 5], "y": [1, 1, 1], "line": {"color": "#1"}}, FRAME) == ""


def test_each_point_may_have_its_own_sign_and_side() -> None:
    marker = {"symbol": ["circle", "square-open"], "color": "#123456", "size": 12}
    drawn = points(
        {
            "x": [0, 10],
            "y": [0, 5],
            "marker": marker,
            "text": ["a", "b"],
            "textfont": FONT,
            "textposition": ["middle right", "bottom center"],
        },
        FRAME,
    )
    assert drawn.count("<circle") == 1 and drawn.count("<rect") == 1
    assert '<text x="109.0"' in drawn  # three quarters of its size to the right
    assert f'text-anchor="middle"><text x="300.0" y="{200 + 8.4 + 0.86 * 13:.1f}">b' in drawn
    above = points(
        {
            "x": [10],
            "y": [5],
            "marker": marker | {"symbol": "circle"},
            "text": ["c"],
            "textfont": FONT,
            "textposition": "top center",
        },
        FRAME,
    )
    assert f'y="{200 - 8.4 - 13 * 1.22 + 0.86 * 13:.1f}">c' in above
    left = points(
        {
            "x": [10],
            "y": [5],
            "marker": marker | {"symbol": "circle"},
            "text": ["c"],
            "textfont": FONT,
            "textposition": "middle left",
        },
        FRAME,
    )
    assert 'text-anchor="end"><text x="291.0"' in left
    unplaced = points(
        {"x": [10], "y": [5], "marker": marker | {"symbol": "circle"}, "text": ["c"], "textfont": FONT}, FRAME
    )
    assert 'text-anchor="start"' in unplaced


def test_the_edge_of_a_sign_keeps_its_width_at_every_size() -> None:
    assert 'stroke-width="4.00"' in sign("circle-open", "#1", 12, (0, 0))  # two pixels, drawn at half the size
    assert 'stroke-width="2.00"' in sign("circle", "#1", 12, (0, 0))
    assert "translate(92.00 42.00) scale(0.500)" in sign("circle", "#1", 12, (100, 50))
    for name in ("line-ew", "line-ns", "x-thin"):
        assert "<path d=" in sign(f"{name}-open", "#1", 12, (0, 0))


def test_areas_stack_on_what_lies_below() -> None:
    below: dict[float, float] = {}
    given = {"x": [0, 20], "y": [2, 4], "fillcolor": "rgba(1,2,3,0.5)", "line": {"color": "#111111", "width": 1}}
    assert 'fill="#010203" fill-opacity="0.5" stroke="#111111" stroke-width="1"' in area(given, FRAME, below)
    assert below == {0: 2.0, 20: 4.0}


def note(**given: Any) -> dict[str, Any]:
    return {"x": 10, "y": 5, "text": "t", "showarrow": False, "font": FONT} | given


@pytest.mark.parametrize(
    ("given", "x", "anchor", "top"),
    [
        ({}, 300, "middle", 200 - 6.1 * 1.3),
        ({"xanchor": "left", "yanchor": "top"}, 300, "start", 200),
        ({"xanchor": "right", "yanchor": "bottom"}, 300, "end", 200 - 12.2 * 1.3),
        ({"xshift": 4, "yshift": 8, "yanchor": "top"}, 304, "middle", 192),
        ({"xref": "paper", "x": 0, "yanchor": "top"}, 105, "middle", 200),  # the name of a row, beside the line of zero
        ({"xref": "paper", "x": 1.01, "yref": "paper", "y": 0.5, "yanchor": "top"}, 504, "middle", 200),
        ({"yref": "paper", "y": 1, "yanchor": "top"}, 300, "middle", 100),
    ],
)
def test_a_label_stands_in_the_plot_or_beside_it(given: dict[str, Any], x: float, anchor: str, top: float) -> None:
    drawn = _annotation(note(**given), FRAME)
    assert f'text-anchor="{anchor}"><text x="{x:.1f}" y="{top + 0.86 * 13:.1f}">t' in drawn


def test_a_label_written_upwards_is_turned_about_its_place() -> None:
    drawn = _annotation(note(textangle=-90), FRAME)
    assert drawn.startswith('<g transform="rotate(-90 300.0 200.0)">') and 'text-anchor="start"' in drawn


def test_an_arrow_has_its_head_at_its_end() -> None:
    drawn = _arrow([0.0, 0.0, 100.0, 0.0], "#123456", 2)
    assert '<line x1="0.0" y1="0.0" x2="93.6" y2="0.0" stroke="#123456" stroke-width="2"/>' in drawn
    assert '<polygon points="100.0,0.0 92.0,-3.6 92.0,3.6" fill="#123456"/>' in drawn
    down = _arrow([0.0, 0.0, 0.0, 50.0], "#123456", 2)
    assert 'points="0.0,50.0 3.6,42.0 -3.6,42.0"' in down
    assert "<polygon" in _arrow([5.0, 5.0, 5.0, 5.0], "#123456", 2)
    shown = _annotation(
        {"showarrow": True, "ax": 0, "ay": 0, "x": 20, "y": 10, "arrowcolor": "#1", "arrowwidth": 2}, FRAME
    )
    assert shown.startswith('<line x1="100.0" y1="300.0"') and 'points="500.0,100.0' in shown


def rows(count: int) -> Any:
    return small("bars", *({"category": f"Row {n}", "value": 10.0 + n} for n in range(count)))


def lines_of(svg: str) -> list[tuple[float, ...]]:
    return [
        tuple(map(float, found))
        for found in re.findall('<line x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="([^"]+)"', svg)
    ]


def test_a_chart_of_rows_is_as_high_as_its_rows_its_ticks_and_its_title() -> None:
    svg = figure_svg(figure_of(rows(1)))
    height = float(re.search('height="([^"]+)"', svg)[1])  # type: ignore[index]
    assert height == 8 + 57 + 4 + 6 + 11 + 13 + 18  # margin, one lane of 61, space below, ticks, one line of title
    (bar_rect,) = re.findall('<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="18"', svg)
    left, right = 8.0, WIDTH - 12 - 8
    assert float(bar_rect[0]) == left and float(bar_rect[1]) == 8 + 29
    assert float(bar_rect[2]) == pytest.approx((right - left) * 10 / 11.2, abs=0.1)
    zero = [found for found in lines_of(svg) if found == (left, 8.0, left, 69.0)]
    assert len(zero) == 2  # the line of zero lies on a line of the grid
    assert f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}"' in svg


def test_the_title_of_the_axis_stands_in_the_middle_below_the_ticks() -> None:
    svg = figure_svg(figure_of(rows(1)))
    x, y = re.search('<text x="([^"]+)" y="([^"]+)">Animals', svg).groups()  # type: ignore[union-attr]
    assert float(x) == (8 + WIDTH - 20) / 2
    assert float(y) == pytest.approx(69 + 15 + 13 + 0.86 * 14, abs=0.1)
    tick = re.search('<text x="8.0" y="([^"]+)">0</text>', svg)
    assert tick is not None and float(tick[1]) == pytest.approx(69 + 8 + 0.86 * 13, abs=0.1)


def lane(y: float) -> dict[str, Any]:
    return {"x": 0, "y": y, "xref": "paper", "yanchor": "top", "text": f"n{y:g}", "font": FONT, "showarrow": False}


def stacked(end: float, *names: dict[str, Any], **trace: Any) -> dict[str, Any]:
    layout = lane_layout(drawing_of(rows(1)), end)
    layout["annotations"] = list(names)
    return {"layout": layout, "data": [trace] if trace else []}


@pytest.mark.parametrize(
    ("names", "end", "most", "windows"),
    [
        ([0, 50, 100], 150, 150, [(0, 150)]),
        ([0, 50, 100], 150, 100, [(0, 100), (100, 150)]),
        ([0, 50, 100], 150, 99, [(0, 50), (50, 100), (100, 150)]),
        ([0, 90], 150, 60, [(0, 90), (90, 150)]),  # a row is never cut
        ([], 150, 60, [(0, 150)]),
    ],
)
def test_a_high_chart_is_divided_above_its_names(names: list[float], end: float, most: float, windows: Any) -> None:
    assert row_windows(stacked(end, *map(lane, names)), most) == windows


def test_groups_stay_together_while_they_fit() -> None:
    bold = [lane(y) | {"text": f"<b>{y}</b>"} for y in (0, 100)]
    soft = [lane(y) for y in (20, 60, 120, 160)]
    assert row_windows(stacked(200, *bold, *soft), 150) == [(0, 100), (100, 200)]
    assert row_windows(stacked(200, *bold, *soft), 70) == [(0, 60), (60, 120), (120, 160), (160, 200)]
    one = [lane(0) | {"text": "<b>0</b>"}, *soft]
    assert row_windows(stacked(200, *one), 130) == [(0, 120), (120, 200)]
    assert row_windows(stacked(200, lane(0), lane(100) | {"x": 1}), 120) == [(0, 200)]
    assert row_windows(stacked(200, lane(0), lane(100) | {"yanchor": "middle"}), 120) == [(0, 200)]
    assert row_windows(stacked(200, lane(0), lane(100) | {"xref": "x"}), 120) == [(0, 200)]


def test_a_part_has_the_marks_and_names_between_two_heights() -> None:
    marker = {"symbol": ["a", "b", "c", "d"], "color": "#1"}
    figure = stacked(
        200,
        lane(0),
        lane(50),
        lane(100),
        x=[1, 2, 3, 4],
        y=[10, 50, 100, None],
        text=["a", "b", "c", "d"],
        base=[5, 6, 7, 8],
        textposition="auto",
        marker=marker,
        name="A",
    )
    figure["layout"]["shapes"] = [{"y0": 49}, {"y0": 50}, {"y0": 100}]
    part = part_of(figure, 50, 100)
    (trace,) = part["data"]
    assert (trace["x"], trace["y"], trace["text"], trace["base"]) == ([2], [50], ["b"], [6])
    assert trace["marker"]["symbol"] == ["b"] and trace["textposition"] == "auto" and trace["name"] == "A"
    assert [found["y"] for found in part["layout"]["annotations"]] == [50]
    assert part["layout"]["shapes"] == [{"y0": 50}]
    assert part["layout"]["yaxis"]["range"] == [100, 50]
    assert figure["layout"]["yaxis"]["range"] == [200, 0]
    (empty,) = part_of(figure, 150, 200)["data"]
    assert empty["x"] == [] and empty["name"] == "A"  # for the legend


def test_parts_of_a_chart_have_one_axis_and_all_rows_together() -> None:
    figure = figure_of(rows(9))
    height = float(re.search('height="([^"]+)"', figure_svg(figure))[1])  # type: ignore[index]
    assert len(figure_svgs(figure, height)) == 1
    parts = figure_svgs(figure, 300)
    assert [part.count('height="18"') for part in parts] == [4, 4, 1]
    widths = [float(width) for part in parts for width in re.findall('width="([^"]+)" height="18"', part)]
    assert widths == sorted(widths) and widths[-1] / widths[0] == pytest.approx(18 / 10, abs=0.01)
    over_time = figure_of(small("lines", {"x": 2000, "y": 1.0, "series": "A"}, {"x": 2001, "y": 1.0, "series": "A"}))
    assert len(figure_svgs(over_time, 10)) == 1


def test_a_legend_has_a_sign_and_a_name_for_each_part_above_the_plot() -> None:
    parts = (
        {"category": "One", "value": 5.0, "part": "travel"},
        {"category": "One", "value": 5.0, "part": "not_itemised"},
    )
    svg = figure_svg(figure_of(small("stacked_bars", *parts)))
    squares = re.findall('<rect x="10" y="([^"]+)" width="12" height="12" fill="([^"]+)"', svg)
    assert [fill for _, fill in squares] == ["#0B5C8A", "url(#hatch1)"]
    assert [float(y) for y, _ in squares] == [8 - 2 + 11 - 6, 8 - 2 + 22 + 11 - 6]
    assert re.search('text-anchor="start"><text x="30.0" y="[^"]+">travel</text>', svg)
    pair = {"category": "Japan", "first": 1.0, "second": 2.0}
    signs = figure_svg(figure_of(small("pairs", pair)))
    assert ">First</text>" in signs and ">Second</text>" in signs
    assert "translate(8.00" in signs  # a sign of 12 in the middle of 16


def test_a_plot_over_time_keeps_room_for_its_ticks_and_titles_at_the_left() -> None:
    rows_of_time = ({"x": 2000, "y": 50.0, "series": "A"}, {"x": 2004, "y": 1000.0, "series": "A"})
    figure = figure_of(small("lines", *rows_of_time, category_title="Winter"))
    svg = figure_svg(figure)
    first = re.search(r'<polyline points="([\d.]+),', svg)
    left = 8 + 5 * 0.56 * 13 + 12 + 18  # ticks of five characters, one line of title
    right = WIDTH - 12 - 8
    assert first is not None
    assert float(first[1]) == pytest.approx(left + (right - left) * 0.6 / 5.2, abs=0.2)
    turned = re.search(r'<g transform="rotate\(-90 4 ([\d.]+)\)">', svg)
    assert turned is not None and float(turned[1]) == pytest.approx(16 + 150)
    assert [words for words in ("2000", "2001", "2004", "Winter", "1,000") if f">{words}</text>" not in svg] == []
    assert ">2,000<" not in svg  # years are not parted


def test_a_drawing_begins_from_the_house_layout() -> None:
    drawing = drawing_of(rows(1))
    layout = house_layout(drawing, 100) | {"annotations": []}
    layout["yaxis"]["range"] = [0, 1]
    layout["xaxis"]["visible"] = False
    trace = {"type": "scatter", "mode": "lines", "x": [0, 1], "y": [0, 1], "line": {"color": "#1"}}
    svg = figure_svg({"layout": layout, "data": [trace]})
    assert float(re.search('height="([^"]+)"', svg)[1]) == 12 + 10 + 6  # type: ignore[index]
