"""Names on printed maps: of the member States on their land, of places beside their markers."""

import math
from collections.abc import Sequence
from functools import lru_cache
from textwrap import wrap
from typing import Any

from shapely import make_valid
from shapely.geometry import Point, box, shape

from neaspec.basemap import LAYERS, View, layer
from neaspec.blocks import Points
from neaspec.palette import Palette
from neaspec.render.map_frame import Paper
from neaspec.render.maps import GROUND, NAME_CHARACTERS
from neaspec.render.paper.svg import CHARACTER, LEADING, xml

NAME_SIZE, STATE_SIZE = 11, 13
LONGEST_NAME = 26  # characters in a line
AROUND = ((0, 0), (0, -32), (0, 32), (-60, 0), (60, 0), (-90, -40), (90, -40), (-90, 40), (90, 40))
Box = tuple[float, float, float, float]  # left, top, right, bottom


def state_names(paper: Paper, view: View, palette: Palette, taken: list[Box]) -> str:
    """Write the names of the member States in the frame, where they cover least."""
    pieces = []
    for name, spots in state_spots(paper, view):
        lines = wrap(name, NAME_CHARACTERS)
        boxes = [(_box(lines, *spot, STATE_SIZE, "middle"), spot) for spot in spots]
        inside = [(box, spot) for box, spot in boxes if _is_inside(box, paper)]
        if inside:
            box, spot = min(inside, key=lambda one: sum(_meet(one[0], other) for other in taken))
            pieces.append(_halo(lines, *spot, STATE_SIZE, palette, "middle", GROUND["text"][palette.is_dark]))
            taken.append(box)
    return "".join(pieces)


@lru_cache(maxsize=64)
def state_spots(paper: Paper, view: View) -> list[tuple[str, list[tuple[float, float]]]]:
    """Return the name of each member State with land in a frame, and places on that land for it, the best first."""
    found = []
    for name, anchor, land in states(view):
        part = land.intersection(box(*paper.bounds()))
        if part.is_empty:
            continue
        largest = max(getattr(part, "geoms", [part]), key=lambda piece: piece.area)
        middle = largest.representative_point()
        x, y = paper.place(middle.x, middle.y)
        # A name lies on the land of its State: moved aside it could seem to name another.
        around = [(x + right, y + down) for right, down in AROUND]
        on_land = [spot for spot in around if land.contains(Point(paper.ground(*spot)))]
        found.append((name, [paper.place(*anchor), *on_land]))
    return found


@lru_cache(maxsize=4)
def states(view: View) -> list[tuple[str, tuple[float, float], Any]]:
    """Return name, place of the name, and land of every member State of a basemap."""
    land = [shape(item["geometry"]) for item in layer(LAYERS[view][0])["features"] if item["properties"]["is_member"]]
    found = []
    for name in LAYERS[view]:
        for item in layer(name)["features"] if name.endswith("_labels") else []:
            anchor = tuple(item["geometry"]["coordinates"])
            own = [make_valid(piece) for piece in land if piece.buffer(0.3).contains(Point(anchor))]
            found += [(item["properties"]["name"], anchor, own[0])] if own else []
    return found


def point_names(points: Points, paper: Paper, palette: Palette, taken: list[Box]) -> str:
    """Write names beside markers, on the first side where they cover nothing; none where there is no room."""
    pieces = []
    for row in points.rows.to_dict("records"):
        x, y = paper.place(float(row["longitude"]), float(row["latitude"]))
        lines = wrap(str(row["name"]), LONGEST_NAME)
        if not lines or not math.isfinite(x + y):
            continue
        for right, down, anchor in ((11, 0, "start"), (-11, 0, "end"), (0, -16, "middle"), (0, 16, "middle")):
            up = (len(lines) - 1) * NAME_SIZE * LEADING / 2
            at = (x + right, y + down + (up if down > 0 else -up if down < 0 else 0))
            ground_of = _box(lines, *at, NAME_SIZE, anchor)
            if _is_inside(ground_of, paper) and not any(_meet(ground_of, other) for other in taken):
                taken.append(ground_of)
                pieces.append(_halo(lines, *at, NAME_SIZE, palette, anchor, palette.surface("text")))
                break
    return "".join(pieces)


def _box(lines: Sequence[str], x: float, y: float, size: float, anchor: str) -> Box:
    width = max(len(line) for line in lines) * size * CHARACTER
    height = len(lines) * size * LEADING
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, y - height / 2, left + width, y + height / 2


def _is_inside(box: Box, paper: Paper) -> bool:
    return box[0] > 2 and box[1] > 2 and box[2] < paper.width - 2 and box[3] < paper.height - 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _halo(lines: Sequence[str], x: float, y: float, size: float, palette: Palette, anchor: str, ink: str) -> str:
    """Write lines with an edge in the colour of the land, so that lines below do not strike them out."""
    top = y - len(lines) * size * LEADING / 2
    texts = "".join(
        f'<text x="{x:.1f}" y="{top + (number * LEADING + 0.86) * size:.1f}">{xml(line)}</text>'
        for number, line in enumerate(lines)
    )
    edge = GROUND["member"][palette.is_dark]
    common = f'font-size="{size}" text-anchor="{anchor}"'
    halo = f'stroke="{edge}" stroke-width="2.6" stroke-linejoin="round" paint-order="stroke"'
    return f'<g {common} fill="{ink}" {halo}>{texts}</g>'
