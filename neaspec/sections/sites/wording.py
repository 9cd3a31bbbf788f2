"""How levels of protection and figures of sites are written, for all parts of the page of sites."""

from collections import Counter
from collections.abc import Mapping
from typing import cast

import pandas as pd

from neaspec.blocks import ColumnKind
from neaspec.text import Words, is_empty

TOTALS = ["international", "national", "partial", "other"]
LEVELS = ["international", "national", "subnational", "none", "not_known"]


def level_words(words: Words, level: str, standing: object = None) -> str:
    """Write a level of protection, with what it alone does not tell; no protection and not known are two things."""
    named = words("sites.no_protection" if level == "none" else f"sites.{level}")
    return named if is_empty(standing) else words(f"sites.standing_{standing}", level=named)


def level_totals(words: Words, found: pd.DataFrame) -> str:
    """Write how many sites have international, national, partial and any other protection; no count of what lacks."""
    kinds = found["level"].mask(found["standing"] == "one_side", "partial")
    kinds = kinds.replace({"subnational": "partial", "none": "other", "not_known": "other"})
    counted = Counter(kinds)
    return ", ".join(words(f"sites.total_{kind}", count=counted[kind]) for kind in TOTALS if counted[kind])


def number_words(words: Words, row: pd.Series) -> str:
    """Write the number of a figure, with how exact it is."""
    number = words.number(row["value"]) or words.range(row["low"], row["high"])
    if pd.isna(row["qualifier"]) or row["qualifier"] == "exact":
        return number
    return words("sites.qualified", qualifier=words.term("qualifier", row["qualifier"]), number=number)


def figure_words(words: Words, row: pd.Series) -> str:
    """Write a figure with its kind and how exact it is; a sentence where there is none."""
    if pd.isna(row["count_kind"]):
        return words("sites.no_figure")
    is_plain = row["unit"] == "individuals" and row["count_kind"] != "individuals_identified"
    key = "sites.figure_individuals" if is_plain else "sites.figure_kind"
    return words(key, number=number_words(words, row), kind=words.term("count_kind", row["count_kind"]))


def year(value: object) -> str | None:
    """Give a year as text; None where there is none."""
    return None if pd.isna(value) else str(int(value))  # type: ignore[call-overload]


def capital(text: str) -> str:
    """Write the first letter large, as a word that stands alone."""
    return text[:1].upper() + text[1:]


def filled(rows: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, ColumnKind]:
    """Leave out columns without any value: on a phone every column counts."""
    return {name: cast(ColumnKind, kind) for name, kind in columns.items() if rows[name].notna().any()}


def period_words(words: Words, row: pd.Series) -> str:
    """Write the season of a figure, or its years."""
    if "season" in row.index and not pd.isna(row["season"]):
        return str(row["season"])
    return words.period(year(row["year_from"]), year(row["year_to"]))
