"""What is doubtful in dropped files: how many of what, the first of them, what it did, and what the holder can do."""

import pandas as pd

from neaspec.blocks import Block, Heading, Notice, Text
from neaspec.crossings.doubts.kinds import EFFECTS, KINDS, WITHHOLDING
from neaspec.crossings.model.records import DOUBT_CODES, DoubtfulRows
from neaspec.crossings.privacy.redact import redact
from neaspec.sections.common import make_table
from neaspec.sections.field_data.report import examples_words
from neaspec.text import Words

COLUMNS = dict.fromkeys(("doubt_words", "source", "doubt_count", "first_rows", "doubt_effect", "doubt_do"), "text") | {
    "doubt_count": "integer"
}


def doubt_blocks(words: Words, doubts: DoubtfulRows) -> list[Block]:
    """Show doubts, those that keep a crossing from being confirmed first; each kind and file is a row."""
    heading = Heading(text=words("doubts.heading"))
    if not doubts.counts:
        return [heading, Text(text=words("doubts.none"))]
    order = sorted(
        doubts.counts.items(),
        key=lambda item: (EFFECTS.index(KINDS[item[0][1]]), DOUBT_CODES.index(item[0][1]), item[0][0]),
    )
    rows = pd.DataFrame(
        [
            {
                "doubt_words": words(f"doubts.name_{code}"),
                "source": redact(source) or words("doubts.all_files"),
                "doubt_count": count,
                "first_rows": examples_words(words, doubts.examples[source, code]),
                "doubt_effect": words(f"doubts.effect_{KINDS[code]}"),
                "doubt_do": f"{words(f'doubts.why_{code}')} {words(f'doubts.do_{code}')}",
            }
            for (source, code), count in order
        ]
    )
    table = make_table(words, words("doubts.table"), rows, COLUMNS, "doubts")  # type: ignore[arg-type]
    withheld = sum(count for (_, code), count in doubts.counts.items() if code in WITHHOLDING)
    notices = [Notice(text=words("doubts.lead", count=withheld), kind="caution")] if withheld else []
    return [heading, *notices, table]
