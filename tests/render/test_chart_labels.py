"""Where figures are written on a plot: on the first side where they cover no mark, no line and no other figure."""

from typing import Any

import pytest

from neaspec.render.charts.labels import NOTE_CHARACTERS, NarrowPlot, value_labels
from neaspec.render.charts.layout import HALL_SIZES, PHONE_SIZES
from tests.support.small_charts import drawing_of, small

LETTER = PHONE_SIZES.character


def row(x: Any, y: float | None, **given: Any) -> dict[str, Any]:
    named = {"low": None, "high": None, "series": "A", "mark": "exact", "joined": False, "label": ""}
    return {"x": x, "y": y} | named | given


def plot(*rows: dict[str, Any], top: float = 100.0) -> NarrowPlot:
    return NarrowPlot(rows, top, PHONE_SIZES)


def labels(*rows: dict[str, Any], top: float = 100.0) -> list[dict[str, Any]]:
    drawing = drawing_of(small("ranges", *rows))
    return value_labels(drawing, rows, top)


def test_several_series_leave_room_for_their_names() -> None:
    assert plot(row(2000, 1.0)).width == 300
    assert plot(row(2000, 1.0), row(2001, 1.0)).width == 300
    assert plot(row(2000, 1.0), row(2001, 1.0, series="B")).width == 190
    assert NarrowPlot([row(2000, 1.0, series=name) for name in "ABC"], 1, HALL_SIZES).width == 440


def test_years_lie_across_the_plot_with_a_margin() -> None:
    wide = plot(row(2000, 1.0), row(2020, 1.0))
    assert wide.across(2010) == pytest.approx(150)
    assert wide.across(2000) == pytest.approx(1.2 / 22.4 * 300)
    assert wide.across(2020) == pytest.approx(21.2 / 22.4 * 300)
    near = plot(row(2000, 1.0), row(2002, 1.0))
    assert near.across(2000) == pytest.approx(0.6 / 3.2 * 300)


def test_names_lie_across_the_plot_at_equal_distances() -> None:
    names = plot(row("spring", 1.0), row("autumn", 1.0), row("spring", 2.0))
    assert (names.across("spring"), names.across("autumn")) == (75, 225)


def test_a_figure_lies_as_high_as_its_share_of_the_axis() -> None:
    assert plot(row(2000, 1.0), top=50).up(25) == 150


def test_a_point_a_range_and_an_arrow_take_their_ground() -> None:
    (point,) = plot(row(2000, 50.0)).marks()
    assert point == (143, 157, 144, 156)
    (spread,) = plot(row(2000, None, low=20.0, high=40.0)).marks()
    assert spread == (143, 157, 54, 126)
    (open_one,) = plot(row(2000, 50.0, mark="at_least")).marks()
    assert open_one == pytest.approx((143, 157, 144, 183))
    (both,) = plot(row(2000, 50.0, low=20.0, high=80.0)).marks()
    assert both == (143, 157, 54, 246)
    (absent,) = plot(row(2000, None, mark="not_surveyed")).marks()
    assert absent == (141, 159, 0, NOTE_CHARACTERS * LETTER)
    assert list(plot(row(2000, None)).marks()) == []


def test_the_line_between_joined_figures_is_ground_that_is_taken() -> None:
    pieces = list(plot(row(2000, 0.0, joined=True), row(2020, 0.0, joined=True)).lines())
    first, last = pieces[0], pieces[-1]
    assert len(pieces) == 55  # 268 pixels in pieces of at most five
    assert first == pytest.approx((300 * 1.2 / 22.4 - 2, 300 * 1.2 / 22.4 + 2, -2, 2))
    assert last == pytest.approx((300 * 21.2 / 22.4 - 2, 300 * 21.2 / 22.4 + 2, -2, 2))


def test_a_rising_line_takes_ground_at_the_height_of_each_of_its_pieces() -> None:
    pieces = list(plot(row(2000, 0.0, joined=True), row(2000, 100.0, joined=True)).lines())
    assert len(pieces) == 62
    assert pieces[-1] == pytest.approx((148, 152, 298, 302))
    assert pieces[1] == pytest.approx((148, 152, 300 / 61 - 2, 300 / 61 + 2))


@pytest.mark.parametrize(
    "rows",
    [
        [row(2000, 1.0, joined=True), row(2001, 1.0)],
        [row(2000, 1.0, joined=True), row(2001, None, joined=True)],
        [row(2000, 1.0, joined=True), row(2001, 1.0, joined=True, series="B")],
    ],
    ids=["not joined", "no figure", "another series"],
)
def test_figures_that_are_not_joined_have_no_line(rows: list[dict[str, Any]]) -> None:
    assert list(plot(*rows).lines()) == []


def test_a_figure_stands_above_its_point_where_there_is_room() -> None:
    (label,) = labels(row(2000, 50.0))
    assert (label["x"], label["y"], label["text"]) == (2000, 50.0, "50")
    assert (label["xanchor"], label["yanchor"], label["xshift"], label["yshift"]) == ("center", "bottom", 0, 8)
    assert label["font"]["size"] == 13


def test_a_figure_stands_above_the_upper_end_of_its_range_and_the_tip_of_its_arrow() -> None:
    (label,) = labels(row(2000, 50.0, low=40.0, high=70.0))
    assert (label["y"], label["text"]) == (70.0, "50")
    (opened,) = labels(row(2000, 50.0, mark="at_least"))
    assert (opened["y"], opened["text"]) == (pytest.approx(59), "at least 50")
    (bare,) = labels(row(2000, None, low=40.0, high=70.0))
    assert (bare["y"], bare["text"]) == (70.0, "40–70")


def test_words_of_a_row_take_the_place_of_its_figure_but_never_of_an_open_one() -> None:
    assert labels(row(2000, 50.0, label="one <b>"))[0]["text"] == "one &lt;b&gt;"
    assert labels(row(2000, 50.0, label="one", mark="at_least"))[0]["text"] == "at least 50"


@pytest.mark.parametrize("given", [{"mark": "not_surveyed"}, {"mark": "not_reported"}])
def test_what_is_absent_is_not_written_a_second_time(given: dict[str, str]) -> None:
    assert labels(row(2000, 5.0, **given)) == []
    assert labels(row(2000, None)) == []


def test_the_newest_figure_is_placed_first_and_the_older_one_gives_way() -> None:
    found = labels(row(2000, 50.0, label="older text"), row(2001, 50.0, label="newer text"), row(2030, 1.0))
    assert [label["text"] for label in found][1] == "newer text"
    newer, older = (next(label for label in found if label["text"].startswith(word)) for word in ("newer", "older"))
    assert (newer["xanchor"], newer["yanchor"], newer["xshift"]) == ("left", "bottom", 2)
    assert (older["xanchor"], older["yanchor"], older["xshift"], older["yshift"]) == ("left", "top", 4, -8)


@pytest.mark.parametrize(
    ("height", "side"),
    [
        (50.0, ("center", "bottom", 0, 8)),
        (100.0, ("right", "middle", -11, 0)),
        (103.0, ("center", "top", 0, -8)),  # beside its mark it would reach over the plot
    ],
)
def test_a_figure_at_the_upper_edge_stands_beside_or_below_its_mark(height: float, side: tuple[Any, ...]) -> None:
    (label,) = labels(row(2000, height, label="ab"))
    assert tuple(label[name] for name in ("xanchor", "yanchor", "xshift", "yshift")) == side


@pytest.mark.parametrize(("height", "is_above"), [(97.0, True), (97.1, False)])
def test_a_figure_may_reach_16_pixels_over_the_plot(height: float, is_above: bool) -> None:
    (label,) = labels(row(2000, height))
    assert (label["yanchor"] == "bottom") == is_above


def test_a_figure_without_any_room_is_left_out() -> None:
    assert labels(row(2000, 50.0, label="x" * 45)) == []
    assert len(labels(row(2000, 50.0, label="x" * 43))) == 1


def test_a_long_figure_at_the_left_edge_stands_at_the_right_of_its_mark() -> None:
    first = labels(row(2000, 50.0, label="a label of letters"), row(2020, 90.0))[-1]
    assert (first["xanchor"], first["yanchor"], first["xshift"]) == ("left", "bottom", 2)
    last = labels(row(2000, 90.0), row(2020, 50.0, label="a label of letters"))[0]
    assert (last["xanchor"], last["yanchor"], last["xshift"]) == ("right", "bottom", -2)


def test_a_figure_at_zero_never_stands_below_the_axis() -> None:
    crowded = [row(2000, 0.0), row(2000, 7.0, series="A"), row(2000, 14.0), row(2000, 21.0)]
    for label in labels(*crowded):
        assert label["yanchor"] != "top" or label["y"] > 8
