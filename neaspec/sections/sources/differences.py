"""Differences between documents as a part of the page of sources: by weight, found by review, spellings."""

from neaspec.blocks import Block, Columns, Details, Entry, Heading, Notice, Text
from neaspec.data.contradictions import WEIGHTS, differences_of, find_contradictions, find_spellings
from neaspec.data.queries import Ask
from neaspec.data.search.query import Searched, known_phrases
from neaspec.sections.common import make_table
from neaspec.sections.contradictions import by_eye_entries, entries_of
from neaspec.text import Words


def contradictions_part(ask: Ask, words: Words, search: str) -> tuple[str, list[Block]]:
    """Show what the checks find, the weightiest first and in full view, then what was seen by a reader."""
    differences = differences_of(find_contradictions(ask))
    holds = Searched(search, known_phrases(ask))
    eye = [entry for entry in by_eye_entries(ask, words) if isinstance(entry, Entry)]
    still = sum(difference.reading is None for difference in differences)
    lead = words("sources.lead_contradictions", found=len(differences), eye=len(eye))
    blocks: list[Block] = [
        Heading(text=words("sources.contradictions")),
        Notice(text=words("sources.open_note", still=still) if still else words("sources.none_open")),
    ]
    shown = 0
    for weight in WEIGHTS:
        entries = entries_of(ask, words, (difference for difference in differences if difference.weight == weight))
        kept = [entry for entry in entries if holds(entry_text(entry))]
        title = words(f"sources.of_{weight}", count=len(kept))
        blocks += group_blocks(title, kept, is_open=weight == WEIGHTS[0])
        shown += len(kept)
    kept = [entry for entry in eye if holds(entry_text(entry))]
    blocks += group_blocks(words("sources.by_eye", count=len(kept)), kept, is_open=False)
    spellings = spellings_block(ask, words, holds)
    if not shown + len(kept) and not spellings:
        blocks.append(Notice(text=words("sources.no_contradictions"), kind="empty"))
    return lead, [*blocks, *spellings]


def spellings_block(ask: Ask, words: Words, holds: Searched) -> list[Block]:
    """List the things that documents name in several ways: spellings are no differences in what is said."""
    rows = find_spellings(ask)
    if rows.empty:
        return []
    rows = rows[[holds(f"{row.subject} {row.said_a} {row.said_b}") for row in rows.itertuples()]]
    if rows.empty:
        return []
    rows = rows.rename(
        columns={
            "said_a": "spelt",
            "place_a": "spelt_place",
            "document_id_a": "spelt_document",
            "said_b": "spelt_otherwise",
            "place_b": "other_place",
            "document_id_b": "other_document",
        }
    )
    columns: Columns = {
        "spelt": "text",
        "spelt_place": "text",
        "spelt_document": "documents",
        "spelt_otherwise": "text",
        "other_place": "text",
        "other_document": "documents",
        "reading": "text",
    }
    title = words("sources.spellings", count=len(rows))
    table = make_table(words, title, rows, columns, "spellings")
    return [Details(title=title, blocks=(Text(text=words("sources.spellings_note"), style="note"), table))]


def group_blocks(title: str, entries: list[Entry], *, is_open: bool) -> list[Block]:
    """Show entries under a heading, or on demand; nothing if there are none."""
    if not entries:
        return []
    return [Heading(text=title, level=3), *entries] if is_open else [Details(title=title, blocks=tuple(entries))]


def entry_text(entry: Entry) -> str:
    """Return all words of an entry, to search in."""
    return " ".join([entry.title, entry.text, *entry.tags, *(f"{label} {value}" for label, value in entry.facts)])
