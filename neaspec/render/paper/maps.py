"""Map blocks as vectors for paper and slides: the same ground, markers and arrows as on the screen, no browser.

A printed map cannot be moved: its frame is fitted to what it shows, names stand beside markers where they have room,
and the legend is part of the picture.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

from neaspec.basemap import LAYERS, VIEWS, View, layer
from neaspec.blocks import Arrows, Map, Points
from neaspec.palette import Palette
from neaspec.render.document import Document
from neaspec.render.map_shapes import bend, head, ring, upward
from neaspec.render.map_words import map_legend
from neaspec.render.maps import (
    GROUND,
    HEAD_DEG,
    MARKER_PIXELS,
    NAME_CHARACTERS,
    is_true,
    number_or,
)
from neaspec.render.paper.svg import CHARACTER, LEADING, xml
from neaspec.render.paper.traces import sign
from neaspec.render.paper.typesetting import picture_png
from neaspec.text import Words

FULL_WIDTH = 1000  # pixels of the screen whose ground a map shows at its opening zoom
CLOSER = {"region": 1.3, "tumen": 0.4}  # how far a frame goes in, beyond which the outlines are too coarse
MARGIN = 36  # pixels around the places shown
NAME_SIZE, STATE_SIZE, LEGEND_SIZE = 11, 13, 13
LONGEST_NAME = 26  # characters in a line
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Paper:
    """Where longitude and latitude lie on a picture: the projection of web maps, as on the screen."""

    width: float
    height: float
    longitude: float
    latitude: float
    zoom: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return pixels from the upper left corner."""
        scale = 512 * 2**self.zoom / 360
        return (
            self.width / 2 + (longitude - self.longitude) * scale,
            self.height / 2 - (upward(latitude) - upward(self.latitude)) * scale,
        )

    def path(self, ring_: Sequence[Sequence[float]], is_closed: bool) -> str:
        """Return a line as the commands of a path; nothing if all of it lies outside."""
        placed = [self.place(point[0], point[1]) for point in ring_]
        across, down = [x for x, _ in placed], [y for _, y in placed]
        if max(across) < 0 or min(across) > self.width or max(down) < 0 or min(down) > self.height:
            return ""
        limit = 4 * self.width  # far beyond the frame nothing can be seen
        steps = (f"{min(max(x, -limit), limit):.1f} {min(max(y, -limit), limit):.1f}" for x, y in placed)
        return "M" + "L".join(steps) + ("Z" if is_closed else "")


def map_svg(block: Map, palette: Palette, words: Words, width: float, height: float) -> str:
    """Return a map with its legend as SVG of the given width; the legend comes on top of the height."""
    paper = fitted(block, width, height)
    legend, legend_height = _legend(map_legend(block, palette, words), palette, width, height)
    pieces = [ground(paper, block.view, palette.is_dark)]
    taken: list[Box] = []
    points = [part for part in block.layers if isinstance(part, Points)]
    for part in block.layers:
        if isinstance(part, Arrows):
            pieces.append(_arrows(block, part, paper, palette))
    for part in points:
        pieces.append(_points(block, part, paper, palette, taken))
    pieces.append(_states(paper, block.view, palette, taken))
    for part in points:
        pieces.append(_names(part, paper, palette, taken))
    whole = height + legend_height
    edge = palette.surface("line")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{whole:g}" '
        f'viewBox="0 0 {width:g} {whole:g}" font-family="Noto Sans"><defs><clipPath id="frame"><rect width="{width:g}" '
        f'height="{height:g}"/></clipPath></defs><g clip-path="url(#frame)">{"".join(pieces)}</g>'
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" fill="none" stroke="{edge}"/>'
        f"{legend}</svg>"
    )


def map_png(block: Map, document: Document, width_in: float, height_in: float, dpi: int = 220) -> bytes:
    """Return a map as a picture of at most the given size (inches), legend included.

    Raises:
        OutputError: if it cannot be drawn.
    """
    width = 100 * width_in  # pixels of the drawing: a word of 13 is 9 points on a slide
    svg, height = map_svg(block, document.palette, document.words, width, 100 * height_in * 0.9), 100 * height_in
    found = svg_height(svg)
    if found > height:
        svg = map_svg(block, document.palette, document.words, width, 2 * height * 0.9 - found + height * 0.1)
    return picture_png(svg, width_in, dpi)


def svg_height(svg: str) -> float:
    """Return the height an SVG of ours states."""
    return float(svg.partition(' height="')[2].partition('"')[0])


def fitted(block: Map, width: float, height: float) -> Paper:
    """Return the frame that holds every place of a map: closer where they are few, wider where they are far."""
    view = VIEWS[block.view]
    opening = view["zoom"] + math.log2(width / FULL_WIDTH)
    places = shown_places(block)
    if not places:
        return Paper(width, height, view["longitude"], view["latitude"], opening)
    across, up = [place[0] for place in places], [upward(place[1]) for place in places]
    middle = ((min(across) + max(across)) / 2, (min(up) + max(up)) / 2)
    spans = (
        (max(across) - min(across), width - 2 * MARGIN),
        (max(up) - min(up), height - 2 * MARGIN),
    )
    zoom = min((math.log2(room * 360 / 512 / span) for span, room in spans if span > 0), default=99.0)
    zoom = min(zoom, opening + CLOSER[block.view])
    latitude = math.degrees(math.atan(math.sinh(math.radians(middle[1]))))
    return Paper(width, height, middle[0], latitude, zoom)


def shown_places(block: Map) -> list[tuple[float, float]]:
    """Return longitude and latitude of every point and of both ends of every arrow."""
    places: list[tuple[Any, Any]] = []
    for part in block.layers:
        for start in ("",) if isinstance(part, Points) else ("from_", "to_"):
            places += zip(part.rows[f"{start}longitude"], part.rows[f"{start}latitude"], strict=True)
    return [(float(longitude), float(latitude)) for longitude, latitude in places]


@lru_cache(maxsize=64)
def ground(paper: Paper, view: View, is_dark: bool) -> str:
    """Return the basemap inside a frame."""
    ink = {name: pair[is_dark] for name, pair in GROUND.items()}
    pieces = [f'<rect width="{paper.width:g}" height="{paper.height:g}" fill="{ink["sea"]}"/>']
    for name in LAYERS[view]:
        kind = name.partition("_")[2]
        if kind == "labels":
            continue
        for feature in layer(name)["features"]:
            look = {
                "land": f'fill="{ink["member" if feature["properties"].get("is_member") else "land"]}"',
                "lakes": f'fill="{ink["water"]}" stroke="{ink["river"]}" stroke-width="0.6"',
                "rivers": f'fill="none" stroke="{ink["river"]}" stroke-width="0.7"',
                "borders": f'fill="none" stroke="{ink["line"]}" stroke-width="0.9"',
            }[kind]
            commands = _geometry(feature["geometry"], paper)
            if commands:
                pieces.append(f'<path d="{commands}" fill-rule="evenodd" {look}/>')
    return "".join(pieces)


def _geometry(geometry: Mapping[str, Any], paper: Paper) -> str:
    """Return the commands of a path for lines and polygons."""
    kind, given = geometry["type"], geometry["coordinates"]
    parts = {
        "LineString": [given], "MultiLineString": given, "Polygon": given,
        "MultiPolygon": [line for polygon in given for line in polygon] if kind == "MultiPolygon" else [],
    }[kind]  # fmt: skip
    return "".join(paper.path(part, kind.endswith("Polygon")) for part in parts)


def _points(block: Map, points: Points, paper: Paper, palette: Palette, taken: list[Box]) -> str:
    """Draw rings of stated areas and the markers."""
    rings, markers = [], []
    for row in points.rows.to_dict("records"):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        position = (float(row["longitude"]), float(row["latitude"]))
        x, y = paper.place(*position)
        smallest, largest = MARKER_PIXELS
        unsized = "size" in row and row["size"] != row["size"]
        share = 0.0 if unsized else number_or(row, "size", 0.3)
        size = (smallest + (largest - smallest) * min(max(share, 0), 1)) * 0.62
        symbol = style.marker + ("-open" if is_true(row, "is_approximate") else "")
        markers.append(sign(symbol, style.colour, size, (x, y)))
        taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
        radius_km = number_or(row, "radius_m", 0) / 1000
        if radius_km > 0:
            around = paper.path(ring(position, radius_km), True)
            rings.append(f'<path d="{around}" fill="none" stroke="{style.colour}" stroke-width="1"/>')
    return "".join([*rings, *markers])


def _arrows(block: Map, arrows: Arrows, paper: Paper, palette: Palette) -> str:
    """Draw bent lines between two ends, with a head only where the direction is known."""
    pieces = []
    used: dict[tuple[float, ...], int] = {}
    for row in arrows.rows.to_dict("records"):
        start = (float(row["from_longitude"]), float(row["from_latitude"]))
        end = (float(row["to_longitude"]), float(row["to_latitude"]))
        between = tuple(sorted((*start, *end)))
        used[between] = used.get(between, -1) + 1
        style = palette.group(block.group_kind, str(row.get("group", "")))
        path = bend(start, end, 0.12 + 0.07 * used[between])
        width = 1.2 + 1.8 * min(math.log1p(max(number_or(row, "weight", 1), 0)) / math.log(40), 1)
        line = paper.path(path, False)
        pieces.append(f'<path d="{line}" fill="none" stroke="{style.colour}" stroke-width="{width:.1f}"/>')
        if str(row.get("group", "")) in arrows.groups:
            pieces.append(sign(style.marker, style.colour, 8, paper.place(*path[len(path) // 2])))
        if is_true(row, "is_directed"):
            corners = paper.path(head(path, HEAD_DEG[block.view]), True)
            pieces.append(f'<path d="{corners}" fill="{style.colour}"/>')
    return "".join(pieces)


def _states(paper: Paper, view: View, palette: Palette, taken: list[Box]) -> str:
    """Write the names of the member States."""
    pieces = []
    for name in LAYERS[view]:
        if name.partition("_")[2] != "labels":
            continue
        for item in layer(name)["features"]:
            x, y = paper.place(*item["geometry"]["coordinates"])
            lines = wrap(item["properties"]["name"], NAME_CHARACTERS)
            left, top, right, bottom = _box(lines, x, y, STATE_SIZE, "middle")
            if left < 0 or top < 0 or right > paper.width or bottom > paper.height:
                continue  # half a name is none
            pieces.append(_halo(lines, x, y, STATE_SIZE, palette, "middle", GROUND["text"][palette.is_dark]))
            taken.append((left, top, right, bottom))
    return "".join(pieces)


def _names(points: Points, paper: Paper, palette: Palette, taken: list[Box]) -> str:
    """Write names beside markers, on the first side where they cover nothing; none where there is no room."""
    pieces = []
    for row in points.rows.to_dict("records"):
        x, y = paper.place(float(row["longitude"]), float(row["latitude"]))
        lines = wrap(str(row["name"]), LONGEST_NAME)
        for right, down, anchor in ((11, 0, "start"), (-11, 0, "end"), (0, -16, "middle"), (0, 16, "middle")):
            up = (len(lines) - 1) * NAME_SIZE * LEADING / 2
            at = (x + right, y + down + (up if down > 0 else -up if down < 0 else 0))
            box = _box(lines, *at, NAME_SIZE, anchor)
            is_inside = box[0] > 2 and box[1] > 2 and box[2] < paper.width - 2 and box[3] < paper.height - 2
            if is_inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                pieces.append(_halo(lines, *at, NAME_SIZE, palette, anchor, palette.surface("text")))
                break
    return "".join(pieces)


def _box(lines: Sequence[str], x: float, y: float, size: float, anchor: str) -> Box:
    width = max(len(line) for line in lines) * size * CHARACTER
    height = len(lines) * size * LEADING
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, y - height / 2, left + width, y + height / 2


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


def _legend(items: Sequence[tuple[str, str, str]], palette: Palette, width: float, top: float) -> tuple[str, float]:
    """Write the legend below the map, in as many lines as it needs; return it and its height."""
    pieces, x, y = [], 2.0, top + 20
    for colour, mark, label in items:
        shown = mark.replace("─", "–")
        long = (len(label) + len(shown) + 2) * LEGEND_SIZE * CHARACTER + 14
        if x > 2 and x + long > width:
            x, y = 2.0, y + LEGEND_SIZE * 1.5
        text = f'<tspan fill="{colour}">{xml(shown)}</tspan> {xml(label)}'
        pieces.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{LEGEND_SIZE}" fill="{palette.surface("text")}">{text}</text>'
        )
        x += long
    return "".join(pieces), (y - top + 8) if items else 0.0
