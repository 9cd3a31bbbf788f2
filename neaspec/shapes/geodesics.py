"""Edges as a straight line of a map follows them: points along geodesics."""

from typing import Any

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

from neaspec.shapes.measures import ELLIPSOID

STEP_M = 500.0  # pieces of an edge: so short a geodesic and a straight line of a map differ by less than 1 cm


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
