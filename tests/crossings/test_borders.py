import csv
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from neaspec.crossings.geo import borders as module
from neaspec.crossings.geo.borders import (
    ELLIPSOID,
    area_names,
    from_mercator,
    load_borders,
    to_mercator,
    unwrap_longitude,
)
from neaspec.crossings.geo.grid import load_grid
from neaspec.crossings.model.parameters import Parameters
from neaspec.errors import DataError
from neaspec.paths import DATA_DIR, GEO_DIR
from neaspec.region import REGION_BOUNDS

PARAMETERS = Parameters()
BORDERS = load_borders(PARAMETERS)
SIZE_LIMIT_MB = 15
MEMBERS = ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS")


def land() -> gpd.GeoDataFrame:
    return gpd.read_parquet(GEO_DIR / "crossing_land.parquet").set_index("country_code")


def near_borders(count: int, spread_deg: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Random places near land borders."""
    rng = np.random.default_rng(seed)
    shapes = BORDERS.borders.shapes[rng.integers(0, len(BORDERS.borders.shapes), count)]
    on_line = shapely.line_interpolate_point(shapes, rng.uniform(0, 1, count), normalized=True)
    longitude, latitude = from_mercator(shapely.get_coordinates(on_line))
    return longitude + rng.normal(0, spread_deg, count), latitude + rng.normal(0, spread_deg, count)


def brute_distance(longitude: float, latitude: float, lines: np.ndarray) -> float:
    """Distance to lines in degrees: every line thought as points some metres apart, each by geodesic."""
    around = shapely.box(longitude - 1.5, latitude - 0.7, longitude + 1.5, latitude + 0.7)
    near = lines[shapely.intersects(lines, around)]
    places = shapely.get_coordinates(shapely.segmentize(near, 0.0001))
    same = np.ones(len(places))
    return float(ELLIPSOID.inv(same * longitude, same * latitude, places[:, 0], places[:, 1])[2].min())


def test_the_land_is_a_coverage_of_valid_countries_that_share_their_edges():
    shapes = np.asarray(land().geometry.array)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_the_files_fit_together_and_are_small():
    files = list(GEO_DIR.glob("crossing_*.parquet"))
    assert {file.stem for file in files} == {f"crossing_{k}" for k in ("land", "border", "coast", "grid", "grid_fine")}
    assert sum(file.stat().st_size for file in files) < SIZE_LIMIT_MB * 1e6
    assert load_grid(GEO_DIR) is not None, "the grid was made from another map: python -m tools.geo.grid"


def test_every_border_piece_lies_on_the_edge_of_both_its_countries():
    frame = gpd.read_parquet(GEO_DIR / "crossing_border.parquet")
    edges = {code: shapely.boundary(shape) for code, shape in land().geometry.items()}
    sample = frame.sample(400, random_state=3)
    for one, other, line in zip(sample["country_code"], sample["other_code"], sample.geometry, strict=True):
        assert one != other
        middle = shapely.line_interpolate_point(line, 0.5, normalized=True)
        assert edges[one].distance(middle) < 1e-9
        assert edges[other].distance(middle) < 1e-9


def test_borders_and_coasts_together_are_all_edges_of_the_land_within_the_region():
    shapes = land().geometry
    west, south, east, north = REGION_BOUNDS
    inner = shapely.box(west + 0.001, south + 0.001, east - 0.001, north - 0.001)
    for code in ("MNG", "PRK", "JPN", "KHM"):
        edge = shapely.intersection(shapely.boundary(shapes[code]), inner).length
        kept = 0.0
        for kind in ("border", "coast"):
            frame = gpd.read_parquet(GEO_DIR / f"crossing_{kind}.parquet")
            mine = frame[(frame["country_code"] == code) | (frame["other_code"] == code)]
            kept += shapely.length(np.asarray(mine.geometry.array)).sum()
        assert kept == pytest.approx(edge, rel=1e-6), code


@pytest.mark.parametrize(
    ("pair", "low", "high"),
    [
        ({"CHN", "MNG"}, 4500, 4900),  # stated lengths: 4,677 km
        ({"MNG", "RUS"}, 3300, 3650),  # 3,543 km
        ({"CHN", "RUS"}, 4100, 4700),  # 4,209 km, rivers without their smallest bends
        ({"KOR", "PRK"}, 220, 260),  # 238 km
        ({"CHN", "PRK"}, 1250, 1450),  # 1,352 to 1,416 km
        ({"PRK", "RUS"}, 8, 25),  # 17 km; the estuary's last kilometres are sea
    ],
)
def test_borders_of_members_are_about_as_long_as_stated(pair, low, high):
    frame = gpd.read_parquet(GEO_DIR / "crossing_border.parquet")
    mine = frame[[{one, other} == pair for one, other in zip(frame["country_code"], frame["other_code"], strict=True)]]
    length = sum(ELLIPSOID.geometry_length(line) for line in mine.geometry) / 1000
    assert low < length < high


def test_members_have_no_other_neighbours_than_theirs():
    frame = gpd.read_parquet(GEO_DIR / "crossing_border.parquet")
    pairs = {frozenset(pair) for pair in zip(frame["country_code"], frame["other_code"], strict=True)}
    neighbours = {code: {other for pair in pairs if code in pair for other in pair - {code, ""}} for code in MEMBERS}
    assert neighbours["JPN"] == set()
    assert neighbours["KOR"] == {"PRK"}
    assert neighbours["PRK"] == {"KOR", "CHN", "RUS"}
    assert neighbours["MNG"] == {"CHN", "RUS"}
    assert neighbours["RUS"] == {"PRK", "CHN", "MNG", "KAZ"}
    assert neighbours["CHN"] >= {"PRK", "RUS", "MNG", "KAZ", "KGZ", "TJK", "AFG", "VNM", "LAO", "MMR", "NPL"}


def test_distances_to_borders_agree_with_geodesics_to_every_point_of_the_lines():
    lines = np.asarray(gpd.read_parquet(GEO_DIR / "crossing_border.parquet").geometry.array)
    longitude, latitude = near_borders(40, 0.05)
    distance, piece = BORDERS.borders.nearest(longitude, latitude, 40_000.0)
    for place in range(len(longitude)):
        brute = brute_distance(longitude[place], latitude[place], lines)
        assert distance[place] == pytest.approx(brute, abs=6.0)
        assert piece[place] >= 0


def test_a_search_finds_nothing_beyond_its_radius():
    longitude, latitude = near_borders(300, 0.05)
    near, _ = BORDERS.borders.nearest(longitude, latitude, 3_000.0)
    far, _ = BORDERS.borders.nearest(longitude, latitude, 60_000.0)
    assert (np.isinf(near) == (far > 3_000.0)).all()
    assert near[np.isfinite(near)] == pytest.approx(far[np.isfinite(near)])
    assert np.isfinite(near).any() and np.isinf(near).any()


def test_distances_at_high_latitudes_and_beyond_180_degrees_agree_with_geodesics():
    lines = np.asarray(gpd.read_parquet(GEO_DIR / "crossing_coast.parquet").geometry.array)
    for longitude, latitude in [(181.0, 71.4), (186.8, 64.2), (105.0, 77.9), (170.0, 70.3)]:
        distance, _ = BORDERS.coasts.nearest(np.array([longitude]), np.array([latitude]), 60_000.0)
        assert distance[0] == pytest.approx(brute_distance(longitude, latitude, lines), rel=0.002, abs=6.0)


def test_mercator_and_back_is_the_same_place():
    rng = np.random.default_rng(5)
    longitude, latitude = rng.uniform(60, 191, 1000), rng.uniform(-80, 82, 1000)
    east, north = from_mercator(to_mercator(longitude, latitude))
    assert np.abs(east - longitude).max() < 1e-9
    assert np.abs(north - latitude).max() < 1e-9


def test_longitudes_of_the_far_east_are_unwrapped_and_others_are_not():
    given = np.array([-180.0, -169.0, -168.9, 0.0, 179.9, 180.0, np.nan])
    assert unwrap_longitude(given)[:6].tolist() == [180.0, 191.0, -168.9, 0.0, 179.9, 180.0]


def test_a_place_on_a_line_belongs_to_one_of_its_sides_whatever_the_order():
    longitude, latitude = near_borders(200, 0.0)
    forth = BORDERS.country(longitude, latitude)
    back = BORDERS.country(longitude[::-1], latitude[::-1])[::-1]
    assert (forth == back).all()


def test_other_parameters_do_without_the_grid_and_the_same_keep_it():
    assert BORDERS.grid is not None
    assert load_borders(replace(PARAMETERS, border_zone_m=1000.0)).grid is None
    assert load_borders(replace(PARAMETERS, coast_m=1000.0)).grid is None
    assert load_borders(replace(PARAMETERS, smallest_cell=9)).grid is BORDERS.grid


def test_a_damaged_map_is_told_as_an_error_of_the_data(tmp_path, monkeypatch):
    for file in GEO_DIR.glob("crossing_*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes()[:1000])
    monkeypatch.setattr(module, "GEO_DIR", tmp_path)
    with pytest.raises(DataError, match="crossing"):
        module._read.__wrapped__()


def test_a_grid_of_another_map_is_not_used(tmp_path):
    for file in GEO_DIR.glob("crossing_*.parquet"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert load_grid(tmp_path) is not None
    (tmp_path / "crossing_coast.parquet").write_bytes(b"another")
    assert load_grid(tmp_path) is None


def test_every_country_of_the_map_has_its_name_in_united_nations_usage():
    names = area_names()
    assert set(names) == set(BORDERS.codes) - {""}
    assert names["LAO"] == "Lao People's Democratic Republic"
    assert names["IRN"] == "Iran (Islamic Republic of)"
    with (DATA_DIR / "countries.csv").open(encoding="utf-8", newline="") as handle:
        stated = {row["country_code"]: row["name"] for row in csv.DictReader(handle)}
    assert {code: name for code, name in stated.items() if code in names} == {
        code: name for code, name in names.items() if code in stated
    }
