"""Cells of tables for every output: numbers, dates, marks, links; and what a page cites, in marks."""

from typing import Any

import pandas as pd
import pytest

from neaspec.blocks import Column, ColumnKind, PageLink, Table, link_cell
from neaspec.render.cells import (
    cell_text,
    column_title,
    is_one_document,
    keys_of,
    link_parts,
    linked_columns,
    page_address,
    shown_frame,
    table_csv,
    taken_address,
)
from neaspec.render.citations import Citations, grade_name, letter
from neaspec.text import load_words

WORDS = load_words("en")
MARKS = {"paper": "[1]", "news": "[2 press]", "range_only": "a"}


def table(name: str, kind: ColumnKind, *cells: Any, unit: str = "") -> Table:
    column = Column(name=name, label=name.capitalize(), kind=kind, unit=unit)
    rows = pd.DataFrame({name: pd.Series(list(cells), dtype=object)})
    return Table(title="t", columns=(column,), rows=rows, file_name="t")


@pytest.mark.parametrize(("unit", "title"), [("ha", "Area (ha)"), ("-", "Area"), ("", "Area")])
def test_a_column_is_titled_with_its_unit(unit: str, title: str) -> None:
    assert column_title(Column(name="area", label="Area", unit=unit)) == title


@pytest.mark.parametrize(
    ("value", "keys"), [("a b", ["a", "b"]), ("b  a b", ["b", "a"]), ("", []), (None, []), (float("nan"), [])]
)
def test_a_cell_holds_keys_each_once(value: Any, keys: list[str]) -> None:
    assert keys_of(value) == keys


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("integer", 1416.0, "1,416"),
        ("integer", 2.6, "3"),
        ("number", 1416.13, "1,416.13"),
        ("money", 141081, "141,081"),
        ("percent", 15.6, "15.6 %"),
        ("year", 2020.0, "2020"),
        ("date", "2020-10-12T08:00", "12 October 2020"),
        ("date", "2020-10", "October 2020"),
        ("text", "a <b>", "a <b>"),
        ("text", True, "yes"),
        ("text", False, "no"),
        ("text", [1, 2], "[1, 2]"),
        ("documents", "paper news unknown", "[1] [2 press]"),
        ("caveats", "range_only", "a"),
        ("number", None, ""),
        ("text", "", ""),
        ("integer", float("nan"), ""),
    ],
)
def test_a_cell_is_written_for_a_reader(kind: ColumnKind, value: Any, text: str) -> None:
    assert cell_text(Column(name="c", label="C", kind=kind), value, WORDS, MARKS) == text


@pytest.mark.parametrize(
    ("page", "choices", "address"),
    [
        ("overview", {}, "/"),
        ("overview", {"as_known": "som_24"}, "/?as_known=som_24"),
        ("sites", {}, "/sites"),
        ("sites", {"site": "a b"}, "/sites?site=a+b"),
    ],
)
def test_a_page_has_its_address(page: str, choices: dict[str, str], address: str) -> None:
    assert page_address(page, choices) == address


def test_a_page_as_a_file_does_not_say_whom_the_reader_is_here_for() -> None:
    assert taken_address("country", "pdf", {"country_code": "MNG", "d": "CHN"}) == "/take/country.pdf?country_code=MNG"
    assert taken_address("country", "pdf", {"d": "CHN"}) == "/take/country.pdf"


OURS = link_cell(PageLink(text="Open", page="sites", choices={"site": "park"}))


@pytest.mark.parametrize(
    ("value", "params", "parts"),
    [
        (OURS, {"as_known": "som_24"}, ("Open", "/sites?site=park&as_known=som_24")),
        ("https://example.org", {"as_known": "som_24"}, ("https://example.org", "https://example.org")),
        (None, {}, ("", "")),
        ("", {}, ("", "")),
        (float("nan"), {}, ("", "")),
    ],
)
def test_a_link_shows_its_words_and_leads_to_its_page(
    value: Any, params: dict[str, str], parts: tuple[str, str]
) -> None:
    assert link_parts(value, params) == parts


@pytest.mark.parametrize(
    ("kind", "cells", "is_one"),
    [
        ("documents", ["paper", None, " news "], True),
        ("documents", ["paper news"], False),
        ("text", ["paper"], False),
        ("documents", [], True),
    ],
)
def test_a_column_of_single_documents_can_be_links(kind: ColumnKind, cells: list[Any], is_one: bool) -> None:
    rows = table("source", kind, *cells)
    assert is_one_document(rows, rows.columns[0]) is is_one
    assert linked_columns(rows) == (["Source"] if is_one else [])


def test_the_screen_gets_addresses_with_what_is_shown_of_them() -> None:
    documents = shown_frame(table("source", "documents", "paper", None, "odd"), WORDS, MARKS, {"lang": "en"})
    assert documents["Source"].tolist() == [
        "/sources?document=paper&lang=en#~[1]",
        "",
        "/sources?document=odd&lang=en#~",
    ]
    links = shown_frame(table("link", "link", OURS, "https://example.org", ""), WORDS, MARKS)
    assert links["Link"].tolist() == ["/sites?site=park#~Open", "https://example.org", ""]
    assert linked_columns(table("link", "link", OURS)) == ["Link"]


def test_numbers_stay_numbers_on_the_screen_so_that_they_sort() -> None:
    for kind in ("integer", "number", "money", "percent", "year"):
        shown = shown_frame(table("value", kind, 3, None), WORDS, MARKS)["Value"]
        assert shown[0] == 3.0 and pd.isna(shown[1]), kind
    assert shown_frame(table("day", "date", "2020-10"), WORDS, MARKS)["Day"].tolist() == ["October 2020"]


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("number", 3.0, "3"),
        ("number", 3.25, "3.25"),
        ("year", 2020, "2020"),
        ("number", -3, "-3"),
        ("text", "-3", "'-3"),
        ("text", "=1+1", "'=1+1"),
        ("text", None, ""),
        ("number", float("nan"), ""),
        ("link", OURS, "/sites?site=park"),
        ("text", pd.Timestamp("2020-10-12 08:00"), "2020-10-12"),
        ("text", ["a"], "['a']"),
        ("documents", "paper news", "paper news"),
    ],
)
def test_a_download_holds_plain_values(kind: ColumnKind, value: Any, cell: str) -> None:
    assert table_csv(table("a", kind, value)).decode("utf-8-sig") == f"A\r\n{cell or chr(34) * 2}\r\n"


def test_a_download_has_a_mark_of_its_encoding_and_is_made_once() -> None:
    rows = table("área", "text", "ü")
    assert table_csv(rows) == b"\xef\xbb\xbf" + "Área\r\nü\r\n".encode()
    assert table_csv(rows) is table_csv(rows)


def citations(count: int) -> Citations:
    numbers = {f"d{number}": number for number in range(1, count + 1)}
    letters, names = {"range_only": "a", "press_only": "b"}, {"range_only": "Range only", "press_only": "Press only"}
    return Citations(numbers, letters, names, {"d2": "press", "d3": "web_page"}, WORDS)


def test_a_mark_tells_its_number_and_a_low_grade() -> None:
    marks = citations(3)
    assert [marks.of_document(key) for key in ("d1", "d2", "d3")] == ["[1]", "[2 press]", "[3 web page]"]
    assert marks.plain() == {
        "d1": "[1]",
        "d2": "[2 press]",
        "d3": "[3 web page]",
        "range_only": "a",
        "press_only": "b",
    }


@pytest.mark.parametrize(("count", "shown", "more"), [(1, 1, 0), (12, 12, 0), (13, 10, 3), (30, 10, 20)])
def test_up_to_twelve_sources_are_marked_and_of_more_the_first_ten(count: int, shown: int, more: int) -> None:
    marks = citations(count)
    keys = [f"d{number}" for number in range(1, count + 1)]
    assert marks.shown(["unknown", *keys]) == (keys[:shown], more)


def test_marks_stand_after_each_other_documents_first() -> None:
    marks = citations(13)
    assert marks.text(["d1", "d2"], ["press_only", "unknown", "range_only"]) == "[1] [2 press] b, a"
    assert marks.text(["d1"]) == "[1]"
    assert marks.text([], ["range_only"]) == "a"
    assert marks.text([]) == ""
    many = marks.text([f"d{number}" for number in range(1, 14)])
    assert many.startswith("[1] [2 press] [3 web page] [4]") and "[10]" in many and "[11]" not in many
    assert many.endswith(WORDS("common.more_sources", count=3))


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba"), (701, "zz"), (702, "aaa")]
)
def test_letters_go_on_after_z(number: int, letters: str) -> None:
    assert letter(number) == letters


def test_a_low_grade_is_called_as_in_the_lists_of_sources() -> None:
    assert grade_name("press", WORDS) == "press report"
    assert grade_name("official", WORDS) == WORDS.term("grade", "official") != "press report"
    assert grade_name("web_page", WORDS) == WORDS("common.source_web_page")
