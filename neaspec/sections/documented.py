"""What documents tell beside figures: what components are for, events in order, further statements by subject."""

from collections.abc import Iterable

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Entry, Heading
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.sections.sites.wording import filled
from neaspec.text import Words, is_empty


def component_entries(ask: Ask, words: Words, project_id: str) -> list[Block]:
    """Tell title, objective, target areas and species of each component of a project."""
    return [
        Entry(
            title=words("documented.component", number=row.component_number, title=row.title),
            facts=tuple(
                (words.column(column), getattr(row, column))
                for column in ("objective", "target_areas", "species")
                if not is_empty(getattr(row, column))
            ),
            document_ids=keys_in([row.document_ids]),
            caveat_ids=keys_in([row.caveat_ids]),
        )
        for row in rows_of(ask("projects_components", project_id=project_id))
    ]


def programme_record(ask: Ask, words: Words) -> list[Block]:
    """List events of no project, and further records on the programme and frameworks, on demand."""
    events = ask("events_stated", project_id=None)
    stated = ask("facts_stated", subject_tables=["programme", "frameworks"])
    others = events[events["project_id"].isna()]
    return [
        *event_blocks(words, others, words("documented.other_events"), ("meeting_name",), has_heading=False),
        *fact_blocks(words, stated, has_heading=False),
    ]


def event_blocks(
    words: Words, rows: pd.DataFrame, title: str, columns: Iterable[str], has_heading: bool = True
) -> list[Block]:
    """List events by date; `columns` stand between what happened and the source. Nothing if there is none."""
    if rows.empty:
        return []
    rows = rows.assign(when=[words.period(row.date_from, row.date_to) for row in rows_of(rows)])
    named = ["when", "what", "place", "countries", *columns]
    texts: Columns = dict.fromkeys(named, "text")
    sources: Columns = {"document_id": "documents", "locator": "text", "caveat_ids": "caveats", "note": "text"}
    table = make_table(words, title, rows, {**texts, **sources}, "events")
    fold = Details(title=words("documented.events", count=len(rows)), blocks=(table,))
    return [Heading(text=title), fold] if has_heading else [fold]


def fact_blocks(words: Words, rows: pd.DataFrame, has_heading: bool = True) -> list[Block]:
    """List further statements, one fold for each subject. Nothing if there is none."""
    if rows.empty:
        return []
    figures = pd.Series([fact_figure(words, row.value, row.unit) for row in rows_of(rows)], index=rows.index)
    rows = rows.assign(
        topic_words=[words.term("topic", topic) for topic in rows["topic"]],
        figure=figures.where(figures != ""),  # a column without any figure is left out
    )
    columns: Columns = {
        "topic_words": "text",
        "what": "text",
        "figure": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    of_components: Columns = {"component_number": "integer", **columns}
    folds: list[Block] = []
    for name, group in rows.groupby("about", sort=False):
        shown = of_components if group["component_number"].notna().any() else columns
        table = make_table(words, str(name), group, filled(group, shown), "further_statements")
        folds.append(Details(title=words("documented.facts_of", name=name, count=len(group)), blocks=(table,)))
    return [Heading(text=words("documented.facts")), *folds] if has_heading else folds


def fact_figure(words: Words, value: float | None, unit: str | None) -> str:
    """Write the figure of a statement with its unit; a year has no mark of thousands."""
    if is_empty(value):
        return ""
    if unit == "year":
        return f"{value:.0f}"
    return f"{words.number(value)} {'' if is_empty(unit) else unit}".strip()
