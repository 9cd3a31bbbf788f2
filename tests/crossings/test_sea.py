"""The border zone at sea: where another country's coast is little farther away than the own one."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from neaspec.crossings.engine import stays_and_crossings
from neaspec.crossings.geo.borders import ELLIPSOID, from_mercator, load_borders
from neaspec.crossings.geo.countries import BASES, ZONES, assign_countries, label_by_position
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import as_records
from tests.support.placed import placed

PARAMETERS = Parameters()
BORDERS = load_borders(PARAMETERS)
WITHOUT_GRID = replace(BORDERS, grid=None)
NAN = float("nan")


def label(longitude, latitude, declared="", uncertainty=NAN) -> tuple[str, str, str, bool]:
    frame = as_records(
        {"longitude": [longitude], "latitude": [latitude], "declared_country": declared, "uncertainty_m": uncertainty},
        1,
    )
    assigned = assign_countries(frame, BORDERS, PARAMETERS)
    return tuple(assigned[["country_code", "basis", "zone", "is_contradicted"]].iloc[0])


NEAR_OTHER_COAST = {
    "mouth of the Tumen, south": (130.70, 42.290, "PRK"),
    "mouth of the Tumen, half a kilometre north": (130.70, 42.295, "RUS"),
    "east coast, south of the land border's end": (128.40, 38.615, "KOR"),
    "east coast, half a kilometre north": (128.40, 38.620, "PRK"),
    "mouth of the Yalu": (124.30, 39.900, "PRK"),
    "middle of the strait of La Perouse": (142.00, 45.700, "JPN"),
    "sea before Nemuro, beside islands whose status is not settled": (145.85, 43.38, "JPN"),
}


@pytest.mark.parametrize("name", NEAR_OTHER_COAST)
def test_the_sea_near_two_countries_coasts_is_border_zone(name):
    longitude, latitude, country = NEAR_OTHER_COAST[name]
    assert label(longitude, latitude) == (country, "coast", "border_zone", False)
    made = label_by_position(np.array([longitude]), np.array([latitude]), np.array([NAN]), WITHOUT_GRID, PARAMETERS)
    assert [BORDERS.codes[made.country[0]], BASES[made.basis[0]], ZONES[made.zone[0]]] == [
        country,
        "coast",
        "border_zone",
    ]


@pytest.mark.parametrize("places", [[(130.70, 42.290), (130.70, 42.295)], [(128.40, 38.615), (128.40, 38.620)]])
def test_fixes_half_a_kilometre_apart_at_sea_are_no_crossing(places):
    labels = [label(*place) for place in [places[0], places[0], places[1], places[1]]]
    rows = [
        ("spoonbill", f"2020-04-0{day}", country, {"basis": basis, "zone": zone})
        for day, (country, basis, zone, _) in enumerate(labels, start=1)
    ]
    crossings = stays_and_crossings(placed(rows), PARAMETERS).crossings
    assert labels[0][0] != labels[2][0]
    assert crossings["grade"].tolist() == ["border_zone_only"]


def test_a_declared_country_near_another_one_s_coast_stays_declared_in_the_border_zone():
    assert label(130.70, 42.290, "RUS") == ("RUS", "declared", "border_zone", False)
    assert label(130.70, 42.295, "RUS") == ("RUS", "declared", "border_zone", False)


def test_straits_and_coasts_far_from_any_other_country_s_coast_stay_sea():
    places = {
        "strait of Jeju": (126.50, 34.00, "KOR"),
        "strait of Tsugaru": (140.60, 41.30, "JPN"),
        "Strait of Tartary": (141.20, 51.50, "RUS"),
        "Wonsan bay": (127.60, 39.20, "PRK"),
        "bay of Vladivostok": (131.75, 42.95, "RUS"),
    }
    for longitude, latitude, country in places.values():
        assert label(longitude, latitude) == (country, "coast", "sea", False)


def to_coasts(longitude: np.ndarray, latitude: np.ndarray, code: str) -> np.ndarray:
    """Measure from all points of a coast, densely, without a search tree."""
    chosen = BORDERS.coasts.one == BORDERS.codes.index(code)
    points = np.column_stack(
        from_mercator(shapely.get_coordinates(shapely.segmentize(BORDERS.coasts.shapes[chosen], 1e-6)))
    )
    points = points[(abs(points[:, 0] - longitude.mean()) < 1.5) & (abs(points[:, 1] - latitude.mean()) < 1.5)]
    # Only points that may be the nearest are measured on the ellipsoid; a flat map is wrong by far less than a tenth.
    east = (points[:, 0] - longitude[:, None]) * np.cos(np.radians(latitude))[:, None]
    flat = np.hypot(east, points[:, 1] - latitude[:, None])
    own, near = np.nonzero(flat <= 1.1 * flat.min(axis=1)[:, None])
    metres = np.asarray(ELLIPSOID.inv(longitude[own], latitude[own], points[near, 0], points[near, 1])[2])
    nearest = np.full(len(longitude), np.inf)
    np.minimum.at(nearest, own, metres)
    return nearest


@pytest.mark.parametrize("coast_m", [22_224.0, 30_000.0])
def test_from_busan_to_tsushima_the_zone_follows_from_the_distances_to_both_coasts(coast_m):
    parameters = replace(PARAMETERS, coast_m=coast_m)
    along = np.linspace(0.05, 0.95, 60)
    longitude, latitude = 129.05 + 0.30 * along, 35.08 - 0.40 * along
    made = label_by_position(longitude, latitude, np.full(60, NAN), load_borders(parameters), parameters)
    korea, japan = to_coasts(longitude, latitude, "KOR"), to_coasts(longitude, latitude, "JPN")
    at_sea = made.zone != ZONES.index("inside")
    has_country = np.minimum(korea, japan) <= coast_m
    is_between = has_country & (abs(korea - japan) < PARAMETERS.border_zone_m)
    assert ((made.zone == ZONES.index("border_zone")) == is_between)[at_sea].all()
    assert ((made.country >= 0) == has_country)[at_sea].all()
    # At the middle there is no country with the width of territorial waters, and a border zone with a wider one.
    middle = np.argmin(abs(korea - japan))
    assert ZONES[made.zone[middle]] == ("sea" if coast_m < 23_000 else "border_zone")
    assert is_between.any() == (coast_m > 23_000)


def test_an_uncertainty_wider_than_the_zone_widens_it_at_sea_too():
    longitude, latitude = 129.17, 34.92  # between Busan and Tsushima, nearer to Busan
    farther = float(
        np.diff([to_coasts(np.array([longitude]), np.array([latitude]), code)[0] for code in ("KOR", "JPN")])[0]
    )
    assert 15_000 < farther < 19_000
    assert label(longitude, latitude) == ("KOR", "coast", "sea", False)
    assert label(longitude, latitude, uncertainty=farther - 100)[2] == "sea"
    assert label(longitude, latitude, uncertainty=farther + 100) == ("KOR", "coast", "border_zone", False)
    assert label(longitude, latitude, uncertainty=float("inf"))[2] == "border_zone"


def test_the_open_sea_is_no_border_zone_however_uncertain_the_position():
    for uncertainty in (NAN, 50_000.0, float("inf")):
        assert label(165.0, 35.0, uncertainty=uncertainty) == ("", "none", "sea", False)
        assert label(123.5, 36.0, uncertainty=uncertainty) == ("", "none", "sea", False)


def test_positions_at_sea_contradict_only_beyond_the_coast_s_width():
    assert label(126.35, 37.5, "KOR") == ("KOR", "declared", "sea", False)
    assert label(165.0, 35.0, "JPN") == ("JPN", "declared", "sea", True)
    assert label(145.9, 44.05, "JPN") == ("JPN", "declared", "unsettled", False)
    assert label(145.9, 44.05, "RUS") == ("RUS", "declared", "unsettled", False)
