"""Lengths and areas of lines and areas on the ellipsoid of WGS 84."""

from typing import Any

import pyproj
from shapely.geometry.base import BaseGeometry

ELLIPSOID = pyproj.Geod(ellps="WGS84")


def length_km(shape: BaseGeometry) -> float:
    """Return the length of a line or of several, in kilometres; 0 for points and areas."""
    if "Line" not in shape.geom_type and shape.geom_type != "GeometryCollection":
        return 0.0
    parts: Any = getattr(shape, "geoms", [shape])
    return sum(
        length_km(part) if hasattr(part, "geoms") else float(ELLIPSOID.geometry_length(part)) / 1000
        for part in parts
        if "Line" in part.geom_type or hasattr(part, "geoms")
    )


def area_and_edge(shape: BaseGeometry) -> tuple[float, float]:
    """Return the area of an area or of several in square metres, and the length of all its edges in metres."""
    area, edge = ELLIPSOID.geometry_area_perimeter(shape)
    return abs(float(area)), float(edge)
