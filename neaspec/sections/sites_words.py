"""How levels of protection and figures of sites are written, for all parts of the page of sites."""

import pandas as pd

from neaspec.text import Words

LEVELS = ["international", "national", "subnational", "none", "not_known"]


def level_words(words: Words, level: str) -> str:
    """Write a level of protection; no protection and not known are two things."""
    return words("sites.no_protection" if level == "none" else f"sites.{level}")


def level_counts(words: Words, found: pd.DataFrame) -> str:
    """Write how many sites have each level, levels without a site left out."""
    counted = found["level"].value_counts()
    return ", ".join(
        words("sites.level_count", count=int(counted[level]), level=level_words(words, level))
        for level in LEVELS
        if level in counted.index
    )


def figure_words(words: Words, row: pd.Series) -> str:
    """Write a figure with its kind and how exact it is; nothing where there is none."""
    if pd.isna(row["count_kind"]):
        return words("sites.no_figure")
    number = words.number(row["value"]) or words.range(row["low"], row["high"])
    if row["qualifier"] not in ("exact", "", None) and not pd.isna(row["qualifier"]):
        number = words("sites.qualified", qualifier=words.term("qualifier", row["qualifier"]), number=number)
    key = "sites.figure_individuals" if row["unit"] == "individuals" else "sites.figure_kind"
    return words(key, number=number, kind=words.term("count_kind", row["count_kind"]))


def year(value: object) -> str | None:
    """Give a year as text; None where there is none."""
    return None if pd.isna(value) else str(int(value))  # type: ignore[call-overload]


def period_words(words: Words, row: pd.Series) -> str:
    """Write the season of a figure, or its years."""
    if "season" in row.index and not pd.isna(row["season"]):
        return str(row["season"])
    return words.period(year(row["year_from"]), year(row["year_to"]))
