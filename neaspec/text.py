"""Wording shown to readers: assets/text/<language>/*.toml; and how numbers, dates and lists are written.

One file per subject; its keys are asked for as `<file>.<key>`. `terms.toml` holds the words for the allowed values of
the data, one section per column; a `[columns]` section in any file holds labels of table columns.

A wording whose form depends on a number is a table of the plural categories of its language (Unicode CLDR), chosen by
the placeholder `by`:

    [sites_found]
    by = "sites"
    one = "{sites} site"
    other = "{sites} sites"

How numbers, dates, ranges and lists are written is asked of Words and done nowhere else: another language writes them
another way.
"""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from neaspec.errors import TextError
from neaspec.paths import TEXT_DIR

# {count|finding has|findings have}: the words that follow the number given as count
PLURAL = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
MONTH, DAY = len("2014-03"), len("2014-03-27")  # characters of a date by month and by day


# Language -> locale (Unicode CLDR) by which it writes numbers and dates; English as the United Nations write it.
LOCALES = {"en": "en_GB"}
PSEUDO = "qps"  # the made-up language of tests: English with every wording in ⟦ ⟧
PATTERNS = {"day": "d MMMM y", "month": "MMMM y"}
Join = Literal["comma", "semicolon", "dot", "space"]


@dataclass(frozen=True)
class Words:
    """All wording of one language."""

    language: str
    texts: dict[str, str | dict[str, str]]
    terms: dict[str, dict[str, str]]
    columns: dict[str, str]

    def __hash__(self) -> int:
        """Tell languages apart; their content is fixed while the app runs."""
        return hash(self.language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the wording of a key with its placeholders filled; {count|one|many} gives the form for the count.

        Raises:
            TextError: if there is no such key or a placeholder has no value.
        """
        try:
            wording = self.texts[key]
            if not isinstance(wording, str):
                wording = self._form(wording, values)
            chosen = PLURAL.sub(lambda form: form[2] if str(values[form[1]]) == "1" else form[3], wording)
            return chosen.format(**values)
        except KeyError as problem:
            what = f"the placeholder {problem}" if key in self.texts else "no such wording"
            raise TextError(f"assets/text/{self.language}/: {key!r}: {what}") from None

    def term(self, column: str, value: object) -> str:
        """Return the words for an allowed value of a column; an empty value gives an empty string.

        Raises:
            TextError: if terms.toml has no words for it.
        """
        if value is None or value is pd.NA or value == "" or (isinstance(value, float) and math.isnan(value)):
            return ""
        try:
            return self.terms[column][str(value)]
        except KeyError:
            raise TextError(f"assets/text/{self.language}/terms.toml: [{column}] has no {value!r}") from None

    def column(self, name: str) -> str:
        """Return the label of a table column.

        Raises:
            TextError: if no [columns] section has it.
        """
        try:
            return self.columns[name]
        except KeyError:
            raise TextError(f"assets/text/{self.language}/: no [columns] section has {name!r}") from None

    @cached_property
    def locale(self) -> Locale:
        """Return what Unicode CLDR says of this language."""
        return Locale.parse(LOCALES.get(self.language, LOCALES["en"]))

    def _form(self, wording: Mapping[str, str], values: Mapping[str, object]) -> str:
        """Return the form of a wording for the number it depends on."""
        number = values[wording["by"]]
        amount = float(re.sub(r"[^0-9.]", "", str(number)) or 0)
        category = self.locale.plural_form(int(amount) if amount.is_integer() else amount)
        return wording.get(category, wording["other"])

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """Write a number with thousands set apart: 1,416.13; empty for no value."""
        if value is None or pd.isna(value):
            return ""
        if decimals is None:
            decimals = 0 if float(value).is_integer() else min(len(f"{value:.10g}".partition(".")[2]), 4)
        return _number(self.locale, float(value), decimals)

    def percent(self, value: float | None, decimals: int | None = None) -> str:
        """Write a share that is given in hundredths: 17.4 %; empty for no value."""
        number = self.number(value, decimals)
        return self("common.percent", number=number) if number else ""

    def unit(self, number: str, unit: str) -> str:
        """Write a number that is already written with its unit: 5,880 ha."""
        return self("common.with_unit", number=number, unit=unit) if unit and unit != "-" else number

    def range(self, low: float | None, high: float | None) -> str:
        """Write a range: 480–540; one end alone as itself; nothing for nothing."""
        ends = [self.number(end) for end in (low, high) if end is not None and not pd.isna(end)]
        distinct = list(dict.fromkeys(ends))
        return self("common.range", low=distinct[0], high=distinct[1]) if len(distinct) == 2 else "".join(distinct)

    def date(self, value: str | date | None) -> str:
        """Write a day, month or year as exactly as it is known: 12 October 2020, October 2020, 2020."""
        if value is None or value == "" or (not isinstance(value, str) and pd.isna(value)):
            return ""
        parts = [int(part) for part in str(value)[:10].split("-")]
        if len(parts) == 1:
            return str(value)[:10]
        day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
        return _date(self.locale, day, PATTERNS["day" if len(parts) > 2 else "month"])

    def period(self, start: object, end: object) -> str:
        """Write a period from two dates or years; one alone as itself; days of one month with the month once."""
        given = [str(value) for value in (start, end) if not is_empty(value)]
        if len(set(given)) == 2 and all(len(day) == DAY for day in given) and given[0][:MONTH] == given[1][:MONTH]:
            return self("common.range", low=str(int(given[0][MONTH + 1 :])), high=self.date(given[1]))
        ends = list(dict.fromkeys(self.date(value) for value in given))
        if len(ends) < 2:
            return "".join(ends)
        key = "common.range" if all(len(text) == 4 for text in ends) else "common.from_to"
        return self(key, low=ends[0], high=ends[-1])

    def listed(self, items: Iterable[object], join: Join = "comma") -> str:
        """Write things after each other: with commas, with semicolons, with dots in the middle; empty ones left out."""
        return self.text(f"common.list_{join}").join(str(item) for item in items if not is_empty(item))

    def sentences(self, *texts: str) -> str:
        """Write sentences after each other; empty ones are left out."""
        return self.listed(texts, "space")

    def labelled(self, label: str, value: str) -> str:
        """Write what something is called before it: Area: 5,880 ha."""
        return self("common.labelled", label=label, value=value)

    def bracketed(self, text: str, more: str) -> str:
        """Write what explains a text behind it: Rason (DPR Korea); nothing explains nothing."""
        return self("common.bracketed", text=text, more=more) if more else text

    def text(self, key: str) -> str:
        """Return a wording that has no placeholder, as it is written.

        Raises:
            TextError: if there is no such wording, or it has forms.
        """
        wording = self.texts.get(key)
        if not isinstance(wording, str):
            raise TextError(f"assets/text/{self.language}/: {key!r}: no such wording")
        return wording


@lru_cache(maxsize=8192)
def _number(locale: Locale, value: float, decimals: int) -> str:
    pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return str(format_decimal(value, format=pattern, locale=locale))


@lru_cache(maxsize=4096)
def _date(locale: Locale, day: date, pattern: str) -> str:
    return str(format_date(day, format=pattern, locale=locale))


def is_empty(value: Any) -> bool:
    """Tell whether a cell holds nothing: None, a missing number or date, an empty text."""
    return value is None or bool(pd.isna(value)) or value == ""


def languages(text_dir: Path = TEXT_DIR) -> list[str]:
    """Return the codes of the languages that have a folder of wording."""
    return sorted(path.name for path in text_dir.iterdir() if path.is_dir())


@lru_cache(maxsize=16)
def load_words(language: str = "en", text_dir: Path = TEXT_DIR) -> Words:
    """Read all wording of one language.

    Raises:
        TextError: if a file cannot be read, or two files give one column different labels.
    """
    texts: dict[str, str | dict[str, str]] = {}
    terms: dict[str, dict[str, str]] = {}
    columns: dict[str, str] = {}
    if language == PSEUDO:
        return pseudo(load_words("en", text_dir))
    for path in sorted((text_dir / language).glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise TextError(f"{path}: {problem}") from problem
        for name, label in content.pop("columns", {}).items():
            if columns.setdefault(name, label) != label:
                raise TextError(f"{path}: column {name!r} is {label!r} here and {columns[name]!r} in another file")
        if path.stem == "terms":
            terms = content
        else:
            texts |= {f"{path.stem}.{key}": wording for key, wording in content.items()}
    return Words(language, texts, terms, columns)


_PLACE = re.compile(r"(\{[^{}]*\})")


def pseudo(words: Words) -> Words:
    """Return English with every piece of wording in ⟦ ⟧: what carries letters outside them did not come from a wording.

    Numbers and dates stay as they are. Used by tests; it is offered to no reader.
    """

    def marked(text: str | dict[str, str]) -> Any:
        if isinstance(text, dict):
            return {name: form if name == "by" else marked(form) for name, form in text.items()}
        inlined = PLURAL.sub(lambda form: f"{{{form[1]}|⟦{form[2]}⟧|⟦{form[3]}⟧}}", text)
        pieces = _PLACE.split(inlined)
        return "".join(_marked_piece(piece) for piece in pieces)

    return Words(
        PSEUDO,
        {key: marked(text) for key, text in words.texts.items()},
        {column: {value: marked(text) for value, text in named.items()} for column, named in words.terms.items()},
        {name: marked(label) for name, label in words.columns.items()},
    )


def _marked_piece(piece: str) -> str:
    if piece.startswith("{") or not any(letter.isalpha() for letter in piece):
        return piece
    return f"⟦{piece}⟧"
