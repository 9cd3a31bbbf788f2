"""Sources: the documents and what was taken from each, every statement, contradictions, the dictionary of the data."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.blocks import (
    Block,
    Columns,
    Details,
    Entry,
    Metric,
    Notice,
    Page,
    PageLink,
    Tab,
    Table,
    Tabs,
    Text,
    link_cell,
)
from neaspec.data.contradictions import differences_of, find_contradictions
from neaspec.data.export import current_dictionary, table_titles
from neaspec.data.queries import Ask
from neaspec.data.search.nearest import nearest
from neaspec.data.search.query import Searched, expression, known_phrases
from neaspec.data.search.terms import without_marks
from neaspec.sections.common import compose, make_table
from neaspec.sections.contradictions import entries_of
from neaspec.sections.sources.differences import differences_part
from neaspec.text import Words

MOST_STATEMENTS = 500
RECORDS = "statements"  # the value of `part` under which records are listed without a search


@dataclass(frozen=True)
class SourcesChoices:
    """What the reader chose: one document, one grade, words to search for; part: RECORDS lists records as well."""

    part: str = ""
    document_id: str | None = None
    grade: str | None = None
    search: str = ""


def page(ask: Ask, words: Words, choices: SourcesChoices) -> Page:
    """Make the page of sources: one document, if one is chosen; else what is found, then all by tabs."""
    title = words("sources.title")
    if choices.document_id is not None and not choices.search and choices.part != RECORDS:
        title, lead, blocks = document_part(ask, words, choices.document_id)
        return compose(ask, "sources", title, lead, blocks)
    grades = ask("sources_grades")
    documents = ask("sources_documents", grade=choices.grade)
    lead = overall(words, grades)
    blocks = [] if choices.search else list[Block]([newest_document(ask, words)])
    if choices.search or choices.part == RECORDS:
        lead, listed = found_part(ask, words, choices)
        blocks += listed
    return compose(ask, "sources", title, lead, [*blocks, Tabs(tabs=tabs(ask, words, documents, choices))])


def overall(words: Words, grades: pd.DataFrame) -> str:
    """Say how much rests on how many documents."""
    return words(
        "sources.lead",
        statements=words.number(grades["statements"].sum()),
        documents=words.number(grades["documents"].sum()),
        official=words.number(grades.loc[grades["grade"] == "official", "documents"].sum()),
    )


def newest_document(ask: Ask, words: Words) -> Metric:
    """Give the day of the newest document; how many there are is said in the answer of the page."""
    documents = ask("sources_documents", grade=None)
    dates = [str(day) for day in documents["published_date"].dropna()]
    newest = max(dates, default="")
    last = documents[documents["published_date"] == newest] if newest else documents.head(0)
    return Metric(
        label=words("sources.figure_newest"),
        value=words.date(newest),
        document_ids=tuple(last["document_id"].head(1)),
    )


def tabs(ask: Ask, words: Words, documents: pd.DataFrame, choices: SourcesChoices) -> tuple[Tab, ...]:
    """Make the tabs; each holds what the search and the grade leave of it."""
    count, differences = differences_part(ask, words, choices.search)
    return (
        Tab(
            key="documents",
            title=words("sources.tab_documents"),
            blocks=tuple(documents_part(words, documents, choices.search)),
        ),
        Tab(key="differences", title=words("sources.tab_differences", count=count), blocks=tuple(differences)),
        Tab(
            key="dictionary",
            title=words("sources.tab_dictionary"),
            blocks=tuple(dictionary_part(ask, words, choices.search)),
        ),
        Tab(key="download", title=words("sources.tab_download"), blocks=tuple(download_part(ask, words))),
    )


def download_part(ask: Ask, words: Words) -> list[Block]:
    """Say what the zip of the data set holds, above all where the page looks back."""
    today = words("sources.dataset_today") if ask.as_known_on is not None else ""
    note = words.sentences(words("sources.dataset_note"), today)
    return [Text(text=note), tables_table(ask, words, None)]


def documents_part(words: Words, documents: pd.DataFrame, search: str) -> list[Block]:
    """List documents by publisher, kind and date, those with most records first."""
    rows = documents[named_like(documents, search)] if search.strip() else documents
    if rows.empty:
        return [Notice(text=words("sources.no_documents"), kind="empty")]
    rows = rows.assign(
        document=[document_link(words, row) for row in rows.to_dict("records")],
        grade_words=[words.term("grade", value) for value in rows["grade"]],
    )
    columns: Columns = {
        "document": "link",
        "grade_words": "text",
        "statements": "integer",
        "language": "text",
        "published_date": "date",
        "url": "link",
    }
    return [make_table(words, words("sources.documents_table"), rows, columns, "documents")]


def named_like(documents: pd.DataFrame, search: str) -> "pd.Series[bool]":
    """Tell which documents have all words searched for in title, publisher or symbol."""
    wanted = [without_marks(word) for word in search.split()]
    columns = ["title", "published_title", "publisher", "document_code"]
    texts = (without_marks(" ".join(map(str, row))) for row in documents[columns].fillna("").itertuples(index=False))
    return pd.Series([all(word in text for word in wanted) for text in texts], index=documents.index, dtype=bool)


def short_name(words: Words, row: Mapping[Hashable, Any]) -> str:
    """Name a document as it is named outside its own view: publisher, kind, date."""
    date = words.date(row["published_date"]) or words("common.source_undated")
    return words.listed([row["publisher"], words.term("kind", row["kind"]), date])


def document_link(words: Words, row: Mapping[Hashable, Any]) -> str:
    """Return a cell that leads to one document and what was taken from it."""
    link = PageLink(text=short_name(words, row), page="sources", choices={"document": str(row["document_id"])})
    return link_cell(link)


def document_part(ask: Ask, words: Words, document_id: str) -> tuple[str, str, list[Block]]:
    """Show one document: what it is, what was taken from it, where it disagrees."""
    documents = ask("sources_documents", grade=None)
    chosen = documents[documents["document_id"] == document_id]
    back = PageLink(text=words("sources.back"), page="sources")
    if chosen.empty:
        return (
            words("sources.title"),
            words("sources.lead_document_none"),
            [
                Notice(text=words("sources.unknown_document"), kind="empty"),
                *nearest_documents(words, documents, document_id),
                back,
            ],
        )
    row = chosen.iloc[0]
    statements = ask("sources_statements", document_id=document_id, grade=None, search="", most=MOST_STATEMENTS)
    if statements.empty:
        lead, record = words("sources.lead_document_none"), list[Block]()
    else:
        table = tables_table(ask, words, document_id)
        lead = words("sources.lead_document", statements=words.number(row["statements"]), tables=len(table.rows))
        record = [*statements_table(statements, words), Details(title=words("sources.by_table"), blocks=(table,))]
    rows = find_contradictions(ask)
    if not rows.empty:
        named = zip(rows["document_id_a"], rows["document_id_b"], strict=True)
        rows = rows[[document_id in f"{first} {second}".split() for first, second in named]]
    differences = differences_of(rows)
    title = words("sources.disagrees", count=len(differences))
    parts = (
        ("records", words("sources.statements_taken"), record),
        ("differences", title, entries_of(ask, words, differences)),
    )
    shown = tuple(Tab(key=key, title=name, blocks=tuple(blocks)) for key, name, blocks in parts if blocks)
    more: list[Block] = [Tabs(tabs=shown)] if shown else []
    return words("sources.about_document"), lead, [document_entry(row, words), back, *more]


def nearest_documents(words: Words, documents: pd.DataFrame, document_id: str) -> list[Block]:
    """Link the documents whose keys are nearest to one that is not there."""
    named = {row["document_id"]: row for row in documents.to_dict("records")}
    return [
        PageLink(text=short_name(words, named[key]), page="sources", choices={"document": key})
        for key in nearest(document_id, dict.fromkeys(named, ""))
    ]


def document_entry(row: pd.Series, words: Words) -> Entry:
    """Tell what a document is and where it is."""
    published = words.date(row["published_date"]) or words("sources.undated", date=words.date(row["seen_date"]))
    facts = [
        (words("sources.published_title"), row["published_title"]),
        (words("sources.publisher"), row["publisher"]),
        (words("sources.published"), published),
        (words("sources.language"), words(f"sources.language_{row['language']}")),
        (words("sources.symbol"), row["document_code"]),
        (words("sources.meeting"), row["meeting_name"]),
        (words("sources.address"), words("sources.no_address") if pd.isna(row["url"]) else row["url"]),
        (words("sources.document_note"), row["note"]),
    ]
    return Entry(
        title=row["title"],
        tags=(words.term("grade", row["grade"]), words.term("kind", row["kind"])),
        facts=tuple((label, str(value)) for label, value in facts if value is not None and not pd.isna(value)),
        document_ids=(row["document_id"],),
    )


def tables_table(ask: Ask, words: Words, document_id: str | None) -> Table:
    """List how many statements of each table there are, of one document or of all."""
    titles = table_titles()
    rows = ask("sources_tables", document_id=document_id)
    rows = rows.assign(table_title=[titles[name] for name in rows["table_name"]])
    columns: Columns = {"table_title": "text", "statements": "integer"}
    return make_table(words, words("sources.by_table"), rows, columns, "statements_by_table")


def found_part(ask: Ask, words: Words, choices: SourcesChoices) -> tuple[str, list[Block]]:
    """Show the records that meet what is searched for, of one document or grade if one is chosen."""
    wanted = expression(choices.search, known_phrases(ask))
    if choices.search.strip() and not wanted:  # signs alone are in no record
        lead = words("sources.lead_search", found=words.number(0), search=choices.search)
        return lead, [Notice(text=words("sources.no_statements"), kind="empty")]
    statements = ask(
        "sources_statements",
        document_id=choices.document_id,
        grade=choices.grade,
        search=wanted,
        most=MOST_STATEMENTS,
    )
    total = words.number(0 if statements.empty else int(statements["found"].iloc[0]))
    key = "sources.lead_search" if choices.search else "sources.lead_statements"
    return words(key, found=total, search=choices.search), statements_table(statements, words)


def statements_table(statements: pd.DataFrame, words: Words) -> list[Block]:
    """List statements; say so if the list was cut."""
    if statements.empty:
        return [Notice(text=words("sources.no_statements"), kind="empty")]
    titles = table_titles()
    rows = statements.assign(table_title=[titles[name] for name in statements["table_name"]])
    columns: Columns = {
        "table_title": "text",
        "about": "text",
        "said": "text",
        "document_id": "documents",
        "locator": "text",
        "published_date": "date",
        "as_of": "date",
        "caveat_ids": "caveats",
        "note": "text",
    }
    table = make_table(words, words("sources.statements_found"), rows, columns, "statements")
    total = int(statements["found"].iloc[0])
    if total <= len(statements):
        return [table]
    return [Notice(text=words("sources.cut", found=words.number(total), shown=len(statements))), table]


def dictionary_part(ask: Ask, words: Words, search: str) -> list[Block]:
    """Show what each column of each table holds."""
    rows = current_dictionary()
    lead, titles = (
        words("sources.lead_dictionary", columns=len(rows), tables=rows["table_name"].nunique()),
        table_titles(),
    )
    rows = rows.assign(
        allowed=[allowed_words(row, titles, words) for row in rows.to_dict("records")],
        is_required_words=[words.term("boolean", str(value).lower()) for value in rows["is_required"]],
    )
    columns: Columns = {
        "table_title": "text",
        "column_name": "text",
        "column_type": "text",
        "unit": "text",
        "meaning": "text",
        "example": "text",
        "allowed": "text",
        "is_required_words": "text",
    }
    holds = Searched(search, known_phrases(ask))
    kept = rows[[holds(" ".join(map(str, row)).replace("_", " ")) for row in rows.itertuples(index=False)]]
    if kept.empty:
        return [Notice(text=words("sources.no_columns"), kind="empty")]
    note = Text(text=lead, style="note")
    return [note, make_table(words, words("sources.dictionary_table"), kept, columns, "data_dictionary")]


def allowed_words(row: dict[Hashable, Any], titles: Mapping[str, str], words: Words) -> str:
    """Say what a column may hold: keys of a table, or what its description allows. titles: of tables, by name."""
    if row["key_of"]:
        return words("sources.key_of", table=titles[row["key_of"]])
    if row["keys_of"]:
        return words("sources.keys_of", table=titles[row["keys_of"]])
    return str(row["allowed"])
