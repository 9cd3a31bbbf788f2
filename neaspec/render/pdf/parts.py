"""Charts of rows that are higher than a sheet, in parts: each with some of the rows and the same axis."""

from typing import Any

from neaspec.render.charts.layout import Figure, Trace

LISTS = ("x", "y", "text", "base", "textposition")  # of a trace: one cell for each of its marks


def row_windows(figure: Figure, most: float) -> list[tuple[float, float]]:
    """Divide the rows of a chart above their names, in windows of at most so many pixels.

    It is divided above bold names (of groups) where there are any, else above every name; a group that is itself too
    high is divided above the names inside it.
    """
    end = float(figure["layout"]["yaxis"]["range"][0])
    names = [note for note in figure["layout"].get("annotations", []) if _is_name(note)]
    every = sorted(float(note["y"]) for note in names)
    bold = sorted(float(note["y"]) for note in names if str(note["text"]).startswith("<b>"))
    tops: list[float] = []
    opening = [*(bold if len(bold) > 1 else every), end]
    for number, top in enumerate(opening):
        before = opening[number - 1] if number else 0.0
        inside = [place for place in every if before < place < top] if top - before > most else []
        tops += [*inside, top]
    windows: list[tuple[float, float]] = []
    start = last = 0.0
    for top in dict.fromkeys(tops):
        if top - start > most and last > start:
            windows.append((start, last))
            start = last
        last = top
    return [*windows, (start, end)]


def part_of(figure: Figure, start: float, end: float) -> Figure:
    """Return the rows of a figure between two heights, with what is drawn and written there."""
    layout = figure["layout"]
    shown = {
        "annotations": [note for note in layout.get("annotations", []) if start <= float(note["y"]) < end],
        "shapes": [shape for shape in layout.get("shapes", []) if start <= float(shape["y0"]) < end],
        "yaxis": layout["yaxis"] | {"range": [end, start]},
    }
    return {"data": [_rows_between(trace, start, end) for trace in figure["data"]], "layout": layout | shown}


def _is_name(note: dict[str, Any]) -> bool:
    return note.get("xref") == "paper" and note["x"] == 0 and note.get("yanchor") == "top"


def _rows_between(trace: Trace, start: float, end: float) -> Trace:
    """Return a trace with the marks between two heights; one without any stays, for the legend."""
    kept = [place for place, y in enumerate(trace["y"]) if y is not None and start <= y < end]
    part = dict(trace)
    for name in LISTS:
        if isinstance(trace.get(name), list):
            part[name] = [trace[name][place] for place in kept]
    symbols = trace.get("marker", {}).get("symbol")
    if isinstance(symbols, list):
        part["marker"] = trace["marker"] | {"symbol": [symbols[place] for place in kept]}
    return part
