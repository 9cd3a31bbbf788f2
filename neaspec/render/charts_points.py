"""Charts of figures over time: points with ranges, lines, stacked areas."""

from collections.abc import Sequence
from typing import Any

from neaspec.palette import Style, fade
from neaspec.render.charts_parts import (
    ABSENT,
    HOLLOW,
    LINE,
    SIGNS,
    Drawing,
    Figure,
    Trace,
    annotation,
    axis_title,
    house_layout,
    hover,
    safe,
    series_styles,
    spread,
    wrapped,
)

PLOT_HEIGHT = 300
LABEL_CHARACTERS = 17
LABELLED_POINTS = 14


def ranges(drawing: Drawing) -> Figure:
    """Draw points with low to high bars; only joined rows of one series share a line."""
    rows = _rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    top = _top(rows)
    layout = _time_layout(drawing, rows, top)
    data: list[Trace] = []
    for name in names:
        own = [row for row in rows if row["series"] == name]
        data += _joined_lines(own, styles[name])
        data += _range_traces(drawing, own, styles[name], len(rows) <= LABELLED_POINTS)
    for row in rows:
        layout["annotations"] += _mark_notes(drawing, row, styles[row["series"]], top)
    if len(names) > 1:
        ends = [_last_height(rows, name) for name in names]
        _label_series(drawing, layout, names, styles, ends, top)
    return {"data": data, "layout": layout}


def lines(drawing: Drawing) -> Figure:
    """Draw one line per series."""
    rows = _rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    top = _top(rows)
    layout = _time_layout(drawing, rows, top)
    data = []
    for name in names:
        own = sorted((row for row in rows if row["series"] == name), key=lambda row: row["x"])
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": safe(name),
                "connectgaps": False,
                "x": [row["x"] for row in own],
                "y": [row["y"] for row in own],
                "line": {"color": styles[name].colour, "width": 2},
                "marker": {"color": styles[name].colour, "symbol": styles[name].marker, "size": 8},
                "hoverinfo": "text",
                "hovertext": [_hover(drawing, row) for row in own],
            }
        )
    if len(names) > 1:
        _label_series(drawing, layout, names, styles, [_last_height(rows, name) for name in names], top)
    return {"data": data, "layout": layout}


def stacked_areas(drawing: Drawing) -> Figure:
    """Draw parts of a whole over time; years without figures stay empty, nothing is drawn across them."""
    rows = _rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    years = sorted({row["x"] for row in rows})
    values = {(row["x"], row["series"]): row["y"] or 0.0 for row in rows}
    top = max((sum(values.get((year, name), 0.0) for name in names) for year in years), default=1.0) or 1.0
    layout = _time_layout(drawing, rows, top * 1.05)
    data: list[Trace] = []
    for number, run in enumerate(_runs(years)):
        for name in names:
            own = [values.get((year, name), 0.0) for year in run]
            alone = len(run) == 1
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": safe(name),
                    "stackgroup": f"run {number}",
                    "x": [run[0] - 0.3, run[0] + 0.3] if alone else run,
                    "y": own * 2 if alone else own,
                    "line": {"color": drawing.colour("background"), "width": 1},
                    "fillcolor": fade(styles[name].colour, 0.82),
                    "hoverinfo": "text",
                    "hovertext": [
                        hover(name, f"{year:g}: {drawing.words.number(value)}")
                        for year, value in zip(run * 2 if alone else run, own * 2 if alone else own, strict=True)
                    ],
                }
            )
    ends, height = [], 0.0
    for name in names:
        part = values.get((years[-1], name), 0.0) if years else 0.0
        ends.append(height + part / 2)
        height += part
    _label_series(drawing, layout, names, styles, ends, top * 1.05, sign="■")
    return {"data": data, "layout": layout}


def _rows(drawing: Drawing) -> list[dict[str, Any]]:
    columns = {role: drawing.numbers(role) for role in ("y", "low", "high")}
    marks, labels, joined = drawing.texts("mark"), drawing.texts("label"), drawing.column("joined")
    return [
        {
            "x": x,
            "series": series,
            "y": columns["y"][number],
            "low": columns["low"][number],
            "high": columns["high"][number],
            "mark": marks[number],
            "label": labels[number],
            "joined": bool(joined[number]),
        }
        for number, (x, series) in enumerate(zip(drawing.column("x"), drawing.texts("series"), strict=True))
    ]


def _top(rows: Sequence[dict[str, Any]]) -> float:
    values = [row[role] for row in rows for role in ("y", "low", "high") if row[role] is not None]
    return max(values, default=1.0) * 1.15 or 1.0


def _runs(years: Sequence[float]) -> list[list[float]]:
    """Split years into runs without a gap."""
    runs: list[list[float]] = []
    for year in years:
        if runs and year - runs[-1][-1] <= 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _time_layout(drawing: Drawing, rows: Sequence[dict[str, Any]], top: float) -> dict[str, Any]:
    layout = house_layout(drawing, PLOT_HEIGHT + 90)
    layout["xaxis"]["title"]["text"] = axis_title(drawing.chart.category_title)
    layout["yaxis"]["title"]["text"] = axis_title(drawing.chart.value_title, 36)
    layout["yaxis"] |= {"range": [0, top], "rangemode": "tozero", "zeroline": True, "tickformat": ",~f", "nticks": 6}
    layout["xaxis"] |= {"showgrid": False, "showline": True, "ticks": "outside", "nticks": 8}
    years = [row["x"] for row in rows if isinstance(row["x"], int | float)]
    if years and len(years) == len(rows):
        first, last = min(years), max(years)
        margin = max((last - first) * 0.06, 0.6)
        layout["xaxis"] |= {"range": [first - margin, last + margin], "tickformat": "d"}
        if last - first <= 7:
            layout["xaxis"] |= {"dtick": 1, "tick0": first}
    else:
        layout["xaxis"] |= {"type": "category"}
    layout["margin"] |= {"t": 16, "b": 56}
    return layout


def _hover(drawing: Drawing, row: dict[str, Any]) -> str:
    figure = drawing.figure_words(row["y"], row["low"], row["high"], row["mark"])
    if row["y"] is not None and (row["low"] is not None or row["high"] is not None):
        figure += f" ({drawing.words.range(row['low'], row['high'])})"
    when = f"{row['x']:g}" if isinstance(row["x"], int | float) else str(row["x"])
    mark = drawing.mark_words(row["mark"]) if row["mark"] not in ABSENT | {"at_least", "about"} else ""
    return hover(row["series"], f"{when}: {figure}", mark, row["label"])


def _joined_lines(rows: Sequence[dict[str, Any]], style: Style) -> list[Trace]:
    points = sorted((row for row in rows if row["joined"] and row["y"] is not None), key=lambda row: row["x"])
    if len(points) < 2:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "joined",
            "hoverinfo": "skip",
            "x": [row["x"] for row in points],
            "y": [row["y"] for row in points],
            "line": {"color": style.colour, "width": 2},
        }
    ]


def _range_traces(drawing: Drawing, rows: Sequence[dict[str, Any]], style: Style, is_labelled: bool) -> list[Trace]:
    """Draw the bars of all rows that have a range, and the points of all that have a figure."""
    data: list[Trace] = []
    for row in rows:
        if row["low"] is not None and row["high"] is not None and row["mark"] not in ABSENT:
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": "range",
                    "x": [row["x"]] * 2,
                    "y": [row["low"], row["high"]],
                    "line": {"color": fade(style.colour, 0.75), "width": 5},
                    "marker": {"symbol": "line-ew-open", "size": 12, "color": style.colour, "line": {"width": 2}},
                    "hoverinfo": "text",
                    "hovertext": [_hover(drawing, row)] * 2,
                }
            )
    points = [row for row in rows if row["y"] is not None and row["mark"] not in ABSENT]
    if points:
        symbols = [style.marker + ("-open" if row["mark"] in HOLLOW else "") for row in points]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": safe(rows[0]["series"]),
                "x": [row["x"] for row in points],
                "y": [row["y"] for row in points],
                "cliponaxis": False,
                "marker": {
                    "symbol": symbols,
                    "size": 11,
                    "color": style.colour,
                    "line": {"width": 2, "color": style.colour},
                },
                "hoverinfo": "text",
                "hovertext": [_hover(drawing, row) for row in points],
            }
        )
    if is_labelled:
        data += _value_labels(drawing, rows)
    return data


def _value_labels(drawing: Drawing, rows: Sequence[dict[str, Any]]) -> list[Trace]:
    shown = [row for row in rows if row["mark"] not in ABSENT and (row["y"] is not None or row["high"] is not None)]
    if not shown:
        return []
    return [
        {
            "type": "scatter",
            "mode": "text",
            "name": "labels",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "x": [row["x"] for row in shown],
            "y": [max(row[role] for role in ("y", "high") if row[role] is not None) for row in shown],
            "text": [
                safe(
                    drawing.figure_words(
                        row["y"], row["low"], row["high"], "" if row["mark"] == "at_least" else row["mark"]
                    )
                )
                if not row["mark"] == "at_least"
                else ""
                for row in shown
            ],
            "textposition": "top center",
            "textfont": {"size": 13, "color": drawing.colour("text")},
        }
    ]


def _mark_notes(drawing: Drawing, row: dict[str, Any], style: Style, top: float) -> list[dict[str, Any]]:
    """Draw what is no plain figure: open upwards, not surveyed, not reported."""
    mark, soft = row["mark"], drawing.colour("text_soft")
    if mark in ABSENT:
        sign = "✕" if mark == "not_surveyed" else "–"
        text = safe(f"{sign} {drawing.mark_words(mark)}")
        return [annotation(row["x"], 0, text, textangle=-90, yanchor="bottom", font={"size": 13, "color": soft})]
    if mark == "at_least" and row["y"] is not None:
        arrow = {
            "x": row["x"],
            "ax": row["x"],
            "y": row["y"] + top * 0.09,
            "ay": row["y"],
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 2,
            "arrowcolor": style.colour,
        }
        words = safe(drawing.figure_words(row["y"], None, None, mark))
        label = annotation(row["x"], row["y"] + top * 0.09, words, yanchor="bottom", font={"size": 13})
        return [arrow, label]
    return []


def _last_height(rows: Sequence[dict[str, Any]], name: str) -> float:
    own = [row for row in rows if row["series"] == name and (row["y"] is not None or row["low"] is not None)]
    if not own:
        return 0.0
    last = max(own, key=lambda row: row["x"])
    return float(last["y"] if last["y"] is not None else last["low"])


def _label_series(
    drawing: Drawing,
    layout: dict[str, Any],
    names: Sequence[str],
    styles: dict[str, Style],
    ends: Sequence[float],
    top: float,
    sign: str = "",
) -> None:
    """Write the name of each series at the right edge, near its last figure, none covering another."""
    texts = ["<br>".join(wrapped(f"{sign or SIGNS[styles[name].marker]} {name}", LABEL_CHARACTERS)) for name in names]
    heights = [(text.count("<br>") + 1) * LINE + 3.0 for text in texts]
    room = max(PLOT_HEIGHT, sum(heights))
    layout["height"] = round(layout["height"] - PLOT_HEIGHT + room)
    centres = spread([end / top * room for end in ends], heights, 0, room)
    for name, text, centre in zip(names, texts, centres, strict=True):
        layout["annotations"].append(
            annotation(
                1.01,
                centre / room,
                text,
                xref="paper",
                yref="paper",
                xanchor="left",
                yanchor="middle",
                font={"size": 13, "color": styles[name].colour},
            )
        )
    layout["margin"]["r"] = 118
