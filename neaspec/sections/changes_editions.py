"""Changes between two editions of the tables: the rows that were added, changed and removed, in words."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from neaspec.blocks import Block, Columns, Heading, Notice, Page, Text
from neaspec.data.editions import ARCHIVE, differences, package_of
from neaspec.data.queries import Ask
from neaspec.edition import current_edition
from neaspec.errors import TextError
from neaspec.sections.common import compose, make_table, rows_of
from neaspec.sections.edition_words import edition_name
from neaspec.text import Words, is_empty

NEWEST = "now"  # in the address: the tables that the whole page reads
KINDS = ("added", "changed", "removed")
EVERYTHING = date(1, 1, 1)  # all statements became known after it
SAID = ("about", "said", "document_id", "locator", "caveat_ids")


@dataclass(frozen=True)
class Side:
    """One of the two editions: its name, what it says, the number of its package (empty for what the page reads)."""

    name: str
    ask: Ask
    number: str


def compared_page(ask: Ask, words: Words, from_edition: str, to_edition: str) -> Page:
    """Make the page of changes between two editions.

    Raises:
        AddressError: if one of them cannot be opened.
    """
    before, after = side(ask, words, from_edition), side(ask, words, to_edition)
    differing = differences(package_of(before.number), package_of(after.number))
    counted = {kind: int((differing["change"] == kind).sum()) for kind in KINDS}
    lead = words("changes.editions_lead", start=before.name, end=after.name, **counted)
    said = {"before": sentences(before.ask), "after": sentences(after.ask)}
    blocks: list[Block] = [Text(text=words("changes.editions_note"), style="note")]
    if differing.empty:
        blocks = [Notice(text=words("changes.editions_equal"), kind="empty")]
    for kind in KINDS:
        rows = differing[differing["change"] == kind]
        if len(rows):
            blocks.append(Heading(text=words(f"changes.editions_{kind}", count=words.number(len(rows)))))
            blocks.append(
                make_table(
                    words, words(f"changes.editions_{kind}_table"), in_words(words, rows, said), COLUMNS[kind], kind
                )
            )
    page = compose(after.ask.today(), "changes", words("changes.title"), lead, blocks)
    return with_sources_of(page, before.ask.today(), blocks)


CITED: Columns = {"document_id": "documents", "locator": "text", "caveat_ids": "caveats"}
COLUMNS: dict[str, Columns] = {
    "added": {"table_words": "text", "about": "text", "new_said": "text", **CITED},
    "changed": {"table_words": "text", "about": "text", "old_said": "text", "new_said": "text", **CITED},
    "removed": {"table_words": "text", "about": "text", "old_said": "text", **CITED},
}


def side(ask: Ask, words: Words, asked: str) -> Side:
    """Return one of the two editions that are compared."""
    number = current_edition() if asked == NEWEST else asked
    name = edition_name(words, ARCHIVE.edition(number)) if number else words("changes.editions_newest")
    return Side(name, ask.today() if asked == NEWEST else ARCHIVE.ask(number), number)


def sentences(ask: Ask) -> pd.DataFrame:
    """Return what each row that is a statement says, by table and key."""
    rows = ask.today()("changes_added", known_from=EVERYTHING)
    return rows.set_index(["table_name", "statement_id"])[list(SAID)]


def in_words(words: Words, differing: pd.DataFrame, said: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return rows that differ with what they say before and after; where that is the same, the cells that differ."""
    lines = []
    for row in rows_of(differing):
        old, new = (of_row(said[when], row) for when in ("before", "after"))
        known = new or old
        old_said, new_said = (old or {}).get("said", ""), (new or {}).get("said", "")
        if row.change == "changed" and old_said == new_said:
            old_said, new_said = (cells(words, row.cells, place) for place in (2, 3))
        lines.append(
            {
                "table_words": words.term("table_name", row.table_name),
                "about": known.get("about") or row.row_name,
                "old_said": old_said or ("" if row.change == "added" else row.row_name),
                "new_said": new_said or ("" if row.change == "removed" else row.row_name),
                "document_id": known.get("document_id") or (row.row_id if row.table_name == "documents" else ""),
                "locator": known.get("locator", ""),
                "caveat_ids": known.get("caveat_ids", ""),
            }
        )
    return pd.DataFrame(lines)


def of_row(said: pd.DataFrame, row: object) -> dict[str, str]:
    """Return what a row says; nothing where it is no statement, or not there."""
    key = (row.table_name, row.row_id)  # type: ignore[attr-defined]
    if key not in said.index:
        return {}
    return {name: "" if is_empty(value) else str(value) for name, value in said.loc[key].items()}


def cells(words: Words, differing: tuple[tuple[str, str, str, str], ...], place: int) -> str:
    """Write the cells that differ, each with the title of its column; those before, or those after."""
    return words.listed(
        (words.labelled(cell[1], cell_words(words, cell[0], cell[place])) for cell in differing), "semicolon"
    )


def cell_words(words: Words, column: str, text: str) -> str:
    """Write a cell: an allowed value in words, an empty one as not stated."""
    if not text:
        return words("changes.cell_empty")
    try:
        term = words.term(column, text)
    except TextError:
        return text
    return term if any(letter.isalpha() for letter in term) else text


def with_sources_of(page: Page, earlier: Ask, blocks: list[Block]) -> Page:
    """Add the sources of rows that were removed: the later tables may not have their documents any more."""
    cited = compose(earlier, page.name, page.title, page.lead, blocks)
    missing = cited.sources[~cited.sources["document_id"].isin(page.sources["document_id"])]
    if missing.empty:
        return page
    first = len(page.sources) + 1
    numbers = dict(zip(missing["document_id"], range(first, first + len(missing)), strict=True))
    missing = missing.assign(number=missing["document_id"].map(numbers))
    return replace(page, marks={**page.marks, **numbers}, sources=pd.concat([page.sources, missing], ignore_index=True))
