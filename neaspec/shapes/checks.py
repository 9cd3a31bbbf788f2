"""Rings and lines of a reader checked: nothing is mended, what is wrong is said with its place."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from neaspec.region import REGION_BOUNDS
from neaspec.shapes.geodesics import on_geodesics
from neaspec.shapes.measures import geodesic_area, geodesic_length
from neaspec.shapes.problems import MOST_EDGE_KM, MOST_POINTS, MOST_PROBLEMS, Problem, ShapeError

Ring = Sequence[tuple[float, float]]


def checked_shape(polygons: Sequence[Sequence[Ring]]) -> MultiPolygon:
    """Return a shape of polygons, each its rings of longitude and latitude, the outer one first.

    Nothing is repaired: what is wrong is said.

    Raises:
        ShapeError: with every problem found.
    """
    problems = size_problems(polygons) or place_problems(polygons) or ring_problems(polygons) or edge_problems(polygons)
    if problems:
        raise ShapeError(problems[:MOST_PROBLEMS])
    parts = [orient(Polygon(rings[0], rings[1:])) for rings in polygons]
    problems = [problem for number, part in enumerate(parts, 1) for problem in part_problems(number, part)]
    whole = MultiPolygon(parts)
    if not problems and not whole.is_valid:
        problems = [Problem("parts_overlap", place_in(shapely.is_valid_reason(whole)))]
    if not problems and not (curved := on_geodesics(whole)).is_valid:
        problems = [Problem("geodesics_cross", place_in(shapely.is_valid_reason(curved)))]
    if problems:
        raise ShapeError(problems[:MOST_PROBLEMS])
    return whole


def checked_lines(lines: Sequence[Ring]) -> list[LineString]:
    """Return lines of longitude and latitude.

    Raises:
        ShapeError: with every problem found.
    """
    problems = size_problems([lines]) or place_problems([lines])
    problems = problems or [
        Problem("line_too_short", {"number": number})
        for number, line in enumerate(lines, 1)
        if len({tuple(point[:2]) for point in line}) < 2
    ]
    if problems:
        raise ShapeError(problems[:MOST_PROBLEMS])
    return [LineString(line) for line in lines]


def size_problems(polygons: Sequence[Sequence[Ring]]) -> list[Problem]:
    """Say whether there is a shape, and not more of it than is read."""
    count = sum(len(ring) for rings in polygons for ring in rings)
    if not count:
        return [Problem("no_area")]
    return [Problem("too_many_points", {"points": count, "most": MOST_POINTS})] if count > MOST_POINTS else []


def place_problems(polygons: Sequence[Sequence[Ring]]) -> list[Problem]:
    """Say whether the numbers are degrees of the region, longitude first."""
    places = np.array([point[:2] for rings in polygons for ring in rings for point in ring], dtype=float)
    east, north = places[:, 0], places[:, 1]
    if not np.isfinite(places).all():
        return [Problem("no_numbers")]
    if (np.abs(places) > 360).any():
        return [Problem("metres", {"number": f"{places[(np.abs(places) > 360).any(axis=1)][0].max():g}"})]
    if not inside_region(east, north) and inside_region(north, east):
        return [Problem("swapped", {"longitude": f"{east[0]:g}", "latitude": f"{north[0]:g}"})]
    if (np.abs(north) > 90).any():
        return [Problem("no_latitude", {"latitude": f"{north[np.abs(north) > 90][0]:g}"})]
    if (np.abs(east) > 180).any() or any(
        np.abs(np.diff([point[0] for point in ring])).max(initial=0) > 180 for rings in polygons for ring in rings
    ):
        return [Problem("antimeridian")]
    if (east < -90).any() and (east > 90).any():  # cut in parts at 180°, as RFC 7946 has it
        return [Problem("antimeridian")]
    return [] if inside_region(east, north) else [Problem("outside")]


def inside_region(east: Any, north: Any) -> bool:
    """Tell whether all places lie on the map of the region."""
    west_most, south_most, east_most, north_most = REGION_BOUNDS
    return bool(
        (east >= west_most).all()
        and (east <= east_most).all()
        and (north >= south_most).all()
        and (north <= north_most).all()
    )


def ring_problems(polygons: Sequence[Sequence[Ring]]) -> list[Problem]:
    """Say which rings are no rings."""
    problems = []
    for part, rings in enumerate(polygons, 1):
        for number, ring in enumerate(rings, 1):
            if len({tuple(point[:2]) for point in ring}) < 3:
                problems.append(Problem("too_few_points", {"part": part, "ring": number}))
            elif tuple(ring[0][:2]) != tuple(ring[-1][:2]):
                problems.append(Problem("not_closed", {"part": part, "ring": number}))
    return problems


def edge_problems(polygons: Sequence[Sequence[Ring]]) -> list[Problem]:
    """Say whether all edges together are longer than is measured: points are put along them."""
    edge_km = round(geodesic_length([LineString(ring) for rings in polygons for ring in rings]) / 1000)
    return [Problem("edge_too_long", {"found": edge_km, "most": MOST_EDGE_KM})] if edge_km > MOST_EDGE_KM else []


def part_problems(number: int, part: Polygon) -> list[Problem]:
    """Say where a ring crosses itself, and which holes lie outside or across."""
    problems = []
    for ring_number, ring in enumerate((part.exterior, *part.interiors), 1):
        alone = Polygon(ring)
        if not alone.is_valid:
            place = place_in(shapely.is_valid_reason(alone))
            problems.append(Problem("crosses_itself", {"part": number, "ring": ring_number, **place}))
        elif geodesic_area(alone) < 1:
            problems.append(Problem("no_size", {"part": number, "ring": ring_number}))
    if not problems and not part.is_valid:
        problems.append(Problem("hole_wrong", {"part": number, **place_in(shapely.is_valid_reason(part))}))
    return problems


def place_in(reason: str) -> dict[str, str]:
    """Return the place that the library names: Self-intersection[130.6 42.3]."""
    longitude, _, latitude = reason.partition("[")[2].rstrip("]").partition(" ")
    return {"longitude": f"{float(longitude):.4f}", "latitude": f"{float(latitude):.4f}"}
