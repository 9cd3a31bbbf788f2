"""Figures in words: a figure with its range and how exact it is, its years, and how a chart marks it.

Three ways of writing one stand side by side because they are read in different places: the figure alone, where unit
and kind have columns of their own (`figure_words`); the number of a figure in a sentence (`number_words`); the figure
with what was counted (`figure_with_kind`).
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from neaspec.text import Words

Row = pd.Series | Mapping[Hashable, Any]

# Qualifiers that a chart shows as a mark; all others are drawn as exact.
QUALIFIER_MARKS = {"at_least": "at_least", "more_than": "more_than", "about": "about", "preliminary": "preliminary"}


def figure_words(words: Words, row: Row) -> str:
    """Write a figure with its range and how exact it is: at least 750; 510 (480–540)."""
    has_range = not (pd.isna(row["low"]) and pd.isna(row["high"]))
    between = words.range(row["low"], row["high"])
    figure: str = between if pd.isna(row["value"]) else words.number(row["value"])
    if has_range and not pd.isna(row["value"]):
        figure = words("species.with_range", figure=figure, range=between)
    qualifier = row["qualifier"]
    return figure if qualifier == "exact" else words(f"species.{qualifier}", figure=figure)


def number_words(words: Words, row: Row) -> str:
    """Write the number of a figure, or its range where it has no number, with how exact it is."""
    number: str = words.number(row["value"]) or words.range(row["low"], row["high"])
    if pd.isna(row["qualifier"]) or row["qualifier"] == "exact":
        return number
    return words("sites.qualified", qualifier=words.term("qualifier", row["qualifier"]), number=number)


def figure_with_kind(words: Words, row: Row) -> str:
    """Write the number of a figure with what was counted; a sentence where there is none."""
    if pd.isna(row["count_kind"]):
        return words("sites.no_figure")
    is_plain = row["unit"] == "individuals" and row["count_kind"] != "individuals_identified"
    key = "sites.figure_individuals" if is_plain else "sites.figure_kind"
    return words(key, number=number_words(words, row), kind=words.term("count_kind", row["count_kind"]))


def year(value: Any) -> str | None:
    """Give a year as text; None where there is none."""
    return None if pd.isna(value) else str(int(value))


def years(words: Words, row: Row) -> str:
    """Write the years a figure speaks of; nothing where none is stated."""
    return words.period(year(row["year_from"]), year(row["year_to"]))


def period_words(words: Words, row: Row) -> str:
    """Write the years a figure speaks of; says so where none is stated."""
    return years(words, row) or words("species.no_year")


def season_or_years(words: Words, row: Row) -> str:
    """Write the season of a figure, or its years; nothing where neither is stated."""
    season = row.get("season")
    return years(words, row) if pd.isna(season) else str(season)


def mark_of(row: Row) -> str:
    """Tell how a chart marks a figure: a zero, or how exact it is."""
    return "zero" if row["value"] == 0 else QUALIFIER_MARKS.get(row["qualifier"], "exact")


# Which caveats change the reading, in the order in which they matter: at most two stand beside a figure.
CHIP_OF_CAVEAT = {
    "press_only": "press_only",
    "not_confirmed": "unconfirmed",
    "not_like_for_like": "not_comparable",
    "method_differs": "not_comparable",
    "includes_cubs": "includes_cubs",
    "planned_not_confirmed": "planned",
    "at_least": "minimum",
    "derived": "our_sum",
    "approximate": "about",
}
CHIP_OF_QUALIFIER = {"at_least": "minimum", "about": "about"}
MOST_CHIPS = 2


def chips_of(caveat_ids: Iterable[str], qualifier: object = None) -> tuple[str, ...]:
    """Return the caveats that stand beside a figure (keys of CHIPS), at most two, the weightiest first."""
    carried = set(caveat_ids)
    chips = [chip for caveat, chip in CHIP_OF_CAVEAT.items() if caveat in carried]
    if isinstance(qualifier, str) and qualifier in CHIP_OF_QUALIFIER:
        chips.append(CHIP_OF_QUALIFIER[qualifier])
    return tuple(dict.fromkeys(chips))[:MOST_CHIPS]
