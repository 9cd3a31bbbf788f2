"""What stands for a species: an estimate of its whole range, or the figures of its States side by side, never added."""

import pandas as pd

from neaspec.sections.figures import figure_words, period_words
from neaspec.sections.species.counts import series_label
from neaspec.text import Words


def leading(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that lead: the estimate of the whole range if there is one, else one figure of each State.

    Args:
        rows: answer of queries/species_headlines.sql for one species.
    """
    first = rows[rows["place_in_state"] == 1]
    whole = first[first["standing"] == "range"]
    return whole if len(whole) else first


def beside(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the other figures that stand for the species or for one of its States."""
    return rows[rows["place_in_state"].notna()].drop(index=leading(rows).index)


def areas_only(rows: pd.DataFrame) -> list[str]:
    """Name the States whose figures are of single areas only."""
    return rows.loc[rows["standing"] == "areas", "country_name"].tolist()


def without_figure(rows: pd.DataFrame) -> list[str]:
    """Name the States where the species lives and of which no figure stands: of areas alone, or none at all."""
    return rows.loc[rows["standing"].isin(["areas", "no_figure"]), "country_name"].tolist()


def no_figure(rows: pd.DataFrame) -> list[str]:
    """Name the States where the species lives and of which no figure at all is on record."""
    return rows.loc[rows["standing"] == "no_figure", "country_name"].tolist()


def value_words(words: Words, rows: pd.DataFrame) -> str:
    """Write the leading figures: one alone as itself, those of States each with its State; never a sum."""
    leaders = leading(rows)
    if set(leaders["standing"]) == {"range"}:
        return figure_words(words, leaders.iloc[0])
    of_states = [(row["country_name"], in_place(words, row)) for _, row in leaders.iterrows()]
    of_states += [(country, words("overview.no_national", country=country)) for country in without_figure(rows)]
    return words("overview.between").join(value for _, value in sorted(of_states))


def in_place(words: Words, row: pd.Series) -> str:
    """Write a figure with its State; where it is that of a part of the State, the part is named first."""
    return words("overview.of_state", country=place_words(words, row), figure=figure_words(words, row))


def place_words(words: Words, row: pd.Series) -> str:
    """Name what a figure is of: the State, or a part of it with the State in brackets."""
    area, country = str(row["area_name"]), str(row["country_name"])
    if area == country:
        return country
    name, bracket, rest = area.partition(" (")
    inside = [part for part in rest.removesuffix(")").split(", ") if part != country] if bracket else []
    parts = words.listed(inside if name == country else [name, *inside])
    return words("overview.part_of_state", area=parts, country=country)


def counted_words(words: Words, rows: pd.DataFrame) -> str:
    """Write what the leading figures count: kind, method and year of each; their areas stand with the figures."""
    leaders = leading(rows)
    if set(leaders["standing"]) == {"range"}:
        return str(leaders.iloc[0]["series_name"])
    return words("overview.between").join(
        words(
            "overview.counted_in_state",
            country=row["country_name"],
            counted=series_label(words, row),
            period=period_words(words, row),
        )
        for _, row in leaders.iterrows()
    )
