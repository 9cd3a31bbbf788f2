"""Contradictions as entries: what one document says, what another says, and the reading taken."""

import pandas as pd

from neaspec.blocks import Block, Details, Entry, Notice, Text
from neaspec.contradictions import find_contradictions, seen_by_eye
from neaspec.queries import Ask
from neaspec.sections.common import keys_in
from neaspec.text import Words

MOST_AT_ONCE = 3
MOST_LISTED = 200  # of more, the page Sources lists all


def contradiction_entries(
    ask: Ask, words: Words, subjects: set[tuple[str, str]] | None = None, most: int | None = None
) -> list[Block]:
    """Make an entry for each contradiction found by a check, the weightiest first.

    Of more than MOST_LISTED a sentence says how many there are besides.

    Args:
        subjects: (table, key) pairs to keep; None keeps all.
        most: how many entries at the most, without that sentence.
    """
    rows = find_contradictions(ask)
    if subjects is not None and len(rows):
        pairs = zip(rows["subject_table"].tolist(), rows["subject_id"].tolist(), strict=True)
        rows = rows[[pair in subjects for pair in pairs]]
    entries: list[Block] = [finding_entry(row, words) for _, row in rows.head(most or MOST_LISTED).iterrows()]
    if most is None and len(rows) > MOST_LISTED:
        entries.append(
            Text(text=words("contradictions.cut", count=words.number(len(rows) - MOST_LISTED)), style="note")
        )
    return entries


def weightiest_first(words: Words, entries: list[Block]) -> list[Block]:
    """Show the weightiest contradictions at once and the others on demand; a sentence where there is none."""
    if not entries:
        return [Notice(text=words("contradictions.none"), kind="empty")]
    rest = tuple(entries[MOST_AT_ONCE:])
    more = [Details(title=words("contradictions.more", count=len(rest)), blocks=rest)] if rest else []
    return [*entries[:MOST_AT_ONCE], *more]


def finding_entry(row: pd.Series, words: Words) -> Entry:
    """Make the entry of one finding; without a reading it is shown as open."""
    reading = words("contradictions.no_reading") if row["is_open"] else row["reading"]
    facts = [
        (words("contradictions.one_says", place=row["place_a"]), row["said_a"]),
        (words("contradictions.other_says", place=row["place_b"]), row["said_b"]),
        (words("contradictions.reading"), reading),
    ]
    if not row["is_open"]:
        facts.append((words("contradictions.reason"), row["reason"]))
    state = words("contradictions.open") if row["is_open"] else words("contradictions.read")
    return Entry(
        title=row["subject"],
        tags=(words.term("severity", row["severity"]), state),
        facts=tuple(facts),
        document_ids=keys_in((row["document_id_a"], row["document_id_b"])),
    )


def by_eye_entries(ask: Ask, words: Words) -> list[Block]:
    """Make entries for the contradictions that were seen by a reader and that no check can find."""
    entries: list[Block] = [
        Entry(
            title=row["subject"],
            tags=(words.term("severity", row["severity"]), words("contradictions.by_eye")),
            facts=((words("contradictions.reading"), row["reading"]), (words("contradictions.reason"), row["reason"])),
            document_ids=tuple((row["document_ids"] or "").split()) if not pd.isna(row["document_ids"]) else (),
        )
        for _, row in seen_by_eye(ask).iterrows()
    ]
    return entries or [Notice(text=words("contradictions.none_by_eye"), kind="empty")]
