"""The frame of a map that is fitted to what it shows, never beyond the ground the basemap has."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from neaspec.basemap import VIEWS, View
from neaspec.blocks import Map, Points
from neaspec.render.map_shapes import upward

FULL_WIDTH = 1000  # pixels of the screen whose ground a map shows at its opening zoom
CLOSER = {"region": 2.0, "tumen": 0.4}  # how far a frame goes in, beyond which the outlines are too coarse
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


def fitted(block: Map, width: float, height: float, closer: float | None = None) -> Paper:
    """Return the frame that holds every place of a map: closer where they are few, wider where they are far.

    Args:
        block: the map.
        width, height: pixels.
        closer: how far it goes in at most, in steps of the zoom; as on paper by default.
    """
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
    zoom = min(zoom, opening + (CLOSER[block.view] if closer is None else closer))
    latitude = math.degrees(math.atan(math.sinh(math.radians(middle[1]))))
    return on_the_ground(Paper(width, height, middle[0], latitude, zoom), block.view)


def on_the_ground(paper: Paper, view: View) -> Paper:
    """Keep a frame on the ground our basemap has: moved aside, or narrower; beyond it there is no land to draw."""
    west, east = GROUND_DEG[view]
    scale = 512 * 2**paper.zoom / 360
    width = min(paper.width, (east - west) * scale)
    half = width / 2 / scale
    return replace(paper, width=width, longitude=min(max(paper.longitude, west + half), east - half))


def shown_places(block: Map) -> list[tuple[float, float]]:
    """Return longitude and latitude of every point and of both ends of every arrow."""
    places: list[tuple[Any, Any]] = []
    for part in block.layers:
        for start in ("",) if isinstance(part, Points) else ("from_", "to_"):
            places += zip(part.rows[f"{start}longitude"], part.rows[f"{start}latitude"], strict=True)
    found = [(float(longitude), float(latitude)) for longitude, latitude in places]
    return [place for place in found if math.isfinite(place[0]) and math.isfinite(place[1])]
