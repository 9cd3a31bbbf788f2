"""Claims drawn at random from all pages, choices and SOMs, for somebody to hold against the five NEASPEC documents.

    .venv/bin/python -m tests.draw_claims --seed 1 --count 60 > claims.txt

Each draw takes a page, then a view of it (choices and meeting), then one claim of that view that cites one of the five
documents: so a page of a thousand rows is not read a hundred times. The same data and seed give the same claims.
"""

import argparse
import random
from collections.abc import Iterator

from neaspec.blocks import Entry, Metric, Page, Table, Text, walk
from neaspec.data.database import database_path, open_database
from neaspec.data.queries import Ask
from neaspec.sections import section
from neaspec.text import load_words
from tests.support.as_known import PAPERS, cell, choices_of_all_pages


def claims_of(page: Page) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give (what a reader sees, documents cited) of each claim of a page."""
    for block in walk(page.blocks):
        if isinstance(block, Table):
            yield from claims_of_table(block)
        elif isinstance(block, Entry):
            facts = " / ".join(f"{label}: {value}" for label, value in block.facts)
            parts = (block.title, ", ".join(block.tags), block.text, facts)
            yield " // ".join(part for part in parts if part), block.document_ids
        elif isinstance(block, Metric):
            parts = (f"{block.label}: {block.value}", block.unit, block.counted, block.period, block.status)
            yield " ".join(part for part in parts if part), block.document_ids
        elif isinstance(block, Text) and block.document_ids:
            yield block.text, block.document_ids


def claims_of_table(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the rows of a table with the documents they cite."""
    cited = [column.name for column in table.columns if column.kind == "documents"]
    shown = [column for column in table.columns if column.kind not in ("documents", "caveats", "link")]
    for row in table.rows.to_dict("records"):
        said = " / ".join(f"{column.label}: {text}" for column in shown if (text := cell(row[column.name])))
        yield f"{table.title} // {said}", tuple(key for name in cited for key in cell(row[name]).split())


def main() -> None:
    """Draw claims and print them, one a paragraph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=60)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    today = Ask(open_database(database_path()), None, "drawn")
    days = {row.meeting_id: row.held_on.date() for row in today("soms").itertuples() if row.number >= 24}
    asks = {"": today} | {meeting: Ask(today.connection, day, "drawn") for meeting, day in days.items()}
    views: dict[str, list[tuple[str, object]]] = {}
    for meeting, ask in asks.items():
        for name, choices in choices_of_all_pages(ask):
            views.setdefault(name, []).append((meeting, choices))
    drawn: set[str] = set()
    while len(drawn) < given.count:
        name = chance.choice(sorted(views))
        meeting, choices = chance.choice(views[name])
        page = section(name).page(asks[meeting], load_words("en"), choices)
        claims = [claim for claim in claims_of(page) if set(claim[1]) & set(PAPERS)]
        if not claims:
            continue
        said, cited = chance.choice(claims)
        if said in drawn:
            continue
        drawn.add(said)
        print(f"{len(drawn)}. {name} {choices} as of {meeting or 'today'}\n   {said}\n   cites: {' '.join(cited)}\n")


if __name__ == "__main__":
    main()
