"""One issue: what is asked in a faithful short form, what is on record of it, and what can be drawn on to respond."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Details, Entry, Heading, Item, Notice, PageLink, Panel, Tab, Tabs, Text, walk
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in
from neaspec.sections.contradictions import contradiction_entries
from neaspec.sections.elements import elements
from neaspec.sections.issues.listing import issue_title
from neaspec.sections.issues.parts import evidence_blocks, evidence_links, of_issue, trail
from neaspec.sections.issues.standing import sign_of, signed_words, som_names, standing_words
from neaspec.text import Words, is_empty

PAPER_FORMS = ("docx", "pdf")


def issue_item(ask: Ask, words: Words, row: Any, som: str, delegation_code: str | None, is_own: bool) -> Item:
    """Make the line of an issue in the list, and what is shown when it is selected."""
    mark = words("common.concerns_you") if is_own else ""
    return Item(
        id=row.issue_id,
        title=issue_title(words, row.ask_kind, row.subject),
        line=words.listed((line_words(words, row), mark), "dot"),
        sign=sign_of(row),
        blocks=(facts_of(ask, words, row, som, delegation_code), parts_of(ask, words, row, delegation_code)),
    )


def line_words(words: Words, row: Any) -> str:
    """Say how an issue stands below its name; of silence its sign alone tells."""
    if row.standing == "passed":
        return words("issues.requested", date=words.date(row.due_date))
    return "" if row.standing == "none" else standing_words(words, row)


def facts_of(ask: Ask, words: Words, row: Any, som: str, delegation_code: str | None) -> Panel:
    """Tell what is asked, in which paragraph, of whom and until when, and what is on record since."""
    place = som if is_empty(row.paragraph) else words("issues.in_paragraph", meeting=som, paragraph=row.paragraph)
    facts = [(words("issues.state"), signed_words(words, row))]
    if not is_empty(row.state_what):
        day = "" if is_empty(row.state_date) else words.date(str(row.state_date))
        label = words("issues.on_record_on", date=day) if day else words("issues.on_record")
        facts.append((label, row.state_what))
    facts += before_and_after(ask, words, row.issue_id)
    if not is_empty(row.addressee):
        facts.append((words("issues.addressee"), str(row.addressee)))
    if not is_empty(row.due_date):
        due = words.date(row.due_date)
        stated = due if is_empty(row.due_title) else words("issues.due_by", date=due, title=row.due_title)
        facts.append((words("issues.due"), stated))
    if not row.is_nature_conservation:
        facts.append((words("issues.programme"), words("issues.all_areas")))
    return Panel(
        title=issue_title(words, row.ask_kind, row.subject),
        kind=place,
        text=row.asked,
        facts=tuple(facts),
        place=str(row.locator),
        document_ids=keys_in([row.document_ids]),
        caveat_ids=keys_in([row.caveat_ids]),
        links=paper_links(words, row.issue_id, delegation_code),
    )


def before_and_after(ask: Ask, words: Words, issue_id: str) -> list[tuple[str, str]]:
    """Name the meetings at which the same was asked before or again."""
    soms = som_names(ask, words)
    steps = of_issue(ask("issues_trail", issue_id=None), "of_issue_id", issue_id)
    facts = []
    for step in ("earlier_ask", "later_ask"):
        at = steps[steps["step"] == step]
        named = dict.fromkeys(
            words("issues.meeting_year", meeting=soms.get(meeting_id, meeting), year=str(date)[:4])
            for meeting_id, meeting, date in zip(at["meeting_id"], at["meeting_name"], at["date"], strict=True)
        )
        if named:
            facts.append((words(f"issues.asked_{step}"), words.listed(named)))
    return facts


def paper_links(words: Words, issue_id: str, delegation_code: str | None) -> tuple[PageLink, ...]:
    """Link to the paper on an issue as files, for the State the reader is here for."""
    about = {"kind": "issue", "issue_id": issue_id} | ({"country_code": delegation_code} if delegation_code else {})
    return tuple(
        PageLink(text=words(f"issues.paper_{form}"), page="briefs", choices=about, form=form) for form in PAPER_FORMS
    )


def parts_of(ask: Ask, words: Words, row: Any, delegation_code: str | None) -> Tabs:
    """Give elements for a response, the history and the evidence of an issue, one of them at a time."""
    evidence = of_issue(ask("evidence_of", from_table="issues", from_id=None), "from_id", row.issue_id)
    parts = {
        "elements": in_folds(words, elements(ask, words, row.issue_id, delegation_code)),
        "trail": without_heading(trail(ask, words, row.issue_id)),
        "evidence": (*evidence_of(words, evidence), *differences(ask, words, row, evidence)),
    }
    titles = {key: words(f"issues.part_{key}") for key in parts}
    if delegation_code:
        names = dict(ask("member_states")[["country_code", "name"]].itertuples(index=False, name=None))
        titles["elements"] = words("issues.part_elements_of", state=names[delegation_code])
    return Tabs(
        name="part",
        tabs=tuple(Tab(key=key, title=titles[key], blocks=blocks) for key, blocks in parts.items()),
    )


def in_folds(words: Words, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Put what stands under each heading behind it, with the number of its entries; notices stay in sight."""
    folds: list[tuple[str, list[Block]]] = []
    notices: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            folds.append((block.text, []))
        elif isinstance(block, Notice) or not folds:
            notices.append(block)
        else:
            folds[-1][1].append(replace(block, links=()) if isinstance(block, Entry) else block)
    lines = [
        Details(title=words("common.folded", title=title, count=entries_in(inside)), blocks=tuple(inside))
        for title, inside in folds
    ]
    return (*notices[:1], *lines, *notices[1:])


def entries_in(blocks: Iterable[Block]) -> int:
    """Count the entries and sentences of a part, those folded away included; a note is none."""
    return sum(
        isinstance(block, Entry) or (isinstance(block, Text) and block.style != "note") for block in walk(tuple(blocks))
    )


def without_heading(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Leave out the heading that the name of a tab says already."""
    return tuple(block for block in blocks if not isinstance(block, Heading))


def evidence_of(words: Words, evidence: pd.DataFrame) -> list[Block]:
    """Tell what is linked to an issue, with the pages of its species, sites and projects."""
    links = evidence_links(evidence)
    about: list[Block] = [Entry(title=words("issues.about"), links=links)] if links else []
    return [*about, *evidence_blocks(words, evidence)]


def differences(ask: Ask, words: Words, row: Any, evidence: pd.DataFrame) -> list[Block]:
    """Show where documents differ on what an issue is about."""
    subjects = {
        (str(table), str(key)) for table, key in zip(evidence["subject_table"], evidence["subject_id"], strict=True)
    }
    subjects.add(("issues", row.issue_id))
    if row.ask_kind == "hosting":  # who hosts has nothing to do with the figures of a whole project
        subjects = {subject for subject in subjects if subject[0] != "projects"}
    entries = contradiction_entries(ask, words, subjects)
    if not entries:
        return []
    return [Details(title=words("issues.contradictions", count=len(entries)), blocks=tuple(entries))]
