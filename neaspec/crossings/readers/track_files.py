"""Tracks in GPX and GeoJSON: what hand-held receivers, map programs and portals write.

GPX: points of tracks and waypoints with a time; the animal is the name of the track, of the waypoint, or the file.
Times are UTC (https://www.topografix.com/GPX/1/1/). GeoJSON: points with a property for the time, or lines with as many
times (`coordTimes` or `times`) as corners; the animal is a property, or the file. A point without a time is left out,
and told.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pandas as pd

from neaspec.crossings.input.csv_tables import RawTable
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.positions import positions
from neaspec.crossings.input.times import order_of_dates, times
from neaspec.crossings.input.values import numbers
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.darwin_meta import parse_xml
from neaspec.crossings.readers.package import Package, data_set_of, stem
from neaspec.crossings.readers.rows import Rows, question_of
from neaspec.errors import InputError
from neaspec.files import MEGABYTE

STANDARD = "track_file"
SIGNS = "tracks (GPX; GeoJSON with a time for each point)"
GPX, GEOJSON = "GPX", "GeoJSON"
MOST_BYTES, MOST_POINTS = 100 * MEGABYTE, 2_000_000
TIMES = ("timestamp", "time", "datetime", "date_time", "eventdate", "utc_datetime")
LISTS = ("coordTimes", "times", "timestamps")
ANIMALS = ("individual", "individual-local-identifier", "individual_local_identifier", "animal", "animal_id", "name")
TAXA = ("taxon", "scientificname", "species", "individual-taxon-canonical-name")
ERRORS = ("uncertainty_m", "coordinateuncertaintyinmeters", "accuracy")
COLUMNS = ("individual", "taxon", "time", "longitude", "latitude", "uncertainty_m")
Row = tuple[str, str, str, str, str, str]


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return files of tracks (Reader.packages); what they are is told by how they begin."""
    recognised = []
    for member in members:
        version = _version(member)
        if version:
            recognised.append(Package(STANDARD, version, data_set_of(member), member))
    return recognised


def _version(member: Member) -> str:
    if member.kind != "text":
        return ""
    start = member.start[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"<gpx" in start:
        return GPX
    is_collection = start.startswith(b"{") and b'"FeatureCollection"' in member.start
    return GEOJSON if is_collection and b'"coordinates"' in member.start else ""


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month, which only properties of GeoJSON can leave open (Reader.questions)."""
    if package.version == GPX:
        return []
    written = pd.Series([row[2] for row in _rows(package.main, package.version)], dtype="str")
    return question_of(order_of_dates(written), package.main.name, "time", answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read points (Reader.records); the row of a point is its number in the file."""
    member = package.main
    rows = _rows(member, package.version)
    order = order_of_dates(pd.Series([row[2] for row in rows], dtype="str"))
    day_first = order.is_day_first(answers.day_first.get(member.name))
    for start in range(0, max(len(rows), 1), chunk_rows):
        piece = rows[start : start + chunk_rows]
        frame = pd.DataFrame(piece, columns=list(COLUMNS), dtype="str")
        lines = pd.Series(np.arange(start + 1, start + 1 + len(piece)), dtype="int64")
        yield _part(Rows(RawTable(member.name, COLUMNS, frame, lines, read=len(piece))), package, day_first)


def _part(rows: Rows, package: Package, day_first: bool | None) -> Part:
    when = times(rows.column("time"), day_first, "utc_by_standard" if package.version == GPX else "utc_assumed")
    where = positions(rows.column("latitude"), rows.column("longitude"))
    nowhere = pd.Series("", index=rows.table.frame.index, dtype="str")
    rows.leave_out_positions(where, "coordinates", nowhere)
    rows.leave_out_times(when, "time")
    error = numbers(rows.column("uncertainty_m")).values
    columns: dict[str, object] = {
        "data_set": package.data_set,
        "individual": rows.column("individual"),
        "taxon": rows.column("taxon"),
        "time": when.values,
        "time_quality": when.quality,
        "longitude": where.longitude,
        "latitude": where.latitude,
        "uncertainty_m": np.where(error > 0, error, np.nan),
        "evidence": "gps",
    }
    return rows.part(columns, STANDARD, package.version)


def _rows(member: Member, version: str) -> list[Row]:
    """Return the points of a file, read once.

    Raises:
        InputError: it cannot be read, or holds too many.
    """
    if "points" not in member.remembered:
        track_rows = _of_gpx(member) if version == GPX else _of_geojson(member, member.bytes(MOST_BYTES))
        if len(track_rows) > (member.limits.rows or MOST_POINTS):
            raise InputError([f"{member.name}: more than {member.limits.rows or MOST_POINTS:,} points"])
        member.remembered["points"] = track_rows
    rows: list[Row] = member.remembered["points"]
    return rows


def _of_gpx(member: Member) -> list[Row]:
    root = parse_xml(member, MOST_BYTES)
    rows: list[Row] = []
    for element in root:
        kind = _plain(element)
        if kind == "wpt":
            rows.append(_of_point(element, _text(element, "name") or stem(member.name)))
        elif kind in ("trk", "rte"):
            name = _text(element, "name") or stem(member.name)
            rows += [_of_point(point, name) for point in element.iter() if _plain(point) in ("trkpt", "rtept")]
    return rows


def _plain(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _text(element: Element, name: str) -> str:
    return next((" ".join((child.text or "").split()) for child in element if _plain(child) == name), "")


def _of_point(point: Element, animal: str) -> Row:
    return (animal, "", _text(point, "time"), point.get("lon", ""), point.get("lat", ""), "")


def _of_geojson(member: Member, data: bytes) -> list[Row]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
        json.dumps(content, ensure_ascii=False).encode()  # half of a letter (a lone surrogate) is no text
    except (ValueError, RecursionError) as error:
        raise InputError([f"{member.name}: not JSON that can be read"]) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise InputError([f"{member.name}: no list of features"])
    crs = str(content.get("crs") or "CRS84")
    if "CRS84" not in crs and "4326" not in crs:
        raise InputError([f"{member.name}: another reference system than WGS 84; write it in degrees of WGS 84"])
    rows: list[Row] = []
    for feature in features:
        if isinstance(feature, dict):
            rows += _of_feature(feature, stem(member.name))
    return rows


def _of_feature(feature: dict[str, Any], file: str) -> list[Row]:
    geometry, given = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, dict):
        return []
    own = {str(key).lower(): value for key, value in given.items()} if isinstance(given, dict) else {}
    raw = given if isinstance(given, dict) else {}
    animal, taxon, error = (_first(own, names) for names in (ANIMALS, TAXA, ERRORS))
    lists = next((raw[name] for name in LISTS if isinstance(raw.get(name), list)), None)
    moments = _flattened(lists) if lists is not None else [_first(own, TIMES)]
    flat = _corners(geometry.get("coordinates"))
    stated = moments if len(moments) == len(flat) else [""] * len(flat)  # times that do not fit are none
    return [
        (animal or file, taxon, _moment(moment), east, north, error)
        for (east, north), moment in zip(flat, stated, strict=True)
    ]


def _first(own: Mapping[str, Any], names: Sequence[str]) -> str:
    values = (own.get(name) for name in names)
    return next((" ".join(str(value).split())[:200] for value in values if isinstance(value, (str, int, float))), "")


def _moment(value: Any) -> str:
    return str(value).strip()[:80] if isinstance(value, (str, int, float)) else ""


def _flattened(values: Sequence[Any]) -> list[Any]:
    """Return times of lines in parts one after the other."""
    return [part for value in values for part in (value if isinstance(value, list) else [value])]


def _corners(coordinates: Any) -> list[tuple[str, str]]:
    """Return all corners of a geometry as text, whatever lists they are in."""
    corners: list[tuple[str, str]] = []
    waiting = [coordinates]
    while waiting:
        value = waiting.pop()
        if not isinstance(value, list):
            continue
        if len(value) >= 2 and all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in value[:2]):
            corners.append((repr(value[0]), repr(value[1])))
        else:
            waiting.extend(reversed(value))
    return corners
