"""A reader's own line or area: how long and large it is, and what lies how far from it, in bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point

from neaspec.shapes.checks import checked_lines, checked_shape
from neaspec.shapes.local_map import LocalMap
from neaspec.shapes.measures import ELLIPSOID, HECTARE, geodesic_area, geodesic_edge, geodesic_length
from neaspec.shapes.reading import read_lines_and_areas

BANDS = (("within_5", 0, 5), ("within_25", 5, 25), ("beyond_25", 25, 100))  # km


@dataclass(frozen=True, eq=False)
class OwnShape:
    """All lines and areas of a file."""

    lines: tuple[LineString, ...]
    areas: MultiPolygon

    @property
    def line_km(self) -> float:
        """Length of the lines on the ellipsoid."""
        return geodesic_length(self.lines) / 1000

    @property
    def area_ha(self) -> float:
        """Area on the ellipsoid, holes left out."""
        return geodesic_area(self.areas) / HECTARE

    @property
    def edge_km(self) -> float:
        """Length of all edges of the areas."""
        return geodesic_edge(self.areas) / 1000

    @cached_property
    def _in_metres(self) -> tuple[LocalMap, GeometryCollection]:
        """All of it on a map in metres, side by side: a union would work out every place where lines cross."""
        whole = GeometryCollection([*self.lines, self.areas])
        local = LocalMap(whole)
        return local, local.metres(whole)

    def distance_km(self, longitude: float, latitude: float) -> float:
        """Return the distance of a place; 0 inside an area."""
        local, whole = self._in_metres
        line = shapely.shortest_line(local.metres(Point(longitude, latitude)), whole)
        (start, end) = shapely.get_coordinates(local.degrees(line))
        return float(ELLIPSOID.inv(*start, *end)[2]) / 1000

    def counts_near(self, places: pd.DataFrame) -> dict[str, int]:
        """Return how many places (latitude, longitude) lie in each band of distance."""
        counts = dict.fromkeys((band for band, _, _ in BANDS), 0)
        for latitude, longitude in zip(places["latitude"], places["longitude"], strict=True):
            km = self.distance_km(float(longitude), float(latitude))
            for band, low, high in BANDS:
                counts[band] += low <= km < high
        return counts


def read_own_shape(file_name: str, data: bytes) -> OwnShape:
    """Return the lines and areas of a file.

    Raises:
        ShapeError: with every problem found.
    """
    lines, areas = read_lines_and_areas(file_name, data)
    return OwnShape(tuple(lines), areas)


def shape_of(corners: Sequence[tuple[float, float]], is_line: bool) -> OwnShape:
    """Return the line or the area of corners that were drawn.

    Raises:
        ShapeError: with every problem found.
    """
    if is_line:
        return OwnShape(tuple(checked_lines([corners])), MultiPolygon())
    ring = [*corners, *corners[:1]]
    return OwnShape((), checked_shape([[ring]]))
