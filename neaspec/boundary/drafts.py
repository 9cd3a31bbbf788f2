"""A draft of a boundary: a shape in degrees of WGS 84 with what its maker says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

from neaspec.shapes.measures import ELLIPSOID, rings_of

STEP_M = 500.0  # pieces of an edge: so short a geodesic and a straight line of a map differ by less than 1 cm
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
