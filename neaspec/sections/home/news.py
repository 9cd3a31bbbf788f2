"""The few changes since the meeting before that stand on a first screen."""

import pandas as pd

from neaspec.blocks import Block, Change, Heading, Notice, PageLink
from neaspec.data.queries import Ask
from neaspec.sections.changes import ChangesChoices, dated, figure, span_of, stated_between
from neaspec.sections.common import keys_in, rows_of
from neaspec.text import Words, is_empty

MOST = 3


def news(ask: Ask, words: Words, most: int = MOST) -> list[Block]:
    """Tell what changed since the SOM before: figures of animals first, then agreements, statuses and periods."""
    span = span_of(ask, words, ChangesChoices())
    if span is None:
        return [Notice(text=words("changes.nothing_before"), kind="empty")]
    counts = span.ask("changes_counts", known_from=span.known_from)
    changes = [changed_count(words, row) for _, row in counts.iterrows()]
    changes += [changed_statement(words, row) for row in rows_of(stated_between(span))]
    shown: list[Block] = list(changes[:most])
    if not shown:
        shown = [Notice(text=words("home.no_changes", start=span.from_name), kind="empty")]
    link = PageLink(text=words("home.all_changes"), page="changes")
    return [Heading(text=words("home.changes", start=span.from_name), level=3), *shown, link]


def changed_count(words: Words, row: pd.Series) -> Change:
    """Tell a figure that changed, the old beside the new."""
    return Change(
        what=words("home.species_in", species=row["species_name"], area=row["area_name"]),
        before=figure(words, row, "old"),
        after=figure(words, row, "new"),
        document_ids=keys_in([row["document_id"], row["old_document_id"]]),
        caveat_ids=keys_in([row["caveat_ids"]]),
    )


def changed_statement(words: Words, row: object) -> Change:
    """Tell what came about, changed or ended."""
    statement = row._asdict()  # type: ignore[attr-defined]
    old = "" if is_empty(statement["old_said"]) else dated(words, statement["old_said"])
    updated = "updated" if old else "new"
    return Change(
        what=statement["about"],
        before=old,
        after=dated(words, words.listed((statement["what"], statement["new_said"]))),
        kind="ended" if statement["is_ended"] else updated,
        document_ids=keys_in([statement["document_id"]]),
        caveat_ids=keys_in([statement["caveat_ids"]]),
    )
