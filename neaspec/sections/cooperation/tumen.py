"""The Tumen estuary as a system: what acts on what, people and nature apart."""

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.text import Words

MOST_NAMES = 20  # of one diagram, so that it can be read; the data have every link


def feedback_blocks(ask: Ask, words: Words) -> list[Block]:
    """Draw causes and effects, the longest chains first; links beyond MOST_NAMES names stand in the data."""
    rows = ask("feedbacks_stated")
    if rows.empty:
        return []
    rows = rows.assign(side_words=[words.term("side", side) for side in rows["side"]])
    columns: Columns = {
        "cause": "text",
        "effect": "text",
        "mechanism": "text",
        "side_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    drawn = readable(rows)
    chart = Chart(
        title=words("cooperation.feedback_title"),
        kind="network",
        rows=drawn,
        roles={"source": "cause", "target": "effect", "label": "mechanism", "group": "side_words"},
        value_title="",
        alt=words("cooperation.feedback_alt", count=len(drawn)),
        table=make_table(words, words("cooperation.feedback_table"), rows, columns, "feedbacks"),
        counted=words("cooperation.feedback_counted"),
        document_ids=keys_in(rows["document_id"]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )
    left_out = len(rows) - len(drawn)
    note = Text(text=words("cooperation.feedback_more", count=left_out), style="note")
    return [chart, note] if left_out else [chart]


def readable(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep whole chains, those of most names first and otherwise in the order told, up to MOST_NAMES names."""
    chains: list[set[str]] = []
    for row in rows_of(rows):
        touching = [chain for chain in chains if chain & {row.cause, row.effect}]
        chains = [chain for chain in chains if chain not in touching]
        chains.append({row.cause, row.effect}.union(*touching))
    names = list(dict.fromkeys(name for row in rows_of(rows) for name in (row.cause, row.effect)))
    kept: set[str] = set()
    for chain in sorted(chains, key=lambda chain: (-len(chain), min(names.index(name) for name in chain))):
        if len(kept) + len(chain) <= MOST_NAMES:
            kept |= chain
    return rows[[row.cause in kept for row in rows_of(rows)]]
