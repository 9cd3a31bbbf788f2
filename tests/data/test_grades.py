"""Grades of documents: who stands behind a row, and what a row of a low grade may not decide."""

import csv
import json
import re
from pathlib import Path

import pytest

from neaspec.paths import ROOT

DATA = ROOT / "data"
# What a row whose document has this grade must carry; no other row may.
GRADE_CAVEATS = {"press": "press_only", "web_page": "web_page_only"}
# Words at the head of keys that are names of bodies, and what must then stand in publisher or address.
BODIES = {
    "birdlife": "birdlife",
    "china_daily": "china daily",
    "china_news": "china news",
    "cms": "cms",
    "eaafp": "eaafp",
    "escap": "escap",
    "hkbws": "hong kong bird watching society",
    "iucn": "iucn|cat specialist group",
    "izumi_city": "izumi city",
    "kbs": "kbs",
    "kcna": "korean central news agency",
    "kremlin": "kremlin.ru",
    "land_of_the_leopard": "land of the leopard national park$",
    "me_rok": "ministry of environment, republic of korea",
    "moe_japan": "ministry of the environment, japan",
    "mofa_rok": "ministry of foreign affairs, republic of korea",
    "neaspec": "neaspec",
    "ramsar": "ramsar|convention on wetlands",
    "slt": "snow leopard trust",
    "tass": "tass",
    "unesco": r"^(?!.*commission).*unesco(?!-world-heritage\.silk)",
    "united_nations": "united nations",
    "wbsj": "wild bird society of japan",
    "wikipedia": "wikipedia",
    "wwf": r"^(?!.*quoting|.*private blog).*wwf",
    "xinhua": "xinhua",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOCUMENTS = {row["document_id"]: row for row in rows_of(DATA / "documents.csv")}


def grades() -> list[str]:
    """Return the grades as the description of the data lists them, best first."""
    tables = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    fields = next(table for table in tables if table["name"] == "documents")["schema"]["fields"]
    found: list[str] = next(field for field in fields if field["name"] == "grade")["constraints"]["enum"]
    return found


def statements() -> list[tuple[str, dict[str, str]]]:
    """Return every row of every table that cites a document, with the name of its table."""
    return [
        (path.stem, row)
        for path in sorted(DATA.glob("*.csv"))
        if path.stem != "documents"
        for row in rows_of(path)
        if row.get("document_id")
    ]


def test_one_order_of_grades_stands_in_every_question_and_on_the_page_of_sources():
    order = grades()
    assert order == ["official", "scientific", "organisation", "press", "web_page"]
    lists = [
        (path.name, re.findall(r"'(\w+)'", found))
        for path in (ROOT / "queries").rglob("*.sql")
        for found in re.findall(r"list_position\(\[([^\]]*)\], documents\.grade\)", path.read_text(encoding="utf-8"))
    ]
    assert len(lists) >= 7
    assert [name for name, found in lists if found != order] == []
    assert f"GRADES = {json.dumps(order)}" in (ROOT / "pages" / "sources.py").read_text(encoding="utf-8")


def test_the_caveat_of_a_row_follows_the_grade_of_its_document():
    wrong = []
    for table, row in statements():
        if "caveat_ids" not in row:
            continue
        due = GRADE_CAVEATS.get(DOCUMENTS[row["document_id"]]["grade"])
        found = [key for key in row["caveat_ids"].split() if key in GRADE_CAVEATS.values()]
        if found != ([due] if due else []):
            wrong.append((table, next(iter(row.values())), found, due))
    assert wrong == []


@pytest.mark.parametrize("body", sorted(BODIES))
def test_no_key_of_a_document_names_a_body_that_did_not_publish_it(body):
    wrong = [
        key
        for key, row in DOCUMENTS.items()
        if re.match(rf"{body}(_|$)", key) and not re.search(BODIES[body], f"{row['url']} {row['publisher']}".lower())
    ]
    assert wrong == []


def test_an_encyclopaedia_a_blog_or_a_travel_page_is_a_web_page():
    words = r"wikipedia|encyclop|\bblog\b|travel page|mirror page|personal page|tourist portal|board \("
    wrong = [
        key
        for key, row in DOCUMENTS.items()
        if re.search(words, row["publisher"].lower()) and row["grade"] != "web_page"
    ]
    assert wrong == []
