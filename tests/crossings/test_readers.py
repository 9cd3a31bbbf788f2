"""Whatever files are given: each is recognised by its header, read once, and nothing depends on order or pieces."""

import gzip
import io
import itertools

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.readers.read import read, read_parts
from neaspec.errors import InputError
from tests.support.fuzz_readers import SEEDS, mutated
from tests.support.made_field_files import archive, csv, gbif, zipped

TERMS = ("organismID", "eventDate", "decimalLatitude", "decimalLongitude", "basisOfRecord", "countryCode")
OWN = ("individual", "taxon", "time", "longitude", "latitude", "evidence")


def many():
    occurrences = [("T1", f"2020-01-{day:02d}", 43 + day / 100, 131, "HumanObservation", "RU") for day in range(1, 29)]
    tracks = [
        (f"00{n % 3}", "Antigone vipio", f"2020-02-{n:02d} 10:00:00", 120 + n / 10, 45, "gps") for n in range(1, 28)
    ]
    tracks[3] = ("001", "Antigone vipio", "2020-02-30", 120, 45, "gps")
    return [
        archive("a.zip", occurrences, TERMS),
        csv("b.csv", OWN, *tracks),
        gbif("c.csv", {"gbifID": "1", "countryCode": "KR", "eventDate": "2020-01-01"}),
    ]


def everything(reading):
    sort = ["source", "row"]
    return (
        reading.records.sort_values(sort).to_csv(index=False),
        sorted(reading.dropped.counts.items()),
        sorted((key, tuple(examples)) for key, examples in reading.dropped.examples.items()),
        reading.recognised,
        reading.questions,
    )


def refusal(*inputs):
    with pytest.raises(InputError) as caught:
        read(inputs)
    return caught.value.problems


def test_neither_the_order_of_files_nor_the_size_of_pieces_changes_what_is_read():
    expected = everything(read(many()))
    for inputs in itertools.permutations(many()):
        assert everything(read(inputs)) == expected
    for size in (1, 2, 7, 100):
        assert everything(read(many(), chunk_rows=size)) == expected


def test_the_order_of_rows_changes_nothing_but_their_lines():
    rows = [(f"A{n}", "t", f"{n}/{n + 1}/2020" if n < 9 else f"20/{n}/2020", 120 + n, 45, "gps") for n in range(1, 12)]
    there, back = read([csv("a.csv", OWN, *rows)]), read([csv("a.csv", OWN, *rows[::-1])])
    by = ["individual", "time"]
    frames = [made.records.drop(columns="row").sort_values(by).reset_index(drop=True) for made in (there, back)]
    pd.testing.assert_frame_equal(*frames)
    assert len(there.records) == 11


def test_several_standards_are_read_together_and_told_apart():
    made = read(many())
    assert [(one.source, one.standard, one.rows, one.records) for one in made.recognised] == [
        ("a.zip/eml.xml", "", 0, 0),
        ("a.zip/occurrence.txt", "darwin_core", 28, 28),
        ("b.csv", "records", 27, 26),
        ("c.csv", "gbif", 1, 1),
    ]


def test_the_reading_is_known_before_the_first_piece():
    pieces, known = read_parts([csv("a.csv", OWN, ("A", "t", "3/4/2020", 131, 43, "gps"))])
    assert [question.kind for question in known.questions] == ["day_or_month_first"]
    assert list(pieces) == []


def test_an_answered_country_holds_for_stations_and_not_for_tags():
    rows = [("A", "t", "2020-01-01", 131, 43, evidence) for evidence in ("camera", "gps", "genetic", "ring")]
    made = read([csv("a.csv", OWN, *rows)], Answers(country={"a": "RUS"}))
    assert made.records["declared_country"].tolist() == ["RUS", "", "RUS", ""]


def test_a_file_that_nobody_knows_is_told_with_its_header_and_what_was_looked_for():
    said, looked_for = refusal(csv("x.csv", [f"column {letter}" for letter in "abcdefghijklmnop"]))
    assert said.startswith("x.csv, header: not recognised. Found: column a, column b")
    assert "column l and 4 more" in said
    assert "column m" not in said
    assert all(standard in looked_for for standard in ("Darwin Core", "GBIF", "camtrapR", "Movebank", "Camtrap DP"))


def test_a_header_that_is_missing_shows_no_coordinates():
    said, _ = refusal(Input("x.csv", b"A,2020-01-01,43.12345,131.54321,N43 12 30\nB,2020-01-02,44.1,131.5,N44 1 1\n"))
    assert "43" not in said
    assert "131" not in said


def test_all_problems_of_all_files_are_told_at_once():
    said = refusal(
        Input("a.png", b"\x89PNG"),
        csv("b.csv", ("x", "y")),
        Input("c.zip", b"PK\x03\x04"),
        Input("d.csv", b""),
        Input("e.csv", b"<!DOCTYPE html>"),
        Input("f.json", b"{}"),
    )
    *files, looked_for = said
    assert sorted(problem[0] for problem in files) == list("abcdef")
    assert looked_for.startswith("Looked for")
    assert "web page" in next(problem for problem in files if problem.startswith("e.csv"))


def test_of_an_archive_of_other_things_only_the_first_files_are_told():
    *told, more, _ = refusal(zipped("photos.zip", {f"{number:03d}.jpg": b"\xff\xd8\xff" for number in range(100)}))
    assert [problem[:18] for problem in told] == [f"photos.zip/{number:03d}.jpg"[:18] for number in range(5)]
    assert more == "photos.zip: 95 more files in it are not recognised"


def test_a_file_with_the_columns_of_two_standards_is_refused():
    columns = (
        "individual",
        "taxon",
        "time",
        "evidence",
        "longitude",
        "latitude",
        "basisOfRecord",
        "eventDate",
        "countryCode",
    )
    assert "the columns of darwin_core and of records" in refusal(csv("a.csv", columns))[0]


def test_a_broken_table_beside_a_package_in_its_archive_is_refused():
    files = {"a.csv": "individual,taxon,time,longitude,latitude,evidence\n", "b.csv": "x,x\n"}
    assert "columns with the same name" in refusal(zipped("a.zip", files))[0]


def test_a_gz_is_read_like_its_content():
    plain = csv("b.csv", OWN, ("A", "t", "2020-01-01", 131, 43, "gps"))
    packed = read([Input("b.csv.gz", gzip.compress(plain.data))])
    assert packed.records.drop(columns="source").equals(read([plain]).records.drop(columns="source"))
    assert packed.records["data_set"].tolist() == ["b"]


def test_no_message_ever_holds_a_coordinate():
    rows = [
        ("A", "t", "131.54321", "43.12345", "2020", "gps"),
        ("43.12345", "131.54321", "x", "", "", ""),
        ("A", "t", "2020-01-01", "43.12345", "131.54321", "gps"),
        ("A", "t", "2020-01-01", "43.12345x", "1", "43.12345"),
    ]
    made = read([csv("a.csv", OWN, *rows)])
    said = repr(made.dropped)
    assert sum(made.dropped.counts.values()) == 4
    assert "12345" not in said
    assert "54321" not in said


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.sampled_from(range(len(SEEDS))), some.binary(min_size=4, max_size=60))
def test_damaged_files_are_read_or_refused_and_nothing_else(seed, choices):
    inputs = mutated(SEEDS[seed], choices)
    try:
        made = read(inputs, Answers(utm_zone={one.name: "52N" for one in inputs}))
    except InputError as refused:
        assert refused.problems
        assert all(isinstance(problem, str) and problem for problem in refused.problems)
    else:
        assert made.records["time"].notna().all()
        assert made.records["latitude"].abs().max() <= 90 or made.records["latitude"].isna().all()


def test_a_hundred_thousand_rows_of_text_are_read_quickly():
    held = io.StringIO()
    rows = pd.DataFrame({"n": range(100_000)})
    pd.DataFrame(
        {
            "individual": (rows["n"] % 300).astype(str),
            "taxon": "Antigone vipio",
            "time": (pd.Timestamp(2020, 1, 1) + pd.to_timedelta(rows["n"], unit="min")).dt.strftime(
                "%Y-%m-%d %H:%M:%S.000"
            ),
            "longitude": 120 + rows["n"] / 1e5,
            "latitude": 45.0,
            "evidence": "gps",
        }
    ).to_csv(held, index=False)
    made = read([Input("a.csv", held.getvalue().encode())])
    assert len(made.records) == 100_000
