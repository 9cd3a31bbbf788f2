"""The zip of the data set and the dictionary made from its description."""

import io
import zipfile
from pathlib import Path

import pytest
from frictionless import Package

from neaspec.data.description import read_description, tables_of
from neaspec.data.export import BEFORE_ANY_CHANGE, FOLDER, _zip, data_dictionary, dataset_zip, table_titles
from neaspec.errors import DataError
from neaspec.paths import DATA_DIR
from tests.support.made_up import write_package


@pytest.fixture(scope="module")
def unzipped(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("unzipped")
    with zipfile.ZipFile(io.BytesIO(dataset_zip())) as made:
        made.extractall(folder)
    return folder / FOLDER


def test_frictionless_accepts_the_unzipped_data_set(unzipped):
    report = Package(str(unzipped / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    assert report.stats["tasks"] == len(tables_of(read_description(DATA_DIR)))


def test_the_zip_holds_every_table_its_description_and_a_readme_and_nothing_else(unzipped):
    tables = {table["path"] for table in tables_of(read_description(DATA_DIR))}
    assert {path.name for path in unzipped.iterdir()} == tables | {"datapackage.json", "README.md"}
    for name in tables:
        assert (unzipped / name).read_bytes() == (DATA_DIR / name).read_bytes()


def test_the_same_tables_give_the_same_bytes():
    assert _zip.__wrapped__(DATA_DIR, "one") == _zip.__wrapped__(DATA_DIR, "two") == dataset_zip()
    with zipfile.ZipFile(io.BytesIO(dataset_zip())) as made:
        assert {file.date_time for file in made.infolist()} == {BEFORE_ANY_CHANGE}
        assert made.namelist() == sorted(made.namelist())


def test_a_changed_table_gives_another_zip(tmp_path):
    folder = write_package(tmp_path / "data")
    (folder / "README.md").write_text("Made up.\n", encoding="utf-8")
    before = dataset_zip(folder)
    with (folder / "caveats.csv").open("a", encoding="utf-8") as table:
        table.write("made_up,Made up,Made up for a test,information,\n")
    assert dataset_zip(folder) != before


def test_a_missing_description_is_told(tmp_path):
    with pytest.raises(DataError, match="datapackage.json"):
        dataset_zip(tmp_path)


def test_the_dictionary_has_one_row_for_each_column_of_each_table():
    tables = tables_of(read_description(DATA_DIR))
    rows = data_dictionary({"resources": tables})
    assert len(rows) == sum(len(table["schema"]["fields"]) for table in tables)
    assert not rows.duplicated(["table_name", "column_name"]).any()
    assert (rows["meaning"] != "").all()


def test_the_dictionary_says_type_unit_meaning_example_and_what_is_allowed():
    field = {"name": "kind", "type": "string", "description": "Kind", "unit": "-", "example": "a"}
    table = {
        "name": "things",
        "title": "Things",
        "format": "csv",
        "schema": {
            "fields": [
                {**field, "constraints": {"required": True, "enum": ["a", "b"]}},
                {
                    **field,
                    "name": "share",
                    "type": "number",
                    "unit": "per cent",
                    "constraints": {"minimum": 0, "maximum": 100},
                },
                {**field, "name": "country_code", "constraints": {"pattern": "[A-Z]{3}"}},
                {**field, "name": "document_ids", "list_of": "documents"},
                {**field, "name": "other"},
            ],
            "foreignKeys": [
                {"fields": ["country_code"], "reference": {"resource": "countries", "fields": ["country_code"]}}
            ],
        },
    }
    rows = data_dictionary({"resources": [table]})
    assert rows["allowed"].tolist() == ["a, b", "≥ 0, ≤ 100", "[A-Z]{3}", "", ""]
    assert rows["unit"].tolist() == ["", "per cent", "", "", ""]
    assert rows["key_of"].tolist() == ["", "", "countries", "", ""]
    assert rows["keys_of"].tolist() == ["", "", "", "documents", ""]
    assert rows["is_required"].tolist() == [True, False, False, False, False]
    assert rows.iloc[0][["table_title", "column_name", "column_type", "meaning", "example"]].tolist() == [
        "Things",
        "kind",
        "string",
        "Kind",
        "a",
    ]


def test_every_table_has_a_title():
    titles = table_titles()
    assert titles["counts"] == "Counts"
    assert all(titles.values())
