"""Markers of native charts: what Office calls the markers of the palette.

The palette and data/species.csv use plotly's names. PowerPoint (DrawingML) and Excel know fewer shapes, under the same
names; a shape they do not have is drawn as the nearest one they do.
"""

OFFICE_MARKERS = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "triangle-down": "triangle",
    "cross": "plus",
    "x": "x",
    "star": "star",
    "pentagon": "diamond",
    "hexagon": "circle",
}


def office_marker(marker: str) -> str:
    """Return the shape PowerPoint and Excel draw for a marker of the palette; a circle for one they do not know."""
    return OFFICE_MARKERS.get(marker, "circle")
