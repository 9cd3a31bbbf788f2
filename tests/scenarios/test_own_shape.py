"""Lines and areas of a reader: measured on the ellipsoid, refused with a sentence; nothing else is opened."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

from neaspec.scenarios.own_shape import read_own_shape, shape_of
from neaspec.sections.shape_problems import problem_words
from neaspec.shapes.problems import MOST_BYTES, MOST_POINTS, ShapeError
from neaspec.text import load_words

LINE = LineString([(130.0, 42.0), (130.0, 43.0)])
AREA = Polygon([(130, 42), (131, 42), (131, 43), (130, 43)], [[(130.4, 42.4), (130.6, 42.4), (130.6, 42.6)]])
ENDINGS = {"GeoJSON": "geojson", "GPKG": "gpkg", "KML": "kml"}


def file_of(*shapes, driver: str = "GeoJSON", crs: int = 4326, tmp_path=None) -> tuple[str, bytes]:
    frame = gpd.GeoDataFrame({"name": ["x"] * len(shapes)}, geometry=list(shapes), crs=4326).to_crs(crs)
    path = tmp_path / f"shape.{ENDINGS[driver]}"
    frame.to_file(path, driver=driver)
    return path.name, path.read_bytes()


def geojson(shape) -> bytes:
    return json.dumps(shape.__geo_interface__).encode()


def reasons(file_name: str, data: bytes) -> list[str]:
    with pytest.raises(ShapeError) as refused:
        read_own_shape(file_name, data)
    return [problem_words(load_words(), problem) for problem in refused.value.problems]


@pytest.mark.parametrize("driver", ENDINGS)
def test_a_line_and_an_area_have_their_sizes_in_every_format(tmp_path, driver):
    read = read_own_shape(*file_of(LINE, AREA, driver=driver, tmp_path=tmp_path))
    assert read.line_km == pytest.approx(111.08, abs=0.05)
    assert read.area_ha == pytest.approx(892_000, rel=0.01)
    assert read.edge_km > 380


def test_several_parts_are_measured_together(tmp_path):
    whole = read_own_shape(*file_of(AREA, tmp_path=tmp_path))
    two = read_own_shape(*file_of(MultiPolygon([AREA, Polygon([(133, 42), (134, 42), (134, 43)])]), tmp_path=tmp_path))
    assert two.area_ha > whole.area_ha
    assert not whole.lines


def test_what_lies_near_is_counted_in_bands(tmp_path):
    line = read_own_shape(*file_of(LINE, tmp_path=tmp_path))
    places = pd.DataFrame({"latitude": [42.5, 42.5, 42.5, 42.5], "longitude": [130.01, 130.1, 130.9, 135.0]})
    assert line.counts_near(places) == {"within_5": 1, "within_25": 1, "beyond_25": 1}
    area = read_own_shape(*file_of(AREA, tmp_path=tmp_path))
    assert area.distance_km(130.1, 42.1) == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"not a file", "cannot be read as GeoJSON"),
        (b"x" * (MOST_BYTES + 1), "more than 1 MB"),
        (geojson(Point(130, 42)), "no line and no area"),
        (geojson(LineString([(4_000_000, 5_000_000), (4_100_000, 5_000_000)])), "in metres"),
        (geojson(LineString([(130, 42), (130, 42)])), "fewer than two different points"),
        (geojson(Polygon([(130, 42), (131, 43), (131, 42), (130, 43)])), "crosses or touches itself"),
        (geojson(LineString([(130 + number * 1e-5, 42) for number in range(MOST_POINTS + 1)])), "20,001 points"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(data, said):
    (reason,) = reasons("shape.geojson", data)
    assert said in reason


def test_another_reference_system_is_refused_by_name(tmp_path):
    (reason,) = reasons(*file_of(LINE, driver="GPKG", crs=32652, tmp_path=tmp_path))
    assert "32652" in reason


def test_a_file_that_names_another_file_or_address_opens_nothing(tmp_path):
    """A virtual data source of the library would be read from the disc of the server or from any address."""
    secret = tmp_path / "secret.geojson"
    secret.write_bytes(geojson(LINE))
    for source in (str(secret), "/vsicurl/http://localhost:9/x.geojson"):
        layer = f'<OGRVRTLayer name="secret"><SrcDataSource relativeToVRT="0">{source}</SrcDataSource></OGRVRTLayer>'
        data = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()
        for name in ("a.kml", "a.gpkg", "a.geojson", "a.json", "a.vrt"):
            assert len(reasons(name, data)) == 1


def test_what_was_drawn_is_measured_as_what_is_given_in_a_file():
    line = shape_of([(130.0, 42.0), (130.0, 43.0)], is_line=True)
    assert line.line_km == pytest.approx(111.08, abs=0.05)
    assert line.areas.is_empty
    area = shape_of([(130, 42), (131, 42), (131, 43), (130, 43)], is_line=False)
    assert area.area_ha == pytest.approx(910_000, rel=0.02)
    assert not area.lines
    with pytest.raises(ShapeError):
        shape_of([(130, 42), (131, 43), (131, 42), (130, 43)], is_line=False)  # crosses itself
    with pytest.raises(ShapeError):
        shape_of([(130, 42), (130, 42)], is_line=True)
