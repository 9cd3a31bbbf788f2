"""Parts of what is told of one issue: evidence, options, what came before and after."""

from typing import Any

import pandas as pd

from neaspec.blocks import Block, Columns, Entry, Heading, Notice, PageLink
from neaspec.data.queries import Ask
from neaspec.sections.common import joined_keys, keys_in, make_table, rows_of
from neaspec.sections.species.page import category_words
from neaspec.text import Words

# Tables whose rows have a page of their own, with the choice that opens it.
PAGES_OF = {"species": ("species", "species"), "sites": ("sites", "site"), "projects": ("projects", "project")}


def of_issue(rows: pd.DataFrame, column: str, issue_id: str) -> pd.DataFrame:
    """Keep the rows of one ask; all asks are answered by one question, because nineteen take nineteen times as long."""
    return rows[rows[column] == issue_id]


def evidence_links(evidence: pd.DataFrame) -> tuple[PageLink, ...]:
    """Link to the pages of the species, sites and projects an ask is about."""
    return tuple(
        PageLink(
            text=thing.name,
            page=PAGES_OF[thing.subject_table][0],
            choices={PAGES_OF[thing.subject_table][1]: thing.subject_id},
        )
        for thing in rows_of(evidence)
        if thing.subject_table in PAGES_OF
    )


def evidence_blocks(words: Words, evidence: pd.DataFrame) -> list[Block]:
    """Tell what the dashboard links to the ask, each thing once with the reason and all its documents."""
    if evidence.empty:
        return [Notice(text=words("issues.no_evidence"), kind="empty")]
    rows = (
        evidence.assign(
            kind_words=[words.term("thing", table) for table in evidence["subject_table"]],
            name=[thing_name(words, thing.subject_table, thing.name) for thing in rows_of(evidence)],
        )
        .groupby(["kind_words", "name"], sort=False)
        .agg(
            why=("why", lambda reasons: " ".join(dict.fromkeys(reasons))),
            document_ids=("document_id", lambda keys: joined_keys(keys)),
            caveat_ids=("caveat_ids", lambda keys: joined_keys(keys)),
        )
        .reset_index()
    )
    columns: Columns = {
        "kind_words": "text",
        "name": "text",
        "why": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    return [make_table(words, words("issues.evidence"), rows, columns, "evidence")]


def thing_name(words: Words, table: str, name: str) -> str:
    """Write the name of a linked thing; dates and categories in words."""
    if table == "project_periods":
        start, _, end = name.partition(" to ")
        return words.period(start, end or start)
    if table == "statuses":
        species, scheme, category = name.split("; ", maxsplit=2)
        return f"{species}, {words.term('scheme', scheme)}: {category_words(words, scheme, category)}"
    return name


def told_status(step: Any) -> object:
    """Give the status of a step of the history in the same word as that of the request."""
    is_unsure = step.status == "done" and "not_confirmed" in keys_in([step.caveat_ids])
    return "done_unconfirmed" if is_unsure else step.status


def trail(ask: Ask, words: Words, issue_id: str) -> list[Block]:
    """Tell what was asked before, what followed, and what was asked again."""
    steps = of_issue(ask("issues_trail", issue_id=None), "of_issue_id", issue_id)
    entries: list[Block] = [Heading(text=words("issues.trail"), level=3)]
    if steps.empty:
        return [*entries, Notice(text=words("issues.nothing_followed"), kind="empty")]
    for step in rows_of(steps):
        date = "" if pd.isna(step.date) else words.date(step.date)
        if not pd.isna(step.meeting_name):  # an ask belongs to its meeting and to no single day of it
            held = words.period(step.date_from, step.date)
            date = words("issues.at_meeting", meeting=step.meeting_name, date=held)
        tags = (words(f"issues.step_{step.step}"), words.term("status", told_status(step)))
        entries.append(
            Entry(
                title=date or words("issues.no_date"),
                text=step.what,
                tags=tuple(tag for tag in tags if tag),
                document_ids=(step.document_id,),
                caveat_ids=keys_in([step.caveat_ids]),
            )
        )
    return entries
