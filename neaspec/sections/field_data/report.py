"""What was recognised in dropped files, and what was left out and why."""

from collections.abc import Sequence

import pandas as pd

from neaspec.blocks import Block, Notice, Text
from neaspec.crossings.model.records import REASONS, Example, Recognised, RejectedRows
from neaspec.crossings.privacy.redact import redact
from neaspec.sections.common import folded, make_table
from neaspec.text import Words

READ_AS, NOT_KNOWN = "read_as_", "_not_known"  # notes that name an encoding or a column
MOST_OPEN = 12  # longer lists are shown on demand
MOST_EXAMPLES = 3  # of each reason


def report(words: Words, recognised: Sequence[Recognised], dropped: RejectedRows) -> list[Block]:
    """Say of each table what it is and how many records it gave, and of each reason how many rows were left out."""
    if not recognised:
        return [Notice(text=words("field_data.nothing_recognised"), kind="empty")]
    rows = pd.DataFrame(
        [
            {
                "source": redact(one.source),
                "standard_name": words.term("standard", one.standard),
                "standard_version": redact(one.version),
                "rows_read": one.rows,
                "records_made": one.records,
                "note_words": " ".join(note_words(words, note) for note in one.notes),
            }
            for one in sorted(recognised, key=lambda one: one.source)
        ]
    )
    columns = {
        "source": "text",
        "standard_name": "text",
        "standard_version": "text",
        "rows_read": "integer",
        "records_made": "integer",
        "note_words": "text",
    }
    title = words("field_data.recognised_table")
    blocks: list[Block] = [make_table(words, title, rows, columns, "recognised")]  # type: ignore[arg-type]
    left = sorted(dropped.counts.items(), key=lambda item: (item[0][0], REASONS.index(item[0][1])))
    if not left:
        return [*blocks, Text(text=words("field_data.dropped_none"))]
    lost = pd.DataFrame(
        [
            {
                "source": redact(source),
                "left_out_words": words.term("left_out", reason),
                "rows_left_out": count,
                "first_rows": examples_words(words, dropped.examples[(source, reason)]),
            }
            for (source, reason), count in left
        ]
    )
    columns = {"source": "text", "left_out_words": "text", "rows_left_out": "integer", "first_rows": "text"}
    table = make_table(words, words("field_data.dropped_table"), lost, columns, "left_out")  # type: ignore[arg-type]
    return [*blocks, table if len(lost) <= MOST_OPEN else folded(words, table)]


def note_words(words: Words, note: str) -> str:
    """Write the sentence of a note of a reader."""
    key = f"field_data.note_{note}"
    if key not in words.texts and note.startswith(READ_AS):
        return words("field_data.note_read_as", encoding=note.removeprefix(READ_AS))
    if key not in words.texts and note.endswith(NOT_KNOWN):
        return words("field_data.note_value_not_known", column=note.removesuffix(NOT_KNOWN).replace("_", " "))
    return words(key)


def examples_words(words: Words, examples: Sequence[Example]) -> str:
    """Write where the first rows were left out and what stood there, column by column."""
    columns: dict[str, list[str]] = {}
    for one in examples[:MOST_EXAMPLES]:
        value = redact(one.found)
        key = "field_data.first_found_in" if value and one.row else "field_data.first_line"
        key = "field_data.first_found" if not one.row else key  # two names, and no row
        columns.setdefault(one.column, []).append(words(key, row=one.row, found=value))
    listed = [
        words("field_data.first_column", column=redact(column), listed=words.listed(texts))
        if column
        else words.listed(texts)
        for column, texts in columns.items()
    ]
    return words.listed(listed, "semicolon")
