"""Sizes of drafts: against another library, against published numbers, and along a border."""

import time

import numpy as np
import pandas as pd
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from neaspec.boundary.drafts import Draft
from neaspec.boundary.given import circles
from neaspec.boundary.measure import (
    INSIDE,
    SEA,
    borders_between,
    countries,
    land_around,
    measure,
    overlap_ha,
    polygons_in,
    site_places,
)
from neaspec.shapes.geodesics import on_geodesics
from neaspec.shapes.local_map import LocalMap
from neaspec.shapes.measures import geodesic_area, geodesic_edge

TOLERANCE = 1e-6


def other_library(ring) -> tuple[float, float]:
    """Return area and edge of a ring by GeographicLib itself."""
    polygon = Geodesic.WGS84.Polygon()
    for longitude, latitude in list(ring)[:-1]:
        polygon.AddPoint(latitude, longitude)
    _, edge, area = polygon.Compute()
    return abs(area), edge


def draft(*parts: Polygon) -> Draft:
    return Draft("A", "Test", MultiPolygon(parts), "drawn")


def test_the_published_example_of_a_polygon_around_a_pole():
    longitudes = [-74, -102, -102, -131, -163, 163, 172, 140, 113, 88, 59, 25, -4, -14, -33, -46, -61]
    latitudes = [
        -72.9,
        -71.9,
        -74.9,
        -74.3,
        -77.5,
        -77.4,
        -71.7,
        -65.9,
        -65.7,
        -66.6,
        -66.9,
        -69.8,
        -70.0,
        -71.0,
        -77.3,
        -77.9,
        -74.7,
    ]
    ring = MultiPolygon([Polygon(zip(longitudes, latitudes, strict=True))])
    assert geodesic_area(ring) == pytest.approx(13376856682207.4, abs=1)
    assert geodesic_edge(ring) == pytest.approx(14710425.4, abs=0.1)


@settings(max_examples=60, deadline=None)
@given(
    west=st.floats(60, 170),
    south=st.floats(-10, 80),
    size=st.floats(0.001, 3),
    turn=st.floats(0, 90),
    corners=st.integers(3, 40),
)
def test_areas_and_edges_agree_with_another_library(west, south, size, turn, corners):
    turns = np.radians(turn + np.linspace(0, 360, corners, endpoint=False))
    ring = Polygon(zip(west + size * np.cos(turns), south + size / 2 * np.sin(turns), strict=True))
    area, edge = other_library(ring.exterior.coords)
    assert geodesic_area(ring) == pytest.approx(area, rel=TOLERANCE)
    assert geodesic_edge(MultiPolygon([ring])) == pytest.approx(edge, rel=TOLERANCE)
    assert geodesic_area(on_geodesics(MultiPolygon([ring]))) == pytest.approx(area, rel=TOLERANCE)


def test_a_hole_is_left_out_and_several_parts_are_added():
    outer, hole, far = box(130, 44, 131, 45), box(130.2, 44.2, 130.4, 44.4), box(132, 44, 132.5, 44.5)
    shape = MultiPolygon([Polygon(outer.exterior, [hole.exterior]), far])
    areas = [other_library(ring.exterior.coords) for ring in (outer, hole, far)]
    assert geodesic_area(shape) == pytest.approx(areas[0][0] - areas[1][0] + areas[2][0], rel=TOLERANCE)
    assert geodesic_edge(shape) == pytest.approx(sum(edge for _, edge in areas), rel=TOLERANCE)


def test_the_parts_of_states_and_the_sea_make_up_the_whole():
    measures = measure(draft(box(130.3, 42.2, 131.0, 42.7)))
    assert [area.code for area in measures.states] == ["CHN", "PRK", "RUS", SEA]
    assert sum(area.area_m2 for area in measures.states) == pytest.approx(measures.area_m2, rel=TOLERANCE)
    # The same by another library, from the cut shapes of the same map.
    cut = on_geodesics(MultiPolygon([box(130.3, 42.2, 131.0, 42.7)])).intersection(countries()["RUS"])
    area = sum(
        other_library(part.exterior.coords)[0] - sum(other_library(hole.coords)[0] for hole in part.interiors)
        for part in polygons_in(cut).geoms
    )
    assert measures.area_of("RUS").area_m2 == pytest.approx(area, rel=TOLERANCE)


def strip_along_the_border(width_m: float, shift_m: float) -> MultiPolygon:
    """Return Chinese land along its border with the Russian Federation, its edge moved across by so many metres."""
    near = land_around(MultiPolygon([box(130.35, 42.42, 130.75, 42.75)]))
    window = box(130.4, 42.5, 130.62, 42.7)
    line = near["CHN"].boundary.intersection(near["RUS"].boundary).intersection(window)
    local = LocalMap(MultiPolygon([window]))
    flat = local.metres(shapely.line_merge(line))
    own = flat.buffer(width_m, cap_style="flat").intersection(local.metres(near["CHN"]))
    moved = own if not shift_m else own.union(flat.buffer(shift_m, cap_style="flat"))
    return polygons_in(local.degrees(moved))


def test_a_draft_that_follows_a_border_has_nothing_in_the_neighbour():
    near = land_around(MultiPolygon([box(130.35, 42.42, 130.75, 42.75)]))
    own = polygons_in(near["CHN"].intersection(box(130.45, 42.45, 130.6, 42.65)))
    measures = measure(Draft("A", "Along the border", own, "uploaded"))
    assert measures.area_of("CHN").area_m2 > 1e7
    neighbour = measures.area_of("RUS")
    assert neighbour is None or neighbour.is_within_precision or neighbour.area_m2 < 1
    assert {area.code for area in measures.states if not area.is_within_precision} <= {"CHN", SEA}


@pytest.mark.parametrize(("shift", "is_zero"), [(0, True), (40, True), (90, True), (400, False)])
def test_what_stays_within_the_precision_of_the_map_is_zero_and_more_is_not(shift, is_zero):
    shape = strip_along_the_border(1_500, shift)
    neighbour = measure(Draft("A", "Strip", shape, "drawn")).area_of("RUS")
    if is_zero:
        assert neighbour is None or neighbour.is_within_precision
    else:
        assert not neighbour.is_within_precision
        assert neighbour.area_m2 > 1e6


def test_the_land_near_a_border_is_known_for_both_its_states():
    shape = MultiPolygon([box(130.3, 42.2, 131.0, 42.7)])
    near = land_around(shape)
    assert set(borders_between(near, LocalMap(shape))) == {"CHN", "PRK", "RUS"}


def test_bands_grow_and_lie_outside():
    measures = measure(draft(box(130.6, 42.35, 130.75, 42.45)))
    sums = [sum(area.area_m2 for area in measures.bands[km]) for km in (1, 5, 10)]
    assert sums == sorted(sums)
    # A band of 1 km around a box: edge times width and four quarters of a circle.
    assert sums[0] == pytest.approx(measures.edge_m * 1000 + np.pi * 1e6, rel=0.002)


def test_inland_water_is_known_only_where_a_map_draws_it():
    assert measure(draft(box(130.55, 42.3, 130.7, 42.4))).inland_water_m2 > 0
    assert measure(draft(box(115, 49.5, 116, 50))).inland_water_m2 is None


def test_a_site_lies_in_a_band_and_its_precision_says_how_surely():
    sites = pd.DataFrame(
        [
            ("in", 130.5, 44.5, 0.001),
            ("edge", 131.002, 44.5, 0.05),
            ("near", 131.03, 44.5, 0.001),
            ("far", 133, 44.5, 0.001),
            ("nowhere", np.nan, np.nan, np.nan),
        ],
        columns=["site_id", "longitude", "latitude", "coordinate_precision_deg"],
    )
    places = {place.site_id: place for place in site_places(draft(box(130, 44, 131, 45)), sites)}
    assert {key: (place.band, place.is_sure) for key, place in places.items()} == {
        "in": (INSIDE, True),
        "edge": (1, False),
        "near": (5, True),
        "far": (None, True),
    }


def test_an_overlap_is_that_of_the_printed_limits():
    whole, half = draft(box(130, 44, 131, 45)), draft(box(130, 44, 130.5, 45))
    limits = (130.0, 44.0, 131.0, 45.0)
    assert overlap_ha(whole, limits) == pytest.approx(geodesic_area(box(*limits)) / 1e4, rel=1e-3)
    assert overlap_ha(half, limits) == pytest.approx(overlap_ha(whole, limits) / 2, rel=1e-3)
    assert overlap_ha(draft(box(135, 44, 136, 45)), limits) == 0


def test_a_circle_has_its_radius_and_circles_that_touch_are_one():
    places = pd.DataFrame({"longitude": [130.5, 130.55, 131.5], "latitude": [42.5, 42.5, 42.5]})
    shape = circles(places, 5)
    assert len(shape.geoms) == 2
    (alone,) = circles(places.tail(1), 5).geoms
    assert geodesic_area(alone) == pytest.approx(np.pi * 25e6, rel=0.003)


def test_twenty_thousand_points_are_measured_soon():
    turns = np.linspace(0, 2 * np.pi, 19_999, endpoint=False)
    ring = Polygon(zip(130.7 + 0.3 * np.cos(turns), 42.5 + 0.2 * np.sin(turns), strict=True))
    countries()
    start = time.process_time()
    measure(draft(ring))
    assert time.process_time() - start < 10
