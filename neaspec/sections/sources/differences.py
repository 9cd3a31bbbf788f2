"""Differences between documents as a tab: the significant side by side, the small ones and spellings on demand."""

from dataclasses import replace

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Notice, Table, Text
from neaspec.data.contradictions import find_spellings
from neaspec.data.queries import Ask
from neaspec.data.search.query import Searched, known_phrases
from neaspec.sections.common import folded, make_table, rows_of
from neaspec.sections.sources.side_by_side import difference_table
from neaspec.text import Words


def differences_part(ask: Ask, words: Words, search: str) -> tuple[int, list[Block]]:
    """Show what comparing and review found, the significant first; return how many there are as well."""
    holds = Searched(search, known_phrases(ask))
    significant = kept(words, difference_table(ask, words, True), holds, "significant")
    small = kept(words, difference_table(ask, words, False), holds, "small")
    blocks: list[Block] = [significant] if len(significant.rows) else []
    if len(small.rows):
        blocks.append(folded(words, small))
    blocks += spellings_block(ask, words, holds)
    count = len(significant.rows) + len(small.rows)
    return count, blocks or [Notice(text=words("sources.no_contradictions"), kind="empty")]


def kept(words: Words, table: Table, holds: Searched, weight: str) -> Table:
    """Keep the differences that have the words searched for."""
    texts = [" ".join(map(str, row)) for row in table.rows.itertuples(index=False)]
    rows = table.rows[pd.Series([holds(text) for text in texts], index=table.rows.index, dtype=bool)]
    return replace(table, title=words(f"sources.of_{weight}"), rows=rows, file_name=f"differences_{weight}")


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
