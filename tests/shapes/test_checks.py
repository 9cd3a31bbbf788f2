"""Rings and lines at their limits: numbers, order of axes, the region, closing, size; shapes to start from."""

import math
import time
from typing import Any

import pandas as pd
import pytest
from shapely.geometry import MultiPolygon, Polygon

from neaspec.boundary.drafts import Draft
from neaspec.boundary.given import as_parts, circles, extents
from neaspec.boundary.measure import Measures, StateArea, band_of
from neaspec.boundary.outputs import boundary, rounded
from neaspec.region import REGION_BOUNDS
from neaspec.scenarios.own_shape import shape_of
from neaspec.sections.shape_problems import problem_words
from neaspec.shapes.checks import checked_lines, checked_shape, inside_region, place_in
from neaspec.shapes.geodesics import STEP_M, on_geodesics, ring_on_geodesics
from neaspec.shapes.measures import ELLIPSOID, geodesic_area, geodesic_edge, geodesic_length, rings_of
from neaspec.shapes.problems import MOST_EDGE_KM, MOST_POINTS, Problem, ShapeError
from neaspec.shapes.reading import read_points, split_pair
from neaspec.text import Words

Ring = list[tuple[float, float]]
WEST, SOUTH, EAST, NORTH = REGION_BOUNDS


def square(west: float = 130.0, south: float = 43.0, size: float = 0.1) -> Ring:
    return [(west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south)]


def problems(*polygons: list[Ring]) -> list[Problem]:
    with pytest.raises(ShapeError) as refused:
        checked_shape(polygons)
    return list(refused.value.problems)


def line_problems(*lines: Ring) -> list[Problem]:
    with pytest.raises(ShapeError) as refused:
        checked_lines(lines)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("place", "key", "values"),
    [
        ((math.nan, 43.0), "no_numbers", {}),
        ((math.inf, 43.0), "no_numbers", {}),
        ((523_000.0, 4_600_000.0), "metres", {"number": "4.6e+06"}),
        ((361.0, 43.0), "metres", {"number": "361"}),
        ((131.0, 90.5), "no_latitude", {"latitude": "90.5"}),
        ((200.0, 43.0), "antimeridian", {}),
        ((10.0, 43.0), "outside", {}),
    ],
)
def test_a_place_that_cannot_be_is_told(place: tuple[float, float], key: str, values: dict[str, str]) -> None:
    (problem,) = problems([[(130.0, 43.0), (130.1, 43.0), place, (130.0, 43.0)]])
    assert (problem.key, dict(problem.values)) == (key, values)


def test_latitude_before_longitude_is_told_with_the_first_place() -> None:
    (problem,) = problems([[(y, x) for x, y in square()]])
    assert (problem.key, dict(problem.values)) == ("swapped", {"longitude": "43", "latitude": "130"})


@pytest.mark.parametrize(
    ("east", "north", "is_inside"),
    [
        (WEST, SOUTH, True),
        (EAST, NORTH, True),
        (WEST - 0.01, SOUTH, False),
        (EAST + 0.01, NORTH, False),
        (WEST, SOUTH - 0.01, False),
        (EAST, NORTH + 0.01, False),
    ],
)
def test_the_limits_of_the_region_belong_to_it(east: float, north: float, is_inside: bool) -> None:
    series = pd.Series([131.0, east]), pd.Series([43.0, north])
    assert inside_region(*series) is is_inside


def test_rings_that_are_none_are_told_with_part_and_ring() -> None:
    two_corners: Ring = [(130.0, 43.0), (130.1, 43.0), (130.0, 43.0)]
    found = problems([square(), two_corners], [square(131)[:-1]])
    assert [(problem.key, dict(problem.values)) for problem in found] == [
        ("too_few_points", {"part": 1, "ring": 2}),
        ("not_closed", {"part": 2, "ring": 1}),
    ]


def test_a_hole_outside_a_crossing_and_a_ring_of_no_size_are_told() -> None:
    (hole,) = problems([square(), square(130.5)])
    assert (hole.key, hole.values["part"]) == ("hole_wrong", 1)
    bow: Ring = [(130.0, 43.0), (130.2, 43.2), (130.2, 43.0), (130.0, 43.2), (130.0, 43.0)]
    (cross,) = problems([square(131)], [bow])
    assert (cross.key, dict(cross.values)) == (
        "crosses_itself",
        {"part": 2, "ring": 1, "longitude": "130.1000", "latitude": "43.1000"},
    )
    (flat,) = problems([square(size=0.000001)])
    assert (flat.key, flat.values["ring"]) == ("no_size", 1)


def test_as_many_points_as_are_read_are_read_and_no_shape_is_none() -> None:
    (none,) = problems()
    assert none.key == "no_area"
    line: Ring = [(130 + number * 1e-5, 43.0) for number in range(MOST_POINTS)]
    assert len(checked_lines([line])[0].coords) == MOST_POINTS
    (many,) = line_problems([*line, (131.0, 43.0)])
    assert (many.key, dict(many.values)) == ("too_many_points", {"points": MOST_POINTS + 1, "most": MOST_POINTS})


def comb(teeth: int) -> Ring:
    """A few corners with a long edge between them: each tooth is some 500 km high."""
    steps = [101 + 18 * number / (2 * teeth) for number in range(2 * teeth + 1)]
    top = [(x, 45.0 if number // 2 % 2 else 49.5) for number, x in enumerate(x for step in steps for x in (step, step))]
    return [(100.0, 43.0), *top[1:-1], (120.0, 43.0), (100.0, 43.0)]


def test_edges_longer_than_are_measured_are_told_before_points_are_put_along_them(words: Words) -> None:
    start = time.process_time()
    (problem,) = problems([comb(2_500)])
    assert time.process_time() - start < 1
    assert problem.key == "edge_too_long" and problem.values["found"] > 1_000_000
    assert "up to 50,000 km are measured" in problem_words(words, problem)
    length = geodesic_edge(checked_shape([[comb(36)]])) / 1000
    assert 0.6 * MOST_EDGE_KM < length < MOST_EDGE_KM
    (too_long,) = problems([comb(72)])
    assert too_long.values["found"] > MOST_EDGE_KM


def test_edges_that_cross_only_on_the_globe_are_told_with_the_place() -> None:
    """The long edge in the south bows northwards over the notch that reaches down to it."""
    notch: Ring = [(100, 40), (120, 40), (120, 45), (110.1, 45), (110, 40.05), (109.9, 45), (100, 45), (100, 40)]
    (problem,) = problems([notch])
    assert problem.key == "geodesics_cross"
    assert float(problem.values["latitude"]) > 40 and 109 < float(problem.values["longitude"]) < 111


def test_a_line_that_crosses_itself_thousands_of_times_is_soon_measured() -> None:
    count = 19_000
    line = [
        (130 + number % 2, 43 + number / count if number % 4 < 2 else 44 - number / count) for number in range(count)
    ]
    start = time.process_time()
    near = shape_of(line, is_line=True).counts_near(
        pd.DataFrame({"latitude": [43.5, 43.5], "longitude": [130.5, 131.2]})
    )
    assert near == {"within_5": 1, "within_25": 1, "beyond_25": 0}
    assert time.process_time() - start < 5


def test_a_line_needs_two_places() -> None:
    (short,) = line_problems([(130.0, 43.0), (130.1, 43.0)], [(130.0, 43.0), (130.0, 43.0)])
    assert (short.key, dict(short.values)) == ("line_too_short", {"number": 2})


def test_at_most_twenty_problems_are_told() -> None:
    assert len(line_problems(*([[(130.0, 43.0)]] * 25))) == 20


def test_outer_rings_go_against_the_clock_and_holes_with_it() -> None:
    hole = square(130.02, 43.02, 0.02)
    for ring, inner in ((square(), hole), (square()[::-1], hole[::-1])):
        (part,) = checked_shape([[ring, inner]]).geoms
        assert part.exterior.is_ccw and not part.interiors[0].is_ccw


def test_the_place_the_library_names_has_four_decimals() -> None:
    assert place_in("Self-intersection[130.60001 42.3]") == {"longitude": "130.6000", "latitude": "42.3000"}


def test_sizes_are_those_of_the_ellipsoid_with_holes_left_out() -> None:
    whole, hole = Polygon(square()), Polygon(square(130.02, 43.02, 0.02))
    shape = MultiPolygon([Polygon(square(), [square(130.02, 43.02, 0.02)]), Polygon(square(131))])
    assert geodesic_area(shape) == pytest.approx(2 * geodesic_area(whole) - geodesic_area(hole))
    assert geodesic_area(whole) == pytest.approx(8_136 * 11_110, rel=0.01)
    edges = [geodesic_length([ring]) for ring in rings_of(shape)]
    assert len(edges) == 3 and geodesic_edge(shape) == pytest.approx(sum(edges))
    assert geodesic_area(MultiPolygon()) == 0 and geodesic_length([]) == 0


def draft(*parts: Polygon) -> Draft:
    return Draft("A", "a", MultiPolygon(parts), "drawn")


def test_a_draft_counts_its_corners_and_holes() -> None:
    both = draft(Polygon(square(), [square(130.02, 43.02, 0.02)]), Polygon(square(131)))
    assert (both.points, both.holes) == (12, 1)
    assert (draft(Polygon(square())).points, draft(Polygon(square())).holes) == (4, 0)


def test_edges_have_a_point_at_least_every_step_and_keep_their_corners() -> None:
    ring = square(size=0.02)
    points = ring_on_geodesics(ring)
    east, north = zip(*points, strict=True)
    lengths = ELLIPSOID.line_lengths(east, north)
    assert max(lengths) <= STEP_M and points[0] == points[-1] == ring[0]
    assert set(ring) <= set(points)
    short = square(size=0.001)
    assert ring_on_geodesics(short) == short
    shape = on_geodesics(MultiPolygon([Polygon(square(), [square(130.02, 43.02, 0.02)])]))
    assert len(shape.geoms[0].interiors) == 1 and geodesic_area(shape) == pytest.approx(
        geodesic_area(Polygon(square(), [square(130.02, 43.02, 0.02)])), rel=1e-6
    )


@pytest.mark.parametrize(
    ("metres", "band"),
    [
        (-5.0, 0),
        (0.0, 0),
        (0.1, 1),
        (1_000.0, 1),
        (1_000.1, 5),
        (5_000.0, 5),
        (5_001.0, 10),
        (10_000.0, 10),
        (10_001.0, None),
    ],
)
def test_a_distance_has_its_band(metres: float, band: int | None) -> None:
    assert band_of(metres) == band


def test_the_area_in_a_state_is_found_by_its_code() -> None:
    china = StateArea("CHN", 5.0)
    measures = Measures(9.0, 1.0, (china, StateArea("sea", 4.0)), None)
    assert measures.area_of("CHN") == china and measures.area_of("RUS") is None


def test_circles_that_touch_are_one_and_others_are_apart() -> None:
    near = pd.DataFrame({"longitude": [131.0, 131.02], "latitude": [43.0, 43.0]})
    far = pd.DataFrame({"longitude": [131.0, 132.0], "latitude": [43.0, 43.0]})
    assert len(circles(near, 1).geoms) == 1 and len(circles(far, 1).geoms) == 2
    assert geodesic_area(circles(far, 2)) == pytest.approx(2 * math.pi * 2_000**2, rel=0.01)


def test_printed_limits_that_touch_are_one_area() -> None:
    names = ["west_deg", "south_deg", "east_deg", "north_deg"]
    rows = pd.DataFrame([(130, 43, 131, 44), (131, 43, 132, 44), (140, 50, 141, 51)], columns=names)
    shape = extents(rows)
    assert [part.bounds for part in shape.geoms] == [(130, 43, 132, 44), (140, 50, 141, 51)]
    assert all(part.exterior.is_ccw for part in shape.geoms)
    assert len(as_parts(Polygon(square())).geoms) == 1


def test_files_have_places_to_a_centimetre() -> None:
    geometry = {"type": "Polygon", "coordinates": (((130.123456789, 43.0),),)}
    assert rounded(geometry) == {"type": "Polygon", "coordinates": [[[130.1234568, 43.0]]]}
    assert boundary("outerBoundaryIs", [(130.5, 43.25)]) == (
        "<outerBoundaryIs><LinearRing><coordinates>130.5000000,43.2500000</coordinates></LinearRing></outerBoundaryIs>"
    )


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("43.5, 131.5", ["43.5", "131.5"]),
        ("43,5; 131,5", ["43,5", "131,5"]),
        ("43.5\t131.5", ["43.5", "131.5"]),
        ("43.5 131.5", ["43.5", "131.5"]),
        ("43.5,131.5", ["43.5", "131.5"]),
        ("43,5, 131,5", ["43,5", "131,5"]),
        ("43.5", ["43.5"]),
    ],
)
def test_a_typed_line_is_split_where_one_mark_stands(line: str, pair: list[str]) -> None:
    assert list(split_pair(line)) == pair


def test_lines_that_cannot_be_read_are_named_by_number() -> None:
    with pytest.raises(ShapeError) as refused:
        read_points("43.0 130.0\n\n43.1\n43.1 130.1 5\n")
    assert [(problem.key, problem.values["line"]) for problem in refused.value.problems] == [
        ("line_no_pair", 3),
        ("line_no_pair", 4),
    ]
    with pytest.raises(ShapeError) as refused:
        read_points("43.0 130.0\nx 130.1\n43.1 130.1")
    (wrong,) = refused.value.problems
    assert (wrong.key, dict(wrong.values)) == ("line_wrong", {"line": 2, "found": "x 130.1", "why": "not a latitude"})


def test_what_lies_near_a_line_is_counted_in_its_band() -> None:
    line = shape_of([(130.0, 43.0), (130.1, 43.0)], is_line=True)
    degrees = [0.0, 4.99 / 111.1, 5.01 / 111.1, 24.9 / 111.1, 25.1 / 111.1, 99.0 / 111.1, 101.0 / 111.1]
    places = pd.DataFrame({"latitude": [43.0 + away for away in degrees], "longitude": 130.05})
    assert line.counts_near(places) == {"within_5": 2, "within_25": 2, "beyond_25": 2}
    assert line.line_km == pytest.approx(8.15, abs=0.02) and line.area_ha == 0 and line.edge_km == 0


def test_a_distance_is_that_of_the_nearest_place_on_the_ground_not_in_degrees() -> None:
    """Far in the north a degree of longitude is short: the nearest place in degrees is another."""
    line = shape_of([(130.0, 60.0), (132.0, 61.0)], is_line=True)
    edge = ELLIPSOID.npts(130, 60, 132, 61, 2_000)
    nearest = min(ELLIPSOID.inv(132, 60, *place)[2] for place in edge) / 1000
    assert line.distance_km(132, 60) == pytest.approx(nearest, rel=0.001)


def test_an_area_that_was_drawn_is_closed_and_measured() -> None:
    area = shape_of(square()[:-1], is_line=False)
    assert area.area_ha == pytest.approx(9_040, rel=0.01) and area.line_km == 0
    assert area.edge_km == pytest.approx(38.5, rel=0.01)
    inside: dict[str, Any] = {"latitude": [43.05], "longitude": [130.05]}
    assert area.counts_near(pd.DataFrame(inside))["within_5"] == 1
    assert area.distance_km(130.05, 43.05) == 0
