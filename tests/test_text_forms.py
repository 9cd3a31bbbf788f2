"""How numbers, dates, periods, ranges and forms of words are written, and what a file of wording may not hold."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from neaspec.errors import TextError
from neaspec.text import PSEUDO, Words, is_empty, languages, load_words, pseudo

WORDS = load_words("en")


def saying(**texts: Any) -> Words:
    return replace(WORDS, texts={**WORDS.texts, **{f"demo.{key}": text for key, text in texts.items()}})


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234567.0, None, "1,234,567"),
        (999, None, "999"),
        (1000, None, "1,000"),
        (0.5, None, "0.5"),
        (0.123456, None, "0.1235"),
        (12.30, None, "12.3"),
        (-3.0, None, "-3"),
        (12.6, 0, "13"),
        (12.6, 2, "12.60"),
        (5, 1, "5.0"),
        (float("nan"), None, ""),
        (None, 2, ""),
        (pd.NA, None, ""),
    ],
)
def test_a_number_has_thousands_apart_and_at_most_four_decimals(value: Any, decimals: int | None, written: str) -> None:
    assert WORDS.number(value, decimals) == written


@pytest.mark.parametrize(("value", "decimals", "written"), [(17.44, 1, "17.4 %"), (0, None, "0 %"), (None, None, "")])
def test_a_share_has_its_sign(value: float | None, decimals: int | None, written: str) -> None:
    assert WORDS.percent(value, decimals) == written


@pytest.mark.parametrize(("unit", "written"), [("ha", "5 ha"), ("-", "5"), ("", "5")])
def test_a_number_stands_before_its_unit(unit: str, written: str) -> None:
    assert WORDS.unit("5", unit) == written


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (480, 540, "480–540"),
        (5, 5, "5"),
        (0, 5, "0–5"),
        (0, None, "0"),
        (None, 0, "0"),
        (float("nan"), 7, "7"),
        (float("nan"), None, ""),
    ],
)
def test_a_range_has_two_ends_or_one(low: float | None, high: float | None, written: str) -> None:
    assert WORDS.range(low, high) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2020-10-12T11:00", "12 October 2020"),
        (date(2020, 1, 2), "2 January 2020"),
        ("", ""),
        (pd.NaT, ""),
        ("2020", "2020"),
        ("2020-02", "February 2020"),
        (2020, "2020"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(value: Any, written: str) -> None:
    assert WORDS.date(value) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2014-03-27", "2014-03-30", "27–30 March 2014"),
        ("2014-03-09", "2014-03-30", "9–30 March 2014"),
        ("2014-03-27", "2014-03-27", "27 March 2014"),
        ("2014-03-27", "2015-03-28", "27 March 2014 to 28 March 2015"),
        ("2014-03", "2014-04", "March 2014 to April 2014"),
        ("2014", "2014-04", "2014 to April 2014"),
        ("2014-03", "2014-03-05", "March 2014 to 5 March 2014"),
        ("2014", "2016", "2014–2016"),
        ("2014", None, "2014"),
        ("", "2014-03", "March 2014"),
        (None, None, ""),
    ],
)
def test_a_period_has_the_month_once_where_it_is_one(start: Any, end: Any, written: str) -> None:
    assert WORDS.period(start, end) == written


@pytest.mark.parametrize(
    ("join", "written"), [("comma", "a, b"), ("semicolon", "a; b"), ("dot", "a · b"), ("space", "a b")]
)
def test_things_are_listed_without_empty_ones(join: Any, written: str) -> None:
    assert WORDS.listed(["a", None, "", float("nan"), "b"], join) == written


def test_forms_depend_on_their_number() -> None:
    words = saying(seen="{n} {n|animal was|animals were} seen", sites={"by": "n", "one": "one", "other": "{n} sites"})
    assert [words("demo.seen", n=n) for n in (0, 1, "1", 2)] == [
        "0 animals were seen",
        "1 animal was seen",
        "1 animal was seen",
        "2 animals were seen",
    ]
    assert [words("demo.sites", n=n) for n in (0, 1, 1.0, "1", 1.5, 21, "2,001", "none")] == [
        "0 sites",
        "one",
        "one",
        "one",
        "1.5 sites",
        "21 sites",
        "2,001 sites",
        "none sites",
    ]


def test_what_is_missing_is_named() -> None:
    words = saying(seen="{n} {n|a|b}", sites={"by": "n", "other": "x"})
    for key in ("demo.seen", "demo.sites"):
        with pytest.raises(TextError, match=f"assets/text/en/: '{key}': the placeholder 'n'"):
            words(key)
    with pytest.raises(TextError, match="'demo.none': no such wording"):
        words("demo.none", n=1)
    for key in ("demo.none", "demo.sites"):
        with pytest.raises(TextError, match=f"'{key}': no such wording"):
            words.text(key)
    assert words.text("demo.seen") == "{n} {n|a|b}"


@pytest.mark.parametrize("value", [None, "", pd.NA, float("nan")])
def test_an_empty_value_has_no_words(value: Any) -> None:
    assert WORDS.term("mark", value) == ""
    assert is_empty(value)


def test_a_value_that_is_not_allowed_has_no_words_and_is_named() -> None:
    assert WORDS.term("boolean", "true") == "yes"
    with pytest.raises(TextError, match=r"terms.toml: \[mark\] has no 'guess'"):
        WORDS.term("mark", "guess")
    with pytest.raises(TextError, match=r"\[nothing\] has no 'exact'"):
        WORDS.term("nothing", "exact")
    assert [is_empty(value) for value in (0, False, "0", pd.NaT)] == [False, False, False, True]


def test_wording_of_two_files_is_read_together(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "terms.toml").write_text('[mark]\nexact = "exactly"\n', encoding="utf-8")
    (folder / "a.toml").write_text('one = "1"\n[columns]\nname = "Name"\n', encoding="utf-8")
    (folder / "b.toml").write_text('one = "2"\n[columns]\nname = "Name"\nsize = "Size"\n', encoding="utf-8")
    words = load_words("xx", tmp_path)
    assert (words("a.one"), words("b.one"), words.term("mark", "exact")) == ("1", "2", "exactly")
    assert words.columns == {"name": "Name", "size": "Size"}
    assert words.locale.language == "en"  # until its own is known
    assert languages(tmp_path) == ["xx"]


@pytest.mark.parametrize(
    ("content", "why"),
    [('[columns]\nname = "Title"\n', r"column 'name' is 'Title' here and 'Name'"), ("x = \n", "b.toml")],
)
def test_a_file_of_wording_that_is_wrong_is_named(tmp_path: Path, content: str, why: str) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "a.toml").write_text('[columns]\nname = "Name"\n', encoding="utf-8")
    (tmp_path / "xx" / "b.toml").write_text(content, encoding="utf-8")
    with pytest.raises(TextError, match=why):
        load_words("xx", tmp_path)


def test_the_made_up_language_marks_every_wording_and_no_placeholder() -> None:
    words = replace(
        WORDS,
        texts={
            "a.b": "{n} {n|site|sites} of {where}",
            "a.c": {"by": "n", "one": "1", "other": "{n} more"},
            "a.d": " · ",
        },
        terms={"mark": {"exact": "exact"}},
        columns={"name": "Name"},
    )
    marked = pseudo(words)
    assert marked.language == PSEUDO
    assert marked("a.b", n=2, where="x") == "2 ⟦sites⟧⟦ of ⟧x"
    assert marked("a.b", n=1, where="x") == "1 ⟦site⟧⟦ of ⟧x"
    assert (marked("a.c", n=1), marked("a.c", n=2), marked("a.d")) == ("1", "2⟦ more⟧", " · ")
    assert marked.term("mark", "exact") == "⟦exact⟧"
    assert marked.column("name") == "⟦Name⟧"
    assert load_words(PSEUDO)("common.source_press") == "⟦press report⟧"


def test_languages_are_told_apart_by_their_code() -> None:
    assert hash(WORDS) == hash(replace(WORDS, texts={})) != hash(replace(WORDS, language="ru"))
