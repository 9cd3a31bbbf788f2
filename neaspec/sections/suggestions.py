"""The search over everything: what a text finds, in groups of at most five, each with the page and choices it opens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from neaspec.blocks import PageLink
from neaspec.data.queries import Ask
from neaspec.data.search.names import KINDS, NameIndex, name_index
from neaspec.text import Words, is_empty

MOST_OF_A_GROUP = 5
RECORDS = "records"
GROUPS = (*KINDS, RECORDS)
# The page that shows a thing, and the field of its choices that is the key of the thing.
PAGES_OF = {
    "sites": ("sites", "site"),
    "species": ("species", "species"),
    "projects": ("projects", "project"),
    "documents": ("sources", "document"),
}


@dataclass(frozen=True)
class Suggestion:
    """One thing found: its table and key, its name, one line on it, and where it is shown."""

    kind: str
    key: str
    title: str
    line: str
    link: PageLink


@dataclass(frozen=True)
class SuggestionGroup:
    """Things of one kind: at most five of them, and how many there are; `all_link` opens the list of all."""

    kind: str
    title: str
    total: int
    suggestions: tuple[Suggestion, ...]
    all_link: PageLink


def suggestions(ask: Ask, words: Words, text: str, most: int = MOST_OF_A_GROUP) -> tuple[SuggestionGroup, ...]:
    """Find what a text names or speaks of, in the order of GROUPS; a group without anything is left out."""
    index = name_index(ask)
    matches = index.find(text)
    listed: dict[str, list[Any]] = {**matches.things, RECORDS: matches.records}
    return tuple(
        SuggestionGroup(
            kind=kind,
            title=words(f"suggestions.{kind}"),
            total=len(listed[kind]),
            suggestions=tuple(suggestion(words, index, kind, row, text) for row in listed[kind][:most]),
            all_link=all_link(words, kind, text),
        )
        for kind in GROUPS
        if listed.get(kind)
    )


def all_link(words: Words, kind: str, text: str) -> PageLink:
    """Link to the page of all things of a kind; of records to those that are found."""
    page = {"meetings": "cooperation", "organisations": "cooperation", "documents": "sources", RECORDS: "sources"}
    choices = {"kind": "statements", "search": text} if kind == RECORDS else {}
    return PageLink(text=words(f"suggestions.{kind}"), page=page.get(kind, kind), choices=choices)


def suggestion(words: Words, index: NameIndex, kind: str, row: Any, text: str) -> Suggestion:
    """Write one thing found, with where it is shown."""
    if kind == RECORDS:
        document = index.things.get(("documents", row.document_id))
        source = "" if document is None else document_line(words, document)
        title = f"{row.about}: {row.said}"
        line = words("suggestions.record", document=source, locator=row.locator)
        choices = {"kind": "statements", "search": text, "document": row.document_id}
        link = PageLink(text=title, page="sources", choices=choices)
        return Suggestion(f"{row.table_name}", row.statement_id, title, line, link)
    line = LINES[kind](words, row, index)
    return Suggestion(kind, row.key, row.name, line, thing_link(kind, row))


def thing_link(kind: str, row: Any) -> PageLink:
    """Link to where a thing is shown; what has no page of its own to the list it stands in."""
    if kind in PAGES_OF:
        page, choice = PAGES_OF[kind]
        return PageLink(text=row.name, page=page, choices={choice: row.key})
    if kind == "movements":
        return PageLink(text=row.name, page="movements", choices={"species": row.detail_key})
    if kind == "issues":
        return PageLink(text=row.name, page="issues", choices={"meeting": row.detail_key})
    choices = {"meeting": row.key} if kind == "meetings" else {"tab": "organisations"}
    return PageLink(text=row.name, page="cooperation", choices=choices)


def states(index: NameIndex, codes: object) -> str:
    """Name the States of codes separated by a space."""
    return "" if is_empty(codes) else ", ".join(index.states.get(code, code) for code in str(codes).split())


def of_kind(column: str) -> Callable[[Words, Any, NameIndex], str]:
    """Make the line of a thing that says its kind and its States."""

    def line(words: Words, row: Any, index: NameIndex) -> str:
        kind, named = words.term(column, row.detail_kind), states(index, row.country_codes)
        return words("suggestions.of_kind", kind=kind, states=named) if named and kind else named or kind

    return line


def movement_line(words: Words, row: Any, index: NameIndex) -> str:
    """Say of a movement: species, from where to where, when."""
    start, end = (index.states.get(code, code) for code in row.country_codes.split())
    date = words.period(row.date_from, row.date_to)
    key = "suggestions.movement_dated" if date else "suggestions.movement"
    return words(key, species=row.detail, start=start, end=end, date=date)


def meeting_line(words: Words, row: Any, _: NameIndex) -> str:
    """Say of a meeting: where and when."""
    date = words.period(row.date_from, row.date_to)
    return date if is_empty(row.detail) else words("suggestions.meeting", place=row.detail, date=date)


def document_line(words: Words, row: Any) -> str:
    """Say of a document: publisher, kind, date."""
    key = "suggestions.document_undated" if is_empty(row.date_from) else "suggestions.document"
    kind = words.term("kind", row.detail_kind)
    return words(key, publisher=row.detail, kind=kind, date=words.date(row.date_from))


LINES: dict[str, Callable[[Words, Any, NameIndex], str]] = {
    "sites": of_kind("site_kind"),
    "species": lambda _words, row, _index: str(row.detail),
    "movements": movement_line,
    "projects": lambda _words, row, _index: str(row.detail),
    "issues": lambda words, row, _index: words(
        "suggestions.of_kind", kind=words.term("ask_kind", row.detail_kind), states=row.detail
    ),
    "meetings": meeting_line,
    "organisations": of_kind("kind"),
    "documents": lambda words, row, _index: document_line(words, row),
}
