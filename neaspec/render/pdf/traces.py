"""The traces our charts are made of, as vectors: bars, lines, points, areas."""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from neaspec.render.charts.layout import Trace
from neaspec.render.maps.shapes import SHAPES
from neaspec.render.pdf.axes import Axis, milliseconds
from neaspec.render.pdf.svg import text_block

STROKES = {
    "line-ew": '<path d="M4 16h24"/>',
    "line-ns": '<path d="M16 4v24"/>',
    "x-thin": '<path d="M6 6l20 20M26 6L6 26"/>',
}  # signs that are strokes only
DASHES = {"dash": "6 4", "dot": "2 3"}
_RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")


@dataclass(frozen=True)
class PlotFrame:
    """Where values lie: x from left to right, y from the bottom of the plot to its top."""

    x: Axis
    y: Axis


def ink(name: str, colour: str) -> str:
    """Return a colour as an attribute; SVG before version 2 knows no rgba()."""
    match = _RGBA.fullmatch(colour)
    if not match:
        return f'{name}="{colour}"'
    red, green, blue, opacity = match.groups()
    return f'{name}="#{int(red):02X}{int(green):02X}{int(blue):02X}" {name}-opacity="{opacity}"'


def bar(trace: Trace, frame: PlotFrame, stacked: MutableMapping[float, float], number: int) -> str:
    """Draw horizontal bars; `stacked` holds where the last bar of each row ended, empty if bars start at zero."""
    parts = [_pattern(trace["marker"], number)] if "pattern" in trace["marker"] else []
    look = f'fill="url(#hatch{number})"' if parts else ink("fill", trace["marker"]["color"])
    edge = trace["marker"].get("line")
    if edge:
        look += f' {ink("stroke", edge["color"])} stroke-width="{edge["width"]}"'
    texts = trace.get("text") or [""] * len(trace["x"])
    for place, (x, y, text) in enumerate(zip(trace["x"], trace["y"], texts, strict=True)):
        if x is None:
            continue
        base = milliseconds(trace["base"][place]) if "base" in trace else stacked.get(y, 0.0)
        stacked[y] = base + x
        start, end = frame.x.place(base), frame.x.place(base + x)
        middle, height = frame.y.place(y), trace["width"]
        parts.append(
            f'<rect x="{start:.1f}" y="{middle - height / 2:.1f}" width="{max(end - start, 0):.1f}" '
            f'height="{height}" {look}/>'
        )
        if text:
            parts.append(_bar_text(trace, str(text), start, end, middle))
    return "".join(parts)


def _bar_text(trace: Trace, text: str, start: float, end: float, middle: float) -> str:
    if trace.get("textposition") == "outside":
        font = trace["outsidetextfont"]
        return text_block(text, end + 6, middle, font["size"], font["color"], "start", "middle")
    font = trace["insidetextfont"]
    if trace.get("insidetextanchor") == "end":
        return text_block(text, end - 6, middle, font["size"], font["color"], "end", "middle")
    return text_block(text, (start + end) / 2, middle, font["size"], font["color"], "middle", "middle")


def _pattern(marker: dict[str, Any], number: int) -> str:
    pattern = marker["pattern"]
    size = pattern["size"]
    return (
        f'<defs><pattern id="hatch{number}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f'<rect width="{size}" height="{size}" fill="{pattern["bgcolor"]}"/>'
        f'<path d="M-1 1l2-2M0 {size}L{size} 0M{size - 1} {size + 1}l2-2" stroke="{pattern["fgcolor"]}" '
        f'stroke-width="1.6"/></pattern></defs>'
    )


def line(trace: Trace, frame: PlotFrame) -> str:
    """Draw a line through points; a missing point breaks it."""
    runs: list[list[str]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None or y is None:
            runs.append([])
        else:
            runs[-1].append(f"{frame.x.place(x):.1f},{frame.y.place(y):.1f}")
    look = f'{ink("stroke", trace["line"]["color"])} stroke-width="{trace["line"].get("width", 2)}"'
    if trace["line"].get("dash", "solid") in DASHES:
        look += f' stroke-dasharray="{DASHES[trace["line"]["dash"]]}"'
    return "".join(f'<polyline points="{" ".join(run)}" fill="none" {look}/>' for run in runs if len(run) > 1)


def points(trace: Trace, frame: PlotFrame) -> str:
    """Draw markers with their labels."""
    marker, count = trace["marker"], len(trace["x"])
    symbols = marker["symbol"] if isinstance(marker["symbol"], list) else [marker["symbol"]] * count
    texts = trace.get("text") or [""] * count
    sides = trace.get("textposition") or "middle right"
    sides = sides if isinstance(sides, list) else [sides] * count
    parts = []
    for place, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if x is None or y is None:
            continue
        at = (frame.x.place(x), frame.y.place(y))
        parts.append(sign(str(symbols[place]), marker["color"], marker["size"], at))
        if texts[place]:
            parts.append(_point_text(trace, str(texts[place]), sides[place], at, marker["size"]))
    return "".join(parts)


def sign(symbol: str, colour: str, size: float, at: tuple[float, float]) -> str:
    """Draw one marker; an open one only as its outline."""
    name = symbol.removesuffix("-open")
    shape = STROKES.get(name) or SHAPES[name]
    is_hollow = symbol.endswith("-open")
    scale = size / 24  # shapes fill 24 of 32
    look = f'fill="none" {ink("stroke", colour)}' if is_hollow else f"{ink('fill', colour)} {ink('stroke', colour)}"
    width = 2 / scale if is_hollow else 1 / scale
    left, top = at[0] - 16 * scale, at[1] - 16 * scale
    return (
        f'<g transform="translate({left:.2f} {top:.2f}) scale({scale:.3f})" {look} stroke-width="{width:.2f}">'
        f"{shape}</g>"
    )


def _point_text(trace: Trace, text: str, side: str, at: tuple[float, float], size: float) -> str:
    level, _, across = side.partition(" ")
    anchor = {"right": "start", "left": "end"}.get(across, "middle")
    x = at[0] + {"right": size * 0.75, "left": -size * 0.75}.get(across, 0)
    y = at[1] + {"bottom": size * 0.7, "top": -size * 0.7}.get(level, 0)
    font = trace["textfont"]
    level = {"bottom": "top", "top": "bottom"}.get(level, "middle")
    return text_block(text, x, y, font["size"], font["color"], anchor, level)


def area(trace: Trace, frame: PlotFrame, below: MutableMapping[float, float]) -> str:
    """Draw a part of a whole over time, above the parts drawn before."""
    upper, lower = [], []
    for x, y in zip(trace["x"], trace["y"], strict=True):
        floor = below.get(x, 0.0)
        below[x] = floor + y
        lower.append(f"{frame.x.place(x):.1f},{frame.y.place(floor):.1f}")
        upper.append(f"{frame.x.place(x):.1f},{frame.y.place(floor + y):.1f}")
    edge = trace["line"]
    return (
        f'<polygon points="{" ".join([*upper, *reversed(lower)])}" {ink("fill", trace["fillcolor"])} '
        f'{ink("stroke", edge["color"])} stroke-width="{edge["width"]}"/>'
    )
