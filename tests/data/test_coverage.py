"""Every fact of the five source documents: which rows of the tables hold it (coverage.csv), or why none does.

For facts that a reader would miss, the columns `page` and `shows` say on which page the row stands, and words and
figures that must stand there in one line of a table or in one item, with the document (separated by "; ").
"""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from neaspec.blocks import Column, Entry, Table, walk
from neaspec.data.description import read_description, tables_of
from neaspec.paths import DATA_DIR
from neaspec.sections.common import keys_in
from neaspec.sections.cooperation import page as cooperation
from neaspec.sections.projects import page as projects

COVERAGE = Path(__file__).parent / "coverage.csv"
# The list the facts were taken from is no part of the project; it is compared where it lies beside it.
FACT_LIST = next(DATA_DIR.parent.parent.glob("shared/*/som/s*_facts.csv"), None)
FACTS = 459  # facts listed when the five documents were read
SOURCE_DOCUMENTS = {"som_24_paper", "som_24_slides", "som_27_paper", "workshop_2016_note", "workshop_2021_note"}

PAGES = {
    "projects": lambda ask, words: projects.page(ask, words, projects.ProjectsChoices()),
    "cooperation": lambda ask, words: cooperation.page(ask, words, cooperation.CooperationChoices()),
}
ON_PAGES = [
    (row["table_name"], row["row_key"], row["page"], row["document_id"], row["shows"])
    for row in csv.DictReader(COVERAGE.open(encoding="utf-8", newline=""))
    if row["page"]
]


@pytest.fixture(scope="module")
def coverage() -> pd.DataFrame:
    return pd.read_csv(COVERAGE, keep_default_na=False)


@pytest.fixture(scope="module")
def row_documents(real_connection) -> dict[tuple[str, str], str]:
    """(table, key) -> document of every row of every table of statements."""
    found: dict[tuple[str, str], str] = {}
    for table in tables_of(read_description(DATA_DIR)):
        name, key = table["name"], table["schema"]["primaryKey"][0]
        if table.get("kind") == "statement":
            with real_connection.cursor() as cursor:
                rows = cursor.execute(f'select "{key}", document_id from "{name}"').fetchall()
            found |= {(name, row_key): document_id for row_key, document_id in rows}
    return found


def test_every_row_named_for_a_fact_exists_and_is_of_the_document_of_the_fact(coverage, row_documents):
    named = coverage[coverage["row_key"] != ""]
    wrong = [
        (row.fact_id, row.table_name, row.row_key, row_documents.get((row.table_name, row.row_key)))
        for row in named.itertuples()
        if row_documents.get((row.table_name, row.row_key)) != row.document_id
    ]
    assert len(named) > FACTS
    assert wrong == []


def test_all_facts_of_the_five_documents_are_covered_or_have_a_reason(coverage):
    covered = set(coverage.loc[coverage["row_key"] != "", "fact_id"])
    reasons = {
        row.fact_id: row.reason for row in coverage.itertuples() if row.row_key == "" and row.fact_id not in covered
    }
    print(f"{len(covered)} facts are covered by rows, {len(reasons)} are not")
    for fact_id, reason in sorted(reasons.items()):
        print(f"  {fact_id}: {reason}")
    assert set(coverage["fact_id"]) == {f"f{number:03}" for number in range(1, FACTS + 1)}
    assert len(covered) >= FACTS
    assert all(reasons.values())


def test_a_fact_belongs_to_one_of_the_five_documents_only(coverage):
    documents = coverage.drop_duplicates(["fact_id", "document_id"])
    assert [fact for fact, count in Counter(documents["fact_id"]).items() if count > 1] == []
    assert set(documents["document_id"]) == SOURCE_DOCUMENTS


def test_no_row_is_named_twice_for_one_fact(coverage):
    assert not coverage.duplicated(["fact_id", "table_name", "row_key"]).any()


@pytest.mark.skipif(FACT_LIST is None, reason="the list of facts is not part of the project")
def test_the_list_of_facts_and_the_coverage_name_the_same_facts(coverage):
    with FACT_LIST.open(encoding="utf-8", newline="") as file:
        listed = {row["fact_id"].lower() for row in csv.DictReader(file)}
    assert listed == set(coverage["fact_id"])


@pytest.fixture(scope="module")
def items(ask, words) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """page -> its lines of tables and its items: what each says, and the documents it cites."""
    told: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, compose in PAGES.items():
        told[name] = []
        for block in walk(compose(ask, words).blocks):
            if isinstance(block, Entry):
                facts = [f"{label} {value}" for label, value in block.facts]
                told[name].append((" | ".join([block.title, block.text, *facts]), block.document_ids))
            elif isinstance(block, Table):
                told[name] += [line(block.columns, row, words) for row in block.rows.to_dict("records")]
    return told


def line(columns: tuple[Column, ...], row: dict, words) -> tuple[str, tuple[str, ...]]:
    """Give what a row of a table says, and the documents it cites."""
    cells = [
        words.date(row[c.name]) if c.kind == "date" else str(row[c.name]) for c in columns if c.kind != "documents"
    ]
    return " | ".join(cells), keys_in(row[c.name] for c in columns if c.kind == "documents")


def test_facts_that_a_reader_would_miss_are_on_their_pages(items):
    missing = [
        f"{table} {key}: no line or item of {page} says {shows} and cites {document}"
        for table, key, page, document, shows in sorted(set(ON_PAGES))
        if not any(
            document in documents and all(each in text for each in shows.split("; ")) for text, documents in items[page]
        )
    ]
    assert missing == []


def test_the_facts_that_no_page_showed_are_listed():
    tables = Counter(table for table, *_ in set(ON_PAGES))
    assert len(set(ON_PAGES)) >= 38
    assert set(tables) == {"components", "events", "facts", "outputs"}
