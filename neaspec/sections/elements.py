"""Elements for a response to one request, for one State or for all: what documents say, never what to answer.

Four parts: facts that bear on it, what the State is on record with, options the papers name, points to settle at home.
"""

from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Details, Entry, Heading, Notice, PageLink, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.figures import chips_of, figure_words
from neaspec.sections.projects import project_period
from neaspec.text import Words, is_empty

MOST_RECORDS = 6  # shown at once; the others are folded
PAGES_OF = {"species": ("species", "species"), "sites": ("sites", "site"), "projects": ("projects", "project")}
# What has to be settled at home, by the kind of the request; the words are issues.home_<kind>_<point>.
POINTS = {
    "views": ("subject", "authority", "form"),
    "information": ("content", "holder", "form"),
    "decision": ("answer", "authority", "conditions"),
    "nomination": ("person", "mandate", "authority"),
    "hosting": ("interest", "place", "cost"),
    "funding": ("kind", "purpose", "authority"),
    "approval": ("answer", "changes", "authority"),
}
Names = dict[str, str]  # country code -> name
Group = list[Any]  # rows of one fact or record


def elements(ask: Ask, words: Words, issue_id: str, country_code: str | None = None) -> tuple[Block, ...]:
    """Give the elements for a response to a request by one State (None = for all); what is unknown gives a notice."""
    asked = ask("issues_asked", meeting_id=None, country_code=None, ask_kind=None)
    asked = asked[asked["issue_id"] == issue_id]
    if asked.empty:
        return (Notice(text=words("issues.none"), kind="empty"),)
    names: Names = dict(ask("countries_named")[["country_code", "name"]].itertuples(index=False, name=None))
    options = ask("issues_options", issue_id=issue_id)
    parts = {
        "facts": fact_blocks(ask, words, issue_id, country_code, names),
        "records": record_blocks(ask, words, issue_id, country_code, names),
        "options": option_blocks(words, options),
    }
    return (
        Notice(text=words("issues.elements_notice")),
        *(block for blocks in parts.values() for block in blocks),
        *home_blocks(words, asked.iloc[0], len(options)),
        *missing_notice(words, [part for part, blocks in parts.items() if not blocks]),
    )


def grouped(rows: pd.DataFrame, key: Callable[[Any], Hashable]) -> Iterator[Group]:
    """Give the rows of one key after another, in the order of their first row."""
    groups: dict[Hashable, Group] = {}
    for row in rows_of(rows):
        groups.setdefault(key(row), []).append(row)
    yield from groups.values()


def fact_blocks(ask: Ask, words: Words, issue_id: str, country_code: str | None, names: Names) -> list[Block]:
    """Tell at most six facts; which they are is the rule of queries/elements_facts.sql."""
    rows = ask("elements_facts", issue_id=issue_id, country_code=country_code)
    if rows.empty:
        return []
    blocks: list[Block] = [Heading(text=words("issues.elements_facts"), level=3)]
    blocks += [fact_entry(words, group, names) for group in grouped(rows, lambda row: str(row.fact_key))]
    return [*blocks, Text(text=words("issues.elements_facts_rule"), style="note")]


def fact_entry(words: Words, group: Group, names: Names) -> Entry:
    """Write one fact: its thing, one line an area, the caveats that change the reading."""
    first = group[0]
    caveat_ids = keys_in(row.caveat_ids for row in group)
    page, choice = PAGES_OF[first.subject_table]
    return Entry(
        title=first.name,
        facts=tuple(fact for row in group for fact in fact_lines(words, row, names)),
        tags=tuple(words.term("chip", chip) for chip in chips_of(caveat_ids, first.qualifier)),
        document_ids=keys_in(row.document_ids for row in group),
        caveat_ids=caveat_ids,
        links=(PageLink(text=first.name, page=page, choices={choice: first.subject_id}),),
    )


def fact_lines(words: Words, row: Any, names: Names) -> list[tuple[str, str]]:
    """Write the lines of one row of a fact as (label, value)."""
    match row.fact_kind:
        case "species":
            return [(row.detail, counted_words(words, row))]
        case "site_count":
            return [(words("issues.elements_counted", species=row.detail), counted_words(words, row))]
        case "both_sides":
            figure, period = words.number(row.value), words.period(row.date_from, row.date_to)
            states = state_names(row.detail, names)
            line = words("issues.elements_with_state", state=states, figure=figure, period=period)
            if " " in row.detail:  # no State was chosen: both are named
                line = words("issues.elements_between", states=states, figure=figure, period=period)
            return [(words("issues.elements_both_sides"), line)]
        case "site":
            lines = [(words("issues.elements_protection"), words.term("level", row.detail))]
            if not is_empty(row.value):
                area = words("issues.elements_area_ha", area=words.number(row.value))
                lines.append((words("issues.elements_area"), area))
            return lines
        case "budget":
            return [(words("issues.elements_total"), money_words(words, row.detail, row.value))]
        case _:
            kind = words("issues.elements_period", kind=words.term("period_kind", row.detail))
            return [(kind, project_period(words, row.date_from, row.date_to))]


def counted_words(words: Words, row: Any) -> str:
    """Write a figure of animals with its unit, what was counted and its years."""
    return words(
        "issues.elements_figure",
        figure=figure_words(words, row._asdict()),
        unit=words.term("unit", row.unit),
        kind=words.term("count_kind", row.count_kind),
        period=words.period(row.date_from, row.date_to),
    )


def state_names(codes: str, names: Names) -> str:
    """Name the States of codes separated by a space."""
    return "; ".join(names.get(code, code) for code in codes.split())


def money_words(words: Words, currency: str, amount: float) -> str:
    """Write an amount with its currency."""
    return words("issues.elements_money", currency=currency, amount=words.number(amount))


def record_blocks(ask: Ask, words: Words, issue_id: str, country_code: str | None, names: Names) -> list[Block]:
    """Tell what the State is on record with, answers first; one thing that several documents state is told once."""
    title = "issues.elements_on_record" if country_code else "issues.elements_on_record_all"
    rows = ask("elements_on_record", issue_id=issue_id, country_code=country_code)
    if rows.empty:
        return []
    entries = record_entries(words, rows, None if country_code else names)
    shown, folded = entries[:MOST_RECORDS], entries[MOST_RECORDS:]
    blocks: list[Block] = [Heading(text=words(title), level=3), *shown]
    if folded:
        blocks.append(Details(title=words("issues.elements_more_records", count=len(entries)), blocks=tuple(folded)))
    return blocks


def record_entries(words: Words, rows: pd.DataFrame, names: Names | None) -> list[Entry]:
    """Write the records of a State, one thing once; names = also say of which States each is."""
    return [record_entry(words, group, names) for group in grouped(rows, told_as)]


def told_as(row: Any) -> Hashable:
    """Give what makes two records the same: an agreement by its name, what has none by its key, else name and words."""
    if is_empty(row.name):
        return row.record_kind, row.record_id
    return row.record_kind, row.name, "" if is_empty(row.what) or row.record_kind == "agreement" else row.what


def record_entry(words: Words, group: Group, names: Names | None) -> Entry:
    """Write one record with all its documents; names = also say of which States it is."""
    first = group[0]
    facts = []
    if not (is_empty(first.date_from) and is_empty(first.date_to)):
        facts.append((words("issues.elements_date"), words.period(first.date_from, first.date_to)))
    if not is_empty(first.amount):
        facts.append((words("issues.elements_total"), money_words(words, first.currency, first.amount)))
    if names:
        facts.append((words("issues.elements_states"), state_names(first.country_codes, names)))
    kind = words(f"issues.on_record_{first.record_kind}")
    state = "" if first.record_kind == "response" else words.term("state", first.state)
    has_name = not is_empty(first.name)
    return Entry(
        title=first.name if has_name else first.what,
        text=first.what if has_name and not is_empty(first.what) else "",
        tags=tuple(tag for tag in (kind, state) if tag),
        facts=tuple(facts),
        document_ids=keys_in(row.document_id for row in group),
        caveat_ids=keys_in(row.caveat_ids for row in group),
    )


def option_blocks(words: Words, options: pd.DataFrame) -> list[Block]:
    """Tell the options that papers name, with what they say would follow and the place of it."""
    if options.empty:
        return []
    blocks: list[Block] = [Heading(text=words("issues.elements_options"), level=3)]
    for option in rows_of(options):
        consequence = (words("issues.consequence"), option.consequence)
        blocks.append(
            Entry(
                title=option.option,
                facts=(consequence, (words("issues.place"), option.locator)),
                document_ids=(option.document_id,),
                caveat_ids=keys_in([option.caveat_ids]),
            )
        )
    return blocks


def home_blocks(words: Words, asked: pd.Series, options: int) -> list[Block]:
    """Tell what has to be settled at home, a line each."""
    points = home_points(words, asked, options)
    return [Heading(text=words("issues.elements_home"), level=3), *(Text(text=point) for point in points)]


def home_points(words: Words, asked: pd.Series, options: int) -> list[str]:
    """Say what has to be settled at home: by the kind of the request, its options and its date."""
    kind = str(asked["ask_kind"])
    points = [words(f"issues.home_{kind}_{point}") for point in POINTS[kind]]
    if options > 1:
        points.append(words("issues.home_options", count=options))
    if not is_empty(asked["due_date"]):
        points.append(words("issues.home_due", date=words.date(asked["due_date"])))
    return points


def missing_notice(words: Words, parts: list[str]) -> list[Block]:
    """Say in one line, after what is on record, which parts are empty."""
    if not parts:
        return []
    what = words.listed((words(f"issues.elements_missing_{part}") for part in parts), "semicolon")
    return [Notice(text=words("issues.elements_missing", what=what), kind="empty")]
