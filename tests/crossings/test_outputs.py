"""Files of results: read by others' tools, the same bytes for the same results, rows that fit data/movements.csv."""

import csv
import io
import json
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pandas as pd
import pyogrio
import pytest

from neaspec.crossings.engine import stays_and_crossings
from neaspec.crossings.joint.study import JointStudy
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Question
from neaspec.crossings.model.records import DoubtfulRows, Recognised, RejectedRows
from neaspec.crossings.outputs.geopackage import geopackage
from neaspec.crossings.outputs.statement_rows import movement_columns, statement_rows
from neaspec.crossings.outputs.tables import as_csv, named_table, result_files
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.publish import public_results
from neaspec.data.validate import check_tables
from neaspec.errors import DataError
from neaspec.paths import DATA_DIR
from tests.crossings.test_publish import HUNCHUN, OF_SITES, PARK, TIGER, both_ways
from tests.support.placed import placed

BIRDS = [
    (f"B{number}", f"2016-0{month}-0{day} 05:06:07", country, {"place_id": place, "data_set": "Tags"})
    for number in range(3)
    for month, day, country, place in (
        (3, 1, "MNG", "cell:1:47.5:117.5"),
        (3, 2, "MNG", "cell:1:47.5:117.5"),
        (4, 6, "CHN", "cell:1:40.5:117.5"),
        (4, 7, "CHN", "cell:1:40.5:117.5"),
    )
]


@pytest.fixture(scope="module")
def rules(ask):
    return load_rules(ask)


def worked_out(rules, rows, smallest=3):
    parameters = Parameters(smallest_cell=smallest)
    found = stays_and_crossings(placed(rows), parameters)
    dropped = RejectedRows()
    dropped.add("a.csv", "no_time", pd.Series([5, 3]), "time", "soon")
    doubts = DoubtfulRows()
    doubts.add("a.csv", "too_fast", pd.Series([7, 8]), "", pd.Series(["with line 8", "with line 7"]))
    nobody = pd.DataFrame(columns=["individual_key", "column", "found"], dtype="str")
    return SimpleNamespace(
        results=public_results(found, rules, parameters, OF_SITES),
        dropped=dropped,
        conflicts=nobody,
        unused=nobody,
        matches=nobody,
        doubts=doubts,
        recognised=[Recognised("a.csv", "movebank", "", 9, 7, ("dates_read_as_stated",))],
        joint=JointStudy(),
        questions=[Question("day_or_month_first", "a.csv", "time", "03/04/2015")],
    )


KIT = SimpleNamespace(borders=SimpleNamespace(version="0.6.0"))


@pytest.fixture(scope="module")
def worked(rules):
    return worked_out(rules, [*both_ways(4), *BIRDS, ("C", "2015-01-09", "CHN", HUNCHUN)])


@pytest.fixture(scope="module")
def files(worked, words):
    return dict(result_files(worked, KIT, words))


def rows_of_csv(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_report_is_the_last_file(files):
    assert list(files) == ["crossings.csv", "stays.csv", "crossings.gpkg", "movements_rows.csv", "report.json"]


def test_equal_results_give_equal_bytes(rules, files, words):
    rows = [*both_ways(4), *BIRDS, ("C", "2015-01-09", "CHN", HUNCHUN)]
    again = dict(result_files(worked_out(rules, rows), KIT, words))
    assert again == files


def test_every_crossing_says_what_was_generalised_why_and_until_when(files):
    rows = rows_of_csv(files["crossings.csv"])
    assert len(rows) == 7
    tiger = next(row for row in rows if row["species_id"] == "amur_tiger")
    assert tiger["dataGeneralizations"] == (
        "From: Place generalised to the site Hunchun Nature Reserve; its point is no place of an animal. "
        "To: Place generalised to the site Land of the Leopard National Park; its point is no place of an animal. "
        "Times are generalised to seasons."
    )
    assert "holder of the data" in tiger["informationWithheld"]
    assert tiger["review_date"] == "2028-12" and "poaching" in tiger["reason"]
    bird = next(row for row in rows if row["species_id"] == "white_naped_crane")
    assert bird["coordinatePrecision"] == "1" and 60_000 < float(bird["coordinateUncertaintyInMeters"]) < 80_000
    assert bird["from_place_name"] == "cell of 1° around 47.5° N, 117.5° E"
    assert "the middle of the cell" in bird["dataGeneralizations"] and "to the day" in bird["dataGeneralizations"]


def test_a_merged_place_says_so(rules, words):
    told = named_table(worked_out(rules, both_ways(2)).results, "crossings", words)
    assert told["dataGeneralizations"].str.contains("fewer than 3 animals").all()
    assert told["from_place_name"].tolist() == ["China", "China"]
    assert told["coordinateUncertaintyInMeters"].isna().all()


def test_a_landscape_is_named_by_its_two_countries(rules, words):
    there = TIGER | {"place_kind": "landscape", "place_id": "landscape:CHN-RUS"}
    told = named_table(worked_out(rules, both_ways(3, first=there)).results, "crossings", words)
    assert told["from_place_name"].iloc[0] == "China: land near the border (Russian Federation)"


def test_a_table_for_spreadsheets_runs_nothing():
    names = ["=1+1", " @x", "-5", "+7", "\tx", "Leo, 52M", "<b>虎</b>", 'a "b",\r\nc']
    frame = pd.DataFrame({"name": names, "number": [-1.5, 2.0] + [None] * 6, "known": True})
    rows = rows_of_csv(as_csv(frame))
    assert [row["name"] for row in rows] == [f"'{name}" for name in names[:5]] + names[5:]
    assert [row["number"] for row in rows][:3] == ["-1.5", "2", ""]
    assert {row["known"] for row in rows} == {"true"}


def test_other_tools_read_the_geopackage(files, tmp_path):
    path = tmp_path / "made.gpkg"
    path.write_bytes(files["crossings.gpkg"])
    assert pyogrio.list_layers(path).tolist() == [["places", "Point"], ["crossings", "LineString"]]
    places = pyogrio.read_dataframe(path, layer="places")
    assert places.crs.to_epsg() == 4326
    cell = places[places["place_id"] == "cell:1:47.5:117.5"].iloc[0]
    assert (cell.geometry.x, cell.geometry.y, cell["animals"]) == (117.5, 47.5, 3)
    assert cell["coordinateUncertaintyInMeters"] > 60_000 and "No licence" in cell["licence"]
    lines = pyogrio.read_dataframe(path, layer="crossings")
    # A site without a point of its own (Hunchun) is named, and no line is drawn to it.
    assert len(lines) == 7 and lines.geometry.notna().sum() == 3
    bird = lines[lines["species_id"] == "white_naped_crane"].iloc[0]
    assert list(bird.geometry.coords) == [(117.5, 47.5), (117.5, 40.5)]


def test_a_place_without_a_point_has_no_geometry(rules, words):
    results = worked_out(rules, both_ways(2)).results
    made = sqlite3.connect(":memory:")
    made.deserialize(geopackage(results, named_table(results, "crossings", words), words))
    assert made.execute("select count(*), count(geom) from places").fetchone() == (2, 0)
    assert made.execute("select count(*), count(geom) from crossings").fetchone() == (2, 0)


def test_the_geopackage_is_sound_and_dated_by_the_data(files):
    made = sqlite3.connect(":memory:")
    made.deserialize(files["crossings.gpkg"])
    assert made.execute("pragma integrity_check").fetchone() == ("ok",)
    assert made.execute("pragma foreign_key_check").fetchall() == []
    assert made.execute("pragma user_version").fetchone() == (10300,)
    assert made.execute("select distinct last_change from gpkg_contents").fetchall() == [("2016-04-07T00:00:00.000Z",)]
    assert "holder" in made.execute("select metadata from gpkg_metadata").fetchone()[0]


def test_the_layers_of_the_geopackage_have_the_columns_other_tools_rely_on(files, tmp_path):
    path = tmp_path / "made.gpkg"
    path.write_bytes(files["crossings.gpkg"])
    darwin_core = [
        "dataGeneralizations",
        "informationWithheld",
        "coordinatePrecision",
        "coordinateUncertaintyInMeters",
        "reason",
        "review_date",
        "licence",
    ]
    assert pyogrio.read_info(path, layer="places")["fields"].tolist() == [
        "place_id",
        "place_name",
        "place_kind",
        "species_id",
        "taxon",
        "country_code",
        "period",
        "period_start",
        "period_end",
        "animals",
        *darwin_core,
    ]
    assert pyogrio.read_info(path, layer="crossings")["fields"].tolist() == [
        "individual_key",
        "individual",
        "species_id",
        "taxon",
        "from_country_code",
        "to_country_code",
        "grade",
        "reasons",
        "left_period",
        "arrived_period",
        "period_start",
        "period_end",
        "from_place_id",
        "from_place_name",
        "to_place_id",
        "to_place_name",
        "evidence",
        "sex",
        "age",
        *darwin_core,
    ]


def test_nothing_of_a_geopackage_stays_behind_when_it_cannot_be_written(worked, words, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    written = []

    def fail_at_the_second_layer(*arguments, layer, **options):
        if layer == "crossings":
            written.extend(tmp_path.rglob("*.gpkg"))
            raise OSError("the disc is full")
        pyogrio_write(*arguments, layer=layer, **options)

    pyogrio_write = pyogrio.write_dataframe
    monkeypatch.setattr(pyogrio, "write_dataframe", fail_at_the_second_layer)
    with pytest.raises(OSError, match="full"):
        geopackage(worked.results, named_table(worked.results, "crossings", words), words)
    assert len(written) == 1
    assert list(tmp_path.iterdir()) == []
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_two_geopackages_made_at_once_each_bear_the_date_of_their_own_data(rules, worked, words, monkeypatch):
    earlier = worked_out(rules, both_ways(4)).results
    tables = [(results, named_table(results, "crossings", words)) for results in (worked.results, earlier)]
    alone = [geopackage(*table, words) for table in tables]
    dates = []

    def note_the_date(*arguments, **options):
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        time.sleep(0.02)  # the other would set its own date now
        dates.append((before, pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")))
        pyogrio_write(*arguments, **options)

    pyogrio_write = pyogrio.write_dataframe
    monkeypatch.setattr(pyogrio, "write_dataframe", note_the_date)
    with ThreadPoolExecutor(2) as at_once:
        assert list(at_once.map(lambda table: geopackage(*table, words), tables)) == alone
    assert len({before for before, _ in dates}) == 2
    assert all(before == after for before, after in dates)


def test_the_report_says_what_was_read_left_out_and_asked(files, words):
    report = json.loads(files["report.json"])
    assert report["recognised"][0]["standard"] == "movebank"
    assert report["left_out"] == [
        {
            "source": "a.csv",
            "reason": "no_time",
            "rows": 2,
            "first": [{"row": 3, "column": "time", "found": "soon"}, {"row": 5, "column": "time", "found": "soon"}],
        }
    ]
    assert report["questions"][0]["example"] == "03/04/2015"
    assert report["parameters"]["smallest_cell"] == {
        "value": 3,
        "reason": words("field_data.reason_smallest_cell"),
    }
    assert list(report["parameters"]) == list(Parameters().stated())
    assert report["borders_version"] == "0.6.0"
    assert report["counts"] == {"animals": 8, "stays": 15, "crossings": {"confirmed": 7}}
    assert len(report["sensitivity_rules"]) == 9


def test_rows_for_movements_keep_the_columns_and_add_up(worked, words):
    rows = statement_rows(worked.results, words)
    assert list(rows.columns) == movement_columns()
    told = rows.set_index("species_id")
    tiger = told.loc["amur_tiger"]
    assert (tiger["movement_kind"], tiger["method"], tiger["individuals"]) == ("journey", "camera_trap", "4")
    assert (tiger["from_site_id"], tiger["to_site_id"]) == ("hunchun", "land_of_the_leopard")
    assert (tiger["date_from"], tiger["date_to"]) == ("2014-12", "2015-08")
    assert (tiger["document_id"], tiger["locator"]) == ("", "") and "must be named" in tiger["note"]
    crane = told.loc["white_naped_crane"]
    assert (crane["from_country_code"], crane["to_country_code"], crane["method"]) == ("MNG", "CHN", "telemetry")
    assert (crane["date_from"], crane["date_to"], crane["from_site_id"]) == ("2016-03-02", "2016-04-06", "")
    parts = rows[["females", "males", "unknown_sex"]].astype(int).sum(axis=1)
    assert (parts == rows["individuals"].astype(int)).all()


def test_animals_that_went_both_ways_are_known_on_both_sides(rules, words):
    back = [
        (f"T{number}", "2015-10-01", "CHN", HUNCHUN | {"evidence": "genetic", "sex": "female"}) for number in range(3)
    ]
    (row,) = statement_rows(worked_out(rules, [*both_ways(4), *back]).results, words).to_dict("records")
    assert (row["movement_kind"], row["from_country_code"], row["to_country_code"]) == ("both_sides", "CHN", "RUS")
    assert (row["individuals"], row["females"], row["males"], row["unknown_sex"]) == ("4", "3", "0", "1")
    assert row["method"] == "camera_trap" and "genetic" in row["note"]
    assert (row["date_from"], row["date_to"]) == ("2014-12", "2015-11")


def test_a_probable_crossing_and_an_unknown_species_make_no_row(rules, words):
    once = {"place_id": "cell:1:47.5:117.5"}
    rows = [("B", "2016-03-01", "MNG", once), ("B", "2016-04-01", "CHN", once)]
    results = worked_out(rules, rows).results
    assert results.crossings["grade"].tolist() == ["probable"]
    assert statement_rows(results, words).empty
    cuckoo = [
        (name, time, land, more | {"species_id": "", "taxon": "Cuculus canorus"}) for name, time, land, more in BIRDS
    ]
    assert statement_rows(worked_out(rules, cuckoo).results, words).empty


def test_rows_for_movements_lack_only_the_document(worked, words, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA_DIR, data, ignore=shutil.ignore_patterns("*.duckdb", "geo"))
    rows = statement_rows(worked.results, words)
    first = len((data / "movements.csv").read_text(encoding="utf-8").splitlines()) + 1
    with (data / "movements.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows.values.tolist())
    with pytest.raises(DataError) as told:
        check_tables(data)
    allowed = [
        f"movements.csv:{first + number}: {column} is ''"
        for number in range(2)
        for column in ("document_id", "locator")
    ]
    assert [problem.partition(", ")[0] for problem in told.value.problems] == allowed


def test_movement_rows_of_both_tables_have_the_same_order_as_the_description(files):
    rows = rows_of_csv(files["movements_rows.csv"])
    assert list(rows[0]) == movement_columns()
    assert [row["movement_id"] for row in rows] == [
        "amur_tiger_chn_rus_2014_12_2015_08",
        "white_naped_crane_mng_chn_2016_03_02_2016_04_06",
    ]


def test_nothing_gives_files_without_rows(rules, words):
    files = dict(result_files(worked_out(rules, []), KIT, words))
    assert rows_of_csv(files["crossings.csv"]) == [] and rows_of_csv(files["movements_rows.csv"]) == []
    made = sqlite3.connect(":memory:")
    made.deserialize(files["crossings.gpkg"])
    assert made.execute("select count(*) from places").fetchone() == (0,)
    assert json.loads(files["report.json"])["counts"]["animals"] == 0


def test_the_site_of_a_row_is_told_only_if_all_agree(rules, words):
    other = PARK | {"place_id": "site:kedrovaya_pad"}
    rows = [
        *both_ways(4),
        *((f"U{number}", "2015-06-09", "RUS", other) for number in range(3)),
        *((f"U{number}", "2015-01-09", "CHN", HUNCHUN) for number in range(3)),
    ]
    (row,) = statement_rows(worked_out(rules, rows).results, words).to_dict("records")
    assert (row["from_site_id"], row["to_site_id"], row["individuals"]) == ("hunchun", "", "7")
