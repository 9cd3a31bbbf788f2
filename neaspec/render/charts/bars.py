"""Charts with one row per name: bars, stacked bars, pairs. The name stands above its row, so that a phone shows it."""

from collections.abc import Sequence
from typing import Any

from neaspec.palette import contrast
from neaspec.render.charts.layout import (
    ABSENT,
    HOLLOW,
    OPEN,
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

SHORT_LABEL = 16


def bars(drawing: Drawing) -> Figure:
    """Draw horizontal bars from zero; what was not surveyed or not reported is named instead of a bar."""
    rows = _bar_rows(drawing)
    top = _top([row[role] for row in rows for role in ("value", "high")])
    lanes, layout = _lanes(drawing, [row["title"] for row in rows], [row["mark"] in ABSENT for row in rows])
    data = [_bar(drawing, row, lane, top) for row, lane in zip(rows, lanes, strict=True)]
    data += [
        _whisker(drawing, row, lane)
        for row, lane in zip(rows, lanes, strict=True)
        if row["low"] is not None and row["high"] is not None
    ]
    _value_axis(drawing, layout, top)
    return {"data": data, "layout": layout}


def stacked_bars(drawing: Drawing) -> Figure:
    """Draw the parts of each whole side by side; what is not itemised is hatched."""
    categories, parts = drawing.texts("category"), drawing.texts("part")
    values, marks, labels = drawing.numbers("value"), drawing.texts("mark"), drawing.texts("label")
    names, kinds = list(dict.fromkeys(categories)), list(dict.fromkeys(parts))
    totals = dict.fromkeys(names, 0.0)
    for name, value in zip(categories, values, strict=True):
        totals[name] += value or 0.0
    top = _top(list(totals.values()))
    lanes, layout = _lanes(drawing, names)
    lane_of = dict(zip(names, lanes, strict=True))
    data: list[Trace] = []
    number = 0
    for kind in kinds:
        rows = [index for index, part in enumerate(parts) if part == kind]
        is_rest = kind == "not_itemised" or any(marks[index] == "not_itemised" for index in rows)
        colour = drawing.colour("text_soft") if is_rest else drawing.palette.series(number).colour
        number += not is_rest
        title = drawing.words.term("mark", kind) if kind == "not_itemised" else kind
        written = [labels[index] or drawing.words.number(values[index]) for index in rows]
        trace = _part(drawing, title, colour, is_rest)
        trace["y"] = [lane_of[categories[index]] for index in rows]
        trace["x"] = [values[index] for index in rows]
        trace["text"] = [
            safe(text) if (values[index] or 0) > top * 0.02 * (len(text) + 1.3) and not is_rest else ""
            for index, text in zip(rows, written, strict=True)
        ]
        trace["hovertext"] = [
            hover(categories[index], f"{title}: {text}") for index, text in zip(rows, written, strict=True)
        ]
        data.append(trace)
    _value_axis(drawing, layout, top)
    layout |= {
        "barmode": "stack",
        "showlegend": True,
        "height": layout["height"] + (drawing.size.line + 8) * len(kinds),
    }
    layout["legend"]["traceorder"] = "normal"
    return {"data": data, "layout": layout}


def _part(drawing: Drawing, title: str, colour: str, is_rest: bool) -> Trace:
    """Return the bars of one part without their figures."""
    marker: dict[str, Any] = {"color": colour, "line": {"color": drawing.colour("background"), "width": 1}}
    if is_rest:
        marker["pattern"] = hatch(colour, drawing.colour("background"))
    return {
        "type": "bar",
        "orientation": "h",
        "name": "<br>".join(wrapped(title, 40)),
        "width": drawing.size.bar + 6,
        "marker": marker,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "insidetextfont": {"size": drawing.size.small, "color": _on(colour)},
        "hoverinfo": "text",
    }


def pairs(drawing: Drawing) -> Figure:
    """Draw two figures about one thing as two shapes on one row, joined."""
    names = drawing.texts("category")
    first, second = drawing.numbers("first"), drawing.numbers("second")
    top = _top([*first, *second])
    lanes, layout = _lanes(drawing, names)
    data: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [first_value, other],
            "y": [lane, lane],
            "hoverinfo": "skip",
            "showlegend": False,
            "line": {"color": drawing.colour("line"), "width": 4},
        }
        for first_value, other, lane in zip(first, second, lanes, strict=True)
        if first_value is not None and other is not None
    ]
    data += [_shapes(drawing, role, lanes, top) for role in ("first", "second")]
    for index, lane in enumerate(lanes):
        if first[index] is None and second[index] is None:
            words = safe(drawing.words.term("mark", "not_reported"))
            layout["annotations"].append(
                row_label(lane - 8, [f"– {words}"], drawing.colour("text_soft"), drawing.size.small)
            )
    _value_axis(drawing, layout, top)
    layout |= {"showlegend": True, "height": layout["height"] + 2 * (drawing.size.line + 8)}
    return {"data": data, "layout": layout}


def _shapes(drawing: Drawing, role: str, lanes: Sequence[float], top: float) -> Trace:
    """Draw the first or the second figure of every pair."""
    names, labels = drawing.texts("category"), drawing.texts("label")
    own, against = drawing.numbers(role), drawing.numbers("second" if role == "first" else "first")
    style = drawing.palette.series(0 if role == "first" else 1)
    title = _column_label(drawing, role)
    shown = [index for index, value in enumerate(own) if value is not None]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "<br>".join(wrapped(title, 40)),
        "x": [own[index] for index in shown],
        "y": [lanes[index] for index in shown],
        "cliponaxis": False,
        "marker": {
            "symbol": f"{style.marker}{'-open' if role == 'first' else ''}",
            "size": 12,
            "color": style.colour,
            "line": {"width": 2.5, "color": style.colour},
        },
        "text": [
            "" if role == "second" and own[index] == against[index] else safe(drawing.words.number(own[index]))
            for index in shown
        ],
        "textposition": [_text_side(own[index], against[index], top) for index in shown],
        "textfont": {"size": drawing.size.small, "color": drawing.colour("text")},
        "hoverinfo": "text",
        "hovertext": [
            hover(names[index], f"{title}: {drawing.words.number(own[index])}", labels[index]) for index in shown
        ],
    }


def _bar_rows(drawing: Drawing) -> list[dict[str, Any]]:
    rows = []
    columns = [drawing.texts("category"), drawing.texts("mark"), drawing.texts("label"), drawing.texts("species")]
    figures = [drawing.numbers("value"), drawing.numbers("low"), drawing.numbers("high")]
    for category, mark, label, species, value, low, high in zip(*columns, *figures, strict=True):
        written = label or drawing.marked_value(value, low, high, mark)
        is_short = len(written) <= SHORT_LABEL and mark not in ABSENT and low is None and high is None
        rows.append(
            {
                "category": category,
                "mark": mark,
                "species": species,
                "value": value,
                "low": low,
                "high": high,
                "written": written,
                "beside": written if is_short else "",
                "title": category if is_short else f"{category}: {written}",
            }
        )
    return rows


def _bar(drawing: Drawing, row: dict[str, Any], lane: float, top: float) -> Trace:
    palette = drawing.palette
    colour = palette.group("species", row["species"]).colour if row["species"] else palette.series(0).colour
    marker: dict[str, Any] = {"color": colour}
    if row["mark"] == "not_itemised":
        marker["pattern"] = hatch(drawing.colour("text_soft"), drawing.colour("background"))
    elif row["mark"] in HOLLOW:
        marker = {"color": soft_fill(colour), "line": {"color": colour, "width": 2}}
    is_inside = (row["value"] or 0) > top * 0.6 and row["mark"] not in HOLLOW | {"not_itemised"}
    is_open = row["mark"] in OPEN
    value = 0 if row["mark"] in ABSENT or row["value"] is None else row["value"]
    return {
        "type": "bar",
        "orientation": "h",
        "name": safe(row["category"]),
        "width": drawing.size.bar,
        "y": [lane],
        "x": [value],
        "marker": marker,
        "text": [safe(row["beside"]) + (" →" if is_open and row["beside"] else "")],
        "textposition": "inside" if is_inside else "outside",
        "insidetextanchor": "end",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "insidetextfont": {"size": drawing.size.small, "color": _on(colour)},
        "outsidetextfont": {"size": drawing.size.small, "color": drawing.colour("text")},
        "hoverinfo": "text",
        "hovertext": [hover(row["category"], row["written"], drawing.mark_words(row["mark"]))],
    }


def _whisker(drawing: Drawing, row: dict[str, Any], lane: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "range",
        "x": [row["low"], row["high"]],
        "y": [lane, lane],
        "line": {"color": drawing.colour("text"), "width": 2},
        "marker": {"symbol": "line-ns-open", "size": 12, "color": drawing.colour("text"), "line": {"width": 2}},
        "hoverinfo": "text",
        "hovertext": [hover(row["category"], drawing.words.range(row["low"], row["high"]))] * 2,
    }


def _lanes(
    drawing: Drawing, titles: Sequence[str], is_flat: Sequence[bool] | None = None
) -> tuple[list[float], dict[str, Any]]:
    """Place one row after another; return the middle of each bar, and the layout with the names above the bars.

    is_flat: rows that have no bar, only a name.
    """
    lanes, labels, top, size = [], [], 4.0, drawing.size
    for number, title in enumerate(titles):
        lines = wrapped(title, size.row_characters)
        labels.append(row_label(top, lines, drawing.colour("text"), size.text))
        top += len(lines) * size.line + size.name_gap
        lanes.append(top + size.bar / 2)
        top += size.row_gap if is_flat and is_flat[number] else size.bar + size.row_gap
    layout = lane_layout(drawing, top)
    layout["annotations"] = labels
    return lanes, layout


def _value_axis(drawing: Drawing, layout: dict[str, Any], top: float) -> None:
    layout["xaxis"]["title"]["text"] = axis_title(drawing.chart.value_title)
    layout["xaxis"] |= {
        "range": [0, top],
        "zeroline": True,
        "zerolinewidth": 1.5,
        "tickformat": ",~f",
        "nticks": 6,
        "zerolinecolor": drawing.colour("text_soft"),
    }


def _top(values: Sequence[float | None]) -> float:
    return max((value for value in values if value is not None), default=1.0) * 1.12 or 1.0


def _text_side(own: float | None, against: float | None, top: float) -> str:
    """Write a figure on the side that is free; at the edges below its shape, for the name stands above it."""
    value = own or 0.0
    if against is None or own == against:
        return "middle right" if value < top * 0.8 else "middle left"
    is_right = value > against
    if is_right:
        return "middle right" if value < top * 0.85 else "bottom center"
    return "middle left" if value > top * 0.15 else "bottom center"


def _column_label(drawing: Drawing, role: str) -> str:
    name = drawing.chart.roles[role]
    return next((column.label for column in drawing.chart.table.columns if column.name == name), name)


def _on(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour."""
    return max(("#FFFFFF", "#11161C"), key=lambda text: contrast(text, colour))
