"""Every fact of the five source documents: which rows of the tables hold it (tests/coverage.csv), or why none does."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from neaspec.check_tables import read_description, tables_of
from neaspec.tables import DATA_DIR

COVERAGE = Path(__file__).parent / "coverage.csv"
# The list the facts were taken from is no part of the project; it is compared where it lies beside it.
FACT_LIST = next(DATA_DIR.parent.parent.glob("shared/*/som/s*_facts.csv"), None)
FACTS = 459  # facts listed when the five documents were read
SOURCE_DOCUMENTS = {"som_24_paper", "som_24_slides", "som_27_paper", "workshop_2016_note", "workshop_2021_note"}


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
