"""Requests and decisions carry the official terms of their paragraph (tests/data/official_terms.csv)."""

import re
from pathlib import Path

import pandas as pd
import pytest

from neaspec.paths import DATA_DIR

LISTED = pd.read_csv(Path(__file__).parent / "official_terms.csv", keep_default_na=False)
TEXTS = {"issues": ["asked"], "decisions": ["what", "addressee"]}
KEYS = {"issues": "issue_id", "decisions": "decision_id"}
PAPERS = {
    "som_24_paper": "000",
    "workshop_2016_note": "001",
    "som_27_paper": "002",
    "som_24_slides": "003",
    "workshop_2021_note": "004",
}
# The documents are no part of the project; their texts are compared where they lie beside it.
SOURCES = next((folder for folder in DATA_DIR.parent.parent.glob("shared/sources") if folder.is_dir()), None)
NUMBERED = {"som_24_paper", "som_27_paper"}  # documents whose paragraphs can be cut out by their numbers
SHORT = {"SOM-22": "twenty-second Senior Officials Meeting", "SOM-23": "twenty-third Senior Officials Meeting"}


def plain(text: str) -> str:
    """Write a text alike however it was typed: small letters, one kind of quotation mark, single blanks, no markup."""
    text = text.replace("’", "'").replace("*", "").replace("\f", " ")
    return re.sub(r"\s+", " ", text).lower().replace("/ ", "/")


def row_of(table: str, key: str) -> pd.Series:
    rows = pd.read_csv(DATA_DIR / f"{table}.csv", keep_default_na=False, dtype=str)
    return rows[rows[KEYS[table]] == key].iloc[0]


def passage(document_id: str, locator: str) -> str:
    """Cut a numbered paragraph out of a document; the whole text of one whose paragraphs have no numbers."""
    text = next(SOURCES.glob(f"{PAPERS[document_id]}_*.txt")).read_text(encoding="utf-8")
    number = re.search(r"paras?\. (\d+)", locator)
    if document_id not in NUMBERED or number is None:
        return plain(text)
    begin = re.search(rf"^\s*{number[1]}\.\s", text, re.MULTILINE)
    end = re.search(rf"^\s*{int(number[1]) + 1}\.\s", text[begin.end() :], re.MULTILINE)
    return plain(text[begin.start() : begin.end() + end.start()] if end else text[begin.start() :])


def test_every_request_and_decision_of_the_five_documents_has_its_terms():
    for table, key in KEYS.items():
        rows = pd.read_csv(DATA_DIR / f"{table}.csv", keep_default_na=False, dtype=str)
        of_papers = set(rows.loc[rows["document_id"].isin(PAPERS), key])
        assert of_papers == set(LISTED.loc[LISTED["table"] == table, "row_id"])
        assert of_papers


def test_every_row_carries_the_official_terms():
    missing = []
    for listed in LISTED.itertuples():
        row = row_of(listed.table, listed.row_id)
        said = plain(" ".join(row[column] for column in TEXTS[listed.table]))
        missing += [(listed.row_id, term) for term in listed.terms.split("|") if plain(term) not in said]
    assert missing == []


@pytest.mark.skipif(SOURCES is None, reason="the five documents are not part of the project")
def test_the_terms_stand_in_the_passages_of_the_documents():
    missing = []
    for listed in LISTED.itertuples():
        row = row_of(listed.table, listed.row_id)
        text = passage(row["document_id"], row["locator"])
        missing += [
            (listed.row_id, term)
            for term in listed.terms.split("|")
            if plain(term) not in text and plain(SHORT.get(term, "\0")) not in text
        ]
    assert missing == []
