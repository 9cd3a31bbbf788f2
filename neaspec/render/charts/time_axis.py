"""What charts over time share: rows, axes, the names of series at the right edge."""

from collections.abc import Sequence
from typing import Any

from neaspec.palette import Style
from neaspec.render.charts.layout import (
    SIGNS,
    Drawing,
    annotation,
    axis_title,
    house_layout,
    safe,
    spread,
    wrapped,
)

AROUND_PLOT = 90  # pixels above and below a plot


def time_rows(drawing: Drawing) -> list[dict[str, Any]]:
    """Return the rows with a name for each role."""
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


def axis_top(rows: Sequence[dict[str, Any]]) -> float:
    """Return where the value axis ends, with room for labels."""
    values = [row[role] for row in rows for role in ("y", "low", "high") if row[role] is not None]
    return max(values, default=1.0) * 1.15 or 1.0


def time_layout(drawing: Drawing, rows: Sequence[dict[str, Any]], top: float) -> dict[str, Any]:
    """Return the layout of a chart over time: values from zero, whole years."""
    layout = house_layout(drawing, drawing.size.plot_height + AROUND_PLOT)
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


def mark_events(drawing: Drawing, layout: dict[str, Any]) -> None:
    """Mark events with a dotted line over the plot and their words above it, each in a line of its own."""
    soft = drawing.colour("text_soft")
    room = len(drawing.chart.events) * drawing.size.line
    layout["margin"]["t"] += room
    layout["height"] += room
    low, high = layout["xaxis"].get("range", (0, 1))
    for number, (at, what) in enumerate(drawing.chart.events):
        is_late = at > (low + high) / 2
        line = {
            "type": "line",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": 1 + (number + 0.5) * drawing.size.line / drawing.size.plot_height,
            "yref": "paper",
            "layer": "below",
        }
        layout["shapes"].append(line | {"line": {"color": soft, "width": 1, "dash": "dot"}})
        font = {"size": drawing.size.small, "color": soft}
        up = 1 + (number + 0.5) * drawing.size.line / drawing.size.plot_height
        side = {"xanchor": "right" if is_late else "left", "yanchor": "middle", "font": font}
        layout["annotations"].append(annotation(at, up, f" {safe(what)} ", yref="paper", **side))


def last_height(rows: Sequence[dict[str, Any]], name: str) -> float:
    """Return the height of the last figure of a series."""
    own = [row for row in rows if row["series"] == name and (row["y"] is not None or row["low"] is not None)]
    if not own:
        return 0.0
    last = max(own, key=lambda row: row["x"])
    return float(last["y"] if last["y"] is not None else last["low"])


def label_series(
    drawing: Drawing,
    layout: dict[str, Any],
    names: Sequence[str],
    styles: dict[str, Style],
    ends: Sequence[float],
    top: float,
    sign: str = "",
) -> None:
    """Write the name of each series at the right edge, near its last figure, none covering another."""
    texts = [
        "<br>".join(wrapped(f"{sign or SIGNS[styles[name].marker]} {name}", drawing.size.name_characters))
        for name in names
    ]
    heights = [(text.count("<br>") + 1) * drawing.size.line + 3.0 for text in texts]
    room = max(drawing.size.plot_height, sum(heights))
    layout["height"] = round(layout["height"] - drawing.size.plot_height + room)
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
                font={"size": drawing.size.small, "color": styles[name].colour},
            )
        )
    layout["margin"]["r"] = drawing.size.names_width
