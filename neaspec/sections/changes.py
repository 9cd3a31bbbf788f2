"""Changes between two dates: what became known, what changed, what ended."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from neaspec.blocks import Block, Columns, Heading, Notice, Page, Tab, Table, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.sections.change_words import count_name, dated, figure
from neaspec.sections.changes_editions import NEWEST, compared_page
from neaspec.sections.changes_ranked import RankedChanges, change_blocks, ranked_changes
from neaspec.sections.common import compose, make_table, rows_of
from neaspec.text import Words, is_empty

NEWS = ("changes_new", "changes_claims")
DATED_TABLES = ("project_periods",)  # what they say holds dates of the form 2021-09; addresses may hold such dates, too
NOW = NEWEST  # the date the whole app is set to, and the tables it reads


@dataclass(frozen=True)
class ChangesChoices:
    """What is compared: two dates, or two editions of the tables where from_edition is given.

    Dates are SOMs by key; None = the last SOM before the other end, or the date the app is set to. Editions are
    numbers; to_edition "now" or None = the tables that the page reads.
    """

    from_meeting_id: str | None = None
    to_meeting_id: str | None = None
    from_edition: str | None = None
    to_edition: str | None = None


@dataclass(frozen=True)
class Span:
    """Two dates with the names readers know them by; `ask` answers as known at the later one."""

    ask: Ask
    known_from: date
    from_name: str
    to_name: str


def span_of(ask: Ask, words: Words, choices: ChangesChoices) -> Span | None:
    """Work out the two dates; None if there is no earlier SOM to compare with."""
    soms = ask("soms")
    held = {
        row.meeting_id: (words("changes.som", number=int(row.number)), pd.Timestamp(row.held_on).date())
        for row in rows_of(soms)
    }
    to_name, to_date = words("changes.today"), ask.as_known_on
    if choices.to_meeting_id in held:
        to_name, to_date = held[choices.to_meeting_id]
    elif to_date is not None:
        to_name = next((name for name, day in held.values() if day == to_date), words.date(to_date))
    later = ask.on(to_date)
    earlier = [(name, day) for name, day in held.values() if to_date is None or day < to_date]
    if choices.from_meeting_id in held:
        name, day = held[choices.from_meeting_id]
        return Span(later, day, name, to_name) if to_date is None or day < to_date else None
    return Span(later, earlier[0][1], earlier[0][0], to_name) if earlier else None


def page(ask: Ask, words: Words, choices: ChangesChoices) -> Page:
    """Make the page of changes."""
    if choices.from_edition is not None:
        return compared_page(ask, words, choices.from_edition, choices.to_edition or NOW)
    span = span_of(ask, words, choices)
    title = words("changes.title")
    if span is None:
        why = "changes.nothing_before" if choices.from_meeting_id is None else "changes.wrong_order"
        blocks: list[Block] = [Notice(text=words(why), kind="empty")]
        return compose(ask, "changes", title, words("changes.lead_none"), blocks)
    ranked = ranked_changes(span.ask, words, span.known_from)
    matters: list[Block] = change_blocks(words, ranked) or [Notice(text=words("changes.none_matter"), kind="empty")]
    lead = lead_words(words, span, ranked)
    return compose(span.ask, "changes", title, lead, [*matters, *change_tabs(words, span)])


def lead_words(words: Words, span: Span, ranked: RankedChanges) -> str:
    """Say how many facts changed that matter, and whether all of them are shown."""
    key = "changes.lead_since" if span.ask.as_known_on is None else "changes.lead"
    sentence = words(key, start=span.from_name, end=span.to_name, count=ranked.total)
    more = words("changes.lead_shown", shown=ranked.shown) if ranked.shown < ranked.total else ""
    return words.sentences(sentence, more)


def change_tabs(words: Words, span: Span) -> list[Block]:
    """Make the tabs: every change in tables, records newly found, and those of documents without a date."""
    added = span.ask("changes_added", known_from=span.known_from)
    counts = span.ask("changes_counts", known_from=span.known_from)
    stated = stated_between(span)
    ended, known_only = stated["is_ended"].astype(bool), stated["is_known_only"].astype(bool)
    is_dated = added["is_dated"].astype(bool)
    every: list[Block] = [
        *count_changes(words, counts)[1:],  # under the name of the tab
        *stated_changes(words, stated[~ended & ~known_only], "changes.stated"),
        *stated_changes(words, stated[~ended & known_only], "changes.became_known"),
        *stated_changes(words, stated[ended], "changes.withdrawn"),
    ]
    parts = (
        (
            "new",
            words("changes.tab_new", count=words.number(int(is_dated.sum()))),
            additions(words, added[is_dated]),
        ),
        (
            "undated",
            words("changes.tab_undated", count=words.number(int((~is_dated).sum()))),
            undated(words, added[~is_dated]),
        ),
        ("every", words("changes.tab_every"), every),
    )
    tabs = tuple(Tab(key=key, title=name, blocks=tuple(blocks)) for key, name, blocks in parts if blocks)
    return [Tabs(tabs=tabs)] if tabs else []


def stated_between(span: Span) -> pd.DataFrame:
    """Return what came about, then statuses and designations, then periods, amounts and products of projects."""
    names = (*NEWS, "changes_stated", "changes_planned")
    answers = [span.ask(name, known_from=span.known_from).assign(is_new=name in NEWS) for name in names]
    return pd.concat(answers, ignore_index=True)


def known_words(words: Words, published: object, known_on: object) -> str:
    """Write from when something is known: the date of its document, or the last day it can have been published."""
    if is_empty(published):
        return words.date(str(known_on)[:10])
    if len(str(published)) == len("2024-12-12") and str(known_on)[:10] > str(published):
        return words.date(str(known_on)[:10])  # what is told of a meeting is known from its end
    if len(str(published)) == len("2025") and str(known_on)[:4] < str(published):
        return words.date(str(known_on)[:10])  # its meeting ended before the year that the page bears
    day = words.date(str(published))
    return words("changes.by_end_of", year=day) if len(day) == 4 else day


def count_changes(words: Words, counts: pd.DataFrame) -> list[Block]:
    """Draw the current figures that changed, old beside new, and flag the large jumps."""
    blocks: list[Block] = [Heading(text=words("changes.counts"))]
    if counts.empty:
        return [*blocks, Notice(text=words("changes.no_counts"), kind="empty")]
    listed = [row for _, row in counts.iterrows()]
    rows = counts.assign(
        area_counted=[count_name(words, row) for row in listed],
        old_words=[figure(words, row, "old") for row in listed],
        new_words=[figure(words, row, "new") for row in listed],
        change_percent=(counts["change_share"] * 100).round(),
        jump_words=[words("changes.jump") if jump else "" for jump in counts["is_jump"]],
    )
    columns: Columns = {
        "species_name": "text",
        "area_counted": "text",
        "old_words": "text",
        "new_words": "text",
        "change_percent": "percent",
        "jump_words": "text",
        "old_document_id": "documents",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("changes.counts_table"), rows, columns, "changed_counts")
    jumps = int(rows["is_jump"].sum())
    notes: list[Block] = []
    if jumps:
        notes.append(
            Notice(
                text=words("changes.jump_only" if len(rows) == 1 else "changes.jumps", count=jumps, total=len(rows)),
                kind="caution",
            )
        )
    return [*blocks, *notes, Text(text=words("changes.counts_note"), style="note"), table]


def stated_changes(words: Words, stated: pd.DataFrame, key: str) -> list[Block]:
    """List statuses, protection, periods, amounts and products that changed, that became known, or that ended."""
    blocks: list[Block] = [Heading(text=words(key))]
    if key == "changes.became_known":
        blocks.append(Text(text=words("changes.became_known_note"), style="note"))
    if stated.empty:
        return [*blocks, Notice(text=words(f"{key}_none"), kind="empty")]
    rows = stated.assign(
        subject_words=[words(f"changes.subject_{subject}") for subject in stated["subject"]],
        old_said=[dated(words, sentence) for sentence in stated["old_said"].fillna(words("changes.nothing_known"))],
        new_said=[dated(words, sentence) for sentence in stated["new_said"]],
    )
    columns: Columns = {
        "subject_words": "text",
        "about": "text",
        "what": "text",
        "old_said": "text",
        "new_said": "text",
        "old_document_id": "documents",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return [*blocks, make_table(words, words(f"{key}_table"), rows, columns, key.partition(".")[2])]


def additions(words: Words, added: pd.DataFrame) -> list[Block]:
    """List the records of documents dated between the two dates."""
    return [added_table(words, added, "added")] if len(added) else []


def undated(words: Words, added: pd.DataFrame) -> list[Block]:
    """List apart what pages without a date state: it is known from the day it was read, and may be far older."""
    if added.empty:
        return []
    return [Text(text=words("changes.undated_note"), style="note"), added_table(words, added, "undated")]


def added_table(words: Words, added: pd.DataFrame, name: str) -> Table:
    """Make the table of statements that became known."""
    rows = added.assign(
        table_words=[words.term("table_name", table) for table in added["table_name"]],
        said=[
            dated(words, row.said) if row.table_name in DATED_TABLES and not is_empty(row.said) else row.said
            for row in rows_of(added)
        ],
        known_words=[known_words(words, row.published_date, row.known_on) for row in rows_of(added)],
    )
    columns: Columns = {
        "table_words": "text",
        "about": "text",
        "said": "text",
        "known_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return make_table(words, words(f"changes.{name}_table"), rows, columns, name)
