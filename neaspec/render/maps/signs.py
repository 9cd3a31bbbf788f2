"""Signs of points on the screen: one drawing holds all kinds, and each answers the pointer in a square of 24 px.

A sign that stands for several places is shown only at the zooms at which they lie on each other (grouping.py): a layer
of one tile has such limits, and the rows of the tile are its address.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from neaspec.blocks import Map, Points
from neaspec.palette import Palette, Style
from neaspec.render.maps.grouping import Sign, grouped
from neaspec.render.maps.layers import is_true, is_unsized, marker_pixels, one_tile, tooltip_fields
from neaspec.render.maps.shapes import data_address, marker_shapes
from neaspec.text import Words

HIT_PIXELS = 24  # side of the square that answers the pointer
CELL = 72  # pixels of that square in the drawing, for fine screens
COLUMNS = 8
GROUP_PIXELS = 16
MOST_NAMES = 4  # of the places of a group, beside the pointer

Row = Mapping[Hashable, Any]


@dataclass
class Atlas:
    """All kinds of signs of a map in one drawing."""

    cells: dict[str, str] = field(default_factory=dict)  # shapes, in squares of 24 units -> name

    def name(self, shapes: str) -> str:
        """Return the name of a sign; equal signs are drawn once."""
        return self.cells.setdefault(shapes, f"s{len(self.cells)}")

    def address(self) -> str:
        """Return the drawing as an address that needs no request."""
        across, down = min(COLUMNS, max(len(self.cells), 1)) * CELL, -(-max(len(self.cells), 1) // COLUMNS) * CELL
        placed = "".join(
            f'<svg x="{number % COLUMNS * CELL}" y="{number // COLUMNS * CELL}" width="{CELL}" height="{CELL}" '
            f'viewBox="0 0 {HIT_PIXELS} {HIT_PIXELS}">{shapes}</svg>'
            for number, shapes in enumerate(self.cells)
        )
        return data_address(f'<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}">{placed}</svg>')

    def mapping(self) -> dict[str, dict[str, int]]:
        """Return where each sign lies in the drawing."""
        return {
            name: {"x": number % COLUMNS * CELL, "y": number // COLUMNS * CELL, "width": CELL, "height": CELL}
            for number, name in enumerate(self.cells.values())
        }


def sign_layers(
    block: Map, number: int, points: Points, palette: Palette, words: Words, farthest: float
) -> list[dict[str, Any]]:
    """Return the signs of a layer of points: those shown at every zoom, and those shown between two.

    farthest: the zoom beyond which the map cannot go out.
    """
    rows = points.rows.to_dict("records")
    shown: dict[tuple[float | None, float | None], list[Sign]] = {}
    for sign in grouped([(float(row["longitude"]), float(row["latitude"])) for row in rows], farthest):
        shown.setdefault((sign.from_zoom, sign.to_zoom), []).append(sign)
    layers = []
    for place, (limits, signs) in enumerate(sorted(shown.items(), key=str)):
        atlas = Atlas()
        placed = [_sign_row(block, sign, rows, atlas, palette, words) for sign in signs]
        drawing = {"iconAtlas": atlas.address(), "iconMapping": atlas.mapping()}
        name = f"points{number}-{place}"
        layers.append(
            _always(name, placed, drawing) if limits == (None, None) else _between(name, placed, limits, drawing)
        )
    return layers


def _sign_row(
    block: Map, sign: Sign, rows: list[dict[Hashable, Any]], atlas: Atlas, palette: Palette, words: Words
) -> dict[str, Any]:
    """Return one sign: of a place, or of several with their number."""
    first = rows[sign.members[0]]
    place = {"p": [float(first["longitude"]), float(first["latitude"])]}
    if len(sign.members) == 1:
        style = palette.group(block.group_kind, str(first.get("group", "")))
        is_hollow, has_dot = is_true(first, "is_approximate"), is_unsized(first)
        shapes = placed_sign(style, is_hollow, palette, has_dot, marker_pixels(first))
        return {**place, "i": atlas.name(shapes), **tooltip_fields(first)}
    members = [rows[number] for number in sorted(sign.members)]
    names = [str(row["name"]) for row in members]
    more = [words("maps.group_more", count=len(names) - MOST_NAMES)] if len(names) > MOST_NAMES else []
    properties: dict[Hashable, Any] = {
        "name": words("maps.group", count=len(names)),
        "tooltip": "\n".join([*names[:MOST_NAMES], *more]),
    }
    if all("id" in row for row in members):
        properties["id"] = ",".join(str(row["id"]) for row in members)
    return {**place, "i": atlas.name(count_sign(len(names), palette)), **tooltip_fields(properties)}


def placed_sign(style: Style, is_hollow: bool, palette: Palette, has_dot: bool, pixels: float) -> str:
    """Return the shapes of a sign in the middle of the square that answers the pointer."""
    return _middle(marker_shapes(style, is_hollow, palette.surface("background"), has_dot), pixels)


def count_sign(count: int, palette: Palette) -> str:
    """Return the shapes of a sign that stands for several places: their number in a disc."""
    size = 20 if count < 10 else 16
    disc = (
        f'<circle cx="16" cy="16" r="15" fill="{palette.surface("background")}" '
        f'stroke="{palette.surface("text_soft")}" stroke-width="2.5"/>'
        f'<text x="16" y="{16 + size * 0.36:g}" text-anchor="middle" font-family="Arial, sans-serif" '
        f'font-weight="700" font-size="{size}" fill="{palette.surface("text")}">{count}</text>'
    )
    return _middle(disc, GROUP_PIXELS)


def _middle(shapes: str, pixels: float) -> str:
    edge = (HIT_PIXELS - pixels) / 2
    return f'<svg x="{edge:g}" y="{edge:g}" width="{pixels:g}" height="{pixels:g}" viewBox="-1 -1 34 34">{shapes}</svg>'


def _always(name: str, rows: list[dict[str, Any]], drawing: Mapping[str, Any]) -> dict[str, Any]:
    """Return signs that are shown at every zoom."""
    return {
        "@@type": "IconLayer",
        "id": name,
        "data": rows,
        **drawing,
        "getPosition": "@@=p",
        "getIcon": "@@=i",
        "getSize": HIT_PIXELS,
        "sizeUnits": "pixels",
        "alphaCutoff": 0,  # the whole square answers the pointer
        "pickable": True,
    }


def _between(
    name: str, rows: list[dict[str, Any]], limits: tuple[float | None, float | None], drawing: Mapping[str, Any]
) -> dict[str, Any]:
    """Return signs that are shown between two zooms only: one tile of the whole earth."""
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in row.items() if key != "p"},
            "geometry": {"type": "Point", "coordinates": row["p"]},
        }
        for row in rows
    ]
    return {
        **one_tile(name, features, limits),
        **drawing,
        "pointType": "icon",
        "getIcon": "@@=properties.i",
        "getIconSize": HIT_PIXELS,
        "iconSizeUnits": "pixels",
        "iconAlphaCutoff": 0,
        "pickable": True,
    }
