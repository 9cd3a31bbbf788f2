"""The ground of the list of plants: around the sites, as far as a band does not reach beyond it."""

import time

import pandas as pd
import pytest
from shapely.geometry import LineString, MultiPolygon, box

from neaspec.shapes.listed_ground import is_listed

SITES = pd.DataFrame({"longitude": [130.0, 131.5], "latitude": [43.0, 43.0]})
DEGREE_KM = 111.1  # of latitude


def around(north_km: float, east: float = 130.0) -> MultiPolygon:
    """Return a small area so many kilometres north of a site."""
    north = 43 + north_km / DEGREE_KM
    return MultiPolygon([box(east - 0.001, north - 0.001, east + 0.001, north)])


@pytest.mark.parametrize(
    ("away_km", "band_km", "is_inside"),
    [(0, 95, True), (0, 100, False), (74, 25, True), (76, 25, False), (99, 0, True), (101, 0, False)],
)
def test_ground_is_listed_up_to_100_km_from_a_site(away_km: float, band_km: float, is_inside: bool) -> None:
    areas = around(away_km)
    assert is_listed(areas, (), band_km, SITES) is is_inside
    line = LineString([areas.bounds[:2], areas.bounds[2:]])
    assert is_listed(MultiPolygon(), (line,), band_km, SITES) is is_inside


def test_an_area_between_two_sites_is_listed_and_one_far_part_is_not() -> None:
    between = MultiPolygon([box(129.8, 42.9, 131.7, 43.1)])
    assert is_listed(between, (), 5, SITES)
    assert not is_listed(MultiPolygon([*between.geoms, box(140, 45, 140.1, 45.1)]), (), 5, SITES)
    assert not is_listed(between, (LineString([(130, 43), (140, 45)]),), 5, SITES)
    assert not is_listed(between, (), 5, SITES.iloc[:0])


def test_a_line_that_crosses_itself_thousands_of_times_is_soon_told() -> None:
    count = 19_000
    turns = [number / count if number % 4 < 2 else 1 - number / count for number in range(count)]
    line = LineString([(130.0 + number % 2 / 10, 43 + turn / 10) for number, turn in enumerate(turns)])
    start = time.process_time()
    assert is_listed(MultiPolygon(), (line,), 25, SITES)
    assert time.process_time() - start < 5
