"""What stands for a species: an estimate of its whole range, or the figures of its States side by side, never added."""

import pandas as pd

from neaspec.sections.species_counts import figure_words, period_words, series_label
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


def value_words(words: Words, rows: pd.DataFrame) -> str:
    """Write the leading figures: one alone as itself, those of States each with its State; never a sum."""
    found = leading(rows)
    if set(found["standing"]) == {"range"}:
        return figure_words(words, found.iloc[0])
    return words("overview.between").join(
        words("overview.of_state", country=row["country_name"], figure=figure_words(words, row))
        for _, row in found.iterrows()
    )


def counted_words(words: Words, rows: pd.DataFrame) -> str:
    """Write what the leading figures count: area, kind, method and year of each."""
    found = leading(rows)
    if set(found["standing"]) == {"range"}:
        return str(found.iloc[0]["series_name"])
    return words("overview.between").join(
        words(
            "overview.counted_in_state", country=row["country_name"], counted=in_area(words, row),
            period=period_words(words, row),
        )
        for _, row in found.iterrows()
    )  # fmt: skip


def in_area(words: Words, row: pd.Series) -> str:
    """Write where and how the figure of a State was made; the area is named where it is not the whole State."""
    counted, area = series_label(words, row), str(row["area_name"])
    if area == row["country_name"]:
        return counted
    parts = area.removeprefix(f"{row['country_name']} (")  # a State with its regions: the regions say it
    return words("overview.in_area", area=area if parts == area else parts.removesuffix(")"), counted=counted)
