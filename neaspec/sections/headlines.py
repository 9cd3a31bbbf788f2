"""What stands for a species: an estimate of its whole range, or the figures of its States side by side, never added."""

import pandas as pd

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


def no_figure(rows: pd.DataFrame) -> list[str]:
    """Name the States where the species lives and of which no figure at all is on record."""
    return rows.loc[rows["standing"] == "no_figure", "country_name"].tolist()


def place_words(words: Words, row: pd.Series) -> str:
    """Name what a figure is of: the State, or a part of it with the State in brackets."""
    area, country = str(row["area_name"]), str(row["country_name"])
    if area == country:
        return country
    name, bracket, rest = area.partition(" (")
    inside = [part for part in rest.removesuffix(")").split(", ") if part != country] if bracket else []
    parts = words.listed(inside if name == country else [name, *inside])
    return words("overview.part_of_state", area=parts, country=country)
