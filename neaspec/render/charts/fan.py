"""Fans: possible courses over years as a middle line, with bands for the middle half and for 95 of 100."""

from collections.abc import Sequence
from typing import Any

from neaspec.palette import fade
from neaspec.render.charts.layout import Drawing, Figure, Trace, hover, safe, series_styles
from neaspec.render.charts.time_axis import label_series, time_layout, time_rows

BANDS = (("low", "high", 0.15), ("low50", "high50", 0.35))  # outer first; how strong their colour is
UNSEEN = "rgba(0,0,0,0)"


def fan(drawing: Drawing) -> Figure:
    """Draw the bands of each series, then the middle lines over all of them."""
    rows = _rows(drawing)
    names = list(dict.fromkeys(row["series"] for row in rows))
    styles = series_styles(drawing, names)
    top = max((row["high"] or 0.0 for row in rows), default=1.0) * 1.05 or 1.0
    layout = time_layout(drawing, rows, top)
    of_names = {name: [row for row in rows if row["series"] == name] for name in names}
    data: list[Trace] = []
    for number, (name, own) in enumerate(of_names.items()):
        for low, high, strength in BANDS:
            data += _band(number, own, (low, high), fade(styles[name].colour, strength))
    for name, own in of_names.items():
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": safe(name),
                "x": [row["x"] for row in own],
                "y": [row["y"] for row in own],
                "line": {"color": styles[name].colour, "width": 3},
                "hoverinfo": "text",
                "hovertext": [_hover(drawing, row) for row in own],
            }
        )
    label_series(drawing, layout, names, styles, [of_names[name][-1]["y"] or 0.0 for name in names], top)
    return {"data": data, "layout": layout}


def _rows(drawing: Drawing) -> list[dict[str, Any]]:
    inner = zip(drawing.numbers("low50"), drawing.numbers("high50"), strict=True)
    return [row | {"low50": low, "high50": high} for row, (low, high) in zip(time_rows(drawing), inner, strict=True)]


def _band(number: int, rows: Sequence[dict[str, Any]], ends: tuple[str, str], colour: str) -> list[Trace]:
    """Draw what lies between two ends: an unseen area up to the lower one, and on it the band."""
    low, high = ends
    shared = {
        "type": "scatter",
        "mode": "lines",
        "stackgroup": f"{number} {low}",
        "x": [row["x"] for row in rows],
        "hoverinfo": "skip",
        "line": {"color": UNSEEN, "width": 0},
        "showlegend": False,
    }
    floor = [row[low] or 0.0 for row in rows]
    above = [(row[high] or 0.0) - under for row, under in zip(rows, floor, strict=True)]
    return [
        shared | {"name": "below", "y": floor, "fillcolor": UNSEEN},
        shared | {"name": "band", "y": above, "fillcolor": colour},
    ]


def _hover(drawing: Drawing, row: dict[str, Any]) -> str:
    number = drawing.words.number
    half = drawing.words("common.fan_half", low=number(row["low50"], 0), high=number(row["high50"], 0))
    most = drawing.words("common.fan_most", low=number(row["low"], 0), high=number(row["high"], 0))
    return hover(row["series"], drawing.words.labelled(f"{row['x']:g}", number(row["y"], 0)), half, most)
