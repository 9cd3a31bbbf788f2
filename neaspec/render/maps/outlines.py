"""Outlines of a reader on maps: dashed, one neutral colour, a light fill; never the style of a border of States."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from neaspec.blocks import Outlines
from neaspec.palette import Palette, rgb
from neaspec.render.maps.frame import Paper, outline_places
from neaspec.render.maps.layers import line_layer, tooltip_fields
from neaspec.render.pdf.svg import xml

LINE_WIDTH = 2.2
FILL_OPACITY = 0.14
DASHES_A_RING = 48
DASH, GAP = 7, 4  # pixels on paper
LABEL_SIZE = 12
Ring = Sequence[Sequence[float]]


def outline_layers(number: int, outlines: Outlines, palette: Palette) -> list[dict[str, Any]]:
    """Return fill, dashed line and name of each outline, as layers of deck.gl."""
    ink = rgb(palette.surface("text_soft"))
    areas, lines, names = [], [], []
    for row in outlines.rows.to_dict("records"):
        fields = tooltip_fields(row)
        for rings in row["parts"]:
            areas.append({"polygon": [[list(point) for point in ring] for ring in rings], **fields})
            lines += [
                {"path": piece, "c": [*ink, 255], "w": LINE_WIDTH, **fields} for ring in rings for piece in dashed(ring)
            ]
        names.append({"p": list(top_of(row)), "t": str(row["label"])})
    fill = {
        "@@type": "SolidPolygonLayer",
        "id": f"outlines{number}",
        "data": areas,
        "getPolygon": "@@=polygon",
        "getFillColor": [*ink, round(255 * FILL_OPACITY)],
        "pickable": True,
    }
    label = {
        "@@type": "TextLayer",
        "id": f"outlinenames{number}",
        "data": names,
        "getPosition": "@@=p",
        "getText": "@@=t",
        "getSize": LABEL_SIZE,
        "getColor": [*rgb(palette.surface("text")), 255],
        "getTextAnchor": "middle",
        "getAlignmentBaseline": "bottom",
        "getPixelOffset": [0, -4],
        "background": True,
        "getBackgroundColor": [*rgb(palette.surface("background")), 210],
        "backgroundPadding": [3, 1],
        "characterSet": "auto",
        "fontFamily": "Source Sans, Noto Sans, sans-serif",
        "pickable": False,
    }
    return [fill, line_layer(f"outlinedashes{number}", lines), label]


def dashed(ring: Ring) -> list[list[list[float]]]:
    """Return the dashes of a ring, all of one length in degrees; corners within a dash are kept."""
    places = np.asarray(ring, dtype=float)[:, :2]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
    step = along[-1] / (2 * DASHES_A_RING)
    pieces = []
    for number in range(DASHES_A_RING):
        start, end = 2 * number * step, (2 * number + 1) * step
        inner = along[(along > start) & (along < end)]
        marks = np.concatenate([[start], inner, [end]])
        pieces.append([[round(float(np.interp(mark, along, places[:, axis])), 6) for axis in (0, 1)] for mark in marks])
    return pieces


def top_of(row: Any) -> tuple[float, float]:
    """Return the northernmost corner of an outline, where its name stands."""
    longitude, latitude = max(outline_places(row), key=lambda place: place[1])
    return longitude, latitude


def outline_svg(outlines: Outlines, paper: Paper, palette: Palette) -> str:
    """Return outlines as drawings for paper and slides, with their names."""
    ink, ground = palette.surface("text_soft"), palette.surface("background")
    pieces = []
    for row in outlines.rows.to_dict("records"):
        commands = "".join(paper.path(ring, True) for rings in row["parts"] for ring in rings)
        pieces.append(
            f'<path d="{commands}" fill="{ink}" fill-opacity="{FILL_OPACITY}" fill-rule="evenodd" stroke="{ink}" '
            f'stroke-width="{LINE_WIDTH}" stroke-dasharray="{DASH} {GAP}"/>'
        )
    for row in outlines.rows.to_dict("records"):
        x, y = paper.place(*top_of(row))
        pieces.append(
            f'<text x="{x:.1f}" y="{max(y - 5, LABEL_SIZE):.1f}" font-size="{LABEL_SIZE}" text-anchor="middle" '
            f'stroke="{ground}" stroke-width="3" paint-order="stroke" fill="{palette.surface("text")}">'
            f"{xml(str(row['label']))}</text>"
        )
    return "".join(pieces)
