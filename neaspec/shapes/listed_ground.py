"""The ground on which the list of power plants is held: around the sites on record; elsewhere none listed is not none.

tools/energy_plants.py keeps the plants within LISTED_KM of a site that has a point.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import LineString, MultiPolygon

from neaspec.shapes.local_map import LocalMap

LISTED_KM = 100.0


def is_listed(areas: MultiPolygon, lines: Sequence[LineString], around_km: float, sites: pd.DataFrame) -> bool:
    """Tell whether the list of plants holds for all ground within so many kilometres of a shape.

    Args:
        areas: of the shape.
        lines: of the shape.
        around_km: how far around it.
        sites: longitude, latitude of all sites on record that have a point.
    """
    local = LocalMap(shapely.GeometryCollection([areas, *lines]))
    points = local.metres(shapely.points(sites["longitude"], sites["latitude"]))
    ground = shapely.union_all(shapely.buffer(points, (LISTED_KM - around_km) * 1000))
    shapely.prepare(ground)
    # each edge of a line for itself: a whole line may cross itself in more places than can be worked out
    corners = [shapely.get_coordinates(line) for line in lines]
    edges = [shapely.linestrings(np.stack([places[:-1], places[1:]], axis=1)) for places in corners]
    parts = local.metres(np.concatenate([shapely.get_parts(areas), *edges]))
    return bool(shapely.covers(ground, parts).all())
