"""Given shapes to start from: circles around the points of sites, and extents that documents print on four sides."""

from typing import Any

import numpy as np
import pandas as pd
from shapely import union_all
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.polygon import orient

from neaspec.shapes.measures import ELLIPSOID

CORNERS = 72  # of a circle
RADII_KM = (1, 2, 5, 10, 20)


def circles(places: pd.DataFrame, radius_km: float) -> MultiPolygon:
    """Return circles around points, those that touch joined.

    Args:
        places: longitude, latitude.
        radius_km: on the ellipsoid.
    """
    turns = np.linspace(0, 360, CORNERS, endpoint=False)
    shapes = []
    for longitude, latitude in zip(places["longitude"], places["latitude"], strict=True):
        east, north, _ = ELLIPSOID.fwd(
            np.full(CORNERS, longitude), np.full(CORNERS, latitude), turns, np.full(CORNERS, radius_km * 1000)
        )
        shapes.append(Polygon(zip(east, north, strict=True)))
    return as_parts(union_all(shapes))


def extents(rows: pd.DataFrame) -> MultiPolygon:
    """Return the areas between limits that documents print (west_deg, south_deg, east_deg, north_deg), joined."""
    limits = rows[["west_deg", "south_deg", "east_deg", "north_deg"]].itertuples(index=False)
    return as_parts(union_all([box(*row) for row in limits]))


def as_parts(shape: Any) -> MultiPolygon:
    """Return a shape as parts, outer rings against the clock."""
    return MultiPolygon([orient(part) for part in getattr(shape, "geoms", [shape])])
