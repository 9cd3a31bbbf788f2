"""What was recognised in dropped files, and what was left out and why."""

from collections.abc import Sequence

import pandas as pd

from neaspec.blocks import Block, Heading, Notice, Text
from neaspec.crossings.gate import cleared
from neaspec.crossings.records import REASONS, Dropped, Example, Recognised
from neaspec.sections.common import folded, make_table
from neaspec.text import Words


def report(words: Words, recognised: Sequence[Recognised], dropped: Dropped) -> list[Block]:
    """Say of each table what it is and how many records it gave, and of each reason how many rows were left out."""
    blocks: list[Block] = [Heading(text=words("field_data.report"))]
    if not recognised:
        return [*blocks, Notice(text=words("field_data.nothing_recognised"), kind="empty")]
    rows = pd.DataFrame(
        [
            {
                "source": cleared(one.source), "standard_name": words.term("standard", one.standard),
                "standard_version": cleared(one.version), "rows_read": one.rows, "records_made": one.records,
                "note_words": " ".join(note_words(words, note) for note in one.notes),
            }
            for one in sorted(recognised, key=lambda one: one.source)
        ]
    )  # fmt: skip
    columns = {
        "source": "text", "standard_name": "text", "standard_version": "text", "rows_read": "integer",
        "records_made": "integer", "note_words": "text",
    }  # fmt: skip
    title = words("field_data.recognised_table")
    blocks.append(make_table(words, title, rows, columns, "recognised"))  # type: ignore[arg-type]
    left = sorted(dropped.counts.items(), key=lambda item: (item[0][0], REASONS.index(item[0][1])))
    if not left:
        return [*blocks, Text(text=words("field_data.dropped_none"))]
    lost = pd.DataFrame(
        [
            {
                "source": cleared(source), "left_out_words": words.term("left_out", reason), "rows_left_out": count,
                "first_rows": "; ".join(example_words(words, one) for one in dropped.examples[(source, reason)]),
            }
            for (source, reason), count in left
        ]
    )  # fmt: skip
    columns = {"source": "text", "left_out_words": "text", "rows_left_out": "integer", "first_rows": "text"}
    table = make_table(words, words("field_data.dropped_table"), lost, columns, "left_out")  # type: ignore[arg-type]
    return [*blocks, table if len(lost) <= MOST_OPEN else folded(words, table)]


MOST_OPEN = 12  # longer lists are shown on demand


def note_words(words: Words, note: str) -> str:
    """Write the sentence of a note; one without a sentence is told by its key."""
    key = f"field_data.note_{note}"
    return words(key) if key in words.texts else f"{note.replace('_', ' ').capitalize()}."


def example_words(words: Words, example: Example) -> str:
    """Write where a row was left out and what stood there."""
    found = cleared(f"{example.column} {example.found}".strip() if example.column else example.found)
    if not found:
        return words("field_data.first_line", row=example.row)
    return words("field_data.first_found", row=example.row, found=found)
