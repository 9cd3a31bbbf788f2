"""Lines and areas of a reader's file: GeoJSON, GeoPackage or KML, read in memory, with limits; nothing is mended."""

import io
from dataclasses import dataclass

import numpy as np
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from neaspec.scenarios.refusals import Refusal
from neaspec.scenarios.shapes import area_and_edge, length_km

MOST_BYTES = 1_000_000
MOST_POINTS = 20_000
FILE_TYPES = ("geojson", "json", "gpkg", "kml")
WGS84 = 4326


@dataclass(frozen=True, eq=False)
class Shapes:
    """What a file holds: all its lines and areas; their length in km, area in ha, edge in km."""

    shape: BaseGeometry
    line_km: float
    area_ha: float
    edge_km: float


def read_shapes(data: bytes) -> Shapes | list[Refusal]:
    """Return the lines and areas of a file, or why it is refused: all reasons at once."""
    if len(data) > MOST_BYTES:
        return [Refusal("shape_too_large", {"size": round(len(data) / 1e6, 1)})]
    try:
        frame = pyogrio.read_dataframe(io.BytesIO(data))
        if frame.crs is not None and frame.crs.to_epsg() != WGS84:
            frame = frame.to_crs(WGS84)
        parts = [part for part in frame.geometry if part is not None and not part.is_empty]
    except Exception:  # the library raises many kinds; none of them may quote the file
        return [Refusal("shape_not_read")]
    parts = [shapely.force_2d(part) for part in parts if "Point" not in part.geom_type]
    if not parts:
        return [Refusal("shape_none")]
    points = sum(len(shapely.get_coordinates(part)) for part in parts)
    if points > MOST_POINTS:
        return [Refusal("shape_too_many", {"count": points})]
    reasons = [reason for part in parts for reason in _faults(part)]
    if reasons:
        return reasons
    lines = sum(length_km(part) for part in parts)
    areas = [area_and_edge(part) for part in parts if "Polygon" in part.geom_type]
    whole = shapely.union_all(parts)
    return Shapes(whole, lines, sum(area for area, _ in areas) / 1e4, sum(edge for _, edge in areas) / 1e3)


def _faults(part: BaseGeometry) -> list[Refusal]:
    places = shapely.get_coordinates(part)
    if not np.isfinite(places).all() or (np.abs(places) > (180, 90)).any():
        return [Refusal("shape_wrong_places")]
    if "Polygon" in part.geom_type and not part.is_valid:
        told = explain_validity(part)
        where = told.partition("[")[2].rstrip("]").split()
        longitude, latitude = (round(float(number), 4) for number in where) if len(where) == 2 else (0.0, 0.0)
        return [Refusal("shape_crossing", {"longitude": longitude, "latitude": latitude})]
    return []
