"""Timelines and schedules: where periods begin and end, which are bars and which are signs, how each is drawn."""

from datetime import date
from typing import Any

import pytest

from neaspec.palette import SERIES, SURFACE, fade
from neaspec.render.charts.flow import first_day, last_day
from neaspec.render.charts.schedule import Term
from tests.support.small_charts import figure_of, notes_of, small, style_of, traces

BLUE = SERIES[0][0]
TEXT, SOFT, GRID, WHITE, ACCENT = (SURFACE[name][0] for name in ("text", "text_soft", "grid", "background", "accent"))
DAY = 86_400_000


def period(start: str | None, end: str | None, **given: Any) -> dict[str, Any]:
    return {"category": "Project", "start": start, "end": end, "mark": "actual", "label": ""} | given


def timeline(*rows: dict[str, Any]) -> dict[str, Any]:
    return figure_of(small("timeline", *rows))


def schedule(*rows: dict[str, Any]) -> dict[str, Any]:
    return figure_of(small("schedule", *rows))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
        ("2020-02-03T10:00", date(2020, 2, 3), date(2020, 2, 3)),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_the_periods_of_a_name_stand_below_it_and_names_below_each_other() -> None:
    figure = timeline(
        period("2020", "2021", label="one"),
        period("2021", "2022", label="two"),
        period("2020", "2022", category="Second", label="three"),
    )
    notes = notes_of(figure)
    name = notes["<b>Project</b>"]
    assert (name["y"], name["font"]) == (4, {"size": 14, "color": TEXT})
    one = notes["one · actual or stated · 2020–2021"]
    assert (one["y"], one["font"]) == (27, {"size": 13, "color": SOFT})
    assert notes["two · actual or stated · 2021–2022"]["y"] == 27 + 16 + 6 + 14 + 8
    assert [bar["y"] for bar in figure["data"]] == [[56], [100], [177]]
    assert notes["<b>Second</b>"]["y"] == 27 + 2 * 44 + 10
    assert figure["layout"]["yaxis"]["range"] == [27 + 2 * 44 + 10 + 23 + 44, 0]
    assert figure["layout"]["xaxis"]["type"] == "date"
    assert style_of(figure["layout"]["xaxis"], "nticks", "ticks", "side", "hoverformat") == [
        8,
        "outside",
        "bottom",
        "%Y",
    ]
    assert figure["layout"]["xaxis"]["title"]["text"] == "Animals (individuals)"
    assert figure["layout"]["barmode"] == "overlay"


def test_rows_of_one_name_stand_together_wherever_they_are_in_the_table() -> None:
    figure = timeline(period("2020", "2021"), period("2020", "2021", category="B"), period("2022", "2024"))
    assert [text for text in notes_of(figure) if text.startswith("<b>")] == ["<b>Project</b>", "<b>B</b>"]


def test_a_period_is_a_bar_from_its_first_to_its_last_day() -> None:
    (bar,) = timeline(period("2020-02", "2020-03"))["data"]
    assert (bar["base"], bar["x"], bar["width"]) == (["2020-02-01"], [(29 + 31) * DAY], 14)
    assert bar["marker"] == {"color": BLUE}
    assert bar["name"] == "actual"
    assert timeline(period("2020", "2021", mark=""))["data"][0]["name"] == "period"
    assert bar["hovertext"] == ["Project<br>actual or stated · February 2020 to March 2020"]


def test_a_period_with_one_end_covers_that_year_or_month() -> None:
    figure = timeline(period("2020", None), period(None, "2021-02"), period(None, None))
    year, month = figure["data"]
    assert (year["base"], year["x"]) == (["2020-01-01"], [366 * DAY])
    assert (month["mode"], month["x"]) == ("markers", ["2021-02-01"])


@pytest.mark.parametrize(
    ("start", "end", "is_sign"),
    [
        ("2020-05-04", "2020-05-04", True),
        ("2020-05", "2020-05", True),
        ("2020", "2020", False),
        ("2020-05-04", "2020-05-05", False),
    ],
)
def test_a_day_and_a_month_are_signs_and_anything_longer_is_a_bar(start: str, end: str, is_sign: bool) -> None:
    (drawn,) = timeline(period(start, end))["data"]
    assert (drawn["type"] == "scatter") == is_sign


@pytest.mark.parametrize(
    ("mark", "symbol"), [("actual", "circle"), ("planned", "circle-open"), ("tentative", "circle-open"), ("", "circle")]
)
def test_a_day_that_is_not_yet_over_is_hollow(mark: str, symbol: str) -> None:
    (sign,) = timeline(period("2020-05-04", "2020-05-04", mark=mark))["data"]
    assert sign["marker"] == {"symbol": symbol, "size": 12, "color": BLUE, "line": {"width": 2, "color": BLUE}}
    assert sign["cliponaxis"] is False


def test_what_was_planned_is_hatched_and_what_is_tentative_is_pale_in_a_dashed_frame() -> None:
    figure = timeline(period("2020", "2021", mark="planned"), period("2020", "2021", mark="tentative"))
    planned, tentative = figure["data"]
    assert planned["marker"]["line"] == {"color": BLUE, "width": 2}
    assert planned["marker"]["pattern"]["fgcolor"] == BLUE and planned["marker"]["pattern"]["bgcolor"] == WHITE
    assert tentative["marker"] == {"color": fade(BLUE, 0.12)}
    (frame,) = figure["layout"]["shapes"]
    middle = tentative["y"][0]
    assert style_of(frame, "type", "x0", "x1", "y0", "y1") == [
        "rect",
        "2020-01-01",
        "2022-01-01",
        middle - 7,
        middle + 7,
    ]
    assert frame["line"] == {"dash": "dash", "width": 2, "color": BLUE}


def test_a_tentative_day_has_no_frame() -> None:
    assert timeline(period("2020-05-04", "2020-05-04", mark="tentative"))["layout"]["shapes"] == []


def test_a_period_of_a_species_wears_its_colour_and_marker() -> None:
    figure = timeline(
        period("2020", "2021", species="amur_leopard"), period("2020-05-04", "2020-05-04", species="amur_leopard")
    )
    assert figure["data"][0]["marker"]["color"] == "#C869BF"
    assert figure["data"][1]["marker"]["symbol"] == "square"


def told(start: str | None, end: str | None, **given: Any) -> dict[str, Any]:
    return period(start, end, species="amur_tiger", told="what it says") | given


def test_lanes_hold_one_category_each_with_its_signs_on_one_line() -> None:
    figure = timeline(told("2020-05-04", None), told("2021-05-04", None), told("2022", None, category="B"))
    notes = notes_of(figure)
    assert (notes["Project"]["y"], notes["B"]["y"]) == (4, 4 + 47)
    assert [sign["y"] for sign in figure["data"]] == [[32], [32], [79]]
    assert figure["layout"]["yaxis"]["range"] == [98, 0]
    assert figure["layout"]["xaxis"]["nticks"] == 12
    assert figure["layout"]["xaxis"]["title"]["text"] == "Animals (individuals)"


@pytest.mark.parametrize(
    ("start", "end", "at", "is_tick"),
    [
        ("2020-05-04", None, "2020-05-04", False),
        ("2020-05", None, "2020-05-16", False),
        ("2021", None, "2021-07-02", True),
        ("2020-01-01", "2020-04-01", "2020-02-16", False),
    ],
)
def test_a_day_is_its_sign_and_a_year_alone_a_tick_in_its_middle(
    start: str, end: str | None, at: str, is_tick: bool
) -> None:
    (sign,) = timeline(told(start, end))["data"]
    assert sign["x"] == [at]
    assert sign["marker"]["symbol"] == ("line-ns-open" if is_tick else "circle")
    assert sign["marker"]["size"] == (16 if is_tick else 11)
    line = {"width": 3, "color": "#81300F"} if is_tick else {"width": 1, "color": WHITE}
    assert (sign["marker"]["color"], sign["marker"]["line"]) == ("#81300F", line)
    assert sign["hovertext"][0].startswith("what it says<br>")


def test_a_longer_period_in_a_lane_is_a_bar() -> None:
    (bar,) = timeline(told("2020-01-01", "2020-04-02"))["data"]  # 93 days
    assert (bar["type"], bar["base"]) == ("bar", ["2020-01-01"])


def test_without_words_the_pointer_tells_the_name_of_the_lane() -> None:
    assert timeline(told("2020", None, told=""))["data"][0]["hovertext"][0].startswith("Project<br>")


@pytest.mark.parametrize(("days", "is_day"), [(44, True), (45, False)])
def test_a_term_of_up_to_45_days_is_drawn_as_a_sign(days: int, is_day: bool) -> None:
    start = date(2021, 1, 1)
    assert Term(start, date.fromordinal(start.toordinal() + days), "actual", "", "").is_day == is_day


def test_each_name_of_a_schedule_stands_once_with_a_line_between_two() -> None:
    figure = schedule(period("2020", "2021"), period("2020", "2022", category="B"), period("2023", "2024"))
    notes = notes_of(figure)
    assert (notes["Project"]["y"], notes["B"]["y"]) == (3, 3 + 16 + 3 + 9 + 2)
    assert notes["B"]["font"] == {"size": 13, "color": TEXT}
    bars = traces(figure, type="bar")
    assert [(bar["y"], bar["width"]) for bar in bars] == [([26.5], 9), ([26.5], 9), ([56.5], 9)]
    (rule,) = traces(figure, name="rule")
    assert (rule["x"], rule["y"]) == (["2020-01-01", "2024-12-31"], [32, 32])
    assert rule["line"] == {"color": GRID, "width": 1}
    assert style_of(rule, "showlegend", "hoverinfo", "mode") == [False, "skip", "lines"]
    assert figure["layout"]["height"] == 63 + 46
    assert figure["layout"]["yaxis"]["range"] == [63, 0]
    assert figure["layout"]["margin"]["b"] == 40 and figure["layout"]["margin"]["r"] == 16
    assert style_of(figure["layout"]["xaxis"], "type", "nticks", "side", "ticks") == ["date", 9, "bottom", "outside"]


def test_a_bar_of_a_schedule_covers_its_days() -> None:
    (bar,) = traces(schedule(period("2020-02", "2020-04")), type="bar")
    assert (bar["base"], bar["x"]) == (["2020-02-01"], [90 * DAY])
    assert bar["marker"] == {"color": SOFT}
    assert bar["hovertext"] == ["Project<br>actual or stated · February 2020 to April 2020"]


def test_planned_work_is_a_thicker_outline_over_the_bar_and_a_suggestion_a_thinner_one() -> None:
    figure = schedule(
        period("2020", "2021", mark="tentative"), period("2020", "2021", mark="planned"), period("2020", "2021")
    )
    bars = traces(figure, type="bar")
    assert [(bar["name"], bar["width"]) for bar in bars] == [("actual", 9), ("planned", 12), ("tentative", 7)]
    assert (
        bars[1]["marker"]
        == bars[2]["marker"]
        == {
            "color": fade(SOFT, 0.12),
            "line": {"color": TEXT, "width": 1.5},
        }
    )
    assert [bar["name"] for bar in traces(schedule(period("2020", "2021", mark="")), type="bar")] == ["period"]


@pytest.mark.parametrize(
    ("mark", "symbol"), [("actual", "diamond"), ("planned", "diamond-open"), ("tentative", "diamond-open")]
)
def test_a_short_term_is_a_diamond_hollow_while_it_is_planned(mark: str, symbol: str) -> None:
    figure = schedule(period("2020-03-01", "2020-03-09", mark=mark), period("2021-03-01", None, mark=mark))
    (signs,) = traces(figure, name="days")
    assert (signs["x"], signs["y"]) == (["2020-03-01", "2021-03-01"], [26.5, 26.5])
    assert signs["marker"] == {"symbol": symbol, "size": 11, "color": SOFT}
    assert signs["cliponaxis"] is False


def test_numbered_days_are_discs_on_three_lines() -> None:
    rows = [period(f"202{number}-03-01", None, label=str(number)) for number in range(5)]
    figure = schedule(*rows)
    (discs,) = traces(figure, name="discs")
    assert discs["text"] == ["0", "1", "2", "3", "4"]
    top = 3 + 16 + 5
    assert discs["y"] == [top + 12, top + 36, top + 60, top + 12, top + 36]
    assert discs["marker"] == {"symbol": "circle", "size": 24, "color": ACCENT}
    assert discs["textfont"] == {"size": 12, "color": WHITE}
    assert discs["textposition"] == ["middle center"] * 5
    assert discs["cliponaxis"] is False
    assert figure["layout"]["yaxis"]["range"] == [top + 72 + 4 + 2, 0]
    assert traces(figure, name="days") == [] and traces(figure, type="bar") == []


def test_fewer_discs_take_fewer_lines() -> None:
    one, two = (
        schedule(*[period(f"202{number}-03-01", None, label="x") for number in range(count)]) for count in (1, 2)
    )
    assert one["layout"]["yaxis"]["range"] == [24 + 24 + 6, 0]
    assert two["layout"]["yaxis"]["range"] == [24 + 48 + 6, 0]


def test_a_name_without_a_date_keeps_its_row_and_one_without_any_has_no_rules() -> None:
    figure = schedule(period(None, None), period(None, None, category="B"))
    assert set(notes_of(figure)) == {"Project", "B"}
    assert figure["data"] == []
    assert figure["layout"]["yaxis"]["range"] == [63, 0]


def test_one_end_of_a_term_stands_for_both() -> None:
    figure = schedule(period(None, "2021"), period("2019", None, category="B"))
    assert [(bar["base"], bar["x"]) for bar in traces(figure, type="bar")] == [
        (["2021-01-01"], [365 * DAY]),
        (["2019-01-01"], [365 * DAY]),
    ]
