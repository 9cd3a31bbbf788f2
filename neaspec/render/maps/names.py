"""Where names stand on maps: of the member States on their land, of places beside their signs. Pure geometry.

No name covers a sign. Where the land of a State has no room left, its name stands on open sea beside it, with a line to
its land.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point, shape

from neaspec.blocks import Points
from neaspec.render.maps.basemap import LAYERS, View, layer
from neaspec.render.maps.frame import Paper
from neaspec.render.pdf.svg import CHARACTER, LEADING

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, top, right, bottom

NAME_CHARACTERS = 18  # a longer name goes on lines, so that it stays near its country
LONGEST_NAME = 26  # characters in a line of the name of a place
# What is written where the full name has no room near its land: short forms in use at the United Nations.
SHORTER = {
    "Democratic People's Republic of Korea": ("DPR Korea",),
    "Republic of Korea": ("Republic", "of Korea"),
    "Russian Federation": ("Russian", "Federation"),
}
STEP = 8  # pixels between the spots tried for a name
AIR = 2  # pixels that stay free around a name
LINE_STEP = 6  # pixels between the pieces of a line that names keep away from
SMALL_LAND = 60_000  # square pixels; a larger land has room for its name
FARTHEST_OF_ALL = 160  # the same where nothing nearer is free
FARTHEST = 90  # pixels from a name on the sea to its land; farther away it would be taken for another's


@dataclass(frozen=True)
class Name:
    """A name with its place in a picture (pixels) and, where it stands beside its land, the end of its line."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    size: float
    towards: tuple[float, float] | None = None

    def box(self) -> Box:
        """Return what the name covers."""
        return name_box(self.lines, self.x, self.y, self.size, self.anchor)


@dataclass(frozen=True)
class Land:
    """A member State in a picture: its name, the place for it, spots on its land, of the sea and of all land near."""

    name: str
    anchor: tuple[float, float]
    on_land: Floats  # shape (n, 2), pixels
    on_sea: Floats  # shape (m, 2), pixels
    all_land: Floats  # shape (k, 2), pixels


def name_box(lines: Sequence[str], x: float, y: float, size: float, anchor: str) -> Box:
    """Return what lines cover whose start, middle or end lies at x and whose middle lies at y."""
    width = max(len(line) for line in lines) * size * CHARACTER
    height = len(lines) * size * LEADING
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return left, y - height / 2, left + width, y + height / 2


def square(place: tuple[float, float], size: float) -> Box:
    """Return the square of a size around a place."""
    x, y = place
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def covered_by_line(placed: Sequence[tuple[float, float]]) -> list[Box]:
    """Return small squares that cover a line of places (pixels)."""
    taken = []
    for (x, y), end in pairwise(placed):
        steps = max(1, math.ceil(math.dist((x, y), end) / LINE_STEP))
        for step in range(steps):
            share = step / steps
            taken.append(square((x + (end[0] - x) * share, y + (end[1] - y) * share), 3))
    return taken


def overlaps(spots: Floats, half: tuple[float, float], taken: Sequence[Box]) -> Floats:
    """Return how many square pixels of what is taken a box around each spot would cover; shape (n,)."""
    if not taken or not len(spots):
        return np.zeros(len(spots))
    other = np.asarray(taken, dtype=float)
    wide = np.minimum(spots[:, :1] + half[0], other[:, 2]) - np.maximum(spots[:, :1] - half[0], other[:, 0])
    tall = np.minimum(spots[:, 1:] + half[1], other[:, 3]) - np.maximum(spots[:, 1:] - half[1], other[:, 1])
    covered: Floats = (np.maximum(wide, 0) * np.maximum(tall, 0)).sum(axis=1)
    return covered


def state_names(paper: Paper, view: View, taken: list[Box], lines: Sequence[Box], size: float) -> list[Name]:
    """Place the names of the member States with land in a frame, where they cover nothing; adds them to what is taken.

    The State with the least room on its land comes first. Where there is no other room a name lies over lines, never
    over signs.
    """
    placed = []
    for land in sorted(lands(paper, view), key=lambda candidate: len(candidate.on_land)):
        whole, short = tuple(wrap(land.name, NAME_CHARACTERS)), SHORTER.get(land.name)
        forms = [whole, short] if short else [whole]
        tries = (
            place(land, form, paper, [*taken, *avoided], size, reach, is_strict)
            for is_strict in (True, False)
            for reach in (FARTHEST, FARTHEST_OF_ALL)
            for avoided in (lines, [])
            for form in forms
            for place in (_on_land, _on_sea)
        )
        name = next((candidate for candidate in tries if candidate), None)
        if name:
            placed.append(name)
            taken.append(name.box())
    return placed


def half_of(lines: Sequence[str], size: float) -> tuple[float, float]:
    """Return half the width and height of what lines cover, with the air around them."""
    left, top, right, bottom = name_box(lines, 0, 0, size, "middle")
    return (right - left) / 2 + AIR, (bottom - top) / 2 + AIR


def _on_land(
    land: Land, lines: tuple[str, ...], paper: Paper, taken: Sequence[Box], size: float, reach: float, is_strict: bool
) -> Name | None:
    """Return a name on the land of its State that covers nothing; the nearer to its usual place the better."""
    half = half_of(lines, size)
    spots = _inside(np.vstack([[land.anchor], land.on_land]), half, paper)
    free = spots[overlaps(spots, half, taken) == 0]
    if not len(free):
        return None
    # A name that reaches over a border seems to name both sides: better where both its ends lie on its land.
    own = {(int(x // STEP), int(y // STEP)) for x, y in land.on_land}
    ends = [[(int((x + side) // STEP), int(y // STEP)) in own for side in (-half[0], half[0])] for x, y in free]
    best = np.lexsort((np.hypot(*(free - land.anchor).T), -np.sum(ends, axis=1)))[0]
    x, y = free[best]
    return Name(lines, float(x), float(y), "middle", size)


def _on_sea(
    land: Land, lines: tuple[str, ...], paper: Paper, taken: Sequence[Box], size: float, reach: float, is_strict: bool
) -> Name | None:
    """Return a name on open sea near the land of its State that covers neither land nor signs.

    Its line never crosses other land. is_strict: no other land may be nearer to it, either: beside another State it
    would be taken for the name of that one.
    """
    half = half_of(lines, size)
    sea = _inside(land.on_sea, half, paper)
    sea = sea[overlaps(sea, half, taken) == 0]
    sea = sea[overlaps(sea, half, [square((x, y), STEP) for x, y in land.all_land]) == 0]
    ends = land.on_land[overlaps(land.on_land, (3, 3), taken) == 0]
    ends = ends if len(ends) else land.on_land
    if not len(sea) or not len(ends):
        return None
    apart = np.maximum(np.abs(sea[:, None] - ends[None]) - np.asarray(half), 0)  # from the edge of the name
    distance = np.hypot(apart[..., 0], apart[..., 1])
    foreign = foreign_land(land)
    if is_strict and len(foreign):
        beside = np.maximum(np.abs(sea[:, None] - foreign[None]) - np.asarray(half), 0)
        is_beside_another = np.hypot(beside[..., 0], beside[..., 1]).min(axis=1) < distance.min(axis=1)
        distance = np.where(is_beside_another[:, None], np.inf, distance)
    cells = {(int(x // STEP), int(y // STEP)) for x, y in foreign}
    nearest = np.argmin(distance, axis=1)
    for spot in np.argsort(distance[np.arange(len(sea)), nearest]):
        end = nearest[spot]
        if distance[spot, end] > reach:
            return None
        towards = (float(ends[end][0]), float(ends[end][1]))
        at = (float(sea[spot][0]), float(sea[spot][1]))
        if not crosses(at, towards, cells):
            return Name(lines, *at, "middle", size, towards)
    return None


def crosses(start: tuple[float, float], end: tuple[float, float], cells: set[tuple[int, int]]) -> bool:
    """Tell whether a line (pixels) runs through any of some cells of STEP pixels."""
    steps = max(2, math.ceil(math.dist(start, end) / (STEP / 2)))
    points = (
        (start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)
        for step in range(steps + 1)
    )
    return any((int(x // STEP), int(y // STEP)) in cells for x, y in points)


def foreign_land(land: Land) -> Floats:
    """Return the spots near a State that lie on other land; shape (n, 2)."""
    own = {(int(x // STEP), int(y // STEP)) for x, y in land.on_land}
    is_foreign = [(int(x // STEP), int(y // STEP)) not in own for x, y in land.all_land]
    return land.all_land[np.asarray(is_foreign, dtype=bool)] if len(land.all_land) else land.all_land


def _inside(spots: Floats, half: tuple[float, float], paper: Paper) -> Floats:
    x, y = spots[:, 0], spots[:, 1]
    kept = (x > half[0]) & (x < paper.width - half[0]) & (y > half[1]) & (y < paper.height - half[1])
    return spots[kept]


@lru_cache(maxsize=256)
def lands(paper: Paper, view: View) -> tuple[Land, ...]:
    """Return every member State that has a name on a basemap, with the spots of a frame that lie on its land."""
    across, down = np.arange(STEP / 2, paper.width, STEP), np.arange(STEP / 2, paper.height, STEP)
    spots = np.column_stack([part.ravel() for part in np.meshgrid(across, down)])
    ground = np.array([paper.ground(x, y) for x, y in spots])
    known, everything = states(view)
    is_land = shapely.contains_xy(everything, ground[:, 0], ground[:, 1])
    listed = []
    for name, anchor, land in known:
        own = spots[shapely.contains_xy(land, ground[:, 0], ground[:, 1])]
        near = np.zeros(len(spots), dtype=bool)
        if len(own):
            around = FARTHEST_OF_ALL + 60
            near = ((spots >= own.min(axis=0) - around) & (spots <= own.max(axis=0) + around)).all(axis=1)
        is_small = len(own) * STEP**2 < SMALL_LAND
        sea, land_near = (spots[near & part] if is_small else spots[:0] for part in (~is_land, is_land))
        listed.append(Land(name, paper.place(*anchor), own, sea, land_near))
    return tuple(listed)


@lru_cache(maxsize=4)
def states(view: View) -> tuple[list[tuple[str, tuple[float, float], Any]], Any]:
    """Return name, place of the name, and land of every member State of a basemap; and all its land."""
    features = layer(LAYERS[view][0])["features"]
    every = [shapely.make_valid(shape(item["geometry"])) for item in features]
    members = [area for area, item in zip(every, features, strict=True) if item["properties"]["is_member"]]
    members_named = []
    for name in LAYERS[view]:
        for item in layer(name)["features"] if name.endswith("_labels") else []:
            anchor = tuple(item["geometry"]["coordinates"])
            own = [piece for piece in members if piece.buffer(0.3).contains(Point(anchor))]
            if own:
                shapely.prepare(own[0])
                members_named.append((item["properties"]["name"], anchor, own[0]))
    everything = shapely.union_all(every)
    shapely.prepare(everything)
    return members_named, everything


def point_names(points: Points, paper: Paper, taken: list[Box], size: float) -> list[Name]:
    """Place names beside signs, on the first side where they cover nothing; none where there is no room."""
    places = zip(points.rows["name"], points.rows["longitude"], points.rows["latitude"], strict=True)
    placed = [
        place_name(str(name), paper.place(float(longitude), float(latitude)), paper, taken, size)
        for name, longitude, latitude in places
    ]
    return [name for name in placed if name]


def place_name(text: str, at: tuple[float, float], paper: Paper, taken: list[Box], size: float) -> Name | None:
    """Place a name beside its sign (pixels), on the first side where it covers nothing; adds it to what is taken."""
    x, y = at
    lines = tuple(wrap(text, LONGEST_NAME))
    if not lines or not math.isfinite(x + y):
        return None
    for right, down, anchor in ((14, 0, "start"), (-14, 0, "end"), (0, -18, "middle"), (0, 18, "middle")):
        up = (len(lines) - 1) * size * LEADING / 2
        name = Name(lines, x + right, y + down + (up if down > 0 else -up if down < 0 else 0), anchor, size)
        left, top, right_edge, bottom = name.box()
        is_inside = left > 2 and top > 2 and right_edge < paper.width - 2 and bottom < paper.height - 2
        middle = np.array([[(left + right_edge) / 2, (top + bottom) / 2]])
        half = ((right_edge - left) / 2, (bottom - top) / 2)
        if is_inside and overlaps(middle, half, taken)[0] == 0:
            taken.append(name.box())
            return name
    return None


def leader(name: Name) -> list[tuple[float, float]]:
    """Return the line from the edge of a name to its land (pixels)."""
    if name.towards is None:
        return []
    left, top, right, bottom = name.box()
    x, y = name.towards
    return [(min(max(x, left - AIR), right + AIR), min(max(y, top - AIR), bottom + AIR)), (x, y)]
