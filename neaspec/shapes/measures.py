"""Sizes on the ellipsoid of WGS 84: areas, edges and lengths.

Edges are geodesics, as the reference libraries have them: between neighbouring points they are the shortest line on
the ellipsoid.
"""

from collections.abc import Sequence
from typing import Any

import pyproj
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.polygon import orient

ELLIPSOID = pyproj.Geod(ellps="WGS84")
HECTARE = 10_000.0


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


def geodesic_length(lines: Sequence[LineString]) -> float:
    """Return the length of lines on the ellipsoid in metres."""
    return float(sum(ELLIPSOID.geometry_length(line) for line in lines))
