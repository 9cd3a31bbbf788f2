"""Wording shown to readers: assets/text/<language>/*.toml; and how numbers and dates are written.

One file per subject; its keys are asked for as `<file>.<key>`. `terms.toml` holds the words for the allowed values of
the data, one section per column; a `[columns]` section in any file holds labels of table columns.
"""

import math
import re
import tomllib
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from neaspec.errors import TextError
from neaspec.paths import TEXT_DIR

NARROW_SPACE = "\u202f"
# {count|finding has|findings have}: the words that follow the number given as count
PLURAL = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
MONTH, DAY = len("2014-03"), len("2014-03-27")  # characters of a date by month and by day


@dataclass(frozen=True)
class Words:
    """All wording of one language."""

    language: str
    texts: dict[str, str]
    terms: dict[str, dict[str, str]]
    columns: dict[str, str]

    def __hash__(self) -> int:
        """Tell languages apart; their content is fixed while the app runs."""
        return hash(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """Return the wording of a key with its placeholders filled; {count|one|many} gives the form for the count.

        Raises:
            TextError: if there is no such key or a placeholder has no value.
        """
        try:
            chosen = PLURAL.sub(lambda form: form[2] if str(values[form[1]]) == "1" else form[3], self.texts[key])
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

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """Write a number with thousands set apart: 1,416.13; empty for no value."""
        if value is None or pd.isna(value):
            return ""
        if decimals is None:
            decimals = 0 if float(value).is_integer() else min(len(f"{value:.10g}".partition(".")[2]), 4)
        return f"{value:,.{decimals}f}"

    def range(self, low: float | None, high: float | None) -> str:
        """Write a range: 480–540; one end alone as itself; nothing for nothing."""
        ends = [self.number(end) for end in (low, high) if end is not None and not pd.isna(end)]
        return "–".join(dict.fromkeys(ends))

    def date(self, value: str | date | None) -> str:
        """Write a day, month or year as exactly as it is known: 12 October 2020, October 2020, 2020."""
        if value is None or value == "" or (not isinstance(value, str) and pd.isna(value)):
            return ""
        parts = str(value)[:10].split("-")
        year = parts[0]
        month = f"{month_name[int(parts[1])]} " if len(parts) > 1 else ""
        day = f"{int(parts[2])} " if len(parts) > 2 else ""
        return f"{day}{month}{year}"

    def period(self, start: object, end: object) -> str:
        """Write a period from two dates or years; one alone as itself; days of one month with the month once."""
        given = [str(value) for value in (start, end) if not is_empty(value)]
        if len(set(given)) == 2 and all(len(day) == DAY for day in given) and given[0][:MONTH] == given[1][:MONTH]:
            return f"{int(given[0][MONTH + 1 :])}–{self.date(given[1])}"
        ends = list(dict.fromkeys(self.date(value) for value in given))
        years_only = all(len(text) == 4 for text in ends)
        return ("–" if years_only else " to ").join(ends)


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
    texts: dict[str, str] = {}
    terms: dict[str, dict[str, str]] = {}
    columns: dict[str, str] = {}
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
