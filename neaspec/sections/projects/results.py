"""What came of projects: products, activities, recommendations, and agreements they rest on."""

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Notice, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import folded, joined_keys, make_table, rows_of
from neaspec.sections.projects.wording import row_name
from neaspec.text import Words

LINES: Columns = {
    "name": "text",
    "what": "text",
    "state_words": "text",
    "when": "date",
    "note": "text",
    "url": "link",
    "document_ids": "documents",
    "locator": "text",
    "caveat_ids": "caveats",
}


def results(ask: Ask, words: Words, projects: pd.DataFrame) -> list[Block]:
    """List products first, then recommendations; activities by project stand on demand."""
    rows = work_of(ask, words, set(projects["project_id"]))
    products = rows[rows["work_kind"] == "output"]
    blocks: list[Block] = []
    if len(products):
        blocks.append(line_table(words, words("projects.products"), products, "products"))
    advice = ask("recommendations_made", project_id=None)
    advice = advice[advice["project_title"].isin(projects["short_title"])]
    if len(advice):
        blocks.append(folded(words, recommendation_table(words, advice)))
    activities = rows[rows["work_kind"] == "activity"]
    for name, group in activities.groupby("short_title", sort=False):
        table = line_table(words, str(name), group, "work")
        blocks.append(Details(title=words("projects.work_of", name=name, count=len(group)), blocks=(table,)))
    return blocks or [Notice(text=words("projects.no_work"), kind="empty")]


def work_of(ask: Ask, words: Words, keys: set[str]) -> pd.DataFrame:
    """Return activities and products of some projects, each told once, with their words."""
    rows = ask("projects_work", project_id=None)
    rows = rows[rows["project_id"].isin(keys)].copy()
    rows["name"] = [row_name(row, words) for _, row in rows.iterrows()]
    rows = work_told_once(rows)
    return rows.assign(
        state_words=[words.term("state", state) for state in rows["state"]],
        when=rows["done_date"].fillna(rows["due_date"]),
    )


def line_table(words: Words, title: str, rows: pd.DataFrame, file_name: str) -> Table:
    """List activities or products; a column without any cell is left out."""
    columns = {name: kind for name, kind in LINES.items() if name in ("name", "what") or rows[name].notna().any()}
    return make_table(words, title, rows, columns, file_name)


def recommendation_table(words: Words, rows: pd.DataFrame) -> Table:
    """List what projects recommend."""
    columns: Columns = {
        "project_title": "text",
        "subject": "text",
        "what": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return make_table(words, words("projects.recommendations"), rows, columns, "recommendations")


def work_told_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Tell what several documents say alike in one line with all of them; the first date of the statements stays."""
    same = ["short_title", "name", "work_kind", "kind", "what", "state", "due_date", "done_date", "url"]
    return (
        rows.sort_values("as_of", kind="stable")
        .groupby(same, sort=False, dropna=False)
        .agg(
            as_of=("as_of", "first"),
            document_ids=("document_id", lambda keys: joined_keys(keys)),
            locator=("locator", lambda places: "; ".join(dict.fromkeys(places.dropna()))),
            caveat_ids=("caveat_ids", lambda keys: joined_keys(keys)),
            note=("note", lambda notes: " ".join(dict.fromkeys(notes.dropna()))),
        )
        .reset_index()
    )


def agreements(words: Words, rows: pd.DataFrame) -> list[Block]:
    """List agreements and letters with their status: those of a project on its page, the others under cooperation."""
    if rows.empty:
        return [Notice(text=words("projects.no_agreements"), kind="empty")]
    rows = rows.assign(
        kind_words=[words.term("agreement_kind", kind) for kind in rows["agreement_kind"]],
        state_words=[words.term("state", state) for state in rows["state"]],
        what=[what_of(words, row) for row in rows_of(rows)],
    )
    columns: Columns = {
        "agreement": "text",
        "kind_words": "text",
        "date": "date",
        "state_words": "text",
        "what": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return [make_table(words, words("projects.agreements_table"), rows, columns, "agreements")]


def what_of(words: Words, row: "pd.Series") -> str:
    """Say what an agreement is about, and how many documents it is made of where that is stated."""
    count = row.number_of_documents
    made_of = "" if pd.isna(count) else words("projects.number_of_documents", count=int(count))
    return words.sentences("" if pd.isna(row.what) else row.what, made_of)
