"""Cards of the flagship species: the newest figure of each area with its year, side by side and never added."""

from typing import Any

import pandas as pd

from neaspec.blocks import Metric, PageLink
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.figures import chips_of, figure_words, period_words
from neaspec.sections.headlines import place_words
from neaspec.text import Words

FEWEST_POINTS = 2  # of a line of like figures
NOT_KNOWN = "not_known"
Trend = tuple[tuple[float, float], ...]


def species_cards(ask: Ask, words: Words, delegation_code: str | None = None) -> list[Metric]:
    """Make the card of each species; those of the State the reader is here for are marked."""
    own = present_in(ask, delegation_code) if delegation_code else frozenset()
    figures = ask("species_headlines")
    return [
        species_card(words, str(species_id), rows, species_id in own)
        for species_id, rows in figures.groupby("species_id", sort=False)
    ]


def present_in(ask: Ask, country_code: str) -> frozenset[str]:
    """Return the species that a document says are present in a State."""
    states = ask("species_states", species_id=None)
    own = states[states["country_code"] == country_code]
    return frozenset(own.loc[own["presences"].fillna(NOT_KNOWN) != NOT_KNOWN, "species_id"])


def species_card(words: Words, species_id: str, rows: pd.DataFrame, concerns_reader: bool) -> Metric:
    """Make the card of one species: a line for the whole range, then one for each State, in their alphabet."""
    name = str(rows["species_name"].iloc[0])
    shown = rows[(rows["place_in_state"] == 1) | rows["standing"].isin(["areas", "no_figure"])]
    lines = [line_of(words, row) for row in rows_of(shown)]
    figures = shown[shown["place_in_state"] == 1]
    qualifiers = set(figures["qualifier"])
    return Metric(
        label=name,
        value="" if lines else words("home.no_figure"),
        lines=tuple(lines),
        line_trends=tuple(trend_of(row) for row in rows_of(shown)),
        chips=chips_of(keys_in(figures["caveat_ids"]), qualifiers.pop() if len(qualifiers) == 1 else None),
        status=words("common.concerns_you") if concerns_reader else "",
        species_id=species_id,
        document_ids=keys_in(figures["document_ids"]),
        caveat_ids=keys_in(figures["caveat_ids"]),
        link=PageLink(text=name, page="species", choices={"species": species_id}),
    )


def line_of(words: Words, row: Any) -> tuple[str, str]:
    """Write one line: the area and its newest figure with the year, or that only single areas have one."""
    if row.standing == "range":
        return row.area_name, dated_figure(words, row)
    if pd.isna(row.place_in_state):
        return row.country_name, words(f"home.{row.standing}")
    return place_words(words, pd.Series(row._asdict())), dated_figure(words, row)


def dated_figure(words: Words, row: Any) -> str:
    """Write a figure with the years it speaks of."""
    answer = row._asdict()
    return words("home.figure", figure=figure_words(words, answer), period=period_words(words, answer))


def trend_of(row: Any) -> Trend:
    """Give the like figures of a series; none where the newest is a range, which a line would leave out."""
    if pd.isna(row.points) or pd.isna(row.value):
        return ()
    pairs = (point.partition("=") for point in str(row.points).split())
    trend = tuple({float(year): float(value) for year, _, value in pairs}.items())
    return trend if len(trend) >= FEWEST_POINTS else ()
