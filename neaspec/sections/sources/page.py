"""Sources: the documents and what was taken from each, every statement, contradictions, the dictionary of the data."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from neaspec.blocks import (
    Block,
    Chart,
    Columns,
    Details,
    Entry,
    Heading,
    Notice,
    Page,
    PageLink,
    Table,
    Text,
    link_cell,
)
from neaspec.data.contradictions import differences_of, find_contradictions
from neaspec.data.export import current_dictionary, table_titles
from neaspec.data.queries import Ask
from neaspec.data.search.query import Searched, expression, known_phrases
from neaspec.sections.common import compose, make_table
from neaspec.sections.contradictions import entries_of
from neaspec.sections.sources.differences import contradictions_part
from neaspec.text import Words

PARTS = ("documents", "statements", "contradictions", "dictionary")
MOST_STATEMENTS = 500
PAPER_KINDS = ("meeting_paper", "slides", "concept_note")
MOST_PAPERS = 5


@dataclass(frozen=True)
class SourcesChoices:
    """What the reader chose: a part of the page, one document, one grade, words to search for."""

    part: str = "documents"
    document_id: str | None = None
    grade: str | None = None
    search: str = ""


def page(ask: Ask, words: Words, choices: SourcesChoices) -> Page:
    """Make the page of sources: the part chosen; one document, if one is chosen; a search looks into statements."""
    if choices.part == "contradictions":
        lead, blocks = contradictions_part(ask, words, choices.search)
    elif choices.part == "dictionary":
        lead, blocks = dictionary_part(ask, words, choices.search)
    elif choices.part == "statements" or choices.search:
        lead, blocks = statements_part(ask, words, choices)
    elif choices.document_id is not None:
        lead, blocks = document_part(ask, words, choices.document_id)
    else:
        lead, blocks = documents_part(ask, words, choices.grade)
    return compose(ask, "sources", words("sources.title"), lead, [*blocks, *dataset_note(ask, words)])


def dataset_note(ask: Ask, words: Words) -> list[Block]:
    """Say what the zip of the data set holds, above all where the page looks back."""
    note = words("sources.dataset_note")
    if ask.as_known_on is not None:
        note += " " + words("sources.dataset_today")
    return [Heading(text=words("sources.dataset")), Text(text=note, style="note")]


def documents_part(ask: Ask, words: Words, grade: str | None) -> tuple[str, list[Block]]:
    """Show all documents: how much rests on each grade, the papers of NEASPEC, the whole list."""
    grades = ask("sources_grades")
    documents = ask("sources_documents", grade=grade)
    official = grades.loc[grades["grade"] == "official", "documents"].sum()
    lead = words(
        "sources.lead",
        statements=words.number(grades["statements"].sum()),
        documents=words.number(grades["documents"].sum()),
        official=words.number(official),
    )
    blocks: list[Block] = [grades_chart(grades, words), *papers(documents, words)]
    blocks.append(Heading(text=words("sources.all_documents")))
    if documents.empty:
        return lead, [*blocks, Notice(text=words("sources.no_documents"), kind="empty")]
    rows = documents.assign(
        grade_words=[words.term("grade", value) for value in documents["grade"]],
        kind_words=[words.term("kind", value) for value in documents["kind"]],
        taken_link=[document_link(words, key) for key in documents["document_id"]],
    )
    columns: Columns = {
        "title": "text",
        "taken_link": "link",
        "statements": "integer",
        "url": "link",
        "publisher": "text",
        "published_date": "date",
        "grade_words": "text",
        "kind_words": "text",
        "language": "text",
    }
    blocks.append(make_table(words, words("sources.documents_table"), rows, columns, "documents"))
    blocks.append(Details(title=words("sources.filled"), blocks=(tables_table(ask, words, None),)))
    return lead, blocks


def document_link(words: Words, document_id: str) -> str:
    """Return a cell that leads to one document and what was taken from it."""
    return link_cell(PageLink(text=words("sources.open"), page="sources", choices={"document": document_id}))


def grades_chart(grades: pd.DataFrame, words: Words) -> Chart:
    """Draw how many statements rest on documents of each grade."""
    rows = grades.assign(grade_words=[words.term("grade", value) for value in grades["grade"]])
    columns: Columns = {"grade_words": "text", "documents": "integer", "statements": "integer"}
    summary = "; ".join(f"{row['grade_words']} {words.number(row['statements'])}" for row in rows.to_dict("records"))
    return Chart(
        title=words("sources.grades_title"),
        kind="bars",
        rows=rows,
        roles={"category": "grade_words", "value": "statements"},
        value_title=words("sources.grades_axis"),
        alt=words("sources.grades_alt", summary=summary),
        table=make_table(words, words("sources.grades_table"), rows, columns, "statements_by_grade"),
        unit=words("sources.grades_unit"),
        counted=words("sources.grades_counted"),
    )


def papers(documents: pd.DataFrame, words: Words) -> list[Block]:
    """List the papers for meetings that most was taken from, each with a link to what was taken."""
    rows = documents[documents["kind"].isin(PAPER_KINDS) & (documents["statements"] > 0)].head(MOST_PAPERS)
    if rows.empty:
        return []
    entries: list[Block] = [
        Entry(
            title=row["title"],
            tags=(
                words.term("kind", row["kind"]),
                words.date(row["published_date"]) or words("common.source_undated"),
                words("sources.statements_of", statements=row["statements"]),
            ),
            document_ids=(row["document_id"],),
            links=(PageLink(text=words("sources.taken"), page="sources", choices={"document": row["document_id"]}),),
        )
        for row in rows.to_dict("records")
    ]
    note = Text(text=words("sources.papers_note"), style="note")
    return [Heading(text=words("sources.papers")), note, *entries]


def document_part(ask: Ask, words: Words, document_id: str) -> tuple[str, list[Block]]:
    """Show one document: what it is, what was taken from it, where it disagrees."""
    documents = ask("sources_documents", grade=None)
    chosen = documents[documents["document_id"] == document_id]
    back = PageLink(text=words("sources.back"), page="sources")
    if chosen.empty:
        return words("sources.lead_document_none"), [
            Notice(text=words("sources.unknown_document"), kind="empty"),
            back,
        ]
    row = chosen.iloc[0]
    statements = ask("sources_statements", document_id=document_id, grade=None, search="", most=MOST_STATEMENTS)
    blocks: list[Block] = [Heading(text=words("sources.about_document")), document_entry(row, words), back]
    if statements.empty:
        lead = words("sources.lead_document_none")
    else:
        table = tables_table(ask, words, document_id)
        lead = words("sources.lead_document", statements=words.number(row["statements"]), tables=len(table.rows))
        blocks += [Heading(text=words("sources.statements_taken")), *statements_table(statements, words)]
        blocks.append(Details(title=words("sources.by_table"), blocks=(table,)))
    rows = find_contradictions(ask)
    if not rows.empty:
        rows = rows[
            [
                document_id in f"{first} {second}".split()
                for first, second in zip(rows["document_id_a"], rows["document_id_b"], strict=True)
            ]
        ]
    blocks.append(Heading(text=words("sources.disagrees")))
    blocks += entries_of(ask, words, differences_of(rows))
    if rows.empty:
        blocks.append(Notice(text=words("sources.no_disagreement"), kind="empty"))
    return lead, blocks


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


def statements_part(ask: Ask, words: Words, choices: SourcesChoices) -> tuple[str, list[Block]]:
    """Show the statements that meet what is searched for."""
    wanted = expression(choices.search, known_phrases(ask))
    if choices.search.strip() and not wanted:  # signs alone are in no statement
        return words("sources.lead_search", found=words.number(0), search=choices.search), [
            Heading(text=words("sources.statements")),
            Notice(text=words("sources.no_statements"), kind="empty"),
        ]
    statements = ask(
        "sources_statements",
        document_id=choices.document_id,
        grade=choices.grade,
        search=wanted,
        most=MOST_STATEMENTS,
    )
    total = words.number(0 if statements.empty else int(statements["found"].iloc[0]))
    key = "sources.lead_search" if choices.search else "sources.lead_statements"
    blocks: list[Block] = [Heading(text=words("sources.statements")), *statements_table(statements, words)]
    return words(key, found=total, search=choices.search), blocks


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


def dictionary_part(ask: Ask, words: Words, search: str) -> tuple[str, list[Block]]:
    """Show what each column of each table holds."""
    rows = current_dictionary()
    lead = words("sources.lead_dictionary", columns=len(rows), tables=rows["table_name"].nunique())
    rows = rows.assign(
        allowed=[allowed_words(row, words) for row in rows.to_dict("records")],
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
    blocks: list[Block] = [Heading(text=words("sources.dictionary"))]
    if kept.empty:
        return lead, [*blocks, Notice(text=words("sources.no_columns"), kind="empty")]
    return lead, [
        *blocks,
        make_table(words, words("sources.dictionary_table"), kept, columns, "data_dictionary"),
    ]


def allowed_words(row: dict[Hashable, Any], words: Words) -> str:
    """Say what a column may hold: keys of a table, or what its description allows."""
    titles = table_titles()
    if row["key_of"]:
        return words("sources.key_of", table=titles[row["key_of"]])
    if row["keys_of"]:
        return words("sources.keys_of", table=titles[row["keys_of"]])
    return str(row["allowed"])
