"""Another language would find its words in one place: what was written by hand may only shrink.

The made-up language of neaspec.text.pseudo stands in ⟦ ⟧. A text of a page that carries letters outside them, and is no
value of the data, was written past the wording.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pandas as pd
import pytest

from neaspec.blocks import Table
from neaspec.languages import in_language
from neaspec.paths import ROOT
from neaspec.sections import PAGES
from neaspec.text import PSEUDO, load_words
from neaspec.urls import choices_class
from neaspec.web.page_cache import composed_page, newest_ask

BY_HAND = {
    "numbers and dates": re.compile(r"month_name|:,\}|:,\.\df\}|%B|strftime|locale\."),
    "joins": re.compile(r"""["'](?:, |; | · | )["']\.join"""),
    "brackets and labels": re.compile(r"""f["'][^"'{}]*\{[^{}]+\}(?:: | \()\{[^{}]+\}"""),
}
# How many are left, in sections and renderers. None may come; what goes is taken off here.
LEFT = {"numbers and dates": 0, "joins": 69, "brackets and labels": 35}
# Texts of pages, past the wording, by page. None may come; what goes is taken off here.
PAST_THE_WORDING = Counter(species=10, movements=13, sites=7, projects=11, issues=16)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:\d{{1,2}}(?:–\d{{1,2}})? )?(?:{MONTHS}) (?:19|20)\d\d")
CODES = re.compile(r"^[A-Z]{2,5}$|^[A-Z]{3}\s[\d,]+$|^[\W\d]*$|^SOM-\d+$|^https?://")  # an amount is written by Babel
NOT_SHOWN = {
    "name",
    "file_name",
    "kind",
    "level",
    "style",
    "roles",
    "id",
    "key",
    "page",
    "choices",
    "sign",
    "groups",
    "document_ids",
    "caveat_ids",
    "species_id",
    "marks",
    "view",
    "size",
    "group_kind",
    "first",
    "chips",
    "sources",
    "caveats",
    "rows",
    "form",
}


@pytest.mark.parametrize("what", list(BY_HAND))
def test_what_is_written_by_hand_only_shrinks(what) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in ("sections", "render", "briefs")
        for path in sorted((ROOT / "neaspec" / room).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if BY_HAND[what].search(line)
    ]
    assert len(found) <= LEFT[what], found


def texts_of(value: object) -> Iterator[str]:
    """Give the texts of blocks that a reader sees, the labels of tables among them; cells of tables are data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, Table):
        yield value.title
        yield from (column.label for column in value.columns)
    elif is_dataclass(value) and not isinstance(value, pd.DataFrame | type):
        for field in fields(value):
            if field.name not in NOT_SHOWN:
                yield from texts_of(getattr(value, field.name))


@pytest.fixture(scope="module")
def data_texts() -> str:
    """All texts of the data, after each other."""
    ask = newest_ask()
    tables = ask.connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where data_type = 'VARCHAR' and not internal"
    ).fetchall()
    cells: set[str] = set()
    for schema, table, column in tables:
        rows = ask.connection.execute(
            f'select distinct "{column}" from "{schema}"."{table}" where "{column}" is not null'
        )
        cells.update(row[0] for row in rows.fetchall())
    return "\n".join(sorted(cells))


def is_of_data(text: str, data: str) -> bool:
    """Tell whether what stands outside the brackets is data, code or sign."""
    outside = [piece.strip(" ·,;:()–→.“”▲✚★◆●■") for piece in re.split(r"⟦[^⟧]*⟧", text)]
    return all(is_whole(piece, data) for piece in outside)


def is_whole(piece: str, data: str) -> bool:
    """Tell whether a piece is no word, a date, a value of the data, or values of the data after each other."""
    if not re.search(r"[A-Za-z]{2}", piece) or CODES.search(piece) or piece in data:
        return True
    parts = [part.strip() for part in re.split(r"; |, | · |: | \(|\)|–", DATE.sub("", piece)) if part.strip()]
    return all(not re.search(r"[A-Za-z]{2}", part) or CODES.search(part) or part in data for part in parts)


@pytest.mark.parametrize("name", [page for page in PAGES if page not in ("search", "field_data")])
def test_what_a_page_says_comes_from_the_wording_or_the_data(name, data_texts) -> None:
    with in_language(PSEUDO):
        page = composed_page(name, choices_class(name)(), newest_ask())
    assert page.title.startswith("⟦") or is_of_data(page.title, data_texts)
    past = sorted({text for text in texts_of((page.title, page.lead, page.blocks)) if not is_of_data(text, data_texts)})
    assert len(past) <= PAST_THE_WORDING[name], "\n".join(past)


def test_the_language_of_tests_has_every_key_of_english() -> None:
    english, other = load_words("en"), load_words(PSEUDO)
    assert set(english.texts) == set(other.texts)
    assert set(english.columns) == set(other.columns)
    assert {column: set(named) for column, named in english.terms.items()} == {
        column: set(named) for column, named in other.terms.items()
    }
