"""Where the charts of a PDF put their marks: a point, a bar and a label stand at their value, to the pixel."""

import re

import pytest

from neaspec.render.pdf.axes import Axis
from neaspec.render.pdf.traces import PlotFrame, area, bar, line, points, sign

YEARS = Axis("linear", 2000, 2020, 100, 500)  # 20 pixels a year
HEIGHTS = Axis("linear", 0, 10, 300, 100)  # upwards, 20 pixels each
FRAME = PlotFrame(YEARS, HEIGHTS)
GROUP = re.compile(r'<g transform="translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+)\)"')
RECT = re.compile(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"')


def middles(drawn: str) -> list[tuple[float, float]]:
    """Give the middles of markers: shapes lie on a square of 32."""
    return [
        (round(float(left) + 16 * float(scale), 1), round(float(top) + 16 * float(scale), 1))
        for left, top, scale in GROUP.findall(drawn)
    ]


def trace(**given):
    marker = {"symbol": "circle", "color": "#123456", "size": 12}
    return {"x": [2000, 2005, 2020], "y": [0, 5, 10], "marker": marker, "line": {"color": "#123456"}} | given


@pytest.mark.parametrize("size", [6, 12, 24])
@pytest.mark.parametrize("symbol", ["circle", "square-open", "x-thin"])
def test_the_middle_of_a_marker_is_where_its_value_lies(symbol, size):
    given = trace(marker={"symbol": symbol, "color": "#123456", "size": size})
    assert middles(points(given, FRAME)) == [(100, 300), (200, 200), (500, 100)]


def test_a_marker_is_as_wide_as_its_size():
    scale = float(GROUP.search(sign("circle", "#123456", 12, (0, 0)))[3])
    assert 24 * scale == pytest.approx(12)


def test_a_point_without_a_value_is_left_out_and_the_others_keep_their_places():
    given = trace(x=[2000, None, 2020], y=[0, 5, 10], text=["a", "b", "c"])
    drawn = points(given | {"textfont": {"size": 13, "color": "#000"}}, FRAME)
    assert middles(drawn) == [(100, 300), (500, 100)]
    assert "b" not in re.findall(r">([abc])<", drawn)


def test_a_hollow_marker_has_no_filling_and_a_full_one_has():
    assert 'fill="none"' in sign("circle-open", "#123456", 12, (0, 0))
    assert 'fill="#123456"' in sign("circle", "#123456", 12, (0, 0))


@pytest.mark.parametrize(
    ("side", "anchor", "is_right", "is_below"),
    [
        ("middle right", "start", 1, 0),
        ("middle left", "end", -1, 0),
        ("top center", "middle", 0, -1),
        ("bottom center", "middle", 0, 1),
    ],
)
def test_a_label_stands_on_its_side_of_the_marker(side, anchor, is_right, is_below):
    given = trace(x=[2005], y=[5], text=["name"], textposition=side, textfont={"size": 13, "color": "#000"})
    drawn = points(given, FRAME)
    written = re.search(r'<text[^>]*x="([-\d.]+)"[^>]*y="([-\d.]+)"[^>]*>', drawn)
    x, y = float(written[1]), float(written[2])
    assert (x > 200) - (x < 200) == is_right
    assert f'text-anchor="{anchor}"' in drawn
    if is_below:
        assert (y > 200) - (y < 200) == is_below


def test_a_line_goes_through_its_values_and_breaks_where_there_is_none():
    given = trace(x=[2000, 2005, None, 2010, 2020], y=[0, 5, None, 5, 10])
    assert re.findall(r'points="([^"]*)"', line(given, FRAME)) == ["100.0,300.0 200.0,200.0", "300.0,200.0 500.0,100.0"]


def test_bars_begin_at_their_base_and_stacked_ones_where_the_last_one_ended():
    given = {"x": [5, 10], "y": [2, 6], "width": 8, "marker": {"color": "#123456"}}
    frame = PlotFrame(Axis("linear", 0, 20, 100, 500), HEIGHTS)
    ends: dict[float, float] = {}
    assert RECT.findall(bar(given, frame, ends, 0)) == [
        ("100.0", "256.0", "100.0", "8"),
        ("100.0", "176.0", "200.0", "8"),
    ]
    assert RECT.findall(bar(given, frame, ends, 1)) == [
        ("200.0", "256.0", "100.0", "8"),
        ("300.0", "176.0", "200.0", "8"),
    ]


def test_an_area_lies_on_the_one_below_it():
    below: dict[float, float] = {}
    given = {"x": [2000, 2020], "y": [2, 4], "fillcolor": "#123456", "line": {"color": "#123456", "width": 1}}
    assert 'points="100.0,260.0 500.0,220.0 500.0,300.0 100.0,300.0"' in area(given, FRAME, below)
    assert 'points="100.0,220.0 500.0,140.0 500.0,220.0 100.0,260.0"' in area(given, FRAME, below)


def test_days_and_names_have_their_places():
    days = Axis("date", 0, 86_400_000 * 10, 0, 100)
    assert days.place("1970-01-06") == 50
    names = Axis("category", 0, 2, 0, 100, ("a", "b", "c"))
    assert [names.place(name) for name in "abc"] == [0, 50, 100]
