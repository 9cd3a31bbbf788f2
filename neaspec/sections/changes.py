"""Changes between two dates: what became known, what changed, what ended."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from neaspec.blocks import Block, Chart, Details, Heading, Notice, Page, Text
from neaspec.queries import Ask
from neaspec.sections.common import compose, keys_in, make_table, rows_of
from neaspec.text import Words

NOW = "now"  # the date the whole app is set to


@dataclass(frozen=True)
class ChangesChoices:
    """The two dates compared: SOMs by key; None = the last SOM before the other end, or the date the app is set to."""

    from_meeting_id: str | None = None
    to_meeting_id: str | None = None


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
    held = {row.meeting_id: (row.name, pd.Timestamp(row.held_on).date()) for row in rows_of(soms)}
    to_name, to_date = words("changes.today"), ask.as_known_on
    if choices.to_meeting_id in held:
        to_name, to_date = held[choices.to_meeting_id]
    elif to_date is not None:
        to_name = next((name for name, day in held.values() if day == to_date), words.date(to_date))
    later = Ask(ask.connection, to_date, ask.version)
    earlier = [(name, day) for name, day in held.values() if to_date is None or day < to_date]
    if choices.from_meeting_id in held:
        name, day = held[choices.from_meeting_id]
        return Span(later, day, name, to_name) if to_date is None or day < to_date else None
    return Span(later, earlier[0][1], earlier[0][0], to_name) if earlier else None


def page(ask: Ask, words: Words, choices: ChangesChoices) -> Page:
    """Make the page of changes."""
    span = span_of(ask, words, choices)
    title = words("changes.title")
    if span is None:
        blocks: list[Block] = [Notice(text=words("changes.nothing_before"), kind="empty")]
        return compose(ask, "changes", title, words("changes.lead_none"), blocks)
    added = span.ask("changes_added", known_from=span.known_from)
    counts = span.ask("changes_counts", known_from=span.known_from)
    stated = span.ask("changes_stated", known_from=span.known_from)
    lead = words(
        "changes.lead", start=span.from_name, end=span.to_name, added=words.number(len(added)),
        changed=len(counts) + int((~stated["is_ended"].astype(bool)).sum()), jumps=int(counts["is_jump"].sum()),
    )  # fmt: skip
    blocks = [
        *count_changes(words, counts),
        *stated_changes(words, stated[~stated["is_ended"].astype(bool)], "changes.stated"),
        *stated_changes(words, stated[stated["is_ended"].astype(bool)], "changes.withdrawn"),
        *additions(words, added),
    ]
    return compose(span.ask, "changes", title, lead, blocks)


def figure(words: Words, value: float, high: float) -> str:
    """Write a figure or a range."""
    return words.number(value) if pd.isna(high) else words.range(value, high)


def count_changes(words: Words, counts: pd.DataFrame) -> list[Block]:
    """Draw the current figures that changed, old beside new, and flag the large jumps."""
    blocks: list[Block] = [Heading(text=words("changes.counts"))]
    if counts.empty:
        return [*blocks, Notice(text=words("changes.no_counts"), kind="empty")]
    rows = counts.assign(
        name=[count_name(words, row) for row in rows_of(counts)],
        old_words=[figure(words, row.old_value, row.old_high) for row in rows_of(counts)],
        new_words=[figure(words, row.new_value, row.new_high) for row in rows_of(counts)],
        change_percent=(counts["change_share"] * 100).round(),
        jump_words=[words("changes.jump") if jump else "" for jump in counts["is_jump"]],
    )
    columns = {
        "species_name": "text", "name": "text", "old_words": "text", "old_year": "year", "new_words": "text",
        "new_year": "year", "change_percent": "percent", "jump_words": "text", "old_document_id": "documents",
        "document_id": "documents", "locator": "text", "caveat_ids": "caveats",
    }  # fmt: skip
    table = make_table(words, words("changes.counts_table"), rows, columns, "changed_counts")  # type: ignore[arg-type]
    jumps = rows[rows["is_jump"]]
    notes: list[Block] = []
    if not jumps.empty:
        listed = "; ".join(
            f"{row.species_name}, {row.name}: {row.old_words} to {row.new_words}" for row in rows_of(jumps)
        )
        notes.append(Notice(text=words("changes.jumps", count=len(jumps), listed=listed), kind="caution"))
    return [*blocks, *notes, Text(text=words("changes.counts_note"), style="note"), table]


def count_name(words: Words, row: object) -> str:
    """Name what was counted: area, part of the population, kind and method."""
    part = words.term("population_part", getattr(row, "population_part", ""))
    kind = words.term("count_kind", getattr(row, "count_kind", ""))
    method = words.term("method", getattr(row, "method", ""))
    return words("changes.count_name", area=getattr(row, "area_name", ""), part=part, kind=kind, method=method)


def stated_changes(words: Words, stated: pd.DataFrame, key: str) -> list[Block]:
    """List statuses, designations, periods and amounts that changed, or that ended."""
    blocks: list[Block] = [Heading(text=words(key))]
    if stated.empty:
        return [*blocks, Notice(text=words(f"{key}_none"), kind="empty")]
    rows = stated.assign(subject_words=[words(f"changes.subject_{subject}") for subject in stated["subject"]])
    columns = {
        "subject_words": "text", "about": "text", "what": "text", "old_said": "text", "new_said": "text",
        "old_document_id": "documents", "document_id": "documents", "locator": "text", "caveat_ids": "caveats",
    }  # fmt: skip
    return [*blocks, make_table(words, words(f"{key}_table"), rows, columns, key.partition(".")[2])]  # type: ignore[arg-type]


def additions(words: Words, added: pd.DataFrame) -> list[Block]:
    """Draw how many statements became known by subject, and list them."""
    blocks: list[Block] = [Heading(text=words("changes.added"))]
    if added.empty:
        return [*blocks, Notice(text=words("changes.added_none"), kind="empty")]
    rows = added.assign(table_words=[words.term("table_name", name) for name in added["table_name"]])
    columns = {
        "table_words": "text", "about": "text", "said": "text", "known_on": "date", "document_id": "documents",
        "locator": "text", "caveat_ids": "caveats",
    }  # fmt: skip
    table = make_table(words, words("changes.added_table"), rows, columns, "added")  # type: ignore[arg-type]
    counted = rows.groupby("table_words").size().rename("statements").reset_index()
    counted = counted.sort_values(["statements", "table_words"], ascending=[False, True]).head(15)
    chart = Chart(
        title=words("changes.added_title"), kind="bars", rows=counted,
        roles={"category": "table_words", "value": "statements"}, value_title=words("changes.axis"),
        alt=words("changes.added_alt", count=len(rows)), table=table, unit=words("changes.unit"),
        counted=words("changes.added_counted"), document_ids=keys_in(rows["document_id"]),
    )  # fmt: skip
    return [*blocks, Details(title=words("changes.added_details", count=words.number(len(rows))), blocks=(chart,))]
