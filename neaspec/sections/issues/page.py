"""The page of issues for consideration: one meeting, its issues and how they stand, one of them in full."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Linked, Notice, Page, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, rows_of
from neaspec.sections.issues.detail import issue_item
from neaspec.sections.issues.standing import all_issues, answer, newest_meeting, som_names
from neaspec.text import Words


@dataclass(frozen=True)
class IssuesChoices:
    """What the reader chose: a meeting (None = the newest with issues), a kind, how issues stand; and who reads."""

    meeting_id: str | None = None
    ask_kind: str | None = None
    standing: str | None = None
    delegation_code: str | None = None


def page(ask: Ask, words: Words, choices: IssuesChoices) -> Page:
    """Make the page of issues for consideration."""
    issues = all_issues(ask)
    meeting_id = choices.meeting_id or newest_meeting(issues)
    of_meeting = issues[issues["meeting_id"] == meeting_id]
    if of_meeting.empty:
        nothing: list[Block] = [Notice(text=words("issues.none"), kind="empty")]
        return compose(ask, "issues", words("issues.title"), words("issues.lead_none"), nothing)
    som = som_names(ask, words).get(str(meeting_id), of_meeting["meeting_name"].iloc[0])
    shown = chosen_of(of_meeting, choices)
    return compose(
        ask, "issues", words("issues.title"), lead(words, of_meeting, som), blocks_of(ask, words, shown, som, choices)
    )


def lead(words: Words, of_meeting: pd.DataFrame, som: str) -> str:
    """Say how the issues put to a meeting stand; where it has items of an agenda alone, how many."""
    put = of_meeting[~of_meeting["is_agenda_item"].astype(bool)]
    if put.empty:
        return words("issues.answer_items", meeting=som, items=len(of_meeting))
    return answer(words, put, som)


def chosen_of(issues: pd.DataFrame, choices: IssuesChoices) -> pd.DataFrame:
    """Keep the issues of the kind and the standing that are chosen."""
    if choices.ask_kind:
        issues = issues[issues["ask_kind"] == choices.ask_kind]
    if choices.standing:
        issues = issues[issues["standing"].replace("passed", "none") == choices.standing]
    return issues


def blocks_of(ask: Ask, words: Words, issues: pd.DataFrame, som: str, choices: IssuesChoices) -> list[Block]:
    """List the issues, the chosen one beside them in full."""
    if issues.empty:
        return [Notice(text=words("issues.none"), kind="empty")]
    own = set(all_issues(ask, choices.delegation_code)["issue_id"]) if choices.delegation_code else set()
    items = tuple(
        issue_item(ask, words, row, som, choices.delegation_code, row.issue_id in own) for row in rows_of(issues)
    )
    notes: list[Block] = []
    if issues["is_agenda_item"].astype(bool).any():
        notes.append(Text(text=words("issues.items_note"), style="note"))
    listed = Linked(
        name="issue",
        title=som,
        items=items,
        weights=(1.0, 2.1),
        first=items[0].id,
    )
    return [listed, *notes]
