"""Differences between documents as entries: what each document says, and how the difference is treated here."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Details, Entry, Notice, Text
from neaspec.data.contradictions import WEIGHTS, Difference, differences_of, find_contradictions, seen_by_eye
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in
from neaspec.text import Words

MOST_AT_ONCE = 3
ISO_DATE = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b")
MOST_LISTED = 200  # of more, the page Sources lists all


def contradiction_entries(
    ask: Ask, words: Words, subjects: set[tuple[str, str]] | None = None, most: int | None = None
) -> list[Block]:
    """Make an entry for each difference found by a check, the significant first.

    Of more than MOST_LISTED a sentence says how many there are besides.

    Args:
        subjects: (table, key) pairs to keep; None keeps all.
        most: how many entries at the most, without that sentence.
    """
    differences = differences_of(find_contradictions(ask))
    if subjects is not None:
        differences = [difference for difference in differences if difference.subjects & subjects]
    entries: list[Block] = list(entries_of(ask, words, differences[: most or MOST_LISTED]))
    if most is None and len(differences) > MOST_LISTED:
        entries.append(
            Text(text=words("contradictions.cut", count=words.number(len(differences) - MOST_LISTED)), style="note")
        )
    return entries


def weightiest_first(words: Words, entries: list[Block]) -> list[Block]:
    """Show the significant differences at once and the others on demand; a sentence where there is none."""
    if not entries:
        return [Notice(text=words("contradictions.none"), kind="empty")]
    small = words.term("weight", WEIGHTS[-1])
    first = [entry for entry in entries if not (isinstance(entry, Entry) and small in entry.tags)][:MOST_AT_ONCE]
    rest = tuple(entry for entry in entries if entry not in first)
    more = [Details(title=words("contradictions.more", count=len(rest)), blocks=rest)] if rest else []
    return [*first, *more]


def entries_of(ask: Ask, words: Words, differences: Iterable[Difference]) -> list[Entry]:
    """Make the entries of differences; each statement is told under the name of its document."""
    differences = list(differences)
    keys = sorted({statement.document_id for difference in differences for statement in difference.statements})
    named = ask("documents_named", document_ids=keys)
    names = {row["document_id"]: document_name(row, words) for row in named.to_dict("records")}
    return [difference_entry(difference, names, words) for difference in differences]


def document_name(row: dict[Any, Any], words: Words) -> str:
    """Return what a document is called in a sentence: the paper for SOM-24, or its publisher and year."""
    if not pd.isna(row["som_number"]):
        return words(f"contradictions.{row['kind']}_of_som", number=int(row["som_number"]))
    year = row["year"] if not pd.isna(row["year"]) else words("common.source_undated")
    if row["kind"] == "concept_note":
        return words("contradictions.concept_note", year=year)
    if row["grade"] in ("press", "web_page"):  # names of papers stand on their own entries
        return words("contradictions.press_report", year=year)
    return words("contradictions.publisher_and_year", publisher=row["publisher"], year=year)


def difference_entry(difference: Difference, names: dict[str, str], words: Words) -> Entry:
    """Make the entry of one difference; without a reading it is not settled yet."""
    facts = [
        (
            words("contradictions.says", document=names[statement.document_id], place=statement.place),
            with_dates(statement.said, words),
        )
        for statement in difference.statements
    ]
    facts += [(words("contradictions.worked_out"), text) for text in difference.worked_out]
    facts.append((words("contradictions.reading"), difference.reading or words("contradictions.no_reading")))
    if difference.reason:
        facts.append((words("contradictions.reason"), difference.reason))
    state = words("contradictions.read" if difference.reading else "contradictions.open")
    return Entry(
        title=difference.subject,
        tags=(words.term("weight", difference.weight), state),
        facts=tuple(facts),
        document_ids=keys_in([*(statement.document_id for statement in difference.statements), *difference.weighed]),
    )


def with_dates(text: str, words: Words) -> str:
    """Return a statement with its ISO dates as dates in words."""
    return ISO_DATE.sub(lambda match: words.date(match[0]), text)


def by_eye_entries(ask: Ask, words: Words) -> list[Block]:
    """Make entries for the differences that were found by review and that no check can find."""
    entries: list[Block] = [
        Entry(
            title=row["subject"],
            tags=(words.term("weight", row["weight"]), words("contradictions.by_eye")),
            facts=((words("contradictions.reading"), row["reading"]), (words("contradictions.reason"), row["reason"])),
            document_ids=tuple((row["document_ids"] or "").split()) if not pd.isna(row["document_ids"]) else (),
        )
        for _, row in seen_by_eye(ask).iterrows()
        if row["weight"] in WEIGHTS
    ]
    return entries or [Notice(text=words("contradictions.none_by_eye"), kind="empty")]
