"""Lines and areas of a reader: measured on the ellipsoid, refused with a sentence, nothing mended."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

from neaspec.scenarios.shape_files import MOST_POINTS, Shapes, read_shapes
from neaspec.text import load_words

LINE = LineString([(130.0, 42.0), (130.0, 43.0)])
AREA = Polygon([(130, 42), (131, 42), (131, 43), (130, 43)], [[(130.4, 42.4), (130.6, 42.4), (130.6, 42.6)]])


def file_of(*shapes, driver: str = "GeoJSON", crs: int = 4326, tmp_path=None) -> bytes:
    frame = gpd.GeoDataFrame({"name": ["x"] * len(shapes)}, geometry=list(shapes), crs=4326).to_crs(crs)
    path = tmp_path / f"shape.{driver.lower()}"
    frame.to_file(path, driver=driver)
    return path.read_bytes()


def geojson(shape) -> bytes:
    return json.dumps(shape.__geo_interface__).encode()


@pytest.mark.parametrize("driver", ["GeoJSON", "GPKG", "KML"])
def test_a_line_has_its_length_in_every_format(tmp_path, driver):
    read = read_shapes(file_of(LINE, driver=driver, tmp_path=tmp_path))
    assert isinstance(read, Shapes)
    assert read.line_km == pytest.approx(111.08, abs=0.05)
    assert read.area_ha == 0


def test_an_area_with_a_hole_and_another_reference_system(tmp_path):
    whole = read_shapes(file_of(AREA, tmp_path=tmp_path))
    moved = read_shapes(file_of(AREA, driver="GPKG", crs=32652, tmp_path=tmp_path))
    assert moved.area_ha == pytest.approx(whole.area_ha, rel=1e-6)
    two = read_shapes(file_of(MultiPolygon([AREA, Polygon([(133, 42), (134, 42), (134, 43)])]), tmp_path=tmp_path))
    assert two.area_ha > whole.area_ha


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "cannot be read"),
        (b"not a file", "cannot be read"),
        (b" " * 1_000_001, "at most 1 MB"),
        (geojson(Point(130, 42)), "no line and no area"),
        (geojson(LineString([(4_000_000, 5_000_000), (4_100_000, 5_000_000)])), "WGS 84"),
        (geojson(Polygon([(130, 42), (131, 43), (131, 42), (130, 43)])), "crosses itself"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_reason(data, words):
    (reason,) = read_shapes(data)
    assert words in reason.sentence(load_words())


def test_too_many_points_are_refused(tmp_path):
    line = LineString([(130 + round(number * 1e-5, 5), 42) for number in range(MOST_POINTS + 1)])
    (reason,) = read_shapes(geojson(line))
    assert "20,001" in reason.sentence(load_words())
