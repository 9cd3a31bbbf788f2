"""The issues of a meeting as a short table: each opens its elements for a response."""

import pandas as pd

from neaspec.blocks import Columns, PageLink, Table, link_cell
from neaspec.sections.common import make_table, rows_of
from neaspec.sections.issues.standing import signed_words
from neaspec.text import Words


def issue_title(words: Words, kind: str, subject: str) -> str:
    """Name an issue by its kind and its subject."""
    return words("issues.titled", kind=words.term("ask_kind", kind), subject=subject)


def issue_link(words: Words, row: object) -> PageLink:
    """Link to one issue on the page of its meeting."""
    title = issue_title(words, row.ask_kind, row.subject)  # type: ignore[attr-defined]
    choices = {"meeting": row.meeting_id, "issue": row.issue_id}  # type: ignore[attr-defined]
    return PageLink(text=title, page="issues", choices=choices)


def issue_table(words: Words, title: str, issues: pd.DataFrame) -> Table:
    """List issues with how they stand."""
    rows = issues.assign(
        issue_link=[link_cell(issue_link(words, row)) for row in rows_of(issues)],
        issue_standing=[signed_words(words, row) for row in rows_of(issues)],
    )
    columns: Columns = {
        "issue_link": "link",
        "issue_standing": "text",
    }
    return make_table(words, title, rows, columns, "issues")
