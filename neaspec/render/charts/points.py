"""Charts of figures over time: points with ranges, and lines."""

from collections.abc import Sequence
from typing import Any

from neaspec.palette import Style, fade
from neaspec.render.charts.labels import ARROW_SHARE, LABELLED_POINTS, value_labels
from neaspec.render.charts.layout import (
    ABSENT,
    HOLLOW,
    OPEN,
    Drawing,
    Figure,
    Trace,
    annotation,
    hover,
    safe,
    series_styles,
)
from neaspec.render.charts.time_axis import axis_top, label_series, last_height, mark_events, time_layout, time_rows


def ranges(drawing: Drawing) -> Figure:
    """Draw points with low to high bars; only joined rows of one series share a line."""
    rows = time_rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    top = axis_top(rows)
    layout = time_layout(drawing, rows, top)
    data: list[Trace] = []
    for name in names:
        own = [row for row in rows if row["series"] == name]
        data += _joined_lines(own, styles[name])
        data += _range_traces(drawing, own, styles[name])
    if len(rows) <= LABELLED_POINTS:
        layout["annotations"] += value_labels(drawing, rows, top)
    for row in rows:
        layout["annotations"] += _mark_notes(drawing, row, styles[row["series"]], top)
    mark_events(drawing, layout)
    if len(names) > 1:
        ends = [last_height(rows, name) for name in names]
        label_series(drawing, layout, names, styles, ends, top)
    return {"data": data, "layout": layout}


def lines(drawing: Drawing) -> Figure:
    """Draw one line per series."""
    rows = time_rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    top = axis_top(rows)
    layout = time_layout(drawing, rows, top)
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
        label_series(drawing, layout, names, styles, [last_height(rows, name) for name in names], top)
    return {"data": data, "layout": layout}


def _hover(drawing: Drawing, row: dict[str, Any]) -> str:
    figure = drawing.marked_value(row["y"], row["low"], row["high"], row["mark"])
    if row["y"] is not None and (row["low"] is not None or row["high"] is not None):
        figure += f" ({drawing.words.range(row['low'], row['high'])})"
    when = f"{row['x']:g}" if isinstance(row["x"], int | float) else str(row["x"])
    mark = drawing.mark_words(row["mark"]) if row["mark"] not in ABSENT | OPEN | {"about"} else ""
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


def _range_traces(drawing: Drawing, rows: Sequence[dict[str, Any]], style: Style) -> list[Trace]:
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
    return data


def _mark_notes(drawing: Drawing, row: dict[str, Any], style: Style, top: float) -> list[dict[str, Any]]:
    """Draw what is no plain figure: open upwards, not surveyed, not reported."""
    mark, soft = row["mark"], drawing.colour("text_soft")
    if mark in ABSENT:
        sign = "✕" if mark == "not_surveyed" else "–"
        text = safe(f"{sign} {drawing.mark_words(mark)}")
        return [
            annotation(
                row["x"], 0, text, textangle=-90, yanchor="bottom", font={"size": drawing.size.small, "color": soft}
            )
        ]
    if mark in OPEN and row["y"] is not None:
        arrow = {
            "x": row["x"],
            "ax": row["x"],
            "y": row["y"] + top * ARROW_SHARE,
            "ay": row["y"],
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 2,
            "arrowcolor": style.colour,
        }
        return [arrow]
    return []
