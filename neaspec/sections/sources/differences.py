"""Differences between documents side by side: what each says, how it is treated here, and why."""

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Entry, Notice, Table, Text
from neaspec.data.contradictions import WEIGHTS, Difference, differences_of, find_contradictions, find_spellings
from neaspec.data.queries import Ask
from neaspec.data.search.query import Searched, known_phrases
from neaspec.sections.common import folded, keys_in, make_table, rows_of
from neaspec.sections.contradictions import by_eye_entries, document_name, with_dates
from neaspec.text import Words


def differences_part(ask: Ask, words: Words, search: str) -> tuple[int, list[Block]]:
    """Show what comparing finds, the significant first, then what review found; return how many there are as well."""
    holds = Searched(search, known_phrases(ask))
    rows = side_by_side(ask, words, differences_of(find_contradictions(ask)))
    rows = rows[[holds(" ".join(map(str, row))) for row in rows.itertuples(index=False)]]
    eye = [entry for entry in by_eye_entries(ask, words) if isinstance(entry, Entry) and holds(entry_text(entry))]
    blocks: list[Block] = []
    for weight in WEIGHTS:
        own = rows[rows["weight"] == weight]
        if own.empty:
            continue
        table = difference_table(words, words(f"sources.of_{weight}"), own, f"differences_{weight}")
        blocks.append(table if weight == WEIGHTS[0] else folded(words, table))
    if eye:
        blocks.append(Details(title=words("sources.by_eye", count=len(eye)), blocks=tuple(eye)))
    blocks += spellings_block(ask, words, holds)
    return len(rows) + len(eye), blocks or [Notice(text=words("sources.no_contradictions"), kind="empty")]


def side_by_side(ask: Ask, words: Words, differences: list[Difference]) -> pd.DataFrame:
    """Return one row a difference: the first document's words, those of the others, the treatment and its reason."""
    keys = sorted({statement.document_id for difference in differences for statement in difference.statements})
    named = ask("documents_named", document_ids=keys)
    names = {row["document_id"]: document_name(row, words) for row in named.to_dict("records")}
    lines = []
    for difference in differences:
        said = [
            words(
                "sources.says",
                document=names[one.document_id],
                place=one.place,
                said=with_dates(one.said, words),
            )
            for one in difference.statements
        ]
        worked_out = [words("sources.worked_out", said=text) for text in difference.worked_out]
        lines.append(
            {
                "weight": difference.weight,
                "subject": difference.subject,
                "says_a": said[0] if said else "",
                "says_b": words.listed([*said[1:], *worked_out], "semicolon"),
                "treated": difference.reading or words("contradictions.no_reading"),
                "why": difference.reason or "",
                "document_ids": " ".join(
                    keys_in([*(one.document_id for one in difference.statements), *difference.weighed])
                ),
            }
        )
    return pd.DataFrame(lines, columns=["weight", "subject", "says_a", "says_b", "treated", "why", "document_ids"])


def difference_table(words: Words, title: str, rows: pd.DataFrame, file_name: str) -> Table:
    """Set documents side by side."""
    columns: Columns = {
        "subject": "text",
        "says_a": "text",
        "says_b": "text",
        "treated": "text",
        "why": "text",
        "document_ids": "documents",
    }
    return make_table(words, title, rows, columns, file_name)


def spellings_block(ask: Ask, words: Words, holds: Searched) -> list[Block]:
    """List the things that documents name in several ways: spellings are no differences in what is said."""
    rows = find_spellings(ask)
    if rows.empty:
        return []
    rows = rows[[holds(f"{row.subject} {row.said_a} {row.said_b}") for row in rows_of(rows)]]
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


def entry_text(entry: Entry) -> str:
    """Return all words of an entry, to search in."""
    return " ".join([entry.title, entry.text, *entry.tags, *(f"{label} {value}" for label, value in entry.facts)])
