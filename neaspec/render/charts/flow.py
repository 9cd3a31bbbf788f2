"""Charts of time: timelines of periods."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from neaspec.render.charts.layout import (
    Drawing,
    Figure,
    Trace,
    axis_title,
    hatch,
    hover,
    lane_layout,
    row_label,
    safe,
    soft_fill,
    wrapped,
)

BAR = 14
MILLISECONDS = 86_400_000
LONGEST_POINT = 92  # days; what is longer is a bar, or the tick of a year


def timeline(drawing: Drawing) -> Figure:
    """Draw periods from partial dates: planned hollow and hatched, actual solid, tentative with a dashed outline."""
    rows = _periods(drawing)
    if drawing.has("told"):
        return _ticks(drawing, rows)
    data: list[Trace] = []
    labels: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    top, previous, size = 4.0, None, drawing.size
    for row in rows:
        if row["category"] != previous:
            lines = wrapped(row["category"], size.row_characters)
            top += 10 if previous is not None else 0
            labels.append(row_label(top, lines, drawing.colour("text"), size.text, is_bold=True))
            top += len(lines) * size.line + 6
            previous = row["category"]
        lines = wrapped(row["words"], size.row_characters + 8)
        labels.append(row_label(top, lines, drawing.colour("text_soft"), size.small))
        top += len(lines) * (size.line - 1) + size.name_gap - 2
        middle = top + BAR / 2
        data.append(_period(drawing, row, middle))
        if row["mark"] == "tentative" and row["start"] != row["end"]:
            shapes.append(_dashed(row, middle, data[-1]["meta"]))
        top += BAR + 8
    layout = lane_layout(drawing, top)
    layout["xaxis"] |= {"type": "date", "side": "bottom", "nticks": 8, "ticks": "outside", "hoverformat": "%Y"}
    layout["xaxis"]["title"]["text"] = axis_title(drawing.chart.value_title)
    layout |= {"annotations": labels, "shapes": shapes, "barmode": "overlay"}
    return {"data": data, "layout": layout}


def _ticks(drawing: Drawing, rows: Sequence[dict[str, Any]]) -> Figure:
    """Draw one lane a category on one axis: what has a day or month as its sign, a year alone as a tick in its middle.

    A period of several years is a bar from its first to its last day.
    """
    size = drawing.size
    lane = size.line + BAR + 16
    lanes = {name: number for number, name in enumerate(dict.fromkeys(row["category"] for row in rows))}
    labels = [
        row_label(number * lane + 4, wrapped(name, size.row_characters), drawing.colour("text"), size.text)
        for name, number in lanes.items()
    ]
    data = [_tick(drawing, row, lanes[row["category"]] * lane + size.line + 8 + BAR / 2) for row in rows]
    layout = lane_layout(drawing, len(lanes) * lane + 4)
    layout["xaxis"] |= {"type": "date", "side": "bottom", "nticks": 12, "ticks": "outside", "hoverformat": "%Y"}
    layout["xaxis"]["title"]["text"] = axis_title(drawing.chart.value_title)
    return {"data": data, "layout": layout | {"annotations": labels, "barmode": "overlay"}}


def _tick(drawing: Drawing, row: dict[str, Any], middle: float) -> Trace:
    days = (row["end"] - row["start"]).days + 1
    style = drawing.palette.group("species", row["species"])
    if days > LONGEST_POINT and not row["is_point"]:
        return _period(drawing, row, middle)
    is_year = days > LONGEST_POINT
    at = row["start"] + timedelta(days=days // 2)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at.isoformat()],
        "y": [middle],
        "cliponaxis": False,
        "marker": {
            "symbol": "line-ns-open" if is_year else style.marker,
            "size": BAR + 2 if is_year else 11,
            "color": style.colour,
            "line": {"width": 3 if is_year else 1, "color": style.colour if is_year else drawing.colour("background")},
        },
        "hoverinfo": "text",
        "hovertext": [hover(row["told"] or row["category"], row["words"])],
    }


def first_day(text: str) -> date:
    """Return the first day of a year, month or day."""
    year, month, day = ([int(part) for part in text[:10].split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """Return the last day of a year, month or day."""
    parts = [int(part) for part in text[:10].split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])


def _periods(drawing: Drawing) -> list[dict[str, Any]]:
    rows = []
    roles = ("category", "part", "label", "species", "mark", "start", "end", "told")
    for category, part, label, species, mark, start, end, tooltip in zip(*map(drawing.texts, roles), strict=True):
        if not start and not end:
            continue
        words = drawing.words.period(start or None, end or None)
        details = [label or part, drawing.mark_words(mark), words]
        rows.append(
            {
                "category": category,
                "species": species,
                "mark": mark,
                "told": tooltip,
                "is_point": not (start and end) or start == end,
                "start": first_day(start or end),
                "end": last_day(end or start),
                "words": " · ".join(text for text in details if text),
            }
        )
    order = list(dict.fromkeys(row["category"] for row in rows))
    return sorted(rows, key=lambda row: order.index(row["category"]))


def _period(drawing: Drawing, row: dict[str, Any], middle: float) -> Trace:
    palette = drawing.palette
    style = palette.group("species", row["species"]) if row["species"] else palette.series(0)
    is_hollow = row["mark"] in ("planned", "tentative")
    days = (row["end"] - row["start"]).days + 1
    if row["is_point"] and days <= 31:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [row["start"].isoformat()],
            "y": [middle],
            "cliponaxis": False,
            "marker": {
                "symbol": style.marker + ("-open" if is_hollow else ""),
                "size": 12,
                "color": style.colour,
                "line": {"width": 2, "color": style.colour},
            },
            "hoverinfo": "text",
            "hovertext": [hover(row["category"], row["words"])],
        }
    marker: dict[str, Any] = {"color": style.colour}
    if row["mark"] == "planned":
        marker["line"] = {"color": style.colour, "width": 2}
        marker["pattern"] = hatch(style.colour, drawing.colour("background"))
    elif row["mark"] == "tentative":
        marker = {"color": soft_fill(style.colour)}
    return {
        "type": "bar",
        "orientation": "h",
        "base": [row["start"].isoformat()],
        "x": [days * MILLISECONDS],
        "y": [middle],
        "width": BAR,
        "marker": marker,
        "hoverinfo": "text",
        "hovertext": [hover(row["category"], row["words"])],
        "name": safe(row["mark"] or "period"),
        "meta": style.colour,
    }


def _dashed(row: dict[str, Any], middle: float, colour: str) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": row["start"].isoformat(),
        "x1": (row["end"] + timedelta(days=1)).isoformat(),
        "y0": middle - BAR / 2,
        "y1": middle + BAR / 2,
        "line": {"dash": "dash", "width": 2, "color": colour},
    }
