"""Markers of native charts: what Office calls the markers of the palette, which have the names of plotly."""

from collections.abc import Iterable

# Charts of PowerPoint and Excel have seven symbols; these markers have one each.
OFFICE_SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "cross": "plus",
    "star": "star",
    "x": "x",
}
# These have none, and take one that the chart leaves free (see office_symbols).
WITHOUT_OFFICE_SYMBOL = ("hexagon", "triangle-down", "pentagon", "square-open")


def office_symbols(markers: Iterable[str]) -> dict[str, str]:
    """Return marker -> symbol of PowerPoint and Excel for the markers of one chart.

    A marker without a symbol of its own takes the last one that no other marker of the chart has, so that two series
    look alike only where a chart has more than seven; the legend and the colour tell these apart.
    """
    wanted = list(dict.fromkeys(markers))
    symbols = {marker: OFFICE_SYMBOLS[marker] for marker in wanted if marker in OFFICE_SYMBOLS}
    free = [symbol for symbol in OFFICE_SYMBOLS.values() if symbol not in symbols.values()]
    for marker in wanted:
        if marker not in symbols:
            symbols[marker] = free.pop() if free else "dot"
    return symbols
