"""Words a delegation should not meet: in the wording, on composed pages, in the columns of the data that are shown."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pandas as pd
import pytest

from neaspec.blocks import Table
from neaspec.data.database import current_version
from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from neaspec.text import load_words
from neaspec.web.page_cache import composed_page
from tests.web.test_pages import CHOICES

UNWANTED = pd.read_csv(ROOT / "tests" / "unwanted_words.csv")
TABLES = {
    "caveats": ("name", "meaning"),
    "gaps": ("what", "note"),
    "threats": ("what",),
    "series": ("name",),
    "feedbacks": ("cause", "effect", "mechanism"),
    "evidence_links": ("why",),
}
# A number of one before a noun in the plural. Words that end in s and are no plurals are left out.
ONE_OF_MANY = re.compile(
    r"(?<![\d.,–-])(?<!Table )(?<!omponent )\b1 (?!(?:is|was|has|as|us|its|this)\b)([a-z]+s)\b(?! of (?:a|the|one)\b)"
)


def patterns(scope: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    rows = UNWANTED[UNWANTED["scope"].isin(scope)]
    return [
        (re.compile(phrase, re.IGNORECASE), instead)
        for phrase, instead in zip(rows["phrase"], rows["instead"], strict=True)
    ]


def faults(texts: list[tuple[str, str]], scope: tuple[str, ...]) -> list[str]:
    """Say which texts hold an unwanted phrase, and what is said instead."""
    found = patterns(scope)
    return [
        f"{where}: {text[:120]!r} → {instead}"
        for where, text in texts
        for pattern, instead in found
        if pattern.search(text)
    ]


def texts_of(value: object, where: str) -> Iterator[tuple[str, str]]:
    """Give every text of a block and of what it holds; of tables the titles, labels and cells of text columns."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part, where)
    elif isinstance(value, Table):
        yield from ((where, text) for text in (value.title, *(column.label for column in value.columns)))
        for column in value.columns:
            if column.kind == "text":
                yield from (
                    (f"{where}, {value.title}", str(cell)) for cell in value.rows[column.name].dropna().unique()
                )
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("name", "file_name", "url", "page", "choices", "sources", "caveats", "marks"):
                yield from texts_of(getattr(value, field.name), where)


@pytest.fixture(scope="module")
def pages(real_connection) -> list[tuple[str, str]]:
    """Give all texts of every page, of every species and member State; once for all tests of this file."""
    ask = Ask(real_connection, None, current_version())
    chosen = [
        (name, choices) for name, choices in CHOICES.items() if name != "sources"
    ]  # it quotes titles as published
    chosen += [("species", replace(CHOICES["species"], species_id=key)) for key in ask("species_styles")["species_id"]]
    chosen += [
        ("country", replace(CHOICES["country"], country_code=key)) for key in ask("member_states")["country_code"]
    ]
    chosen += [("sites", replace(CHOICES["sites"], site_id=key)) for key in ("tumen_estuary", "rason", "izumi")]
    texts = []
    for name, choices in chosen:
        texts += texts_of(composed_page(name, choices, ask), name)
    return list(dict.fromkeys(texts))


def test_the_wording_holds_no_unwanted_words():
    words = load_words("en")
    given = re.compile(r"\{\w+[}|]")  # names of what is put in are no words
    texts = [
        *((key, given.sub("", text)) for key, text in words.texts.items()),
        *((f"[columns] {key}", label) for key, label in words.columns.items()),
    ]
    texts += [(f"[{column}] {key}", text) for column, terms in words.terms.items() for key, text in terms.items()]
    assert faults(texts, ("all", "wording")) == []


def test_the_pages_hold_no_unwanted_words(pages):
    assert len(pages) > 3000
    assert faults(pages, ("all",)) == []


def test_the_data_shown_holds_no_unwanted_words():
    texts = []
    for table, columns in TABLES.items():
        with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
            texts += [(f"{table}.{column}", row[column]) for row in csv.DictReader(handle) for column in columns]
    assert faults(texts, ("all",)) == []


def test_the_data_dictionary_holds_no_unwanted_words():
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    texts = [("package", package["description"])]
    for table in package["resources"]:
        columns = table.get("schema", {}).get("fields", [])
        texts += [(table["name"], part.get(key, "")) for part in (table, *columns) for key in ("title", "description")]
    assert faults(texts, ("all",)) == []


def test_one_thing_is_never_told_in_the_plural(pages):
    assert [f"{where}: {text[:120]}" for where, text in pages if ONE_OF_MANY.search(text)] == []


def test_the_patterns_find_what_they_are_for():
    planted = [
        ("here", text) for text in ("The asks of SOM-29", "Taken as known at SOM-24", "13 days since the meeting")
    ]
    assert len({fault.split(" → ")[0] for fault in faults(planted, ("all",))}) == len(planted)
    assert ONE_OF_MANY.search("1 findings have no reading")
    assert ONE_OF_MANY.search("between 1 pairs of countries")
    assert not ONE_OF_MANY.search("21 findings; component 1 is planned; 1 finding has")
