"""Meetings on one time axis, and what each of them decided."""

from typing import Any

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Entry, Item, Linked, Panel, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.sections.documented import fact_blocks
from neaspec.text import Words, is_empty


def som_label(words: Words, number: Any) -> str:
    """Return the short name of a SOM: SOM-28."""
    return words("cooperation.som", number=int(number))


def timeline(words: Words, meetings: pd.DataFrame) -> list[Block]:
    """Draw all meetings on one axis: SOMs with their numbers, the others below them by kind."""
    rows = meetings.assign(
        kind_words=[words.term("kind", kind) for kind in meetings["kind"]],
        state_words=[words.term("state", state) for state in meetings["state"]],
        modality_words=[words.term("modality", modality) for modality in meetings["modality"]],
        som_number=["" if pd.isna(number) else str(int(number)) for number in meetings["number"]],
        mark=["actual" if state == "held" else "planned" for state in meetings["state"]],
    )
    columns: Columns = {
        "name": "text",
        "kind_words": "text",
        "start_date": "date",
        "end_date": "date",
        "place": "text",
        "host_name": "text",
        "modality_words": "text",
        "state_words": "text",
        "relevance": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("cooperation.meetings_table"), rows, columns, "meetings")
    drawn = rows[rows["start_date"].notna()]
    drawn = drawn.assign(order=drawn["kind"] != "som").sort_values(["order", "kind", "start_date"], kind="stable")
    if drawn.empty:
        return [table]
    first, last = str(drawn["start_date"].min())[:4], str(drawn["start_date"].max())[:4]
    undated = rows[rows["start_date"].isna() & (rows["kind"] == "som")].sort_values("number")
    numbers = words.listed(som_label(words, number) for number in undated["number"])
    notes: list[Block] = [Text(text=words("cooperation.undated", names=numbers), style="note")] if numbers else []
    chart = Chart(
        title=words("cooperation.meetings_title"),
        kind="schedule",
        rows=drawn,
        roles={
            "category": "kind_words",
            "start": "start_date",
            "end": "end_date",
            "mark": "mark",
            "label": "som_number",
        },
        value_title=words("cooperation.axis_year"),
        alt=words("cooperation.meetings_alt", count=len(drawn), first=first, last=last),
        table=table,
        counted=words("cooperation.meetings_counted"),
        period=words.period(first, last),
        document_ids=keys_in(drawn["document_id"]),
        caveat_ids=keys_in(drawn["caveat_ids"]),
    )
    return [chart, *notes]


def meeting_list(ask: Ask, words: Words, meetings: pd.DataFrame) -> list[Block]:
    """List the meetings, the newest first, beside what the chosen one decided."""
    decisions = ask("decisions_taken", meeting_id=None, project_id=None)
    stated = ask("facts_stated", subject_tables=["meetings"])
    rows = meetings.assign(day=meetings["start_date"].fillna("")).sort_values("day", ascending=False, kind="stable")
    items = []
    for row in rows_of(rows):
        taken = decisions[decisions["meeting_id"] == row.meeting_id]
        facts = stated[stated["subject_id"] == row.meeting_id]
        items.append(
            Item(
                id=row.meeting_id,
                title=title_of(words, row),
                line=line_of(words, row, len(taken)),
                blocks=(panel(words, row), *entries(words, taken), *fact_blocks(words, facts, has_heading=False)),
            )
        )
    if not items:
        return []
    soms = rows[(rows["kind"] == "som") & (rows["state"] == "held")]
    first = str(soms["meeting_id"].iloc[0]) if len(soms) else items[0].id
    title = words("cooperation.meetings")
    return [Linked(name="meeting", title=title, items=tuple(items), weights=(1.0, 2.0), first=first)]


def title_of(words: Words, row: Any) -> str:
    """Name a meeting in a list: a SOM by its number, any other by its own name."""
    return som_label(words, row.number) if row.kind == "som" else str(row.name)


def line_of(words: Words, row: Any, decisions: int) -> str:
    """Say when and where a meeting was, and how many decisions are on record."""
    when = words.period(row.start_date, row.end_date) or words.term("state", row.state)
    count = words("cooperation.decisions_count", count=decisions) if decisions else ""
    return words.listed([when, "" if is_empty(row.place) else row.place, count], "dot")


def panel(words: Words, row: Any) -> Panel:
    """Return the facts of one meeting."""
    facts = (
        (words("cooperation.date"), words.period(row.start_date, row.end_date)),
        (words("cooperation.place"), row.place),
        (words("cooperation.host"), row.host_name),
        (words("cooperation.form"), words.term("modality", row.modality)),
        (words("cooperation.status"), words.term("state", row.state) if row.state != "held" else ""),
    )
    return Panel(
        title=row.name,
        kind=words.term("kind", row.kind),
        text="" if is_empty(row.relevance) else row.relevance,
        facts=tuple((label, str(value)) for label, value in facts if not is_empty(value)),
        document_ids=keys_in([row.document_id]),
        caveat_ids=keys_in([row.caveat_ids]),
    )


def entries(words: Words, taken: pd.DataFrame) -> list[Block]:
    """Tell what a meeting decided, noted or asked for."""
    return [
        Entry(
            title=row.subject,
            text=row.what,
            tags=(words.term("kind", row.kind),),
            facts=() if is_empty(row.addressee) else ((words("cooperation.addressee"), row.addressee),),
            document_ids=keys_in([row.document_id]),
            caveat_ids=keys_in([row.caveat_ids]),
        )
        for row in rows_of(taken)
    ]
