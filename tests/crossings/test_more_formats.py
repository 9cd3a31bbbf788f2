"""Formats that people hold: tracks, makers of tags, workbooks of tables, packed tables, folders; all made up."""

import gzip
import io
import json

import openpyxl
import pandas as pd
import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.readers.maker_tables import makers
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError
from tests.support.made_field_files import zipped

TELONICS = (
    "Telonics Data Report,,,,,,\nReport Format,Condensed,1,,,,\nHeaders Row,6,,,,,\nCTN,701520A,,,,,\n,,,,,,\n"
    "Acquisition Time,Acquisition Start Time,GPS Fix Time,GPS Fix Attempt,GPS Latitude,GPS Longitude,"
    "GPS Horizontal Error\n"
    "2018.07.18 18:01:18,2018.07.18 18:00:00,2018.07.18 18:01:18,Succeeded,43.5,131.5,6.5\n"
    "2018.07.18 21:31:00,2018.07.18 21:30:00,,Unresolved,,,\n"
    "2018.07.19 18:01:18,2018.07.19 18:00:00,2018.07.19 18:01:20,Succeeded,43.5,131.6,8\n"
)
DRUID = (
    "SN,UUID,Transmitting time,Collecting time,Longitude,Latitude,Positioning mode\n"
    "77,5d39,2020-04-01 00:10:00,2020-04-01 00:00:00,131.5,43.5,2\n"
    "77,5d39,2020-04-01 01:10:00,2020-04-01 01:00:00,0,0,0\n"
)
ARGOS = (
    "Platform ID No.,Latitude,Longitude,Loc. quality,Loc. date,Error radius\n"
    "12345,43.5,131.5,A,04/13/2020 00:00:00,\n12345,43.5,131.5,Z,04/14/2020 00:00:00,\n"
    "12345,43.5,131.5,2,04/15/2020 00:00:00,700\n"
)
SMOOTHED = (
    "Platform ID No.;Latitude;Longitude;Latitude 2;Longitude 2;Loc. quality;Loc. date=yyyy/MM/dd HH:mm:ss;"
    "Error radius;\n"
    "12345;43.5;131.5;43.5;131.5;3;2020/04/13 00:00:00;0;\n"
)
SMART = (
    "Patrol ID,Waypoint ID,Waypoint Date,Waypoint Time,X,Y,Observation Category 0,Species,Individual ID\n"
    'P1,1,"Apr 13, 2020",3:04:05 PM,131.5,43.5,Wildlife,Panthera tigris,T7\n'
)


def records(*inputs, answers=None):
    given = [Input(name, data.encode() if isinstance(data, str) else data) for name, data in inputs]
    return read(given, answers or Answers())


@pytest.mark.parametrize(
    ("text", "maker", "animals", "lines", "errors"),
    [
        (TELONICS, "Telonics", ["701520A"] * 2, [7, 9], [6.5, 8.0]),
        (TELONICS.split(",,,,,,\n")[-1], "Telonics", ["collar"] * 2, [2, 4], [6.5, 8.0]),
        (DRUID, "Druid", ["77"], [2], None),
        (ARGOS, "Argos", ["12345"] * 2, [2, 4], [10_000.0, 700.0]),
        (SMOOTHED, "Argos, smoothed", ["12345"], [2], [250.0]),
        (SMART, "SMART", ["T7"], [2], None),
    ],
)
def test_tables_of_makers_are_read_by_their_description(text, maker, animals, lines, errors):
    reading = records(("collar.csv", text))
    assert reading.recognised[0].version == maker
    assert reading.records["individual"].tolist() == animals
    assert reading.records["row"].tolist() == lines
    if errors:
        assert reading.records["uncertainty_m"].tolist() == errors


def test_a_row_that_is_no_position_is_told_as_such():
    dropped = records(("collar.csv", TELONICS)).dropped
    assert [(reason, [row.row for row in rows]) for (_, reason), rows in dropped.examples.items()] == [
        ("not_visible", [8])
    ]


def test_patrols_are_sightings_and_dates_of_the_programs_are_read():
    row = records(("patrol.csv", SMART)).records.iloc[0]
    assert (row.evidence, str(row.time)) == ("sighting", "2020-04-13 15:04:05")


def test_every_description_says_where_its_columns_are_from():
    assert len(makers()) >= 8
    assert all(len(maker.source) > 20 for maker in makers())


GPX = (
    '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Tuul</name><trkseg>'
    '<trkpt lat="43.5" lon="131.5"><ele>1</ele><time>2020-04-13T00:00:00Z</time></trkpt>'
    '<trkpt lat="43.6" lon="131.5"></trkpt></trkseg></trk>'
    '<wpt lat="43.5" lon="131.5"><time>2020-04-14T00:00:00Z</time><name>den</name></wpt></gpx>'
)


def feature(kind, coordinates, **properties):
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def test_gpx_tracks_and_waypoints_are_read():
    reading = records(("walk.gpx", GPX))
    rows = reading.records[["individual", "row", "evidence", "time_quality"]].values.tolist()
    assert rows == [["Tuul", 1, "gps", "offset_given"], ["den", 3, "gps", "offset_given"]]
    assert {reason for _, reason in reading.dropped.counts} == {"no_time"}


def test_geojson_points_and_lines_with_times_are_read():
    text = collection(
        feature("Point", [131.5, 43.5, 10], time="2020-04-13T00:00:00Z", individual="A", species="Grus monacha"),
        feature(
            "LineString", [[131.5, 43.5], [131.6, 43.5]], coordTimes=["2020-04-13T00:00:00Z", "2020-04-14"], name="B"
        ),
        feature("LineString", [[131.5, 43.5], [131.6, 43.5]], times=["2020-04-13"], name="C"),
    )
    found = records(("t.geojson", text)).records
    assert found[["individual", "taxon"]].values.tolist() == [["A", "Grus monacha"], ["B", ""], ["B", ""]]


def test_geojson_in_another_reference_system_is_refused():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32652"}}
    with pytest.raises(InputError, match="another reference system"):
        records(("t.geojson", collection(feature("Point", [500000, 4800000], time="2020-04-13"), crs=crs)))


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_workbook_of_camtrapr_is_read_by_its_sheets():
    book = workbook(
        notes=[["read me"]],
        stations=[
            ["Station", "Longitude", "Latitude", "Country", "Setup_date", "Retrieval_date"],
            ["S1", 131.5, 43.5, "Russia", "2020-03-01", "2020-06-01"],
        ],
        records=[
            ["Station", "Species", "Individual", "DateTimeOriginal"],
            ["S1", "Panthera tigris", "F1", "2020-04-13 05:00:00"],
        ],
    )
    reading = records(("camera.xlsx", book))
    row = reading.records.iloc[0]
    assert (row.source, row.row, row.individual, row.declared_country, row.data_set) == (
        "camera.xlsx/records.csv",
        2,
        "F1",
        "RUS",
        "camera",
    )
    assert reading.deployments["station"].tolist() == ["s1"]


def test_a_workbook_of_patrols_is_read_and_one_of_nothing_is_refused():
    rows = pd.read_csv(io.StringIO(SMART), header=None).values.tolist()
    assert len(records(("patrol.xlsx", workbook(query=rows))).records) == 1
    with pytest.raises(InputError, match="a workbook that no reader recognises"):
        records(("other.xlsx", workbook(sheet=[["a", "b"], [1, 2]])))


OWN = pd.DataFrame(
    {
        "individual": ["A"],
        "taxon": ["Grus monacha"],
        "time": pd.to_datetime(["2020-04-13"]),
        "longitude": [131.5],
        "latitude": [43.5],
        "evidence": ["gps"],
    }
)


def test_parquet_inside_a_zip_is_read():
    held = io.BytesIO()
    OWN.to_parquet(held, index=False)
    packed = zipped("a.zip", {"tracks.parquet": held.getvalue()})
    assert records((packed.name, packed.data)).records["individual"].tolist() == ["A"]


REFERENCE = "tag-id,animal-id,animal-taxon,deploy-on-date,deploy-off-date\n7,Tuul,Antigone vipio,2020-01-01,\n"
FIXES = (
    "event-id,visible,timestamp,location-long,location-lat,sensor-type,tag-local-identifier\n"
    "{},true,{},131.5,43.5,gps,7\n"
)


def movebank_package(**described):
    resources = [{"name": name, "path": path} for name, path in described.items()]
    return json.dumps(
        {"id": "https://doi.org/10.5281/zenodo.1", "profile": "tabular-data-package", "resources": resources}
    )


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_data_package_of_movebank_is_read_with_its_packed_tables_of_years(is_packed):
    files = {
        "datapackage.json": movebank_package(gps=["S-gps-2020.csv.gz", "S-gps-2021.csv.gz"]).encode(),
        "S-reference-data.csv": REFERENCE.encode(),
        "S-gps-2020.csv.gz": gzip.compress(FIXES.format(1, "2020-04-13 00:00:00.000").encode()),
        "S-gps-2021.csv.gz": gzip.compress(FIXES.format(2, "2021-04-13 00:00:00.000").encode()),
    }
    if is_packed:
        packed = zipped("study.zip", files)
        given = [(packed.name, packed.data)]
    else:
        given = [(f"study/{name}", data) for name, data in files.items()]
    found = records(*given).records
    assert found["individual"].tolist() == ["Tuul", "Tuul"]
    assert found["taxon"].tolist() == ["Antigone vipio"] * 2


def test_a_packed_table_in_a_zip_may_not_grow_without_end():
    bomb = zipped("a.zip", {"t.csv.gz": gzip.compress(b"a,b\n" + b"0," * 30_000_000)})
    with pytest.raises(InputError):
        from neaspec.crossings.input.members import PAGE

        read([Input(bomb.name, bomb.data)], limits=PAGE)


def test_an_encoding_can_be_stated_for_whatever_is_not_utf_8():
    text = "individual,taxon,time,evidence,declared_country\nТигр,Panthera tigris,2020-04-13,camera,RUS\n"
    answers = Answers(encoding={"": "cp1251"})
    files = ("a.csv", text.encode("cp1251")), ("b.csv", text.encode())
    assert records(*files, answers=answers).records["individual"].tolist() == ["Тигр", "Тигр"]
    with pytest.raises(InputError, match="a.csv: neither UTF-8 nor cp949 text"):
        records(
            ("a.csv", "Ж".encode("cp1251") + text.encode("cp1251")[:-3] + b"\xff\xff\n"),
            answers=Answers(encoding={"": "cp949"}),
        )
