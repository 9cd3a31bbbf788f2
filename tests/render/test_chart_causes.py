"""Diagrams of what acts on what: boxes from cause to effect, chains below each other, arrows from edge to edge."""

from typing import Any

import pytest

from neaspec.palette import SURFACE
from neaspec.render.charts.causes import chains_of, order_nodes, steps_of
from tests.support.small_charts import figure_of, notes_of, small, style_of, traces

ACCENT, SOFT, TEXT = (SURFACE[name][0] for name in ("accent", "text_soft", "text"))


def network(*links: tuple[str, ...]) -> dict[str, Any]:
    rows = [dict(zip(("source", "target", "group", "label"), link, strict=False)) for link in links]
    return figure_of(small("network", *rows))


def boxes(figure: dict[str, Any]) -> list[tuple[float, float, float, float]]:
    """Give left, right, top and bottom of the boxes."""
    return [(min(t["x"]), max(t["x"]), min(t["y"]), max(t["y"])) for t in traces(figure, name="box")]


@pytest.mark.parametrize(
    ("links", "order"),
    [
        ([("a", "b"), ("b", "c")], ["a", "b", "c"]),
        ([("b", "c"), ("a", "b")], ["a", "b", "c"]),
        ([("a", "b"), ("b", "a")], ["a", "b"]),
        ([("a", "a"), ("b", "a")], ["b", "a"]),
        ([("a", "c"), ("b", "d")], ["a", "c", "b", "d"]),  # an effect follows the cause just met
        ([], []),
    ],
)
def test_causes_are_ordered_before_their_effects(links: list[tuple[str, str]], order: list[str]) -> None:
    assert order_nodes(links) == order


@pytest.mark.parametrize(
    ("links", "steps"),
    [
        ([("a", "b"), ("a", "c"), ("b", "c")], {"a": 0, "b": 1, "c": 2}),  # the longer way counts
        ([("a", "a")], {"a": 0}),
        ([("a", "b"), ("x", "y")], {"a": 0, "b": 1, "x": 0, "y": 1}),
        ([("a", "b"), ("b", "a"), ("b", "c")], {"a": 0, "b": 1, "c": 2}),
    ],
)
def test_each_name_stands_behind_the_last_of_its_causes(links: list[tuple[str, str]], steps: dict[str, int]) -> None:
    assert steps_of(links) == steps


@pytest.mark.parametrize(
    ("links", "chains"),
    [
        ([("a", "b"), ("x", "y")], [["a", "b"], ["x", "y"]]),
        ([("a", "b"), ("x", "y"), ("b", "x")], [["a", "b", "x", "y"]]),
        ([("a", "b"), ("x", "y"), ("p", "q"), ("y", "p")], [["a", "b"], ["x", "y", "p", "q"]]),
        ([], []),
    ],
)
def test_what_hangs_together_is_one_chain(links: list[tuple[str, str]], chains: list[list[str]]) -> None:
    assert chains_of(links) == chains


def test_two_boxes_stand_beside_each_other_below_the_name_of_their_side() -> None:
    figure = network(("rain", "flood", "nature"))
    side = notes_of(figure)["<b>nature</b>"]
    assert (side["x"], side["y"], side["font"]) == (0, 6, {"size": 14, "color": TEXT})
    width = 1 / 2.34  # two columns and the room for an arrow between
    (rain, flood) = boxes(figure)
    assert rain == pytest.approx((0.002, width - 0.002, 35, 64))  # below a line of 17 pixels and a gap of 12
    assert flood == pytest.approx((1.34 * width + 0.002, 1 - 0.002, 35, 64))
    assert figure["layout"]["height"] == 35 + 29 + 14 + 6 + 16
    assert figure["layout"]["yaxis"]["range"] == [84, 0]
    assert figure["layout"]["xaxis"]["range"] == [0, 1] and figure["layout"]["xaxis"]["visible"] is False
    assert figure["layout"]["margin"] == {"l": 4, "r": 4, "t": 8, "b": 8}


def test_the_name_of_a_box_stands_in_its_middle() -> None:
    note = notes_of(network(("rain", "flood", "nature")))["rain"]
    assert (note["x"], note["y"]) == (pytest.approx(1 / 2.34 / 2), pytest.approx(49.5))
    assert style_of(note, "xanchor", "yanchor", "align", "font.size", "font.color") == [
        "center",
        "middle",
        "center",
        14,
        TEXT,
    ]


def test_an_arrow_goes_from_edge_to_edge_and_its_head_is_the_last_fifth() -> None:
    figure = network(("rain", "flood", "nature", "in July"))
    rain, flood = boxes(figure)
    line = figure["data"][0]
    assert len(line["x"]) == 9
    assert (line["x"][0], line["x"][-1]) == (pytest.approx(rain[1]), pytest.approx(flood[0]))
    assert line["y"] == pytest.approx([49.5] * 9)
    assert line["line"] == {"color": ACCENT, "width": 1.8, "dash": "solid"}
    assert line["hovertext"] == ["rain → flood<br>in July"] * 9
    assert line["hoverinfo"] == "text" and line["showlegend"] is False
    (head,) = [note for note in figure["layout"]["annotations"] if note["showarrow"]]
    assert (head["x"], head["y"]) == (pytest.approx(flood[0]), pytest.approx(49.5))
    assert head["ax"] == pytest.approx(flood[0] - 0.2 * (flood[0] - rain[1]))
    assert style_of(head, "arrowhead", "arrowsize", "arrowwidth", "arrowcolor") == [2, 1.2, 1.8, ACCENT]


def test_two_effects_of_one_cause_stand_below_each_other_beside_its_middle() -> None:
    figure = network(("rain", "flood", ""), ("rain", "mud", ""))
    rain, flood, mud = boxes(figure)
    assert mud[2] - flood[3] == pytest.approx(14)
    assert (rain[2] + rain[3]) / 2 == pytest.approx((flood[2] + mud[3]) / 2)
    assert flood[2] == pytest.approx(6)  # no side has a name
    line = figure["data"][1]
    assert line["y"][-1] - line["y"][0] == pytest.approx((mud[2] + mud[3]) / 2 - (rain[2] + rain[3]) / 2)
    head = figure["layout"]["annotations"][1]
    assert head["ay"] == pytest.approx(head["y"] - 0.2 * (line["y"][-1] - line["y"][0]))


def test_chains_stand_below_each_other() -> None:
    figure = network(("a", "b", ""), ("x", "y", ""))
    tops = [box[2] for box in boxes(figure)]
    assert tops == pytest.approx([6, 6, 6 + 29 + 20, 6 + 29 + 20])


def test_chains_of_one_side_stand_together_and_each_side_is_named_once() -> None:
    figure = network(("a", "b", "nature"), ("x", "y", "people"), ("p", "q", "nature"))
    notes = [note for note in figure["layout"]["annotations"] if note["text"].startswith("<b>")]
    assert [(note["text"], note["y"]) for note in notes] == [
        ("<b>nature</b>", 6),
        ("<b>people</b>", pytest.approx(6 + 29 + 2 * 49)),
    ]
    names = [note["text"] for note in sorted(figure["layout"]["annotations"], key=lambda n: n["y"]) if note["text"]]
    assert names.index("p") < names.index("x")


def test_the_first_side_has_the_accent_and_every_other_is_grey() -> None:
    figure = network(("a", "b", "one"), ("x", "y", "two"), ("p", "q", "three"))
    assert [trace["line"]["color"] for trace in traces(figure, name="box")] == [ACCENT] * 2 + [SOFT] * 4
    assert [trace["line"]["color"] for trace in figure["data"][:3]] == [ACCENT, SOFT, SOFT]
    assert {trace["line"]["width"] for trace in traces(figure, name="box")} == {1.6}


def test_a_way_back_is_dashed_and_leaves_at_the_left_edge() -> None:
    figure = network(("a", "b", ""), ("b", "a", ""))
    a, b = boxes(figure)
    back = figure["data"][1]
    assert back["line"]["dash"] == "dash"
    assert (back["x"][0], back["x"][-1]) == (pytest.approx(b[0]), pytest.approx(a[1]))


def test_a_way_within_one_column_goes_from_right_edge_to_right_edge() -> None:
    figure = network(("a", "b", ""), ("a", "c", ""), ("b", "c", ""), ("c", "b", ""))
    lines = {trace["hovertext"][0]: trace for trace in figure["data"] if trace.get("hovertext")}
    assert lines["b → c"]["line"]["dash"] == "solid"
    assert lines["c → b"]["line"]["dash"] == "dash"


def test_what_acts_on_itself_has_no_arrow() -> None:
    figure = network(("a", "a", ""), ("a", "b", ""))
    assert len(traces(figure, name="box")) == 2
    assert len(figure["data"]) == 3


def test_the_more_columns_the_shorter_the_lines_but_never_below_12_letters() -> None:
    name = "a long name of a thing that is to be broken into lines"
    two = network((name, "b", ""))
    nine = network(*((name if step == 0 else f"n{step}", f"n{step + 1}", "") for step in range(8)))
    lines_of = {
        number: next(n["text"] for n in figure["layout"]["annotations"] if n["text"].startswith("a long")).split("<br>")
        for number, figure in ((2, two), (9, nine))
    }
    assert max(map(len, lines_of[2])) <= 42 and len(lines_of[2]) == 2
    assert 8 < max(map(len, lines_of[9])) <= 12


def test_a_box_of_two_lines_is_a_line_higher() -> None:
    figure = network(("word " * 12, "b", ""))
    first, second = boxes(figure)
    assert (first[3] - first[2], second[3] - second[2]) == pytest.approx((46, 29))
    assert second[2] - first[2] == pytest.approx(8.5)  # in the middle of the taller one
