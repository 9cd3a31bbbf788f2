"""The frame of a map that is fitted to what it shows, never beyond the ground the basemap has."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from neaspec.blocks import Map, Outlines, Points
from neaspec.render.maps.basemap import FINE_TILES, SMALL_MAP_ZOOM, VIEWS, View, tile_bounds
from neaspec.render.maps.shapes import upward

FULL_WIDTH = 1000  # pixels of the screen whose ground a map shows at its opening zoom
CLOSER = {"region": 2.0, "tumen": 0.4}  # how far a frame goes in, beyond which the outlines are too coarse
# What of a map every screen shows at its opening: the width of a telephone (style.css shows the map smaller there) and
# the height on a wide screen, in pixels; and how near it goes at most, where the ground is still fine enough.
OPENS = {"full": (560, 520), "small": (246, 330), "middle": (560, 430), "tall": (560, 560)}
OPENS_MARGIN = {"full": 52, "small": 25, "middle": 43, "tall": 56}  # a tenth of the frame stays free on every side
NEAREST = {"region": 6.5, "tumen": 8.9}
NEAR_ON_PAPER = 7.0  # how near a printed map goes where it has the finer ground
NEAR_SPAN_DEG = 11.0  # places no further apart than this are printed on the finer ground
FINE_EDGES = (tile_bounds(FINE_TILES[0], FINE_TILES[3]), tile_bounds(FINE_TILES[2], FINE_TILES[1]))
MARGIN = 36  # pixels around the places shown
GROUND_DEG = {"region": (62.5, 171.5), "tumen": (128.8, 132.8)}  # degrees east that each basemap has


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

    def ground(self, x: float, y: float) -> tuple[float, float]:
        """Return the longitude and latitude of a place in the picture."""
        scale = 512 * 2**self.zoom / 360
        up = upward(self.latitude) + (self.height / 2 - y) / scale
        return self.longitude + (x - self.width / 2) / scale, math.degrees(math.atan(math.sinh(math.radians(up))))

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of the picture with a little more around it, in degrees.

        What is drawn is cut there: a drawing program needs memory for all of a shape, seen or not.
        """
        more = 0.03 * self.width
        west, north = self.ground(-more, -more)
        east, south = self.ground(self.width + more, self.height + more)
        return west, south, east, north

    def path(self, ring_: Sequence[Sequence[float]], is_closed: bool) -> str:
        """Return a line as the commands of a path; nothing if all of it lies outside."""
        placed = [self.place(point[0], point[1]) for point in ring_]
        across, down = [x for x, _ in placed], [y for _, y in placed]
        if max(across) < 0 or min(across) > self.width or max(down) < 0 or min(down) > self.height:
            return ""
        steps = (f"{x:.1f} {y:.1f}" for x, y in placed)
        return "M" + "L".join(steps) + ("Z" if is_closed else "")


def is_near(block: Map) -> bool:
    """Tell whether the places of a map lie so near each other that it is printed on the finer ground of the region."""
    places = shown_places(block)
    if block.view != "region" or not places:
        return False
    (west, south, _, _), (_, _, east, north) = FINE_EDGES
    across, up = [place[0] for place in places], [place[1] for place in places]
    is_inside = west + 8 < min(across) and max(across) < east - 8 and south + 5 < min(up) and max(up) < north - 5
    return is_inside and max(max(across) - min(across), max(up) - min(up)) <= NEAR_SPAN_DEG


def fitted(block: Map, width: float, height: float) -> Paper:
    """Return the frame of a printed map (pixels) that holds every place: closer where they are few, wider where far."""
    view = VIEWS[block.view]
    opening = view["zoom"] + math.log2(width / FULL_WIDTH)
    places = shown_places(block)
    if not places:
        return Paper(width, height, view["longitude"], view["latitude"], opening)
    nearest = NEAR_ON_PAPER if is_near(block) else opening + CLOSER[block.view]
    return on_the_ground(around(places, width, height, MARGIN, nearest), block.view)


def opening_frame(block: Map) -> Paper:
    """Return the frame in which a map opens on every screen: around what it shows, else the whole view.

    A wider screen shows more ground on both sides.
    """
    width, height = OPENS[block.size]
    view = VIEWS[block.view]
    places = shown_places(block)
    if not places:
        zoom = view["zoom"] - (SMALL_MAP_ZOOM if block.size == "small" else 0)
        return Paper(width, height, view["longitude"], view["latitude"], zoom)
    frame = around(places, width, height, OPENS_MARGIN[block.size], NEAREST[block.view])
    wide = on_the_ground(replace(frame, width=width if block.size == "small" else FULL_WIDTH), block.view)
    return replace(frame, longitude=wide.longitude)


def around(places: Sequence[tuple[float, float]], width: float, height: float, margin: float, nearest: float) -> Paper:
    """Return the nearest frame (pixels) that holds places of longitude and latitude, but none nearer than a zoom."""
    across, up = [place[0] for place in places], [upward(place[1]) for place in places]
    spans = ((max(across) - min(across), width - 2 * margin), (max(up) - min(up), height - 2 * margin))
    zoom = min((math.log2(room * 360 / 512 / span) for span, room in spans if span > 0), default=99.0)
    latitude = math.degrees(math.atan(math.sinh(math.radians((min(up) + max(up)) / 2))))
    return Paper(width, height, (min(across) + max(across)) / 2, latitude, min(zoom, nearest))


def on_the_ground(paper: Paper, view: View) -> Paper:
    """Keep a frame on the ground our basemap has: moved aside, or narrower; beyond it there is no land to draw."""
    west, east = GROUND_DEG[view]
    scale = 512 * 2**paper.zoom / 360
    width = min(paper.width, (east - west) * scale)
    half = width / 2 / scale
    return replace(paper, width=width, longitude=min(max(paper.longitude, west + half), east - half))


def shown_places(block: Map) -> list[tuple[float, float]]:
    """Return longitude and latitude of every point, of both ends of every arrow, of every corner of an outline."""
    places: list[tuple[Any, Any]] = []
    for part in block.layers:
        if isinstance(part, Outlines):
            places += [place for row in part.rows.to_dict("records") for place in outline_places(row)]
            continue
        for start in ("",) if isinstance(part, Points) else ("from_", "to_"):
            places += zip(part.rows[f"{start}longitude"], part.rows[f"{start}latitude"], strict=True)
    pairs = [(float(longitude), float(latitude)) for longitude, latitude in places]
    return [place for place in pairs if math.isfinite(place[0]) and math.isfinite(place[1])]


def outline_places(row: Mapping[Hashable, Any]) -> list[tuple[float, float]]:
    """Return the corners of the outer rings of an outline."""
    return [(float(point[0]), float(point[1])) for rings in row["parts"] for point in rings[0]]
