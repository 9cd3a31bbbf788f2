"""The finer ground of the region map: on it no sign lies in another State; its tiles are ours and complete."""

import gzip
import json

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Point, shape

from neaspec.errors import AddressError
from neaspec.palette import Palette
from neaspec.paths import GEO_DIR
from neaspec.region import MEMBERS
from neaspec.render.maps import fine_ground
from neaspec.render.maps.basemap import FINE_FILE, FINE_FROM, FINE_TILES, FINE_ZOOM, VIEWS, tile_bounds
from neaspec.render.maps.layers import fine_ground as drawn

# Sites whose rounded or computed point lies off the land of the map: an islet, a shore, a mudflat, a river mouth.
AT_SEA = {"furugelm", "incheon_songdo", "tumen_estuary", "xingrentuo", "yuanbaotuo"}


@pytest.fixture(scope="module")
def land():
    frame = gpd.read_parquet(GEO_DIR / "crossing_land.parquet")
    shapes = frame.geometry.values
    shapely.prepare(shapes)
    return dict(zip(frame["country_code"], shapes, strict=True))


@pytest.fixture(scope="module")
def sites(real_connection):
    return real_connection.execute(
        "select site_id, country_codes, latitude, longitude from sites where latitude is not null order by site_id"
    ).fetchall()


def tile_of(longitude, latitude):
    return next(
        (x, y)
        for x in range(FINE_TILES[0], FINE_TILES[2] + 1)
        for y in range(FINE_TILES[1], FINE_TILES[3] + 1)
        if tile_bounds(x, y)[0] <= longitude < tile_bounds(x, y)[2]
        and tile_bounds(x, y)[1] <= latitude < tile_bounds(x, y)[3]
    )


def features(x, y):
    return json.loads(fine_ground.tile(x, y))["features"]


def test_the_point_of_every_site_lies_in_its_own_state_or_at_sea(land, sites):
    assert len(sites) > 50
    off_land = set()
    for site, codes, latitude, longitude in sites:
        found = {code for code, item in land.items() if item.contains(Point(longitude, latitude))}
        assert found <= set(codes.replace(";", " ").split()), (site, found)
        off_land |= set() if found else {site}
    assert off_land <= AT_SEA


def test_what_lies_on_land_is_drawn_on_land_and_beside_no_border_that_is_wrong(land, sites):
    for site, codes, latitude, longitude in sites:
        if site in AT_SEA:
            continue
        pieces = [one for one in features(*tile_of(longitude, latitude)) if one["properties"]["kind"] == "land"]
        near = min(shape(one["geometry"]).distance(Point(longitude, latitude)) for one in pieces)
        assert near < 0.005, site
        # Straight to a spot of its own land away from the border no line is crossed.
        whole = [land[code] for code in codes.split()]
        if len(whole) == 1:
            lines = [one for one in features(*tile_of(longitude, latitude)) if one["properties"]["kind"] == "line"]
            gap = whole[0].boundary.distance(Point(longitude, latitude))
            for line in lines:
                assert shape(line["geometry"]).distance(Point(longitude, latitude)) > gap - 0.007, site


def test_the_finer_border_is_where_the_finest_is(land):
    x, y = tile_of(130.6, 42.45)
    lines = [shape(one["geometry"]) for one in features(x, y) if one["properties"]["kind"] == "line"]
    near = shapely.union_all(lines).intersection(shapely.box(130.2, 42.3, 130.9, 43.0))
    assert near.length > 0.8
    edges = shapely.union_all([land[code].boundary for code in ("CHN", "PRK", "RUS")])
    worst = max(edges.distance(Point(place)) for place in shapely.get_coordinates(near))
    assert worst < 0.006


def test_lines_that_are_not_settled_stay_dashed():
    x, y = tile_of(127.0, 38.2)
    lines = [shape(one["geometry"]) for one in features(x, y) if one["properties"]["kind"] == "line"]
    parts = shapely.get_parts(shapely.union_all(lines).intersection(shapely.box(126.5, 37.5, 128.5, 38.7)))
    assert len(parts) > 15
    assert max(part.length for part in parts) < 0.06


def test_every_tile_is_whole_small_and_neutral():
    kinds = set()
    for x in range(FINE_TILES[0], FINE_TILES[2] + 1):
        for y in range(FINE_TILES[1], FINE_TILES[3] + 1):
            packed = fine_ground.packed(x, y)
            assert packed == gzip.compress(fine_ground.tile(x, y), mtime=0)
            assert len(packed) < 40_000
            found = features(x, y)
            assert found[0]["properties"]["kind"] == "sea"
            kinds |= {one["properties"]["kind"] for one in found}
            assert {key for one in found for key in one["properties"]} == {"kind", "is_member"}
    assert kinds == {"sea", "land", "water", "river", "line"}
    assert (GEO_DIR / FINE_FILE).stat().st_size < 700_000


def test_tiles_meet_without_a_seam_of_sea():
    x, y = tile_of(131.0, 32.5)
    whole = [shape(features(x, y + down)[0]["geometry"]).bounds for down in (0, 1)]
    assert whole[0][1] == whole[1][3]
    for down, side in ((0, 1), (1, 3)):  # Kyushu reaches over the edge of both
        land = [shape(one["geometry"]) for one in features(x, y + down) if one["properties"]["kind"] == "land"]
        reach = [one.bounds[side] for one in land]
        assert (min(reach) if side == 1 else max(reach)) == whole[0][1]


def test_beyond_the_finer_ground_nothing_is_drawn_and_beyond_the_world_nothing_is_found():
    assert json.loads(fine_ground.tile(FINE_TILES[0] - 1, 20)) == {"type": "FeatureCollection", "features": []}
    with pytest.raises(AddressError, match="no ground"):
        fine_ground.tile(2**FINE_ZOOM, 0)


def test_a_browser_asks_for_tiles_only_when_the_reader_goes_near():
    layer = drawn(Palette())
    assert (layer["minZoom"], layer["maxZoom"]) == (FINE_FROM, FINE_ZOOM)
    assert "extent" not in layer  # with one, tiles of the whole map would be asked for at every zoom
    assert FINE_FROM == 5.5 < VIEWS["region"]["max_zoom"]
    assert set(MEMBERS) == {"CHN", "JPN", "KOR", "MNG", "PRK", "RUS"}
