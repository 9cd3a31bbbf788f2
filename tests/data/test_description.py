"""A malformed datapackage.json is told in one sentence that names the place; nothing of it is used before."""

import json
from pathlib import Path

import pytest

from neaspec.data.description import check_description, read_description
from neaspec.errors import DataError
from neaspec.paths import DATA_DIR


def real() -> dict:
    return json.loads((DATA_DIR / "datapackage.json").read_text(encoding="utf-8"))


def table(description: dict, name: str) -> dict:
    return next(one for one in description["resources"] if one["name"] == name)


def field(description: dict, name: str, column: str) -> dict:
    return next(one for one in table(description, name)["schema"]["fields"] if one["name"] == column)


def problems_of(description: object) -> list[str]:
    with pytest.raises(DataError) as caught:
        check_description(description)
    return caught.value.problems


def test_the_real_description_is_sound():
    check_description(real())


def test_no_two_columns_of_a_table_have_one_title():
    """A form of the desk and a workbook show titles alone: two alike cannot be told apart."""
    for resource in real()["resources"]:
        if "schema" in resource:
            titles = [one["title"] for one in resource["schema"]["fields"]]
            assert len(set(titles)) == len(titles), resource["name"]


KEY = {"fields": ["species_id"], "reference": {"resource": "species", "fields": ["species_id"]}}


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("foreignKeys", [{}], "foreignKeys.0 lacks fields, reference"),
        ("foreignKeys", [5], "foreignKeys.0 is 5, expected an object"),
        ("foreignKeys", [KEY | {"fields": "text"}], 'foreignKeys.0.fields is "text", expected an array'),
        ("foreignKeys", [KEY | {"fields": ["nothing"]}], "foreignKeys number 1: 'nothing' is no column of counts"),
        ("foreignKeys", [KEY | {"reference": {"resource": "x", "fields": ["y"]}}], "number 1: there is no table 'x'"),
        (
            "foreignKeys",
            [KEY | {"reference": {"resource": "species", "fields": ["name"]}}],
            "number 1: 'name' is not the key of species, expected 'species_id'",
        ),
        ("primaryKey", 3, "primaryKey is 3, expected an array"),
        ("primaryKey", ["nothing"], "primaryKey is 'nothing', expected one of its columns"),
        ("primaryKey", [], "primaryKey is [], expected a list of at least 1"),
        ("key", 1, 'schema has "key", which nothing reads; known are fields, primaryKey'),
    ],
)
def test_a_spoilt_schema_of_a_table_is_told_with_its_place(part, value, said):
    description = real()
    table(description, "counts")["schema"][part] = value
    problems = problems_of(description)
    assert any(problem.startswith("datapackage.json: table counts, ") and said in problem for problem in problems)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("list_of", ["counts"], 'list_of is ["counts"], expected a string'),
        ("list_of", "nothing", "list_of is 'nothing', there is no such table"),
        ("name", 'x"; drop table counts; --', "expected small letters, digits and _"),
        ("name", "", "expected small letters, digits and _"),
        ("type", "strnig", "type is \"strnig\", expected one of ['string', 'integer', 'number', 'boolean']"),
        ("constraints", {"pattern": "("}, 'constraints.pattern is "(", which is no pattern (missing )'),
        ("constraints", {"pattern": 5}, "constraints.pattern is 5, expected a string"),
        ("constraints", {"enum": []}, "constraints.enum is [], expected a list of at least 1"),
        ("constraints", {"minimum": 1}, "constraints.minimum is for numbers only, the column is string"),
        ("constraints", {"requird": True}, 'constraints has "requird", which nothing reads; known are required, '),
        ("required_where", {"nothing": "x"}, "required_where names 'nothing', which is no column"),
    ],
)
def test_a_spoilt_column_is_told_with_its_place(part, value, said):
    description = real()
    field(description, "counts", "caveat_ids")[part] = value
    problems = problems_of(description)
    assert any(problem.startswith("datapackage.json: table counts, column ") for problem in problems)
    assert any(said in problem for problem in problems)


def test_limits_that_cannot_hold_are_told():
    description = real()
    field(description, "counts", "value")["constraints"] = {"minimum": 5, "maximum": 4}
    assert problems_of(description) == [
        "datapackage.json: table counts, column value, constraints.minimum is 5, more than its maximum of 4"
    ]


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("path", "../../../etc/passwd", "expected small letters, digits and _"),
        ("path", "sites.csv", "table counts, path is 'sites.csv', expected 'counts.csv'"),
        ("format", "xlsx", 'table counts, format is "xlsx", expected "csv"'),
        ("encoding", "latin-1", 'table counts, encoding is "latin-1", expected "utf-8"'),
        ("dialect", {"delimiter": ";"}, 'table counts, dialect.delimiter is ";", expected ","'),
        ("name", "sites", "table sites is described 2 times"),
        ("schema", None, "table counts, schema is null, expected an object"),
    ],
)
def test_a_spoilt_table_is_told_with_its_place(part, value, said):
    description = real()
    table(description, "counts")[part] = value
    assert any(said in problem for problem in problems_of(description))


@pytest.mark.parametrize("value", [[], None, 5, {"resources": [5]}, {"resources": []}, {"resources": {}}])
def test_what_is_no_description_at_all_is_told(value):
    assert all(problem.startswith("datapackage.json: ") for problem in problems_of(value))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\ufeff{}", "\x00"])
def test_what_is_no_json_is_told(tmp_path: Path, text: str):
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"^1 problem in data/:\n\* datapackage\.json: "):
        read_description(tmp_path)
