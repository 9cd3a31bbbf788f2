"""A draft: a shape in degrees of WGS 84, what is wrong with a shape, and how geodesic sizes are worked out.

Edges are geodesics, as the reference libraries have them: between neighbouring points they are the shortest line on
the ellipsoid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from neaspec.errors import DashboardError
from neaspec.region import REGION_BOUNDS

ELLIPSOID = pyproj.Geod(ellps="WGS84")
CRS = "EPSG:4326"
MOST_POINTS = 20_000
MOST_BYTES = 1024 * 1024
MOST_PROBLEMS = 20
STEP_M = 500.0  # pieces of an edge: so short a geodesic and a straight line of a map differ by less than 1 cm
HECTARE = 10_000.0
LETTERS = ("A", "B", "C")
KINDS = ("protected_area", "conservation_landscape", "migration_area", "park_for_peace")
# Questions of readiness, after the four pillars of planning across borders; three each.
PILLARS: Mapping[str, tuple[str, ...]] = {
    "nature": ("shared_species", "shared_processes", "known_state"),
    "society": ("communities", "benefits", "consultation"),
    "economy": ("compatible_use", "costs", "funding"),
    "governance": ("mandate", "contacts", "legal_basis"),
}
ANSWERS = ("yes", "no", "not_known")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a shape: a key of the wording, and what it names (numbers, places)."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


class ShapeError(DashboardError):
    """A shape cannot be a draft; all problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems."""
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.key for problem in problems))


@dataclass(frozen=True)
class Draft:
    """One draft of a boundary.

    letter: A, B or C. name, author: as typed. origin: drawn, uploaded, points, or given. shape: parts and holes, outer
    rings against the clock. kind: of KINDS, empty = not chosen. answers: question -> yes, no; else not known.
    """

    letter: str
    name: str
    shape: MultiPolygon
    origin: str
    author: str = ""
    kind: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Number of corners."""
        return sum(len(ring.coords) - 1 for ring in rings_of(self.shape))

    @property
    def holes(self) -> int:
        """Number of areas inside that are left out."""
        return sum(len(part.interiors) for part in self.shape.geoms)


def rings_of(shape: MultiPolygon) -> list[Any]:
    """Return all rings of a shape, the outer ring of each part before its holes."""
    return [ring for part in shape.geoms for ring in (part.exterior, *part.interiors)]


def geodesic_area(shape: MultiPolygon | Polygon) -> float:
    """Return the area on the ellipsoid in square metres, holes left out."""
    parts = getattr(shape, "geoms", [shape])
    return float(
        sum(
            abs(ELLIPSOID.geometry_area_perimeter(orient(Polygon(part.exterior)))[0])
            - sum(abs(ELLIPSOID.geometry_area_perimeter(orient(Polygon(hole)))[0]) for hole in part.interiors)
            for part in parts
            if not part.is_empty
        )
    )


def geodesic_edge(shape: MultiPolygon) -> float:
    """Return the length of all rings on the ellipsoid in metres."""
    return float(sum(ELLIPSOID.geometry_length(ring) for ring in rings_of(shape)))


def on_geodesics(shape: MultiPolygon) -> MultiPolygon:
    """Return a shape with points along its edges, so that a straight line of a map follows each edge."""
    return MultiPolygon(
        [
            Polygon(
                ring_on_geodesics(part.exterior.coords), [ring_on_geodesics(hole.coords) for hole in part.interiors]
            )
            for part in shape.geoms
        ]
    )


def ring_on_geodesics(coordinates: Any) -> list[tuple[float, float]]:
    """Return a ring with a point at least every STEP_M."""
    points: list[tuple[float, float]] = []
    places = np.asarray(coordinates)[:, :2]
    lengths = ELLIPSOID.line_lengths(places[:, 0], places[:, 1])
    for start, end, length in zip(places[:-1], places[1:], lengths, strict=False):
        points.append((float(start[0]), float(start[1])))
        count = int(length // STEP_M)
        if count:
            points += ELLIPSOID.npts(start[0], start[1], end[0], end[1], count)
    points.append((float(places[-1][0]), float(places[-1][1])))
    return points


def checked_shape(polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> MultiPolygon:
    """Return a shape of polygons, each its rings of longitude and latitude, the outer one first.

    Nothing is repaired: what is wrong is said.

    Raises:
        ShapeError: with every problem found.
    """
    problems = [*size_problems(polygons)] or [*place_problems(polygons)] or [*ring_problems(polygons)]
    if problems:
        raise ShapeError(problems[:MOST_PROBLEMS])
    parts = [orient(Polygon(rings[0], rings[1:])) for rings in polygons]
    problems = [problem for number, part in enumerate(parts, 1) for problem in part_problems(number, part)]
    if not problems and not (whole := MultiPolygon(parts)).is_valid:
        problems = [Problem("parts_overlap", place_in(shapely.is_valid_reason(whole)))]
    if problems:
        raise ShapeError(problems[:MOST_PROBLEMS])
    return MultiPolygon(parts)


def size_problems(polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> list[Problem]:
    """Say whether there is a shape, and not more of it than is read."""
    count = sum(len(ring) for rings in polygons for ring in rings)
    if not count:
        return [Problem("no_area")]
    return [Problem("too_many_points", {"points": count, "most": MOST_POINTS})] if count > MOST_POINTS else []


def place_problems(polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> list[Problem]:
    """Say whether the numbers are degrees of the region, longitude first."""
    places = np.array([point[:2] for rings in polygons for ring in rings for point in ring], dtype=float)
    east, north = places[:, 0], places[:, 1]
    if not np.isfinite(places).all():
        return [Problem("no_numbers")]
    if (np.abs(places) > 360).any():
        return [Problem("metres", {"number": f"{places[(np.abs(places) > 360).any(axis=1)][0].max():g}"})]
    if not inside_region(east, north) and inside_region(north, east):
        return [Problem("swapped", {"longitude": f"{east[0]:g}", "latitude": f"{north[0]:g}"})]
    if (np.abs(north) > 90).any():
        return [Problem("no_latitude", {"latitude": f"{north[np.abs(north) > 90][0]:g}"})]
    if (np.abs(east) > 180).any() or any(
        np.abs(np.diff([point[0] for point in ring])).max(initial=0) > 180 for rings in polygons for ring in rings
    ):
        return [Problem("antimeridian")]
    return [] if inside_region(east, north) else [Problem("outside")]


def inside_region(east: Any, north: Any) -> bool:
    """Tell whether all places lie on the map of the region."""
    west_most, south_most, east_most, north_most = REGION_BOUNDS
    return bool(
        (east >= west_most).all() and (east <= east_most).all() and (north >= south_most).all()
        and (north <= north_most).all()
    )  # fmt: skip


def ring_problems(polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> list[Problem]:
    """Say which rings are no rings."""
    problems = []
    for part, rings in enumerate(polygons, 1):
        for number, ring in enumerate(rings, 1):
            if len({tuple(point[:2]) for point in ring}) < 3:
                problems.append(Problem("too_few_points", {"part": part, "ring": number}))
            elif tuple(ring[0][:2]) != tuple(ring[-1][:2]):
                problems.append(Problem("not_closed", {"part": part, "ring": number}))
    return problems


def part_problems(number: int, part: Polygon) -> list[Problem]:
    """Say where a ring crosses itself, and which holes lie outside or across."""
    problems = []
    for ring_number, ring in enumerate((part.exterior, *part.interiors), 1):
        alone = Polygon(ring)
        if not alone.is_valid:
            place = place_in(shapely.is_valid_reason(alone))
            problems.append(Problem("crosses_itself", {"part": number, "ring": ring_number, **place}))
        elif geodesic_area(alone) < 1:
            problems.append(Problem("no_size", {"part": number, "ring": ring_number}))
    if not problems and not part.is_valid:
        problems.append(Problem("hole_wrong", {"part": number, **place_in(shapely.is_valid_reason(part))}))
    return problems


def place_in(reason: str) -> dict[str, str]:
    """Return the place that the library names: Self-intersection[130.6 42.3]."""
    longitude, _, latitude = reason.partition("[")[2].rstrip("]").partition(" ")
    return {"longitude": f"{float(longitude):.4f}", "latitude": f"{float(latitude):.4f}"}
