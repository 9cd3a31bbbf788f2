"""Own figures of one State: its species area by area, the land and sea it protects."""

from typing import Any

import pandas as pd

from neaspec.blocks import Block, Metric, PageLink
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.figures import CHIP_OF_QUALIFIER, chips_of, figure_words, period_words
from neaspec.sections.home.cards import NOT_KNOWN, Trend, trend_of
from neaspec.text import Words

MOST_AREAS = 2  # on a card; the tab of figures lists all


def own_states(ask: Ask, code: str) -> pd.DataFrame:
    """Return, for each species, whether it lives in the State and what is counted there."""
    states = ask("species_states", species_id=None)
    return states[states["country_code"] == code].reset_index(drop=True)


def present_species(states: pd.DataFrame) -> pd.DataFrame:
    """Keep the species that a document says are present; one whose presence is not known is not named."""
    return states[states["presences"].fillna(NOT_KNOWN) != NOT_KNOWN]


def own_cards(ask: Ask, words: Words, states: pd.DataFrame) -> list[Metric]:
    """Make the card of each species of the State: figures of the whole State first, then of its largest areas."""
    headlines = ask("species_headlines")
    trends = {(row.species_id, row.area_name): trend_of(row) for row in rows_of(headlines[headlines["points"].notna()])}
    return [
        own_card(words, str(species_id), rows, trends)
        for species_id, rows in present_species(states).groupby("species_id", sort=False)
    ]


def own_card(words: Words, species_id: str, rows: pd.DataFrame, trends: dict[tuple[str, str], Trend]) -> Metric:
    """Make the card of one species of the State."""
    counted = rows[rows["unit"].notna()]
    ordered = counted.assign(
        is_part=[not str(row.area_name).startswith(row.country_name) for row in rows_of(counted)],
        is_other_unit=counted["unit"] != "individuals",
        size=-counted["value"].fillna(counted["high"]).fillna(counted["low"]).fillna(0),
    ).sort_values(["is_part", "is_other_unit", "size"], kind="stable")
    shown = ordered.head(MOST_AREAS)
    more = len(ordered) - len(shown)
    name = str(rows["species_name"].iloc[0])
    return Metric(
        label=name,
        value="",
        lines=tuple((row.area_name, own_figure(words, row)) for row in rows_of(shown))
        or ((str(rows["country_name"].iloc[0]), words("delegation.present")),),
        line_trends=tuple(trends.get((species_id, row.area_name), ()) for row in rows_of(shown)),
        chips=chips_beside_words(shown),
        period=words("delegation.more_areas", count=more) if more else "",
        species_id=species_id,
        document_ids=keys_in(shown["document_ids"] if len(shown) else rows["document_ids"]),
        caveat_ids=keys_in(shown["caveat_ids"]),
        link=PageLink(text=name, page="species", choices={"species": species_id}),
    )


def chips_beside_words(shown: pd.DataFrame) -> tuple[str, ...]:
    """Return the chips of figures, without those whose qualifier stands in words in a figure (about, at least)."""
    written = {CHIP_OF_QUALIFIER.get(str(qualifier)) for qualifier in shown["qualifier"]}
    return tuple(chip for chip in chips_of(keys_in(shown["caveat_ids"])) if chip not in written)


def own_figure(words: Words, row: Any) -> str:
    """Write a figure with its unit, if it does not count animals, and its years."""
    answer = row._asdict()
    figure = figure_words(words, answer)
    if row.unit != "individuals":
        figure = words.unit(figure, words.term("unit", row.unit))
    return words("home.figure", figure=figure, period=period_words(words, answer))


def protected_shares(ask: Ask, words: Words, code: str) -> list[Block]:
    """Tell the shares of land and sea that are protected: as reported, and as calculated from the world's database."""
    shares = ask("sites_coverage", country_code=code)
    cards: list[Block] = []
    for row in rows_of(shares):
        lines = [
            (words(f"delegation.{name}"), words.percent(share, 1))
            for name, share in (("reported", row.percent_reported), ("calculated", row.percent_computed))
            if pd.notna(share)
        ]
        if lines:
            cards.append(
                Metric(
                    label=words(f"delegation.protected_{row.realm}"),
                    value="",
                    lines=tuple(lines),
                    period=words.date(row.as_of),
                    document_ids=keys_in([row.document_id]),
                    caveat_ids=keys_in([row.caveat_ids]),
                )
            )
    return cards
