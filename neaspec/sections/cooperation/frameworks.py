"""Conventions, plans and programmes against the work they are linked to."""

import pandas as pd

from neaspec.blocks import Block, Columns, Notice, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import folded, joined_keys, make_table, rows_of
from neaspec.text import Words

# Columns of the matrix: what a link is to.
WORK = {
    "programme_work": ("strategy", "programme"),
    "project_work": ("project", "proposal"),
    "species_work": ("species",),
    "site_work": ("site",),
    "meeting_work": ("meeting", "event", "recommendation", "partner"),
}


def framework_blocks(ask: Ask, words: Words) -> list[Block]:
    """Show which work is linked to which convention, plan or programme; interpretations are marked as such."""
    rows = ask("framework_links_stated")
    if rows.empty:
        return [Notice(text=words("cooperation.no_frameworks"), kind="empty")]
    lines = [line_of(words, str(name), group) for name, group in rows.groupby("framework_name", sort=True)]
    columns: Columns = {
        "framework_name": "text",
        **dict.fromkeys(WORK, "text"),
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    matrix = make_table(
        words, words("cooperation.frameworks_title"), pd.DataFrame(lines), columns, "frameworks_by_work"
    )
    return [matrix, folded(words, every_link(words, rows))]


def line_of(words: Words, name: str, group: pd.DataFrame) -> dict[str, str]:
    """Return one row of the matrix: a framework, and the work it is linked to by kind."""
    line = {"framework_name": name}
    for column, kinds in WORK.items():
        named = dict.fromkeys(
            row.linked_name
            if row.basis == "stated"
            else words.bracketed(row.linked_name, words("cooperation.interpreted"))
            for row in rows_of(group[group["linked_kind"].isin(kinds)])
        )
        line[column] = words.listed(named, "semicolon")
    return line | {
        "document_ids": joined_keys(group["document_id"]),
        "caveat_ids": joined_keys(group["caveat_ids"]),
    }


def every_link(words: Words, rows: pd.DataFrame) -> Table:
    """List the links one by one, with what each is about."""
    rows = rows.assign(
        basis_words=[words.term("basis", basis) for basis in rows["basis"]],
        linked_words=[words.term("linked_kind", kind) for kind in rows["linked_kind"]],
    )
    columns: Columns = {
        "framework_name": "text",
        "element": "text",
        "linked_words": "text",
        "linked_name": "text",
        "what": "text",
        "basis_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return make_table(words, words("cooperation.frameworks_table"), rows, columns, "framework_links")
