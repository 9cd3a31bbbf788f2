"""The answer of the page of one species: is it better than before, told only from figures counted in one way."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.sections.common import in_sentence
from neaspec.sections.figures import Row, figure_words, number_words, year
from neaspec.sections.headlines import beside, leading, no_figure
from neaspec.text import Words, is_empty

MOST_TOLD = 2
SHORT_NAME = 4  # words of the name of an area


@dataclass(frozen=True)
class Trend:
    """Figures of one series counted in one way: the first and the newest."""

    place: str
    first: float
    first_year: int
    last: str
    last_value: float
    last_year: int
    method: str

    @property
    def direction(self) -> int:
        """Tell whether the newest figure is larger (1), smaller (-1) or the same (0)."""
        return (self.last_value > self.first) - (self.last_value < self.first)


def answer(words: Words, stands: pd.DataFrame) -> str:
    """Say what changed in series counted in one way, with both years and the method; else the newest figures.

    Figures of neighbouring States stand side by side and are never added.
    """
    leaders, others = leading(stands).to_dict("records"), beside(stands).to_dict("records")
    if not leaders:
        return words("species.lead_no_figure")
    trends = [trend for row in leaders if (trend := trend_of(words, row))]
    if not trends:
        trends = [trend for row in others if (trend := trend_of(words, row))][:1]
    told_places = {trend.place for trend in trends}
    alone = [row for row in leaders if place_of(words, row) not in told_places]
    figures = words.listed((standing(words, row) for row in alone[:MOST_TOLD]), "semicolon")
    sentences = [words("species.answer_figures", figures=figures)] if figures else []
    if trends:
        change = change_sentence(words, trends[:MOST_TOLD])
        sentences = [*sentences, change] if alone and is_whole(alone[0]) else [change, *sentences]
    if len(trends) > 1 and any("overlapping_counts" in str(row["caveat_ids"]) for row in leaders):
        sentences.append(words("species.answer_shared"))
    missing = no_figure(stands)
    if missing and not trends:
        sentences.append(words("species.answer_missing", countries=words.listed(missing)))
    return words.sentences(*sentences)


def is_whole(row: Row) -> bool:
    """Tell whether a figure is that of the whole range."""
    return bool(row["standing"] == "range")


def place_of(words: Words, row: Row) -> str:
    """Name what a figure is of in as few words as a sentence bears: the world, an area of a short name, or "one area".

    An area never stands for its State; the cards below the sentence name it in full.
    """
    area = str(row["area_name"]).partition(" (")[0]
    if is_whole(row) or len(area.split()) <= SHORT_NAME:
        return area
    return words("species.one_area", country=in_sentence(words, row["country_code"], row["country_name"]))


def trend_of(words: Words, row: Row) -> Trend | None:
    """Give the first and the newest figure of a series counted in one way; None where there are not two."""
    if is_empty(row["points"]) or is_empty(row["value"]):
        return None
    points = [pair.split("=") for pair in str(row["points"]).split()]
    first_year, first = int(points[0][0]), float(points[0][1])
    last_year = int(row["year_to"])
    if len(points) < 2 or int(points[-1][0]) != last_year:
        return None
    return Trend(
        place=place_of(words, row),
        first=first,
        first_year=first_year,
        last=number_words(words, row),
        last_value=float(row["value"]),
        last_year=last_year,
        method=words.term("method", row["method"]),
    )


def change_sentence(words: Words, trends: list[Trend]) -> str:
    """Say in one sentence how series changed: more, fewer, or each for itself; with years and methods."""
    is_alike = len({(trend.first_year, trend.direction) for trend in trends}) == 1
    directions = {trend.direction for trend in trends}
    has_one_year = is_alike and 0 not in directions  # then the sentence begins with the year
    changes = words.listed(
        words(
            "species.answer_change_since" if has_one_year else "species.answer_change",
            place=trend.place,
            first=words.number(trend.first),
            first_year=trend.first_year,
            last=trend.last,
            last_year=trend.last_year,
        )
        for trend in trends
    )
    methods = words.listed(dict.fromkeys(trend.method for trend in trends))
    if has_one_year:
        key = "species.answer_more" if directions == {1} else "species.answer_fewer"
        return words(key, year=trends[0].first_year, changes=changes, methods=methods)
    return words("species.answer_changes", changes=changes, methods=methods)


def standing(words: Words, row: Row) -> str:
    """Write a figure with its year, and the one before it where the two cannot be compared."""
    figure = words(
        "species.answer_figure", place=place_of(words, row), figure=figure_words(words, row), year=year(row["year_to"])
    )
    if is_empty(row["earlier_year"]):
        return figure
    earlier: dict[Hashable, Any] = {
        "value": row["earlier_value"],
        "low": row["earlier_low"],
        "high": row["earlier_high"],
        "qualifier": row["earlier_qualifier"],
    }
    return words(
        "species.answer_not_comparable",
        figure=figure,
        earlier=number_words(words, earlier),
        earlier_year=year(row["earlier_year"]),
    )
