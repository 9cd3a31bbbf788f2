"""Words of changes: a figure as it was and as it is, what was counted, dates in sentences of the tables."""

import re

import pandas as pd

from neaspec.sections.figures import figure_words
from neaspec.text import Words

ISO_DATE = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?\b")


def figure(words: Words, row: pd.Series, when: str) -> str:
    """Write the old or the new figure with its range, how exact it is, and its year."""
    names = ("value", "low", "high", "qualifier")
    figure_text = figure_words(words, pd.Series({name: row[f"{when}_{name}"] for name in names}))
    year = row[f"{when}_year"]
    return figure_text if pd.isna(year) else words("changes.figure", figure=figure_text, year=int(year))


def dated(words: Words, sentence: str) -> str:
    """Write the dates of a sentence from the tables in words: 2021-09 to 2022-12 is September 2021 to December 2022."""
    return ISO_DATE.sub(lambda match: words.date(match[0]), sentence)


def count_name(words: Words, row: pd.Series) -> str:
    """Name what was counted: area, part of the population, kind and method."""
    part, kind, method = (words.term(name, row[name]) for name in ("population_part", "count_kind", "method"))
    return words("changes.count_name", area=row["area_name"], part=part, kind=kind, method=method)
