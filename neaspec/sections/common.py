"""What all sections share: tables from answers, the numbered list of sources, the marks of caveats."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from neaspec.blocks import (
    Answer,
    Block,
    Change,
    Chart,
    Column,
    Columns,
    Details,
    Entry,
    Map,
    Metric,
    Page,
    Panel,
    Table,
    Text,
    walk,
)
from neaspec.data.queries import Ask
from neaspec.region import MEMBERS
from neaspec.text import Words, is_empty


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of an answer one by one, their cells as attributes."""
    yield from frame.itertuples(index=False)


def keys_in(values: Iterable[object]) -> tuple[str, ...]:
    """Give the distinct keys in cells that hold none, one or several separated by a space, in order."""
    cells = (str(value) for value in values if not is_empty(value))
    return tuple(dict.fromkeys(key for cell in cells for key in cell.split()))


def joined_keys(cells: Iterable[object]) -> str:
    """Return the keys of cells as one cell: each once, in their order, separated by spaces."""
    return " ".join(keys_in(cells))


def in_sentence(words: Words, code: object, name: object) -> str:
    """Name a State inside a sentence: the Russian Federation; of others as the data have it."""
    return words.terms["state_in_sentence"].get(str(code), str(name))


def short_states(ask: Ask, words: Words, codes: object) -> str:
    """Write States by their short forms, as lists and chips have them, from codes separated by a space."""
    if is_empty(codes):
        return ""
    names = {row.country_code: row.name for row in rows_of(ask("countries_named"))}
    return words.listed(
        words.term("state_short", code) if code in MEMBERS else names[code] for code in str(codes).split()
    )


def make_table(
    words: Words,
    title: str,
    rows: pd.DataFrame,
    columns: Columns,
    file_name: str,
    units: dict[str, str] | None = None,
) -> Table:
    """Make a table block; the labels of the columns come from the wording."""
    units = units or {}
    described_columns = tuple(
        Column(name=name, label=words.column(name), kind=kind, unit=units.get(name, ""))
        for name, kind in columns.items()
    )
    return Table(title=title, columns=described_columns, rows=rows[list(columns)], file_name=file_name)


def folded(words: Words, table: Table) -> Details:
    """Put a table that few readers need at once behind its title and number of rows."""
    return Details(title=words("common.folded", title=table.title, count=len(table.rows)), blocks=(table,))


def compose(ask: Ask, name: str, title: str, lead: str, blocks: Iterable[Block]) -> Page:
    """Make a page of blocks: number the documents they cite and collect the caveats they carry."""
    listed = tuple(blocks)
    documents: dict[str, None] = {}
    caveats: dict[str, None] = {}
    for block in walk(listed):
        if isinstance(block, Text | Metric | Chart | Map | Entry | Answer | Panel | Change):
            documents.update(dict.fromkeys(block.document_ids))
            caveats.update(dict.fromkeys(block.caveat_ids))
        elif isinstance(block, Table):
            for column in block.columns:
                if column.kind in ("documents", "caveats"):
                    target = documents if column.kind == "documents" else caveats
                    target.update(dict.fromkeys(keys_in(block.rows[column.name])))
    cited = ask("sources_cited", document_ids=list(documents)).copy()
    # A meeting or project can be known before the document about it: that document is no source yet.
    known = set(cited["document_id"])
    marks = {document_id: number for number, document_id in enumerate((d for d in documents if d in known), 1)}
    cited.insert(0, "number", cited["document_id"].map(marks))
    noted = ask("caveats_named", caveat_ids=list(caveats))
    return Page(
        name=name,
        title=title,
        lead=lead,
        blocks=listed,
        marks=marks,
        sources=cited.sort_values("number", ignore_index=True),
        caveats=noted,
    )
