"""Differences between documents side by side: document A, document B, treated here as, why; significant first."""

from typing import Any

from neaspec.blocks import Columns, Table
from neaspec.data.contradictions import side_by_side
from neaspec.data.queries import Ask
from neaspec.sections.common import joined_keys, keys_in, make_table, rows_of
from neaspec.sections.contradictions import document_name, with_dates
from neaspec.text import Words, is_empty

COLUMNS: Columns = {
    "subject": "text",
    "statement_a": "text",
    "statement_b": "text",
    "treated_as": "text",
    "why_so": "text",
    "document_ids": "documents",
}


def difference_table(ask: Ask, words: Words, is_significant: bool | None = None) -> Table:
    """Make the table of differences; is_significant = only those that are, or only those that are not."""
    rows = side_by_side(ask)
    if is_significant is not None:
        rows = rows[rows["is_significant"].astype(bool) == is_significant]
    keys = sorted(keys_in([*rows["document_id_a"], *rows["document_id_b"]]))
    named = ask("documents_named", document_ids=keys)
    names = {row["document_id"]: document_name(row, words) for row in named.to_dict("records")}
    stated = rows.assign(
        statement_a=[statement(words, names, row.document_id_a, row.place_a, row.said_a) for row in rows_of(rows)],
        statement_b=[statement(words, names, row.document_id_b, row.place_b, row.said_b) for row in rows_of(rows)],
        treated_as=[words("contradictions.no_reading") if is_empty(text) else text for text in rows["treated_as"]],
        why_so=["" if is_empty(text) else text for text in rows["why"]],
        document_ids=[
            joined_keys([row.document_id_a, row.document_id_b, row.further_document_ids]) for row in rows_of(rows)
        ],
    )
    title = words("contradictions.side_by_side", count=len(stated))
    return make_table(words, title, stated.reset_index(drop=True), COLUMNS, "differences")


def statement(words: Words, names: dict[str, str], document_id: Any, place: Any, said: Any) -> str:
    """Write what one document says under its name; of what was seen by eye the name alone."""
    if is_empty(document_id):
        return "" if is_empty(said) else with_dates(said, words)
    name = names.get(document_id, "")
    if is_empty(said):
        return name
    says = words("contradictions.says", document=name, place=place)
    return words("contradictions.statement", says=says, said=with_dates(said, words))
