"""What a figure rests on, on request: one control beside it opens the list of its documents and caveats over the page.

The list is a popover of the browser: no widget, no reload; Esc or a click beside it closes it. Equal lists are written
once for a part of a page and opened by every control that needs them.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from markupsafe import Markup

from neaspec.blocks import Page
from neaspec.render.cells import page_address
from neaspec.render.citations import TOLD_GRADES, Citations, grade_name, make_marks
from neaspec.render.templates import from_template
from neaspec.reports import reporting_state
from neaspec.text import Words, is_empty
from neaspec.urls import base_path

MOST_LETTERS = 34  # of the name of a publisher beside a figure
MOST_LISTED = 5  # documents of one list; the others open below "All"
MOST_NAMED = 10  # documents of which the first is named beside a figure; of more of them one name says nothing


@dataclass(frozen=True)
class SourceRecord:
    """One document as a control names it: never by its title, which may hold names outside United Nations usage.

    line: publisher, kind, date. short: publisher and year. citation: what is copied. passage: address of its words up
    to the place in it, where the document is held here. said_of_it: what a State put on record about the document.
    """

    document_id: str
    line: str
    short: str
    grade: str
    grade_words: str
    address: str
    citation: str
    url: str
    passage: str = ""
    said_of_it: str = ""


@dataclass(frozen=True)
class ScreenCitations(Citations):
    """What a page cites, as controls. `scope` names a part of the page that is sent at once; `written` its lists."""

    records: Mapping[str, SourceRecord] = field(default_factory=dict)
    meanings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    scope: str = "s"
    written: set[str] = field(default_factory=set)

    def within(self, scope: str) -> "ScreenCitations":
        """Return the same for a part of the page that may be sent without the rest."""
        return ScreenCitations(
            self.numbers, self.letters, self.names, self.low_grades, self.words, self.records, self.meanings, scope
        )

    def plain(self) -> dict[str, str]:
        """Return documents and caveats as plain text, for cells of long tables."""
        return {key: record.short for key, record in self.records.items()} | {
            key: name for key, (name, _) in self.meanings.items()
        }


def screen_citations(
    page: Page, words: Words, link_params: Mapping[str, str], held: Collection[str] = ()
) -> ScreenCitations:
    """Return the controls of what a page cites; `held` are the documents whose words can be opened here."""
    marks = make_marks(page, words)
    return ScreenCitations(
        marks.numbers,
        marks.letters,
        marks.names,
        marks.low_grades,
        words,
        {row["document_id"]: _record(row, words, link_params, held) for row in page.sources.to_dict("records")},
        {row["caveat_id"]: (row["name"], row["meaning"]) for row in page.caveats.to_dict("records")},
    )


def _record(
    row: Mapping[Hashable, Any], words: Words, link_params: Mapping[str, str], held: Collection[str]
) -> SourceRecord:
    text = {str(name): "" if is_empty(value) else str(value) for name, value in row.items()}
    date = words.date(text["published_date"]) or words("common.source_undated")
    publisher = short_publisher(text["publisher"])
    line = words("source_control.line", publisher=text["publisher"], kind=words.term("kind", text["kind"]), date=date)
    short = words("source_control.short", publisher=publisher, year=text["published_date"][:4] or date)
    if code := reporting_state(text["document_id"]):
        state = words.terms["state_in_sentence"].get(code, text["publisher"])
        line = words("source_control.reported", state=state, date=date)
        short = words("source_control.reported_short", state=words.term("state_short", code), date=date)
    return SourceRecord(
        document_id=text["document_id"],
        line=line,
        short=short,
        grade=text["grade"],
        grade_words=grade_name(text["grade"], words),
        address=page_address("sources", {"document": text["document_id"], **link_params}),
        citation=words("source_control.citation", line=line, url=text["url"]).strip(),
        url=text["url"],
        passage=f"{base_path()}/passage/{text['document_id']}?at=" if text["document_id"] in held else "",
        said_of_it=text.get("said_of_it", ""),
    )


def short_publisher(publisher: str) -> str:
    """Return the name of a publisher without what explains it, for a line of 13 px; the list has it in full."""
    name = re.split(r" \(|, |; ", publisher, maxsplit=1)[0]
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"


def source_control(
    marks: ScreenCitations,
    document_ids: Iterable[str],
    caveat_ids: Iterable[str] = (),
    places: Mapping[str, str] | None = None,
    is_narrow: bool = False,
) -> Markup:
    """Return the control of one figure, picture or row; nothing where it cites nothing.

    Args:
        marks: of the page.
        document_ids: what it rests on.
        caveat_ids: what must be known to read it.
        places: document_id -> place in it, where one is stated.
        is_narrow: in a cell of a table: the word alone.
    """
    words, places = marks.words, places or {}
    records = [marks.records[key] for key in dict.fromkeys(document_ids) if key in marks.records]
    caveats = [marks.meanings[key] for key in dict.fromkeys(caveat_ids) if key in marks.meanings]
    if not records and not caveats:
        return Markup("")
    rows = [(record, places.get(record.document_id, "")) for record in records]
    key = repr([(record.document_id, place) for record, place in rows] + [name for name, _ in caveats])
    name = f"nc-{marks.scope}-{crc32(key.encode()):08x}"
    is_first = name not in marks.written
    marks.written.add(name)
    label = control_label(records, words, is_narrow)
    panel = from_template("source", "panel", words, name, rows[:MOST_LISTED], rows[MOST_LISTED:], caveats)
    return from_template("source", "control", name, label, is_narrow, panel if is_first else "")


def control_label(records: list[SourceRecord], words: Words, is_narrow: bool) -> str:
    """Return what a control says: Source: WWF Russia 2022 and 3 more · press only; Sources: 28."""
    if not records:
        return words("source_control.control_note")
    if is_narrow:
        return words("source_control.control_narrow")
    label = words("source_control.control", first=records[0].short)
    if len(records) > MOST_NAMED:
        label = words("source_control.control_many", count=len(records))
    elif len(records) > 1:
        label = words("source_control.control_more", first=records[0].short, count=len(records) - 1)
    grades = {record.grade for record in records}
    if grades <= set(TOLD_GRADES):
        grade = words(f"source_control.only_{sorted(grades)[0]}")
        label = words("source_control.control_grade", label=label, grade=grade)
    return label


def page_sources(marks: ScreenCitations) -> Markup:
    """Return the list of everything a page cites, for the toolbar."""
    words = marks.words
    rows = [(record, "") for record in marks.records.values()]
    return from_template("source", "content", words, rows, [], list(marks.meanings.values()))
