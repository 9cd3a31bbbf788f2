"""Files and points as shapes: what is read, and what is refused, each by one problem that names the place."""

import io
import json
import math
import tempfile
from datetime import date

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box, shape

from neaspec.boundary.drafts import Draft
from neaspec.boundary.outputs import DraftFacts, geojson, geopackage, kml
from neaspec.files import MEGABYTE
from neaspec.sections.shape_problems import problem_words
from neaspec.shapes.checks import checked_shape
from neaspec.shapes.problems import MOST_POINTS, Problem, ShapeError
from neaspec.shapes.reading import read_points, read_shape

SQUARE = [[130.5, 42.3], [130.7, 42.3], [130.7, 42.4], [130.5, 42.4], [130.5, 42.3]]
HOLE = [[130.55, 42.33], [130.6, 42.33], [130.6, 42.36], [130.55, 42.36], [130.55, 42.33]]
BOW = [[130.5, 42.3], [130.7, 42.4], [130.7, 42.3], [130.5, 42.4], [130.5, 42.3]]


def as_geojson(*polygons, **more) -> bytes:
    return json.dumps({"type": "MultiPolygon", "coordinates": list(polygons), **more}).encode()


def refused(file_name: str, data: bytes) -> list[tuple[str, dict]]:
    with pytest.raises(ShapeError) as found:
        read_shape(file_name, data)
    return [(problem.key, dict(problem.values)) for problem in found.value.problems]


def keys(file_name: str, data: bytes) -> list[str]:
    return [key for key, _ in refused(file_name, data)]


def test_geojson_is_read_whatever_it_is_wrapped_in():
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    wraps = [
        geometry,
        feature,
        {"type": "FeatureCollection", "features": [feature]},
        {"type": "GeometryCollection", "geometries": [geometry]},
    ]
    for wrapped in wraps:
        assert read_shape("a.geojson", json.dumps(wrapped).encode()).equals(MultiPolygon([Polygon(SQUARE)]))


def test_holes_and_several_parts_are_read_and_kept():
    far = [[x + 1, y] for x, y in SQUARE]
    read = read_shape("a.geojson", as_geojson([SQUARE, HOLE], [far]))
    assert (len(read.geoms), len(read.geoms[0].interiors)) == (2, 1)
    draft = Draft("A", "x", read, "uploaded")
    assert (draft.points, draft.holes) == (12, 1)


def test_a_ring_that_crosses_itself_is_refused_with_the_place():
    assert refused("a.geojson", as_geojson([BOW])) == [
        ("crosses_itself", {"part": 1, "ring": 1, "longitude": "130.6000", "latitude": "42.3500"})
    ]


def test_all_problems_come_at_once():
    outside = [[131.5, 42.33], [131.6, 42.33], [131.6, 42.36], [131.5, 42.33]]
    found = refused("a.geojson", as_geojson([BOW], [SQUARE, outside]))
    assert [(key, values["part"]) for key, values in found] == [("crosses_itself", 1), ("hole_wrong", 2)]


def test_parts_that_lie_on_each_other_are_refused():
    assert keys("a.geojson", as_geojson([SQUARE], [[[x + 0.05, y] for x, y in SQUARE]])) == ["parts_overlap"]


@pytest.mark.parametrize(
    ("ring", "key"),
    [
        ([[y, x] for x, y in SQUARE], "swapped"),
        ([[x * 5000, y * 10000] for x, y in SQUARE], "metres"),
        ([[179.5, 60], [-179.5, 60], [-179.5, 61], [179.5, 61], [179.5, 60]], "antimeridian"),
        ([[179.5, 60], [180.5, 60], [180.5, 61], [179.5, 61], [179.5, 60]], "antimeridian"),
        ([[10, 50], [11, 50], [11, 51], [10, 50]], "outside"),
        ([[-178, 64], [-177, 64], [-177, 65], [-178, 64]], "outside"),
        (SQUARE[:4], "not_closed"),
        ([SQUARE[0], SQUARE[1], SQUARE[0]], "too_few_points"),
        ([[130.5, 95.0], [130.7, 95], [130.6, 96], [130.5, 95.0]], "no_latitude"),
        ([[130.5, 42.3], [130.6, 42.3], [130.7, 42.3], [130.5, 42.3]], "crosses_itself"),
    ],
)
def test_what_is_no_ring_of_the_region_is_refused(ring, key):
    assert keys("a.geojson", as_geojson([ring])) == [key]


def test_more_points_than_are_read_are_refused_and_so_many_are_read():
    def circle(count: int):
        turns = [2 * math.pi * number / count for number in range(count)]
        ring = [(130.7 + 0.3 * math.cos(turn), 42.5 + 0.2 * math.sin(turn)) for turn in turns]
        return [[*ring, ring[0]]]

    assert len(checked_shape([circle(MOST_POINTS - 1)]).geoms[0].exterior.coords) == MOST_POINTS
    with pytest.raises(ShapeError) as found:
        checked_shape([circle(MOST_POINTS)])
    assert found.value.problems[0].key == "too_many_points"


@pytest.mark.parametrize(
    ("file_name", "data", "key"),
    [
        ("a.geojson", b"", "empty_file"),
        ("a.geojson", b"  \n", "empty_file"),
        ("a.geojson", b"{", "not_geojson"),
        ("a.geojson", b"[1, 2]", "not_geojson"),
        ("a.geojson", b'{"type": "Polygon", "coordinates": "none"}', "not_geojson"),
        ("a.geojson", b'{"type": "Polygon"}', "not_geojson"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "no_area_in_file"),
        ("a.shp", b"anything", "unknown_kind"),
        ("a.gpkg", b"anything", "not_geopackage"),
        ("a.gpkg", b"SQLite format 3\0damaged", "not_geopackage"),
        ("a.kml", b"anything", "not_kml"),
        ("a.kml", b"<kml xmlns='http://www.opengis.net/kml/2.2'></kml>", "no_area_in_file"),
        ("a.kml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><kml>&a;</kml>", "not_kml"),
        ("a.geojson", b" " + b"x" * (MEGABYTE + 1), "too_large"),
    ],
)
def test_what_is_no_file_of_shapes_is_refused(file_name, data, key):
    assert keys(file_name, data) == [key]


def test_another_reference_system_is_named():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32652"}}
    assert refused("a.geojson", as_geojson([SQUARE], crs=crs)) == [
        ("reference_system", {"file": "a.geojson", "found": "urn:ogc:def:crs:EPSG::32652"})
    ]
    crs["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert read_shape("a.geojson", as_geojson([SQUARE], crs=crs))


@pytest.mark.parametrize(
    "crs", [{"properties": None}, {"properties": []}, {"properties": "EPSG:4326"}, [], "EPSG:4326"]
)
def test_a_reference_system_that_is_no_object_is_refused_and_none_at_all_is_degrees(crs):
    assert refused("a.geojson", as_geojson([SQUARE], crs=crs)) == [("not_geojson", {"file": "a.geojson"})]
    for none in (None, {}, {"properties": {}}):
        assert read_shape("a.geojson", as_geojson([SQUARE], crs=none))


def test_a_shape_cut_at_180_degrees_is_told_what_it_is(words):
    west = [[179, 64], [180, 64], [180, 65], [179, 65], [179, 64]]
    east = [[-180, 64], [-179, 64], [-179, 65], [-180, 65], [-180, 64]]
    assert keys("a.geojson", as_geojson([west], [east])) == ["antimeridian"]
    assert "on both sides of 180°" in problem_words(words, Problem("antimeridian"))
    assert read_shape("a.geojson", as_geojson([west]))


def test_lines_and_points_have_no_area():
    line = {"type": "LineString", "coordinates": SQUARE}
    both = {"type": "GeometryCollection", "geometries": [line, {"type": "Polygon", "coordinates": [SQUARE]}]}
    assert refused("a.geojson", json.dumps(both).encode()) == [("not_areas", {"file": "a.geojson", "count": 1})]


def gpkg_of(tmp_path, shapes, crs: str) -> bytes:
    path = tmp_path / "a.gpkg"
    gpd.GeoDataFrame(geometry=shapes, crs="EPSG:4326").to_crs(crs).to_file(path)
    return path.read_bytes()


def test_a_geopackage_is_read_in_degrees_and_refused_in_metres(tmp_path):
    data = gpkg_of(tmp_path, [box(130.5, 42.3, 130.7, 42.4)], "EPSG:4326")
    assert read_shape("a.gpkg", data).equals(MultiPolygon([box(130.5, 42.3, 130.7, 42.4)]))
    ((key, values),) = refused("a.gpkg", gpkg_of(tmp_path, [box(130.5, 42.3, 130.7, 42.4)], "EPSG:32652"))
    assert (key, values["found"]) == ("reference_system", "EPSG:32652")
    lines = gpkg_of(tmp_path, [LineString(SQUARE)], "EPSG:4326")
    assert keys("a.gpkg", lines) == ["no_area_in_file", "not_areas"]


def test_points_are_typed_latitude_first_and_the_ring_is_closed():
    typed = "42.3, 130.5\n42.3 130.7\n\n42°24′N; 130°42′E\n42,4; 130,5\n"
    assert read_points(typed).equals(MultiPolygon([box(130.5, 42.3, 130.7, 42.4)]))


def test_each_line_that_cannot_be_read_is_named():
    with pytest.raises(ShapeError) as found:
        read_points("42.3 130.5\nhere\n42.4, 130.6, 5\n")
    assert [(problem.key, problem.values["line"]) for problem in found.value.problems] == [
        ("line_no_pair", 2),
        ("line_no_pair", 3),
    ]
    with pytest.raises(ShapeError) as found:
        read_points("130.5, 42.3\n130.7, 42.3\n130.7, 42.4\n")
    assert "exchanged" in found.value.problems[0].values["why"]
    with pytest.raises(ShapeError) as found:
        read_points("")
    assert found.value.problems[0].key == "no_area"


FACTS = DraftFacts(
    status="tentative",
    note="No endorsement.",
    day=date(2026, 11, 29),
    data_version="abc",
    sources="Report",
    sizes={"area_ha": "1,830"},
)
DRAWN = [(Draft("A", 'Draft <A> & "B"', checked_shape([[SQUARE, HOLE]]), "points", author="=Delegation"), FACTS)]


@pytest.mark.parametrize(("write", "name"), [(geojson, "a.geojson"), (geopackage, "a.gpkg"), (kml, "a.kml")])
def test_what_is_written_is_read_again_and_equal_drafts_give_equal_bytes(write, name):
    data = write(DRAWN)
    assert data == write(DRAWN)
    assert read_shape(name, data).equals_exact(DRAWN[0][0].shape, 1e-7)


def test_a_draft_is_written_in_no_file_of_the_server(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    monkeypatch.chdir(tmp_path)
    assert all(write(DRAWN) for write in (geojson, geopackage, kml))
    assert not list(tmp_path.iterdir())


def test_every_feature_says_that_it_is_tentative_in_every_file():
    (feature,) = json.loads(geojson(DRAWN))["features"]
    assert feature["properties"]["status"] == "tentative"
    assert feature["properties"]["map_note"] == "No endorsement."
    assert shape(feature["geometry"]).area == pytest.approx(DRAWN[0][0].shape.area)
    for data in (geopackage(DRAWN), kml(DRAWN)):
        row = pyogrio.read_dataframe(io.BytesIO(data)).iloc[0]
        assert (row["status"], row["map_note"], row["drawn_by"]) == ("tentative", "No endorsement.", "=Delegation")


def test_every_problem_has_a_sentence(words):
    values = {
        "file": "a.kml",
        "part": 1,
        "ring": 1,
        "longitude": "1",
        "latitude": "2",
        "points": 3,
        "most": 4,
        "number": "5",
        "found": "x",
        "count": 1,
        "line": 2,
        "why": "y",
    }
    named = [key.removeprefix("shapes.problem_") for key in words.texts if key.startswith("shapes.problem_")]
    assert len(named) >= 20
    for key in named:
        assert problem_words(words, Problem(key, values)).endswith(".")
