"""What is new about one State since the SOM before: figures of its areas, protection of its sites."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Change, Heading, Text
from neaspec.data.queries import Ask
from neaspec.sections.changes import ChangesChoices, Span, span_of
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.delegation.figures import own_figure
from neaspec.sections.sites.wording import level_words
from neaspec.text import Words, is_empty

MOST = 3
SAME = ("species_id", "area_name", "count_kind", "population_part", "method", "unit")


def own_news(ask: Ask, words: Words, code: str) -> list[Block]:
    """Tell at most three things that are new since the SOM before; one line where there is none."""
    span = span_of(ask, words, ChangesChoices())
    if span is None:
        return []
    changes = [*new_figures(words, span, code), *new_levels(words, span, code)][:MOST]
    heading = Heading(text=words("delegation.news", start=span.from_name), level=3)
    return (
        [heading, *changes] if changes else [Text(text=words("delegation.no_news", start=span.from_name), style="note")]
    )


def new_figures(words: Words, span: Span, code: str) -> Iterator[Change]:
    """Give the figures of the State that were not the newest of their area at the SOM before."""
    before = {key_of(row): row for row in rows_of(span.ask.on(span.known_from)("country_counts", country_code=code))}
    for row in rows_of(span.ask("country_counts", country_code=code)):
        old = before.get(key_of(row))
        if row.year_to < newer_than(span, old):
            continue
        yield Change(
            what=words("home.species_in", species=row.species_name, area=row.area_name),
            before="" if old is None else own_figure(words, old),
            after=own_figure(words, row),
            kind="new" if old is None else "updated",
            document_ids=keys_in([row.document_id, None if old is None else old.document_id]),
            caveat_ids=keys_in([row.caveat_ids]),
        )


def newer_than(span: Span, old: Any) -> int:
    """Return the first year of which a figure is new: after the one before it, or the year of the meeting."""
    return span.known_from.year if old is None else int(old.year_to) + 1


def key_of(row: Any) -> tuple[object, ...]:
    """Return what makes two figures speak of the same."""
    return tuple(getattr(row, name) for name in SAME)


def new_levels(words: Words, span: Span, code: str) -> Iterator[Change]:
    """Give the sites whose protection on the side of the State is another than at the SOM before."""
    before, now = (
        of("sites_protected", country_code=code, species_id=None, level=None)
        for of in (span.ask.on(span.known_from), span.ask)
    )
    known = {row.site_id: row for row in rows_of(before)}
    for row in rows_of(now):
        old = known.get(row.site_id)
        if old is None or same_level(old, row):
            continue
        yield Change(
            what=row.name,
            before=protection(words, old),
            after=protection(words, row),
            document_ids=keys_in([row.protection_document_ids]),
            caveat_ids=keys_in([row.protection_caveat_ids]),
        )


def same_level(old: Any, row: Any) -> bool:
    """Tell whether a site is protected as it was."""
    return bool(
        old.level == row.level and (old.standing == row.standing or pd.isna(old.standing) and pd.isna(row.standing))
    )


def protection(words: Words, row: Any) -> str:
    """Write how a site is protected."""
    return level_words(words, row.level, None if is_empty(row.standing) else row.standing)
