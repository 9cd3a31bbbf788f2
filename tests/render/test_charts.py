"""Charts draw what their block says, and nothing that it does not say."""

import dataclasses
import itertools
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from neaspec.blocks import Chart
from neaspec.render.charts.causes import chains_of, order_nodes, steps_of
from neaspec.render.charts.flow import first_day, last_day
from neaspec.render.charts.labels import NarrowPlot, value_labels
from neaspec.render.charts.layout import HALL_SIZES, PHONE_SIZES, Drawing, Figure, Measures, spread, wrapped
from neaspec.render.charts.plotly import KINDS, draw_chart, make_figure
from neaspec.text import load_words
from tests.support import demo_page as demo

WORDS = load_words("en")


def figure(chart: Chart, is_dark: bool = False) -> Figure:
    return make_figure(chart, demo.demo_palette(is_dark), WORDS)


def notes(made: Figure) -> list[str]:
    return [note["text"] for note in made["layout"]["annotations"]]


def with_rows(chart: Chart, rows: pd.DataFrame) -> Chart:
    return dataclasses.replace(chart, rows=rows)


def test_the_demo_has_every_kind_of_chart() -> None:
    assert {chart.kind for chart in demo.all_charts()} == set(KINDS)


@pytest.mark.parametrize("chart", demo.all_charts(), ids=lambda chart: chart.kind)
@pytest.mark.parametrize("is_dark", [False, True])
def test_every_figure_is_valid_and_follows_the_background(chart: Chart, is_dark: bool) -> None:
    made = go.Figure(figure(chart, is_dark))
    assert made.layout.font.color == demo.demo_palette(is_dark).surface("text")
    assert made.layout.geo.to_plotly_json() == {}
    assert made.layout.height >= 150


@pytest.mark.parametrize(
    "chart", [chart for chart in demo.all_charts() if chart.kind != "network"], ids=lambda c: c.kind
)
def test_axis_titles_carry_quantity_and_unit(chart: Chart) -> None:
    layout = figure(chart)["layout"]
    is_over_time = chart.kind in ("ranges", "lines", "fan", "stacked_areas")
    value_axis, other_axis = ("yaxis", "xaxis") if is_over_time else ("xaxis", "yaxis")
    assert layout[value_axis]["title"]["text"] == chart.value_title
    assert layout[other_axis]["title"].get("text", "") == chart.category_title


def test_the_same_block_is_drawn_once_for_each_background() -> None:
    chart = demo.lines_chart()
    light, dark = demo.demo_palette(), demo.demo_palette(True)
    assert draw_chart(chart, light, WORDS) is draw_chart(chart, light, WORDS)
    assert draw_chart(chart, light, WORDS) is not draw_chart(chart, dark, WORDS)


def test_only_joined_rows_of_one_series_share_a_line() -> None:
    joined = [trace for trace in figure(demo.ranges_chart())["data"] if trace["name"] == "joined"]
    assert [(trace["x"], trace["y"]) for trace in joined] == [([2005, 2015], [480.0, 520.0])]
    rows = demo.ranges_chart().rows.assign(joined=False)
    assert not [t for t in figure(with_rows(demo.ranges_chart(), rows))["data"] if t["name"] == "joined"]


def test_a_range_is_drawn_from_low_to_high_without_a_midpoint() -> None:
    data = figure(demo.ranges_chart())["data"]
    assert [27.0, 55.0] in [trace["y"] for trace in data if trace["name"] == "range"]
    points = [value for t in data if t["mode"] == "markers" for value in t["y"]]
    assert 41.0 not in points
    assert sorted(points) == [0.0, 26.0, 480.0, 520.0, 750.0]


def test_at_least_is_drawn_open_upwards() -> None:
    made = figure(demo.ranges_chart())
    arrow = next(note for note in made["layout"]["annotations"] if note["showarrow"])
    assert (arrow["x"], arrow["ay"]) == (2022, 750.0)
    assert arrow["y"] > 750
    assert "at least 750" in notes(made)


def test_zero_is_drawn_as_zero_and_unknown_is_named() -> None:
    made = figure(demo.ranges_chart())
    assert {"✕ not surveyed", "– not reported", "0"} <= set(notes(made))
    drawn = {x for trace in made["data"] for x in trace["x"]}
    assert 1999 in drawn
    assert not {2010, 2020} & drawn


def test_about_and_preliminary_are_drawn_hollow() -> None:
    points = [trace for trace in figure(demo.ranges_chart())["data"] if trace["mode"] == "markers"]
    symbols = dict(itertools.chain.from_iterable(zip(t["x"], t["marker"]["symbol"], strict=True) for t in points))
    assert symbols[2015].endswith("-open")
    assert not symbols[2005].endswith("-open")


def test_bars_start_at_zero_and_wear_the_colour_of_their_species() -> None:
    made = figure(demo.bars_chart())
    assert made["layout"]["xaxis"]["range"][0] == 0
    bar = next(trace for trace in made["data"] if trace["type"] == "bar")
    assert (bar["orientation"], bar["marker"]["color"]) == ("h", "#81300F")
    assert bar["x"] == [12.0]


def test_long_names_are_wrapped_and_never_cut() -> None:
    name = demo.bars_chart().rows["site"][0]
    label = next(note for note in notes(figure(demo.bars_chart())) if note.startswith("A reserve"))
    assert label.replace("<br>", " ") == name
    assert wrapped("x" * 100, 44) == ["x" * 44, "x" * 44, "x" * 12]


@pytest.mark.parametrize("chart", demo.all_charts(), ids=lambda chart: chart.kind)
def test_text_of_the_data_is_never_markup(chart: Chart) -> None:
    names = [
        chart.roles[role] for role in ("series", "category", "part", "source", "target", "group") if role in chart.roles
    ]
    rows = chart.rows.assign(**{name: [f"<i>{value}</i>" for value in chart.rows[name]] for name in names})
    drawn = str(figure(with_rows(chart, rows)))
    assert "&lt;i&gt;" in drawn
    assert "<i>" not in drawn


def test_a_bold_label_of_a_timeline_still_escapes_its_text() -> None:
    chart = demo.timeline_chart()
    rows = chart.rows.assign(project="<i>x</i>")
    assert "<b>&lt;i&gt;x&lt;/i&gt;</b>" in notes(figure(with_rows(chart, rows)))


def test_what_is_not_itemised_is_hatched() -> None:
    data = figure(demo.stacked_bars_chart())["data"]
    hatched = [trace["name"] for trace in data if "pattern" in trace["marker"]]
    assert hatched == ["not itemised"]
    assert [trace["x"] for trace in data] == [[97000.0, 120000.0], [50000.0], [141081.0]]


def test_nothing_is_drawn_across_years_without_figures() -> None:
    data = figure(demo.areas_chart())["data"]
    assert {trace["stackgroup"] for trace in data} == {"run 0", "run 1", "run 2"}
    assert data[0]["x"] == [2003, 2004, 2005]
    assert data[-1]["x"] == [2013.7, 2014.3]


def test_planned_is_hatched_actual_is_solid_tentative_is_dashed() -> None:
    made = figure(demo.timeline_chart())
    planned, actual, tentative, day = made["data"]
    assert "pattern" in planned["marker"]
    assert actual["marker"] == {"color": actual["meta"]}
    assert tentative["marker"]["color"].startswith("rgba")
    assert [(shape["line"]["dash"], shape["line"]["color"]) for shape in made["layout"]["shapes"]] == [
        ("dash", tentative["meta"])
    ]
    assert (day["mode"], day["x"]) == ("markers", ["2014-10-12"])


def test_partial_dates_cover_the_whole_period() -> None:
    made = figure(demo.timeline_chart())["data"][0]
    assert made["base"] == ["2021-01-01"]
    assert made["x"] == [730 * 86_400_000]
    assert str(first_day("2020-02")) == "2020-02-01"
    assert [str(last_day(text)) for text in ("2020", "2020-02", "2020-10-12")] == [
        "2020-12-31",
        "2020-02-29",
        "2020-10-12",
    ]


def test_pairs_name_both_figures_and_leave_out_what_is_missing() -> None:
    made = figure(demo.pairs_chart())
    first, second = (trace for trace in made["data"] if trace["mode"] == "markers+text")
    assert (first["name"], second["name"]) == ("First", "Second")
    assert (first["x"], second["x"]) == ([20.5, 21.0, 18.0], [29.8, 21.0])
    assert "– not reported" in notes(made)


def test_causes_stand_left_of_effects_and_the_way_back_is_dashed() -> None:
    made = figure(demo.network_chart())
    arrows = [trace for trace in made["data"] if trace["mode"] == "lines" and trace.get("name") != "box"]
    assert [arrow["line"]["dash"] for arrow in arrows].count("dash") == 1
    assert all(arrow["x"][0] < arrow["x"][-1] for arrow in arrows if arrow["line"]["dash"] == "solid")
    assert order_nodes([("b", "c"), ("a", "b"), ("c", "c")]) == ["a", "b", "c"]
    assert steps_of([("a", "b"), ("b", "c"), ("c", "a")]) == {"a": 0, "b": 1, "c": 2}
    assert chains_of([("a", "b"), ("x", "y"), ("b", "c")]) == [["a", "b", "c"], ["x", "y"]]


def test_boxes_of_a_network_never_cover_each_other() -> None:
    made = figure(demo.network_chart())
    boxes = [trace for trace in made["data"] if trace.get("name") == "box"]
    assert len(boxes) == 6
    for one, other in itertools.combinations(boxes, 2):
        beside = max(one["x"]) <= min(other["x"]) or max(other["x"]) <= min(one["x"])
        below = max(one["y"]) <= min(other["y"]) or max(other["y"]) <= min(one["y"])
        assert beside or below


def test_a_schedule_has_one_row_a_name_and_an_outline_over_what_was_done() -> None:
    made = figure(demo.schedule_chart())
    bars = [trace for trace in made["data"] if trace["type"] == "bar"]
    assert [bar["name"] for bar in bars] == ["actual", "planned"]  # the outline is drawn last
    assert bars[0]["y"] == bars[1]["y"]
    assert bars[1]["marker"]["color"].startswith("rgba") and "line" in bars[1]["marker"]
    discs = next(trace for trace in made["data"] if trace["name"] == "discs")
    assert discs["text"] == ["1", "2"] and len(set(discs["y"])) == 2
    assert "Proposal without a date" in notes(made)  # it keeps its row


def test_labels_are_moved_apart_within_their_room() -> None:
    placed = spread([50, 52, 54, 299], [20, 20, 20, 20], 0, 300)
    assert all(other - one >= 20 for one, other in itertools.pairwise(placed))
    assert min(placed) >= 10
    assert max(placed) <= 290


def test_a_species_alone_keeps_its_colour_and_marker() -> None:
    chart = demo.lines_chart()
    rows = chart.rows.assign(species=chart.rows["place"].map({"Izumi": "amur_tiger", "Cheorwon": "amur_leopard"}))
    made = make_figure(
        dataclasses.replace(chart, rows=rows, roles={**chart.roles, "species": "species"}), demo.demo_palette(), WORDS
    )
    assert [trace["line"]["color"] for trace in made["data"]] == ["#81300F", "#C869BF"]


def test_figures_stand_beside_their_marks_where_none_covers_another() -> None:
    chart = demo.ranges_chart()
    rows = pd.DataFrame(
        [(2003, 100.0, "A"), (2020, 1500.0, "A"), (2020, 1548.0, "A")], columns=["year", "value", "series"]
    ).assign(low=None, high=None, mark="exact", joined=False)
    written = {note["text"]: note for note in figure(with_rows(chart, rows))["layout"]["annotations"]}
    assert set(written) == {"1,548", "1,500", "100"}
    assert written["1,548"]["yshift"] >= written["1,500"]["yshift"] + PHONE_SIZES.line or (
        written["1,548"]["xanchor"] != written["1,500"]["xanchor"]
    )


def ground(label: dict[str, Any], plot: NarrowPlot) -> tuple[float, float, float, float]:
    """Return the ground of a written figure on a phone, in pixels."""
    long = len(label["text"]) * plot.size.character
    left = plot.across(label["x"]) + label["xshift"] - {"left": 0, "center": long / 2, "right": long}[label["xanchor"]]
    line = plot.size.line
    low = plot.up(label["y"]) + label["yshift"] - {"bottom": 0, "middle": line / 2, "top": line}[label["yanchor"]]
    return left, left + long, low, low + line


@pytest.mark.parametrize("size", [PHONE_SIZES, HALL_SIZES], ids=["screen", "presentation"])
def test_no_figure_of_crowded_years_covers_a_mark_or_another_figure(size: Measures) -> None:
    rows = [
        {"x": x, "y": y, "low": low, "high": high, "mark": mark, "series": series, "joined": False, "label": ""}
        for x, y, low, high, mark, series in (
            (1940, None, 20.0, 30.0, "exact", "A"),
            (2015, 510.0, 480.0, 540.0, "about", "B"),
            (2019, None, 580.0, 600.0, "exact", "C"),
            (2020, 600.0, None, None, "at_least", "D"),
            (2022, 750.0, None, None, "at_least", "B"),
        )
    ]
    drawing = Drawing(demo.ranges_chart(), demo.demo_palette(False), WORDS, size)
    plot = NarrowPlot(rows, 862.5, size)
    labels = value_labels(drawing, rows, 862.5)
    wanted = {"at least 750", "20–30"} | ({"at least 600", "580–600"} if size is PHONE_SIZES else set())
    assert wanted <= {label["text"] for label in labels}
    taken = [*(ground(label, plot) for label in labels), *plot.marks()]
    for place, one in enumerate(taken[: len(labels)]):
        assert -2 <= one[0] <= one[1] <= plot.width + 2
        for other in taken[place + 1 :]:
            assert one[0] >= other[1] or other[0] >= one[1] or one[2] >= other[3] or other[2] >= one[3]
