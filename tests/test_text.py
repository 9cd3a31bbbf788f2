"""Every value and column of the data has words, and numbers and dates are written for readers."""

import json
from dataclasses import replace
from datetime import date

import pytest

from neaspec.errors import TextError
from neaspec.paths import ROOT, TEXT_DIR
from neaspec.text import load_words

PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
FIELDS = [
    (resource["name"], field)
    for resource in PACKAGE["resources"]
    for field in resource.get("schema", {}).get("fields", [])
]
WORDS = load_words("en")


def test_every_allowed_value_has_words() -> None:
    missing = [
        f"terms.toml [{field['name']}] {value}"
        for _, field in FIELDS
        for value in field.get("constraints", {}).get("enum", [])
        if not WORDS.terms.get(field["name"], {}).get(str(value))
    ]
    assert missing == []


def test_every_column_has_a_label() -> None:
    missing = [
        f"columns.toml {field['name']} ({table})" for table, field in FIELDS if field["name"] not in WORDS.columns
    ]
    assert missing == []


def test_words_are_no_codes() -> None:
    codes = [words for terms in WORDS.terms.values() for words in terms.values() if "_" in words]
    assert codes == []


def test_every_mark_of_a_chart_has_words() -> None:
    marks = ["exact", "about", "at_least", "preliminary", "zero", "not_surveyed", "not_reported", "not_itemised"]
    marks += ["planned", "actual", "tentative"]
    assert [mark for mark in marks if not WORDS.terms["mark"].get(mark)] == []


def test_texts_fill_their_placeholders_and_refuse_unknown_keys() -> None:
    assert WORDS("common.as_known_som", name="SOM-24", date="13 October 2020") == "SOM-24 (13 October 2020)"
    with pytest.raises(TextError, match="no such wording"):
        WORDS("common.nothing")
    with pytest.raises(TextError, match="placeholder"):
        WORDS("common.as_known_som", name="SOM-24")
    with pytest.raises(TextError, match="terms.toml"):
        WORDS.term("method", "telepathy")
    with pytest.raises(TextError, match="columns"):
        WORDS.column("no_such_column")


def test_numbers_and_dates_are_written_for_readers() -> None:
    assert [WORDS.number(value) for value in (1416.13, 337081.0, None)] == ["1,416.13", "337,081", ""]
    assert [WORDS.range(480, 540), WORDS.range(None, 5), WORDS.range(None, None)] == ["480–540", "5", ""]
    dates = ["2020-10-12", "2020-10", "2020", None, date(2020, 10, 12)]
    assert [WORDS.date(day) for day in dates] == ["12 October 2020", "October 2020", "2020", "", "12 October 2020"]
    assert [WORDS.period("2021-01", "2022-12"), WORDS.period("2020", "2022")] == [
        "January 2021 to December 2022",
        "2020–2022",
    ]
    assert WORDS.period("2014-03-27", "2014-03-30") == "27–30 March 2014"
    assert WORDS.period("2014-03-27", "2014-04-02") == "27 March 2014 to 2 April 2014"


def test_every_file_of_wording_can_be_read_and_labels_agree() -> None:
    assert {path.name for path in TEXT_DIR.iterdir()} >= {"en"}
    assert len(load_words("en").texts) > 50


def test_a_wording_takes_the_form_of_its_number() -> None:
    forms = {"by": "sites", "one": "{sites} site", "other": "{sites} sites"}
    words = replace(WORDS, texts={**WORDS.texts, "demo.sites": forms})
    assert [words("demo.sites", sites=count) for count in (0, 1, 2, "1,001")] == [
        "0 sites",
        "1 site",
        "2 sites",
        "1,001 sites",
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (WORDS.percent(17.4), "17.4 %"),
        (WORDS.percent(None), ""),
        (WORDS.unit("5,880", "ha"), "5,880 ha"),
        (WORDS.unit("5,880", "-"), "5,880"),
        (WORDS.listed(["China", "", None, "Japan"]), "China, Japan"),
        (WORDS.listed(["a", "b"], "semicolon"), "a; b"),
        (WORDS.sentences("One.", "", "Two."), "One. Two."),
        (WORDS.labelled("Area", "5 ha"), "Area: 5 ha"),
        (WORDS.bracketed("Rason", "DPR Korea"), "Rason (DPR Korea)"),
        (WORDS.bracketed("Rason", ""), "Rason"),
        (WORDS.date("2020-10-12"), "12 October 2020"),
        (WORDS.date("2020-10"), "October 2020"),
        (WORDS.date("2020"), "2020"),
        (WORDS.period("2013", "2018"), "2013–2018"),
        (WORDS.period("2025-09-22", "2025-09-23"), "22–23 September 2025"),
        (WORDS.period("2021-09", "2022-12"), "September 2021 to December 2022"),
        (WORDS.range(480, 540), "480–540"),
        (WORDS.range(480, None), "480"),
    ],
)
def test_how_numbers_dates_and_lists_are_written(written, expected) -> None:
    assert written == expected
