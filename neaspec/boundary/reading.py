"""Shapes from files and from points: GeoJSON, GeoPackage, KML; degrees of WGS 84; in memory, no other file opened."""

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, cast
from xml.etree.ElementTree import Element

import pandas as pd
import pyogrio
import pyproj
from shapely.geometry import MultiPolygon

from neaspec.boundary.drafts import CRS, MOST_BYTES, MOST_POINTS, Problem, ShapeError, checked_shape
from neaspec.crossings.input.archives import members
from neaspec.crossings.input.members import Input
from neaspec.crossings.input.positions import positions
from neaspec.crossings.readers.darwin_meta import parse_xml
from neaspec.errors import InputError

FILE_TYPES = ("geojson", "json", "gpkg", "kml")
WGS84_NAMES = ("4326", "crs84")
SQLITE = b"SQLite format 3\0"
Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]


def read_shape(file_name: str, data: bytes) -> MultiPolygon:
    """Return the shape in a file.

    Raises:
        ShapeError: with every problem found.
    """
    if not data.strip():
        raise ShapeError([Problem("empty_file", {"file": file_name})])
    if len(data) > MOST_BYTES:
        raise ShapeError([Problem("too_large", {"file": file_name, "most": MOST_BYTES // 1024 // 1024})])
    ending = PurePath(file_name).suffix.lower().lstrip(".")
    readers = {"geojson": polygons_of_geojson, "json": polygons_of_geojson, "gpkg": polygons_of_geopackage}
    if ending not in FILE_TYPES:
        raise ShapeError([Problem("unknown_kind", {"file": file_name})])
    return checked_shape(readers.get(ending, polygons_of_kml)(file_name, data))


def polygons_of_geojson(file_name: str, data: bytes) -> Polygons:
    """Return the polygons of a GeoJSON text.

    Raises:
        ShapeError: if it is none, names another reference system, or holds no area.
    """
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ShapeError([Problem("not_geojson", {"file": file_name})]) from None
    if not isinstance(root, dict) or "type" not in root:
        raise ShapeError([Problem("not_geojson", {"file": file_name})])
    named = (
        str((root.get("crs") or {}).get("properties", {}).get("name", "")) if isinstance(root.get("crs"), dict) else ""
    )
    if named and not named.lower().endswith(WGS84_NAMES):
        raise ShapeError([Problem("reference_system", {"file": file_name, "found": named[:60]})])
    found: Polygons = []
    others = 0
    try:
        for geometry in geometries_in(root):
            kind, coordinates = geometry.get("type"), geometry.get("coordinates")
            if kind == "Polygon":
                found.append(rings_in(coordinates))
            elif kind == "MultiPolygon":
                found += [rings_in(part) for part in cast("list[Any]", coordinates)]
            else:
                others += 1
    except (TypeError, ValueError, IndexError, AttributeError, RecursionError):
        raise ShapeError([Problem("not_geojson", {"file": file_name})]) from None
    return with_area(file_name, found, others)


def geometries_in(thing: Any) -> Iterator[dict[str, Any]]:
    """Give every geometry of a GeoJSON object that is no collection."""
    kind = thing["type"]
    if kind == "FeatureCollection":
        for feature in thing["features"]:
            yield from geometries_in(feature)
    elif kind == "Feature":
        if thing.get("geometry"):
            yield from geometries_in(thing["geometry"])
    elif kind == "GeometryCollection":
        for geometry in thing["geometries"]:
            yield from geometries_in(geometry)
    else:
        yield thing


def rings_in(coordinates: Any) -> list[Ring]:
    """Return rings as pairs of numbers; heights are left out."""
    return [[(float(point[0]), float(point[1])) for point in ring] for ring in coordinates]


def with_area(file_name: str, found: Polygons, others: int) -> Polygons:
    """Return polygons; refuse lines and points beside them, which have no area, and files without an area."""
    problems = [Problem("no_area_in_file", {"file": file_name})] if not found else []
    if others:
        problems.append(Problem("not_areas", {"file": file_name, "count": others}))
    if problems:
        raise ShapeError(problems)
    return found


def polygons_of_geopackage(file_name: str, data: bytes) -> Polygons:
    """Return the polygons of a GeoPackage, of all its layers.

    Raises:
        ShapeError: if it is none, has another reference system, or holds no area.
    """
    if not data.startswith(SQLITE):
        raise ShapeError([Problem("not_geopackage", {"file": file_name})])
    found: Polygons = []
    others = 0
    try:
        layers = [name for name, kind in pyogrio.list_layers(io.BytesIO(data)) if kind]
        for layer in layers:
            stated = str(pyogrio.read_info(io.BytesIO(data), layer=layer)["crs"] or "")
            if not stated or not is_wgs84(stated):
                raise ShapeError([Problem("reference_system", {"file": file_name, "found": stated[:60] or "-"})])
            frame = pyogrio.read_dataframe(io.BytesIO(data), layer=layer, columns=[], max_features=MOST_POINTS)
            for shape in frame.geometry:
                if shape is None or shape.is_empty:
                    continue
                if shape.geom_type not in ("Polygon", "MultiPolygon"):
                    others += 1
                    continue
                for part in getattr(shape, "geoms", [shape]):
                    rings = [part.exterior, *part.interiors]
                    found.append([[(point[0], point[1]) for point in ring.coords] for ring in rings])
    except ShapeError:
        raise
    except Exception:  # whatever the library says of a damaged file
        raise ShapeError([Problem("not_geopackage", {"file": file_name})]) from None
    return with_area(file_name, found, others)


def is_wgs84(stated: str) -> bool:
    """Tell whether a reference system is WGS 84 in degrees."""
    system = pyproj.CRS.from_user_input(stated)
    return system.equals(pyproj.CRS.from_user_input(CRS), ignore_axis_order=True)


def polygons_of_kml(file_name: str, data: bytes) -> Polygons:
    """Return the polygons of a KML text, which is always in degrees of WGS 84; what it links to is not opened.

    Raises:
        ShapeError: if it is none or holds no area.
    """
    try:
        (member,) = members([Input(file_name, data)])
        root = parse_xml(member)
    except (InputError, ValueError):
        raise ShapeError([Problem("not_kml", {"file": file_name})]) from None
    if local(root) != "kml":
        raise ShapeError([Problem("not_kml", {"file": file_name})])
    try:
        found = [
            [ring_of_kml(ring) for side in ("outerBoundaryIs", "innerBoundaryIs") for ring in inside(polygon, side)]
            for polygon in root.iter()
            if local(polygon) == "Polygon"
        ]
    except (ValueError, IndexError):
        raise ShapeError([Problem("not_kml", {"file": file_name})]) from None
    others = sum(local(element) in ("Point", "LineString", "Track") for element in root.iter())
    return with_area(file_name, found, others)


def local(element: Element) -> str:
    """Return the name of an element without its space."""
    return str(element.tag).rpartition("}")[2]


def inside(polygon: Element, side: str) -> list[Element]:
    """Return the lists of coordinates on one side of a polygon of KML."""
    return [
        element
        for boundary in polygon
        if local(boundary) == side
        for element in boundary.iter()
        if local(element) == "coordinates"
    ]


def ring_of_kml(coordinates: Element) -> Ring:
    """Return a ring: longitude,latitude[,height] with spaces between."""
    return [
        (float(numbers[0]), float(numbers[1]))
        for numbers in (text.split(",") for text in (coordinates.text or "").split())
    ]


def read_points(text: str) -> MultiPolygon:
    """Return the shape of points that were typed: one in a line, latitude before longitude; the ring is closed here.

    Degrees with a point, or degrees, minutes and seconds; between the two a comma, a semicolon, or spaces.

    Raises:
        ShapeError: with every line that cannot be read.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_POINTS:
        raise ShapeError([Problem("too_many_points", {"points": len(lines), "most": MOST_POINTS})])
    pairs = [split_pair(line) for _, line in lines]
    problems = [
        Problem("line_no_pair", {"line": number, "found": line[:40]})
        for (number, line), pair in zip(lines, pairs, strict=True)
        if len(pair) != 2
    ]
    if not problems:
        north, east = (pd.Series([pair[place] for pair in pairs], dtype="str") for place in (0, 1))
        read = positions(north, east)
        problems = [
            Problem("line_wrong", {"line": number, "found": line[:40], "why": why})
            for (number, line), why in zip(lines, read.found, strict=True)
            if why
        ]
    if problems:
        raise ShapeError(problems[:10])
    ring = [(float(x), float(y)) for x, y in zip(read.longitude, read.latitude, strict=True)]
    return checked_shape([[[*ring, ring[0]]]] if ring else [])


def split_pair(line: str) -> Sequence[str]:
    """Return the two positions in a line."""
    for mark in (";", "\t", ", ", ","):
        if line.count(mark) == 1:
            return [part.strip() for part in line.split(mark)]
    return line.split()
