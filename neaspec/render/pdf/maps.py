"""Map blocks as vectors for paper and slides: the same ground, markers and arrows as on the screen, no browser.

A printed map cannot be moved: its frame is fitted to what it shows, names stand beside markers where they have room,
and the legend is part of the picture.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from shapely import clip_by_rect, make_valid
from shapely.geometry import shape

from neaspec.blocks import Arrows, Map, Outlines, Points
from neaspec.palette import Palette
from neaspec.render.document import Document
from neaspec.render.maps.basemap import LAYERS, View, layer, tile_bounds
from neaspec.render.maps.fine_ground import pieces as pieces_of_tiles
from neaspec.render.maps.frame import Paper, fitted, is_near
from neaspec.render.maps.layers import GROUND, bent_lines, is_true, is_unsized, marker_pixels
from neaspec.render.maps.legend import map_legend
from neaspec.render.maps.names import Box, Name, covered_by_line, leader, point_names, state_names
from neaspec.render.maps.outlines import outline_svg
from neaspec.render.pdf.svg import CHARACTER, LEADING, xml
from neaspec.render.pdf.traces import sign
from neaspec.render.pdf.typesetting import picture_png
from neaspec.text import Words

LEGEND_SIZE = 13
HEAD_SIZE = 9  # of an arrow
NAME_SIZE, STATE_SIZE = 11, 13


def map_svg(block: Map, palette: Palette, words: Words, width: float, height: float, has_legend: bool = True) -> str:
    """Return a map with its legend as SVG of the given width; the legend comes on top of the height."""
    paper = fitted(block, width, height)
    width = paper.width
    legend, legend_height = _legend(map_legend(block, palette, words) if has_legend else [], palette, width, height)
    pieces = [(near_ground if is_near(block) else ground)(paper, block.view, palette.is_dark)]
    taken: list[Box] = []
    lines: list[Box] = []
    points = [part for part in block.layers if isinstance(part, Points)]
    for part in block.layers:
        if isinstance(part, Outlines):
            pieces.append(outline_svg(part, paper, palette))
        if isinstance(part, Arrows):
            pieces.append(_arrows(block, part, paper, palette, lines))
    for part in points:
        pieces.append(_points(block, part, paper, palette, taken))
    ink = GROUND["text"][palette.is_dark]
    pieces += [_halo(name, palette, ink) for name in state_names(paper, block.view, taken, lines, STATE_SIZE)]
    taken += lines
    for part in points:
        pieces += [_halo(name, palette, palette.surface("text")) for name in point_names(part, paper, taken, NAME_SIZE)]
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
    drawn_height = svg_height(svg)
    if drawn_height > height:
        svg = map_svg(block, document.palette, document.words, width, 2 * height * 0.9 - drawn_height + height * 0.1)
    return picture_png(svg, width_in, dpi)


def svg_height(svg: str) -> float:
    """Return the height an SVG of ours states."""
    return float(svg.partition(' height="')[2].partition('"')[0])


@lru_cache(maxsize=64)
def ground(paper: Paper, view: View, is_dark: bool) -> str:
    """Return the basemap inside a frame."""
    ink = {name: pair[is_dark] for name, pair in GROUND.items()}
    pieces = [f'<rect width="{paper.width:g}" height="{paper.height:g}" fill="{ink["sea"]}"/>']
    for name in LAYERS[view]:
        kind = name.partition("_")[2]
        if kind == "labels":
            continue
        for outline, is_member in outlines(name):
            look = {
                "land": f'fill="{ink["member" if is_member else "land"]}"',
                "lakes": f'fill="{ink["water"]}" stroke="{ink["river"]}" stroke-width="0.6"',
                "rivers": f'fill="none" stroke="{ink["river"]}" stroke-width="0.7"',
                "borders": f'fill="none" stroke="{ink["line"]}" stroke-width="0.9"',
            }[kind]
            commands = _commands(clip_by_rect(outline, *paper.bounds()), paper)
            if commands:
                pieces.append(f'<path d="{commands}" fill-rule="evenodd" {look}/>')
    return "".join(pieces)


@lru_cache(maxsize=32)
def near_ground(paper: Paper, _view: View, is_dark: bool) -> str:
    """Return the finer ground inside a frame, tile by tile."""
    ink = {name: pair[is_dark] for name, pair in GROUND.items()}
    looks = {
        "water": f'fill="{ink["water"]}"',
        "river": f'fill="none" stroke="{ink["river"]}" stroke-width="0.7"',
        "line": f'fill="none" stroke="{ink["line"]}" stroke-width="1.1"',
    }
    drawn: dict[str, list[str]] = {"land": [], **{kind: [] for kind in looks}}
    for outline, kind, is_member in near_outlines(paper.bounds()):
        land = ink["member" if is_member else "land"]
        look = looks.get(kind, f'fill="{land}" stroke="{land}" stroke-width="0.8"')  # no seam between two tiles
        commands = _commands(clip_by_rect(outline, *paper.bounds()), paper)
        if commands:
            drawn.setdefault(kind, []).append(f'<path d="{commands}" fill-rule="evenodd" {look}/>')
    sea = f'<rect width="{paper.width:g}" height="{paper.height:g}" fill="{ink["sea"]}"/>'
    return sea + "".join(piece for pieces in drawn.values() for piece in pieces)


def near_outlines(bounds: tuple[float, float, float, float]) -> Iterator[tuple[Any, str, bool]]:
    """Give the shapes of the finer ground that may lie inside some bounds: shape, kind, whether of a member State."""
    west, south, east, north = bounds
    for (x, y), features in pieces_of_tiles().items():
        left, low, right, high = tile_bounds(x, y)
        if right >= west and left <= east and high >= south and low <= north:
            for item in features:
                yield (
                    make_valid(shape(item["geometry"])),
                    str(item["properties"]["kind"]),
                    bool(item["properties"]["is_member"]),
                )


@lru_cache(maxsize=16)
def outlines(name: str) -> list[tuple[Any, bool]]:
    """Return the shapes of a layer of the basemap, and which are land of member States."""
    return [
        (make_valid(shape(item["geometry"])), bool(item["properties"].get("is_member")))
        for item in layer(name)["features"]
    ]


def _commands(part: Any, paper: Paper) -> str:
    """Return the commands of a path for lines and polygons."""
    if hasattr(part, "geoms"):
        return "".join(_commands(inner, paper) for inner in part.geoms)
    if part.geom_type == "Polygon" and not part.is_empty:
        return "".join(paper.path(line.coords, True) for line in (part.exterior, *part.interiors))
    return paper.path(part.coords, False) if part.geom_type == "LineString" and not part.is_empty else ""


def _points(block: Map, points: Points, paper: Paper, palette: Palette, taken: list[Box]) -> str:
    """Draw the markers."""
    markers = []
    for row in points.rows.to_dict("records"):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        position = (float(row["longitude"]), float(row["latitude"]))
        if not all(map(math.isfinite, position)):
            continue
        x, y = paper.place(*position)
        size = marker_pixels(row) * 0.8
        is_hollow = is_true(row, "is_approximate")
        markers.append(sign(style.marker + ("-open" if is_hollow else ""), style.colour, size, (x, y)))
        if is_unsized(row):
            dot = style.colour if is_hollow else palette.surface("background")
            markers.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size * 0.2:.1f}" fill="{dot}"/>')
        taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
    return "".join(markers)


def _halo(name: Name, palette: Palette, ink: str) -> str:
    """Write a name with an edge in the colour of the land, so that lines below do not strike it out."""
    top = name.y - len(name.lines) * name.size * LEADING / 2
    texts = "".join(
        f'<text x="{name.x:.1f}" y="{top + (number * LEADING + 0.86) * name.size:.1f}">{xml(line)}</text>'
        for number, line in enumerate(name.lines)
    )
    edge = GROUND["member"][palette.is_dark]
    common = f'font-size="{name.size}" text-anchor="{name.anchor}"'
    halo = f'stroke="{edge}" stroke-width="2.6" stroke-linejoin="round" paint-order="stroke"'
    ends = " ".join(f"{x:.1f},{y:.1f}" for x, y in leader(name))
    line = f'<polyline points="{ends}" fill="none" stroke="{ink}" stroke-width="0.8"/>' if ends else ""
    return f'{line}<g {common} fill="{ink}" {halo}>{texts}</g>'


def _arrows(block: Map, arrows: Arrows, paper: Paper, palette: Palette, lines: list[Box]) -> str:
    """Draw bent lines between two ends, with a head only where the direction is known."""
    pieces = []
    for row, path, share in bent_lines(arrows):
        style = palette.group(block.group_kind, str(row.get("group", "")))
        width = 1.2 + 1.8 * share
        line = paper.path(path, False)
        lines += covered_by_line([paper.place(*place) for place in path])
        dashed = "" if is_true(row, "is_directed") else ' stroke-dasharray="6 4"'
        pieces.append(f'<path d="{line}" fill="none" stroke="{style.colour}" stroke-width="{width:.1f}"{dashed}/>')
        if str(row.get("group", "")) in arrows.groups:
            pieces.append(sign(style.marker, style.colour, 8, paper.place(*path[len(path) // 2])))
        if is_true(row, "is_directed"):
            pieces.append(arrow_head([paper.place(*point) for point in (path[0], path[-3], path[-1])], style.colour))
    return "".join(pieces)


def arrow_head(points: Sequence[tuple[float, float]], colour: str) -> str:
    """Return the head of an arrow from its start, a point near its end, and its end (pixels)."""
    start, before, tip = points
    size = min(HEAD_SIZE, 0.4 * math.dist(start, tip))
    length = math.dist(before, tip) or 1.0
    along = ((tip[0] - before[0]) / length, (tip[1] - before[1]) / length)
    places = [
        (tip[0] - size * (back * along[0] + side * along[1]), tip[1] - size * (back * along[1] - side * along[0]))
        for back, side in ((0, 0), (1, 0.42), (1, -0.42))
    ]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polygon points="{corners}" fill="{colour}"/>'


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
