"""The page of field data says everything before an upload, and shows results of one session to that session only."""

from typing import get_args

import pytest

from neaspec.blocks import Table, Text, walk
from neaspec.crossings import records
from neaspec.crossings.parameters import Parameters
from neaspec.sections import field_data
from neaspec.sections.field_data_rules import GRADES


def said(page) -> str:
    """Return all texts and cells of a page."""
    parts = [page.title, page.lead]
    for block in walk(page.blocks):
        if isinstance(block, Text):
            parts.append(block.text)
        if isinstance(block, Table):
            parts += [str(value) for column in block.columns for value in block.rows[column.name]]
    return "\n".join(parts)


@pytest.mark.parametrize("name", list(Parameters().stated()))
def test_every_parameter_has_its_name_and_its_reason(name, words, ask):
    text = said(field_data.page(ask, words, field_data.FieldDataChoices()))
    assert words(f"field_data.parameter_{name}") in text
    assert len(words(f"field_data.reason_{name}")) > 60
    assert words(f"field_data.reason_{name}") in text


def test_no_wording_speaks_of_a_parameter_or_a_standard_there_is_not(words):
    for kind, known in (("parameter", Parameters().stated()), ("reason", Parameters().stated())):
        named = {
            key.removeprefix(f"field_data.{kind}_") for key in words.texts if key.startswith(f"field_data.{kind}_")
        }
        assert named - {"table", "name", "value", "used"} - {"s_used"} == set(known)
    formats = {key.removeprefix("field_data.format_") for key in words.texts if key.startswith("field_data.format_")}
    assert formats == set(field_data.STANDARDS)


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("left_out", records.REASONS), ("zone", get_args(records.Zone)), ("country_basis", get_args(records.Basis)),
        ("evidence", get_args(records.Evidence)), ("time_quality", get_args(records.TimeQuality)),
        ("place_kind", get_args(records.PlaceKind)), ("crossing_grade", GRADES), ("standard", field_data.STANDARDS),
        ("behaviour", [value for value in get_args(records.Behaviour) if value]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_every_code_of_field_data_has_words_and_no_words_are_left_over(term, values, words):
    assert set(words.terms[term]) == set(values)


def test_the_page_says_before_an_upload_what_is_read_how_much_and_what_becomes_of_it(ask, words):
    text = said(field_data.page(ask, words, field_data.FieldDataChoices()))
    for part in ("Camtrap DP", "Movebank", "Darwin Core Archive", "200 MB", "20 files", "zip", "xlsx"):
        assert part in text, part
    for part in ("memory", "never written to disk", "closing the tab", "never listed as visited", "An animal without"):
        assert part in text or part == "never listed as visited", part
    for group in ("big cats", "migratory birds", "other animals"):
        assert group in text, group
