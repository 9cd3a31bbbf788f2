"""Figures as vector drawings: what render/charts.py makes for the screen, drawn without a browser.

Only the few kinds of traces our charts are made of are known here: horizontal bars, points, lines, stacked areas, with
their labels, shapes and legend. So paper and screen show one drawing; there is no second description of a chart.
"""

from dataclasses import dataclass, field
from typing import Any

from neaspec.errors import OutputError
from neaspec.render.charts.layout import PHONE_SIZES, Figure, Trace
from neaspec.render.pdf.axes import Axis, milliseconds, span_of
from neaspec.render.pdf.parts import part_of, row_windows
from neaspec.render.pdf.svg import CHARACTER, text_block, text_lines
from neaspec.render.pdf.traces import PlotFrame, area, bar, line, points

WIDTH = 880  # pixels; on A4, 170 mm between its margins, type of 13 is then 7 points high
NAME_GAP = 5  # between the line of zero and the names of rows


@dataclass
class _Drawing:
    """The layout of a figure and the pieces drawn so far, from the back to the front."""

    layout: dict[str, Any]
    data: list[Trace]
    width: float
    pieces: list[str] = field(default_factory=list)


def figure_svgs(figure: Figure, highest: float, width: float = WIDTH) -> list[str]:
    """Return a figure as one SVG, or as several parts with the same axis where its rows are higher than `highest`.

    Raises:
        OutputError: if it has a trace no drawing is known for.
    """
    whole = figure_svg(figure, width)
    drawing = _Drawing(figure["layout"], figure["data"], width)
    frame, height = _frame(drawing)
    if height <= highest or drawing.layout["yaxis"].get("visible", True):
        return [whole]
    plot = frame.y.start - frame.y.end
    windows = row_windows(figure, highest - (height - plot))
    if len(windows) < 2:
        return [whole]
    return [figure_svg(part_of(figure, *window), width, frame.x) for window in windows]


def figure_svg(figure: Figure, width: float = WIDTH, across: Axis | None = None) -> str:
    """Return a figure as SVG; `across`: its horizontal axis, where it is given.

    Raises:
        OutputError: if it has a trace no drawing is known for.
    """
    drawing = _Drawing(figure["layout"], figure["data"], width)
    frame, height = _frame(drawing)
    frame = PlotFrame(across, frame.y) if across else frame
    _axes(drawing, frame)
    _traces(drawing, frame)
    for shape in drawing.layout.get("shapes", []):
        drawing.pieces.append(_shape(shape, frame))
    for note in drawing.layout.get("annotations", []):
        drawing.pieces.append(_annotation(note, frame))
    _legend(drawing, frame)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="Noto Sans">{"".join(drawing.pieces)}</svg>'
    )


def _frame(drawing: _Drawing) -> tuple[PlotFrame, float]:
    """Place the plot inside the drawing; return it and the height of the whole."""
    layout = drawing.layout
    margin, across, up = layout["margin"], layout["xaxis"], layout["yaxis"]
    bottom = 6.0
    if across.get("visible", True):
        tick = across["tickfont"]["size"]
        bottom += 11 + tick + (tick + 5) * len(text_lines(_title(across)))
    left = float(margin["l"])
    legend = sum(_legend_heights(drawing))
    top = margin["t"] + legend
    first, last = up["range"]
    if up.get("visible", True):
        kept = sum(1 for trace in drawing.data if trace.get("showlegend", True)) if layout.get("showlegend") else 0
        plot = layout["height"] - 90 - (PHONE_SIZES.line + 8) * kept
        ticks = Axis("linear", first, last, 0, 1).ticks(up.get("nticks", 6))
        tick = up["tickfont"]["size"]
        left += max(len(words) for _, words in ticks) * CHARACTER * tick + 12
        left += (tick + 5) * len(text_lines(_title(up)))
    else:
        plot = abs(first - last)
    right = drawing.width - margin["r"] - (8 if margin["r"] < 50 else 60)
    # The vertical axis of our charts goes up from `first` at the bottom to `last` at the top.
    vertical = Axis("linear", first, last, top + plot, top)
    return PlotFrame(_across(drawing, left, right), vertical), top + plot + bottom


def _across(drawing: _Drawing, left: float, right: float) -> Axis:
    """Return the horizontal axis."""
    axis = drawing.layout["xaxis"]
    given = [value for trace in drawing.data for value in trace["x"] if value is not None]
    if axis.get("type") == "category":
        names = tuple(dict.fromkeys(str(value) for value in given))
        return Axis("category", -0.5, len(names) - 0.5, left, right, names)
    if axis.get("type") == "date":
        ends: list[float] = []
        for trace in drawing.data:
            bases = trace.get("base")
            starts = [milliseconds(base) for base in bases] if bases else [milliseconds(x) for x in trace["x"]]
            ends += starts
            ends += [start + x for start, x in zip(starts, trace["x"], strict=True)] if bases else []
        low, high = span_of(ends)
        return Axis("date", low, high, left, right)
    low, high = axis.get("range") or span_of([float(value) for value in given])
    return Axis("linear", low, high, left, right)


def _title(axis: dict[str, Any]) -> str:
    return str(axis.get("title", {}).get("text") or "")


def _axes(drawing: _Drawing, frame: PlotFrame) -> None:
    """Draw grid lines, ticks and titles."""
    across, up, put = drawing.layout["xaxis"], drawing.layout["yaxis"], drawing.pieces.append
    left, right, bottom, top = frame.x.start, frame.x.end, frame.y.start, frame.y.end
    ink, tick = across["tickfont"]["color"], across["tickfont"]["size"]
    named = across["title"]["font"]["size"]
    if across.get("visible", True):
        is_grouped = across.get("tickformat") != "d"
        for x, words in frame.x.ticks(across.get("nticks", 8), across.get("dtick"), across.get("tick0", 0), is_grouped):
            if across.get("showgrid", True):
                put(_line(x, top, x, bottom, across["gridcolor"], 1))
            if across.get("ticks") == "outside":
                put(_line(x, bottom, x, bottom + 5, across["linecolor"], 1))
            put(text_block(words, x, bottom + 8, tick, ink, "middle", "top"))
        if across.get("showline"):
            put(_line(left, bottom, right, bottom, across["linecolor"], 1))
        if across.get("zeroline") and frame.x.kind == "linear" and frame.x.first <= 0 <= frame.x.last:
            zero = frame.x.place(0)
            put(_line(zero, top, zero, bottom, across["zerolinecolor"], across.get("zerolinewidth", 1)))
        put(text_block(_title(across), (left + right) / 2, bottom + 15 + tick, named, ink, "middle", "top"))
    if up.get("visible", True):
        for y, words in frame.y.ticks(up.get("nticks", 6)):
            put(_line(left, y, right, y, up["gridcolor"], 1))
            put(text_block(words, left - 7, y, tick, ink, "end", "middle"))
        put(_line(left, frame.y.place(0), right, frame.y.place(0), up["zerolinecolor"], 1))
        middle = (top + bottom) / 2
        turned = text_block(_title(up), 4, middle, named, ink, "middle", "top")
        put(f'<g transform="rotate(-90 4 {middle:.1f})">{turned}</g>')


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width:g}"/>'


def _traces(drawing: _Drawing, frame: PlotFrame) -> None:
    """Draw what the data say: areas at the back, then bars, lines and points."""
    heights: dict[str, dict[float, float]] = {}
    widths: dict[float, float] = {}
    is_stacked = drawing.layout.get("barmode") == "stack"
    for number, trace in enumerate(drawing.data):
        if trace["type"] == "bar":
            drawing.pieces.append(bar(trace, frame, widths if is_stacked else {}, number))
        elif trace["type"] != "scatter":
            raise OutputError(f"no drawing is known for a trace of the type {trace['type']!r}")
        elif "stackgroup" in trace:
            drawing.pieces.append(area(trace, frame, heights.setdefault(trace["stackgroup"], {})))
        else:
            if "lines" in trace["mode"]:
                drawing.pieces.append(line(trace, frame))
            if "markers" in trace["mode"]:
                drawing.pieces.append(points(trace, frame))


def _shape(shape: dict[str, Any], frame: PlotFrame) -> str:
    """Draw a rectangle with a dashed outline."""
    x0, x1 = frame.x.place(shape["x0"]), frame.x.place(shape["x1"])
    y0, y1 = sorted((frame.y.place(shape["y0"]), frame.y.place(shape["y1"])))
    edge = shape["line"]
    return (
        f'<rect x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" fill="none" '
        f'stroke="{edge["color"]}" stroke-width="{edge["width"]}" stroke-dasharray="6 4"/>'
    )


def _annotation(note: dict[str, Any], frame: PlotFrame) -> str:
    """Draw a label, or an arrow from a place in the plot to another."""
    left, right, bottom, top = frame.x.start, frame.x.end, frame.y.start, frame.y.end
    if note["showarrow"]:
        ends = [
            frame.x.place(note["ax"]),
            frame.y.place(note["ay"]),
            frame.x.place(note["x"]),
            frame.y.place(note["y"]),
        ]
        return _arrow(ends, note["arrowcolor"], note["arrowwidth"])
    # What starts at the left edge of the paper starts there, not at the left end of the axis.
    is_name = note.get("xref") == "paper" and note["x"] == 0
    x = (
        left + (right - left) * note["x"] + NAME_GAP * is_name
        if note.get("xref") == "paper"
        else frame.x.place(note["x"])
    )
    y = bottom + (top - bottom) * note["y"] if note.get("yref") == "paper" else frame.y.place(note["y"])
    x, y = x + note.get("xshift", 0), y - note.get("yshift", 0)
    side = {"left": "start", "right": "end"}.get(note.get("xanchor", ""), "middle")
    font = note["font"]
    if note.get("textangle"):
        turned = text_block(note["text"], x, y, font["size"], font["color"], "start", "middle")
        return f'<g transform="rotate({note["textangle"]} {x:.1f} {y:.1f})">{turned}</g>'
    return text_block(note["text"], x, y, font["size"], font["color"], side, note.get("yanchor", "middle"))


def _arrow(ends: list[float], colour: str, width: float) -> str:
    """Draw a line with a head at its end."""
    x1, y1, x2, y2 = ends
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    size = 4 + 2 * width
    corners = " ".join(
        f"{x2 - ux * along + uy * beside:.1f},{y2 - uy * along - ux * beside:.1f}"
        for along, beside in ((0, 0), (size, size * 0.45), (size, -size * 0.45))
    )
    return (
        _line(x1, y1, x2 - ux * size * 0.8, y2 - uy * size * 0.8, colour, width)
        + f'<polygon points="{corners}" fill="{colour}"/>'
    )


def _legend_items(drawing: _Drawing) -> list[Trace]:
    if not drawing.layout.get("showlegend"):
        return []
    return [trace for trace in drawing.data if trace.get("showlegend", True) and trace.get("name")]


def _legend_heights(drawing: _Drawing) -> list[float]:
    line = drawing.layout["legend"]["font"]["size"] + 3.0
    return [len(text_lines(trace["name"])) * line + 5.0 for trace in _legend_items(drawing)]


def _legend(drawing: _Drawing, frame: PlotFrame) -> None:
    """Write the names of what is drawn above the plot, one below the other."""
    heights = _legend_heights(drawing)
    top = frame.y.end - sum(heights) - 2
    ink, size = drawing.layout["legend"]["font"]["color"], drawing.layout["legend"]["font"]["size"]
    for trace, height in zip(_legend_items(drawing), heights, strict=True):
        middle = top + height / 2
        if trace["type"] == "bar":
            fill = trace["marker"]["color"]
            if "pattern" in trace["marker"]:
                fill = f"url(#hatch{drawing.data.index(trace)})"
            edge = trace["marker"]["color"]
            drawing.pieces.append(
                f'<rect x="10" y="{middle - 6:.1f}" width="12" height="12" fill="{fill}" stroke="{edge}"/>'
            )
        else:
            place = PlotFrame(Axis("linear", 0, 1, 16, 17), Axis("linear", 0, 1, middle, middle + 1))
            drawing.pieces.append(points({**trace, "x": [0], "y": [0], "text": [""]}, place))
        drawing.pieces.append(text_block(trace["name"], 30, middle, size, ink, "start", "middle"))
        top += height
