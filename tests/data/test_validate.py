"""What a maintainer is told when the tables are wrong; each fault is planted in a made-up package."""

from pathlib import Path

import pytest

from neaspec.data.description import read_description, tables_of
from neaspec.data.validate import check_tables
from neaspec.data.validate_rows import decimals
from neaspec.errors import DataError
from neaspec.paths import DATA_DIR
from tests.support.made_up import change_cell, write_package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "data")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        check_tables(folder)
    return caught.value.problems


def test_the_made_up_package_is_sound(package):
    assert tables_of(check_tables(package)) == tables_of(read_description(DATA_DIR))


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "line", "said"),
    [
        ("counts", "cats_2021", "high", "ninety", 3, "high is 'ninety', expected number"),
        ("counts", "cats_2018", "method", "guess", 2, "method is 'guess', expected string, not empty, one of"),
        ("counts", "cats_2018", "value", "-7", 2, "value is '-7', expected number, at least 0, at most 10000000"),
        ("counts", "cats_2018", "unit", "tons", 2, "unit is 'tons', expected string, not empty, one of"),
        ("counts", "cats_2018", "area_name", "", 2, "area_name is '', expected string, not empty"),
        ("counts", "cats_2018", "document_id", "", 2, "document_id is '', expected string, not empty"),
        ("counts", "cats_2018", "locator", "", 2, "locator is '', expected string, not empty"),
        ("counts", "cats_2018", "as_of", "spring 2018", 2, "as_of is 'spring 2018', expected string, like"),
        ("counts", "cats_2021", "is_derived", "maybe", 3, "is_derived is 'maybe', expected boolean"),
        ("counts", "cats_2018", "species_id", "unicorn", 2, "species_id is 'unicorn', no such row in species.csv"),
        ("counts", "cats_2018", "document_id", "lost", 2, "document_id is 'lost', no such row in documents.csv"),
        ("counts", "cats_2018", "caveat_ids", "made_up odd", 2, "caveat_ids has 'odd', no such row in caveats.csv"),
        ("sites", "made_up_park", "country_codes", "MNG XXX", 2, "country_codes has 'XXX', no such row in countries"),
        ("sites", "made_up_park", "latitude", "95", 2, "latitude is '95', expected number, at least -11, at most 82"),
        ("evidence_links", "link_1", "subject_id", "gone", 2, "subject_id is 'gone', no such row in sites"),
        ("evidence_links", "link_1", "from_id", "gone", 2, "from_id is 'gone', no such row in issues.csv"),
        ("countries", "JPN", "country_code", "Japan", 3, "country_code is 'Japan', expected string, not empty"),
    ],
)
def test_a_spoilt_cell_is_told_with_file_line_column_found_and_allowed(package, table, key, column, value, line, said):
    change_cell(package, table, key, column, value)
    told = problems_of(package)
    assert any(problem.startswith(f"{table}.csv:{line}: {said}") for problem in told), told


def test_a_derived_figure_needs_its_formula_and_rows_it_comes_from(package):
    change_cell(package, "counts", "cats_2018", "is_derived", "true")
    change_cell(package, "counts", "cats_2021", "derived_from_ids", "cats_2018 cats_2000")
    assert problems_of(package) == [
        "counts.csv:2: formula is '', expected not empty for a derived figure",
        "counts.csv:2: derived_from_ids is '', expected not empty for a derived figure",
        "counts.csv:3: derived_from_ids has 'cats_2000', no such row in counts.csv",
    ]


def test_a_national_list_is_named(tmp_path):
    status = {"status_id": "cat_red", "species_id": "made_up_cat", "scheme": "national_list", "category": "rare"}
    rest = {"scope": "national", "is_confirmed": "true", "document_id": "old_paper", "locator": "p. 1"}
    folder = write_package(tmp_path / "data", {"statuses": [status | rest]})
    said = "statuses.csv:2: list_name is '', expected not empty where scheme is 'national_list'"
    assert problems_of(folder) == [said]


def test_a_line_number_counts_line_breaks_inside_cells(package):
    change_cell(package, "counts", "cats_2018", "note", "Two\nlines.")
    change_cell(package, "counts", "cats_2021", "high", "ninety")
    assert problems_of(package) == ["counts.csv:4: high is 'ninety', expected number, at least 0, at most 10000000"]


def test_more_decimals_than_the_precision_are_refused(package):
    change_cell(package, "sites", "made_up_park", "latitude", "47.51234")
    assert problems_of(package) == [
        "sites.csv:2: latitude is 47.51234, more decimals than its precision of 0.1 degrees (1 allowed)"
    ]


def test_a_coordinate_without_precision_is_refused(package):
    change_cell(package, "sites", "made_up_park", "coordinate_precision_deg", "")
    assert problems_of(package)[0] == "sites.csv:2: latitude is 47.5, but coordinate_precision_deg is empty"


def test_a_duplicate_key_is_told(package):
    change_cell(package, "counts", "cats_2021", "count_id", "cats_2018")
    assert problems_of(package) == ["counts.csv:3: count_id is 'cats_2018', the same as in line 2"]


def test_all_problems_come_at_once(package):
    change_cell(package, "counts", "cats_2018", "value", "seven")
    change_cell(package, "sites", "made_up_park", "site_kind", "zoo")
    change_cell(package, "documents", "old_paper", "grade", "rumour")
    told = problems_of(package)
    assert {problem.partition(":")[0] for problem in told} == {"counts.csv", "sites.csv", "documents.csv"}


def test_a_missing_file_is_told_and_the_others_are_still_checked(package):
    (package / "species.csv").unlink()
    change_cell(package, "sites", "made_up_park", "site_kind", "zoo")
    told = problems_of(package)
    assert "species.csv: the file is missing" in told
    assert any(problem.startswith("sites.csv:2: site_kind is 'zoo'") for problem in told)


def test_another_header_is_told_with_what_is_missing_and_unknown(package):
    path = package / "series.csv"
    path.write_text(path.read_text().replace("comparability", "reason", 1))
    told = problems_of(package)
    assert told[0].startswith("series.csv:1: has the columns")
    assert told[0].endswith("lacks ['comparability'], does not know ['reason']")


def test_swapped_columns_are_told(package):
    path = package / "series.csv"
    path.write_text(path.read_text().replace("name,comparability", "comparability,name", 1))
    assert "in another order" in problems_of(package)[0]


def test_another_encoding_is_told_with_its_line(package):
    path = package / "counts.csv"
    path.write_bytes(path.read_bytes().replace(b"Made-up park", "Улан".encode("cp1251"), 1))
    assert problems_of(package)[0].startswith("counts.csv:2: is not UTF-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw.decode().encode("utf-16"), ["counts.csv:1: is not UTF-8 (byte 0xff); save it as UTF-8"]),
        (lambda raw: raw.decode().encode("utf-16-be"), ["counts.csv:1: has a zero byte; save it as UTF-8"]),
        (
            lambda raw: b"\xef\xbb\xbf" + raw,
            ["counts.csv:1: begins with a byte order mark; save it as UTF-8 without one (without BOM)"],
        ),
        (lambda raw: b"", ["counts.csv: the file is empty; expected at least the line with the names of its columns"]),
        (
            lambda raw: raw + b"\n\n",
            ["counts.csv:4: is empty; remove the line", "counts.csv:5: is empty; remove the line"],
        ),
        (
            lambda raw: raw + b"cats_2022,made_up_cat\n",
            ["counts.csv:4: has 2 cells, expected 29; is a cell with a comma or a quotation mark not quoted?"],
        ),
        (
            lambda raw: raw.replace(b"Made-up park", b'"Made-up park', 1),
            [
                "counts.csv:2: has 6 cells, expected 29; is a cell with a comma or a quotation mark not quoted?",
                "series.csv:2: series_id is 'cats_park', but no row of counts.csv with a year_to stands "
                "in it; write the "
                "series_id into at least one",
            ],
        ),
    ],
    ids=["utf-16", "utf-16 without mark", "byte order mark", "empty file", "empty lines", "short row", "open quote"],
)
def test_a_spoilt_file_is_told_in_one_message_a_fault(package, spoil, said):
    path = package / "counts.csv"
    path.write_bytes(spoil(path.read_bytes()))
    assert problems_of(package) == said


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw.replace(b"\n", b"\r\n", 1), "counts.csv:2: ends with LF, the lines before with CR LF; "),
        (lambda raw: raw[:-1] + b"\r\n", "counts.csv:3: ends with CR LF, the lines before with LF; "),
        (lambda raw: raw.replace(b"Made-up park", b'"Made-up\rpark"', 1), "counts.csv:2: ends with CR, the lines "),
    ],
    ids=["first line", "last line", "inside a cell"],
)
def test_mixed_line_ends_are_told_with_their_line(package, spoil, said):
    path = package / "counts.csv"
    path.write_bytes(spoil(path.read_bytes()))
    assert [problem[: len(said)] for problem in problems_of(package)] == [said]


def test_at_most_two_hundred_problems_are_told_and_the_rest_counted():
    message = str(DataError([f"counts.csv:{line}: wrong" for line in range(1203)] + ["sites.csv:2: wrong"]))
    assert message.startswith("1,204 problems in data/:\n* counts.csv:0: wrong\n")
    assert message.splitlines()[-1] == "and 1,004 more: counts.csv 1,003, sites.csv 1"
    assert len(message.splitlines()) == 202


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_of_other_systems_are_read(package, end):
    path = package / "counts.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", end))
    check_tables(package)


@pytest.mark.parametrize("value", ["INF", "1e400"])
def test_an_endless_number_is_told(package, value):
    change_cell(package, "counts", "cats_2018", "value", value)
    assert problems_of(package) == [f"counts.csv:2: value is {value!r}, expected number, at least 0, at most 10000000"]


@pytest.mark.parametrize("header", ["note,note", "note,x"])
def test_a_column_too_many_is_told(package, header):
    path = package / "counts.csv"
    path.write_text(path.read_text().replace("note", header, 1))
    said = {"note,note": "twice ['note']; lacks [], does not know []", "note,x": "does not know ['x']"}[header]
    assert problems_of(package)[0].endswith(said)


def test_a_derived_figure_is_one_however_true_is_written(package):
    change_cell(package, "counts", "cats_2018", "is_derived", "True")
    assert problems_of(package)[0] == "counts.csv:2: formula is '', expected not empty for a derived figure"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"resources"', '"tables"', "datapackage.json: the whole lacks resources"),
        ('"primaryKey"', '"key"', "datapackage.json: table countries, schema lacks primaryKey"),
        ('"type": "number"', '"type": "numbr"', 'column label_latitude, type is "numbr", expected one of'),
    ],
)
def test_a_description_that_lacks_a_part_is_told(package, old, new, said):
    path = package / "datapackage.json"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert said in problems_of(package)[0]


def test_a_comma_too_many_is_told(package):
    path = package / "caveats.csv"
    path.write_text(path.read_text().replace("Not a real row.", "Not a, real row."))
    assert any(problem.startswith("caveats.csv:2: ") for problem in problems_of(package))


def test_a_file_nobody_described_is_told(package):
    (package / "secret.csv").write_text("a\n1\n")
    assert problems_of(package)[0].startswith("secret.csv: is not described in datapackage.json")


def test_a_description_that_is_not_json_is_told(package):
    (package / "datapackage.json").write_text("{")
    assert problems_of(package)[0].startswith("datapackage.json: ")


@pytest.mark.parametrize(("number", "count"), [("42", 0), ("1.0", 0), ("42.3", 1), ("42.30", 2), ("0.001", 3)])
def test_decimals_are_counted_as_written(number, count):
    assert decimals(number) == count


def test_the_real_tables_keep_their_description():
    check_tables(DATA_DIR)


def test_every_column_is_described_with_unit_and_example():
    for table in tables_of(read_description(DATA_DIR)):
        assert table["description"].startswith("One row per"), table["name"]
        for field in table["schema"]["fields"]:
            for part in ("title", "description", "unit", "example", "type"):
                assert field.get(part) not in (None, ""), f"{table['name']}.{field['name']} has no {part}"


def test_every_statement_table_ends_with_where_it_is_said():
    for table in tables_of(read_description(DATA_DIR)):
        if table.get("kind") == "statement":
            names = [field["name"] for field in table["schema"]["fields"]]
            assert names[-5:] == ["document_id", "locator", "as_of", "caveat_ids", "note"], table["name"]
            required = {
                field["name"] for field in table["schema"]["fields"] if field.get("constraints", {}).get("required")
            }
            assert {"document_id", "locator"} <= required, table["name"]
