"""Shapes from files and from points: GeoJSON, GeoPackage, KML; degrees of WGS 84; in memory, no other file opened.

The kind of a file is told by its name and its first bytes, never left to a library that knows many kinds: some of them
open other files and addresses.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, cast
from xml.etree.ElementTree import Element

import pandas as pd
import pyogrio
import pyproj
from shapely.geometry import LineString, MultiPolygon

from neaspec.crossings.input.archives import members
from neaspec.crossings.input.members import Input
from neaspec.crossings.input.positions import positions
from neaspec.crossings.readers.darwin_meta import parse_xml
from neaspec.errors import InputError
from neaspec.shapes.checks import checked_lines, checked_shape
from neaspec.shapes.problems import CRS, MOST_BYTES, MOST_POINTS, Problem, ShapeError

FILE_TYPES = ("geojson", "json", "gpkg", "kml")
WGS84_NAMES = ("4326", "crs84")
SQLITE = b"SQLite format 3\0"
APPLICATION = slice(68, 72)  # of a SQLite file: what it is for
GEOPACKAGES = (b"GPKG", b"GP10", b"GP11")
Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]


@dataclass
class Content:
    """What a file holds: areas as rings, the outer one first; lines; how many points."""

    areas: Polygons = field(default_factory=list)
    lines: list[Ring] = field(default_factory=list)
    points: int = 0


def read_shape(file_name: str, data: bytes) -> MultiPolygon:
    """Return the areas in a file; lines and points beside them are refused.

    Raises:
        ShapeError: with every problem found.
    """
    content = content_of(file_name, data)
    others = len(content.lines) + content.points
    problems = [Problem("no_area_in_file", {"file": file_name})] if not content.areas else []
    if others:
        problems.append(Problem("not_areas", {"file": file_name, "count": others}))
    if problems:
        raise ShapeError(problems)
    return checked_shape(content.areas)


def read_lines_and_areas(file_name: str, data: bytes) -> tuple[list[LineString], MultiPolygon]:
    """Return the lines and the areas in a file; points beside them are left out.

    Raises:
        ShapeError: with every problem found.
    """
    content = content_of(file_name, data)
    if not content.lines and not content.areas:
        raise ShapeError([Problem("no_line_in_file", {"file": file_name})])
    count = sum(map(len, content.lines)) + sum(len(ring) for rings in content.areas for ring in rings)
    if count > MOST_POINTS:
        raise ShapeError([Problem("too_many_points", {"points": count, "most": MOST_POINTS})])
    lines = checked_lines(content.lines) if content.lines else []
    return lines, checked_shape(content.areas) if content.areas else MultiPolygon()


def content_of(file_name: str, data: bytes) -> Content:
    """Return what a file holds, not yet checked.

    Raises:
        ShapeError: if it is empty, too large, of another kind or system, or damaged.
    """
    if not data.strip():
        raise ShapeError([Problem("empty_file", {"file": file_name})])
    if len(data) > MOST_BYTES:
        raise ShapeError([Problem("too_large", {"file": file_name, "most": MOST_BYTES // 1024 // 1024})])
    ending = PurePath(file_name).suffix.lower().lstrip(".")
    if ending not in FILE_TYPES:
        raise ShapeError([Problem("unknown_kind", {"file": file_name})])
    readers = {"geojson": content_of_geojson, "json": content_of_geojson, "gpkg": content_of_geopackage}
    return readers.get(ending, content_of_kml)(file_name, data)


def content_of_geojson(file_name: str, data: bytes) -> Content:
    """Return what a GeoJSON text holds.

    Raises:
        ShapeError: if it is none, or names another reference system.
    """
    try:
        root = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ShapeError([Problem("not_geojson", {"file": file_name})]) from None
    if not isinstance(root, dict) or "type" not in root:
        raise ShapeError([Problem("not_geojson", {"file": file_name})])
    content = Content()
    try:
        named = system_named(root)
        if named and not named.lower().endswith(WGS84_NAMES):
            raise ShapeError([Problem("reference_system", {"file": file_name, "found": named[:60]})])
        for geometry in geometries_in(root):
            kind, coordinates = geometry.get("type"), cast("list[Any]", geometry.get("coordinates"))
            if kind == "Polygon":
                content.areas.append(rings_in(coordinates))
            elif kind == "MultiPolygon":
                content.areas += [rings_in(part) for part in coordinates]
            elif kind == "LineString":
                content.lines += rings_in([coordinates])
            elif kind == "MultiLineString":
                content.lines += rings_in(coordinates)
            else:
                content.points += 1
    except (TypeError, ValueError, IndexError, AttributeError, RecursionError):
        raise ShapeError([Problem("not_geojson", {"file": file_name})]) from None
    return content


def system_named(root: dict[str, Any]) -> str:
    """Return the reference system that a GeoJSON object names, as it could before RFC 7946; empty = none.

    Raises:
        AttributeError: if it is not stated as an object.
    """
    stated = root.get("crs")
    return "" if stated is None else str(stated.get("properties", {}).get("name", ""))


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


def content_of_geopackage(file_name: str, data: bytes) -> Content:
    """Return what a GeoPackage holds in all its layers.

    Raises:
        ShapeError: if it is none, or has another reference system.
    """
    if not data.startswith(SQLITE) or data[APPLICATION] not in GEOPACKAGES:
        raise ShapeError([Problem("not_geopackage", {"file": file_name})])
    content = Content()
    try:
        layers = [name for name, kind in pyogrio.list_layers(io.BytesIO(data)) if kind]
        for layer in layers:
            stated = str(pyogrio.read_info(io.BytesIO(data), layer=layer)["crs"] or "")
            if not stated or not is_wgs84(stated):
                raise ShapeError([Problem("reference_system", {"file": file_name, "found": stated[:60] or "-"})])
            frame = pyogrio.read_dataframe(io.BytesIO(data), layer=layer, columns=[], max_features=MOST_POINTS)
            for shape in frame.geometry:
                add_shape(content, shape)
    except ShapeError:
        raise
    except Exception:  # whatever the library says of a damaged file
        raise ShapeError([Problem("not_geopackage", {"file": file_name})]) from None
    return content


def add_shape(content: Content, shape: Any) -> None:
    """Add a shape of the library to what a file holds, part by part."""
    if shape is None or shape.is_empty:
        return
    if hasattr(shape, "geoms"):
        for part in shape.geoms:
            add_shape(content, part)
    elif shape.geom_type == "Polygon":
        rings = [shape.exterior, *shape.interiors]
        content.areas.append([[(point[0], point[1]) for point in ring.coords] for ring in rings])
    elif "Line" in shape.geom_type:
        content.lines.append([(point[0], point[1]) for point in shape.coords])
    else:
        content.points += 1


def is_wgs84(stated: str) -> bool:
    """Tell whether a reference system is WGS 84 in degrees."""
    system = pyproj.CRS.from_user_input(stated)
    return system.equals(pyproj.CRS.from_user_input(CRS), ignore_axis_order=True)


def content_of_kml(file_name: str, data: bytes) -> Content:
    """Return what a KML text holds, which is always in degrees of WGS 84; what it links to is not opened.

    Raises:
        ShapeError: if it is none.
    """
    try:
        (member,) = members([Input(file_name, data)])
        root = parse_xml(member)
    except (InputError, ValueError):
        raise ShapeError([Problem("not_kml", {"file": file_name})]) from None
    if local(root) != "kml":
        raise ShapeError([Problem("not_kml", {"file": file_name})])
    content = Content()
    try:
        for element in root.iter():
            kind = local(element)
            if kind == "Polygon":
                sides = ("outerBoundaryIs", "innerBoundaryIs")
                content.areas.append([ring_of_kml(ring) for side in sides for ring in inside(element, side)])
            elif kind == "LineString":
                content.lines += [ring_of_kml(part) for part in element.iter() if local(part) == "coordinates"]
            else:
                content.points += kind in ("Point", "Track")
    except (ValueError, IndexError):
        raise ShapeError([Problem("not_kml", {"file": file_name})]) from None
    return content


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
