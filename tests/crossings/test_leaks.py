"""Nothing that goes out tells where an animal exactly was: every output is read for positions that went in.

The records carry positions with digits found nowhere else, in coordinates, names of stations, animals, data sets,
files, taxa and sites, as formulas and as HTML. Each output is searched as text, as numbers in text, and as binary
numbers.
"""

import io
import os
import re
import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import IDENTITY_COLUMNS, Question, Reading
from neaspec.crossings.model.records import Recognised, RejectedRows, as_records
from neaspec.crossings.outputs.tables import result_files
from neaspec.crossings.pipeline import make_context, place, run_pipeline
from neaspec.crossings.privacy.rules import load_rules
from neaspec.crossings.readers.read import read
from neaspec.paths import ROOT

REAL = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared")) / "data"
REAL_FILES = {
    "movebank": sorted((REAL / "movebank").glob("*nymba.csv")),
    "camtrap_dp": sorted((REAL / "camtrap-dp-1.0.2-example").glob("*.*")),
}

# Latitude and longitude of stations, a den, nests and fixes. The digits behind the point are found nowhere else.
CHINA_STATION, RUSSIA_STATION = (43.123457, 130.654329), (43.287653, 131.487651)
MONGOLIA_FIX, CHINA_FIX, NEST = (47.654327, 116.123459), (40.345679, 117.876541), (47.733571, 115.288693)
SECRETS = (CHINA_STATION, RUSSIA_STATION, MONGOLIA_FIX, CHINA_FIX, NEST)
# A record is never exactly where the others of its place are.
JITTER = 0.0004
WORDS = (
    "Bear creek camera",
    "=HYPERLINK",
    "Ridge of the two pines",
    "SAMPLE-77-A",
)
CAT = {
    "taxon": "Panthera tigris altaica (43.123457, 130.654329)",
    "evidence": "camera",
    "time_quality": "offset_given",
    "data_set": "Survey at 43.123457N 130.654329E",
    "source": "tigers_43.123457_130.654329.csv",
}
BIRD = {
    "taxon": "Grus vipio Pallas, 1811",
    "evidence": "gps",
    "time_quality": "utc_by_standard",
    "data_set": "<script>alert(1)</script> 47.654327",
    "source": "=cmd|' /C calc'!A0 47.654327.csv",
}


def records_of_everything():
    rng = np.random.default_rng(7)
    rows = []

    def add(animal, time, where, columns, **more):
        latitude, longitude = (value + rng.uniform(-JITTER, JITTER) for value in where)
        there = {"latitude": latitude, "longitude": longitude}
        rows.append(columns | there | {"individual": animal, "time": pd.Timestamp(time), "row": len(rows) + 2} | more)

    cats = ["Kuzya", "=1+1 43.123457", "<b>Leo</b> 43°07'24.4\"N", "52TGP1234567890", "T 43.123457", "T 43.123458"]
    for number, cat in enumerate(cats):
        more = {"station": f"{WORDS[0]} 43.123457", "site": WORDS[2], "sample_id": WORDS[3], "uncertainty_m": 12.25}
        for month in (1, 2):
            add(cat, f"2015-{month:02d}-{number + 3:02d} 04:05:06", CHINA_STATION, CAT, declared_country="CHN", **more)
            add(
                cat,
                f"2015-{month + 5:02d}-{number + 3:02d} 04:05:06",
                RUSSIA_STATION,
                CAT,
                declared_country="RUS",
                **more,
            )
    for number in range(2):  # too few for a cell
        add(f"Few {number}", "2015-01-09 01:02:03", CHINA_STATION, CAT, declared_country="CHN", site="hunchun")
        add(f"Few {number}", "2015-09-09 01:02:03", RUSSIA_STATION, CAT, declared_country="RUS")
    for number in range(4):
        for day in range(1, 20):
            add(f"B{number}", f"2016-03-{day:02d} 03:04:05", MONGOLIA_FIX, BIRD)
            add(f"B{number}", f"2016-04-{day:02d} 03:04:05", CHINA_FIX, BIRD)
        add(f"B{number}", f"2016-05-{number + 1:02d} 03:04:05", NEST, BIRD, behaviour="nest")
    frame = pd.DataFrame(rows)
    return as_records(
        {
            name: frame[name].fillna("") if frame[name].dtype.kind not in "fMi" else frame[name]
            for name in frame.columns
        },
        len(frame),
    )


@pytest.fixture(scope="module")
def context(ask):
    return make_context(load_rules(ask), Parameters())


@pytest.fixture(scope="module")
def reading():
    records = records_of_everything()
    dropped = RejectedRows()
    dropped.add("tigers_43.123457_130.654329.csv", "coordinates_unreadable", pd.Series([9]), "lat", "43.123457N")
    made = Reading(records=records, dropped=dropped)
    made.recognised = [Recognised("tigers_43.123457_130.654329.csv", "camtrapr", "", 9, 8, ())]
    made.questions = [Question("utm_zone", "x 43.123457.csv", "utm_x", "654329.5 4773123.4")]
    stated = {
        "data_set": "Other 43.123457",
        "individual": "T 43.123457",
        "individual_key": "K 43.123457",
        "method": "x",
    }
    made.identities = pd.DataFrame([stated], columns=list(IDENTITY_COLUMNS)).astype("str").fillna("")
    return made


@pytest.fixture(scope="module")
def worked(reading, context):
    return run_pipeline(reading, context)


@pytest.fixture(scope="module")
def files(worked, context, words):
    return dict(result_files(worked, context, words))


def texts_in(data):
    """Return bytes as text in the encodings a reader might try."""
    return [data.decode("utf-8", errors="ignore"), data.decode("utf-16-le", errors="ignore")]


def assert_no_position(data, what):
    for text in texts_in(data):
        for latitude, longitude in SECRETS:
            for value in (latitude, longitude):
                for digits in range(3, 7):
                    written = f"{value:.{digits}f}"[:-1]  # as it is cut, not as it is rounded
                    assert written not in text and written.replace(".", ",") not in text, (what, "written out")
        for number in re.findall(r"\d+[.,]\d{2,}", text):
            value = float(number.replace(",", "."))
            assert all(abs(value - one) > 0.01 for secret in SECRETS for one in secret), (what, "a number near")
    raw = np.frombuffer(data, dtype=np.uint8)
    for kind in ("<f8", ">f8", "<f4", ">f4"):
        size = np.dtype(kind).itemsize
        if len(raw) < size:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(raw, size)
        with np.errstate(invalid="ignore"):
            values = np.ascontiguousarray(windows).view(kind).ravel().astype("float64")
        for secret in SECRETS:
            for one in secret:
                with np.errstate(invalid="ignore"):
                    assert not (np.abs(values - one) < 0.005).any(), (what, kind)
    for word in WORDS:
        assert word.encode() not in data, (what, word)


def test_the_search_finds_what_it_looks_for():
    texts = (b"at 43.12345 N", b"43,1234", b"x 131.4876 y", b"Bear creek camera", "47.6543".encode("utf-16-le"))
    numbers = (np.array([130.65433]).tobytes(), np.array([40.3457], dtype=">f4").tobytes())
    for planted in (*texts, *numbers):
        with pytest.raises(AssertionError):
            assert_no_position(b"abc " + planted + b" def", "planted")


def test_crossings_were_found_at_all(worked):
    found = worked.results.crossings
    assert found["species_id"].value_counts().to_dict() == {"amur_tiger": 8, "white_naped_crane": 8}
    assert len(worked.results.stays) == 28


@pytest.mark.parametrize("name", ["crossings.csv", "stays.csv", "crossings.gpkg", "movements_rows.csv", "report.json"])
def test_no_file_holds_a_position(files, name):
    assert_no_position(files[name], name)


@pytest.mark.parametrize("name", ["crossings", "stays", "pairs", "matrix", "lists", "both_sides", "sexes", "cells"])
def test_no_table_of_the_results_holds_a_position(worked, name):
    frame = getattr(worked.results, name)
    assert_no_position(frame.to_csv(index=False).encode(), name)
    out = io.BytesIO()
    frame.to_parquet(out, compression=None)
    assert_no_position(out.getvalue(), name)


def test_placed_records_that_may_be_written_to_disk_hold_no_position(reading, context):
    records = place(reading.records, reading, context).records
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(records), out, compression="none", use_dictionary=False)
    assert_no_position(out.getvalue(), "placed records")
    assert records["individual_key"].nunique() == 12  # names that lost their position still tell animals apart


def test_what_the_geopackage_draws_is_public_and_nothing_else(files, context):
    made = sqlite3.connect(":memory:")
    made.deserialize(files["crossings.gpkg"])
    asked = ("select geom from places", "select geom from crossings")
    shapes = [row[0] for question in asked for row in made.execute(question) if row[0] is not None]
    # The header of a shape may hold its bounds; bits 1 to 3 of its flags say how many numbers.
    bounds = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
    drawn = shapely.get_coordinates([shapely.from_wkb(shape[8 + bounds[shape[3] >> 1 & 7] :]) for shape in shapes])
    assert len(drawn)
    sites = context.rules.sites[["longitude", "latitude"]].dropna().to_numpy(float)
    for point in drawn:
        is_middle = np.allclose(point % 1, 0.5) or np.allclose(point * 10 % 1, 0.5)
        assert is_middle or (np.abs(sites - point).max(axis=1) < 1e-9).any()


def test_nothing_is_written_or_logged_on_the_way(reading, context, words, capsys, caplog, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    dict(result_files(run_pipeline(reading, context), context, words))
    told = capsys.readouterr()
    assert_no_position((told.out + told.err + caplog.text).encode(), "what was told")
    assert list(tmp_path.iterdir()) == []


def test_no_cell_of_a_table_is_a_formula(files):
    for name in ("crossings.csv", "stays.csv", "movements_rows.csv"):
        frame = pd.read_csv(io.BytesIO(files[name]), dtype=str, keep_default_na=False)
        starts = frame.map(lambda text: text.lstrip()[:1])
        assert not starts.isin(["=", "+", "-", "@"]).any(axis=None), name


def test_many_records_of_one_place_give_one_place_that_cannot_be_averaged(worked):
    results = worked.results
    birds = results.stays[results.stays["species_id"] == "white_naped_crane"]
    places = {*birds["first_place_id"], *birds["last_place_id"]}
    assert places == {"cell:1:47.5:116.5", "cell:1:40.5:117.5", "cell:0.1:47.75:115.25"}
    cats = results.stays[results.stays["species_id"] == "amur_tiger"]
    assert {*cats["first_place_id"], *cats["last_place_id"]} <= {
        "landscape:CHN-RUS",
        "landscape:RUS-CHN",
        "country:CHN",
        "country:RUS",
    }


def test_every_place_told_in_any_table_has_enough_animals(worked):
    results = worked.results
    enough = set(results.cells.loc[results.cells["animals"] >= results.parameters.smallest_cell, "place_id"])
    told = {
        *results.stays["first_place_id"],
        *results.stays["last_place_id"],
        *results.crossings["from_place_id"],
        *results.crossings["to_place_id"],
        *results.cells["place_id"],
    }
    assert {name for name in told if not name.startswith("country:")} <= enough
    assert any(name.startswith("country:") for name in told)


def test_two_animals_at_a_named_site_are_not_told_by_the_site(worked):
    everything = pd.concat([worked.results.stays["first_place_id"], worked.results.cells["place_id"]])
    assert not everything.str.startswith("site:hunchun").any()
    merged = worked.results.stays[worked.results.stays["individual"].str.startswith("Few")]
    assert merged.groupby("country_code")["first_place_id"].unique().map(list).to_dict() == {
        "CHN": ["country:CHN"],
        "RUS": ["country:RUS"],  # the reserve has no point, so no landscape is near it
    }


@pytest.mark.parametrize("name", REAL_FILES)
def test_results_of_real_files_hold_no_number_as_exact_as_a_position(name, context, words):
    if not REAL_FILES[name]:
        pytest.skip("the real files are no part of the project")
    reading = read([Input(path.name, path) for path in REAL_FILES[name]])
    assert len(reading.records)
    files = dict(result_files(run_pipeline(reading, context), context, words))
    for file in ("crossings.csv", "stays.csv", "movements_rows.csv", "report.json"):
        assert re.findall(r"(?<![\d.])\d{1,3}\.\d{3,}", files[file].decode("utf-8-sig")) == [], file
