"""Every statement of the five source documents says what its passage says: numbers, dates, States, names.

The documents are no part of the project. The check runs where they lie beside it (../shared/sources, or the folder
`sources` of NEASPEC_SHARED). What a statement holds and its passage does not is listed in passage_exceptions.csv.
"""

import os
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from neaspec.paths import DATA_DIR, ROOT
from tests.support.own_words import NAMES, RUN, copied_runs, runs_of, words_in
from tests.support.passage_check import (
    DATES,
    DOCUMENTS,
    Miss,
    misses,
    names_in,
    proper_words,
    read_sources,
    read_tables,
    statements,
)

SOURCES = Path(os.environ.get("NEASPEC_SHARED", ROOT.parent / "shared")) / "sources"
EXCEPTIONS = pd.read_csv(Path(__file__).parent / "passage_exceptions.csv", keep_default_na=False)
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the source documents are no part of the project")


@pytest.fixture(scope="module")
def tables():
    return read_tables()


@pytest.fixture(scope="module")
def names(tables):
    return names_in(tables)


@pytest.fixture(scope="module")
def proper(names):
    return proper_words(names)


@pytest.fixture(scope="module")
def sources():
    return read_sources(SOURCES)


@pytest.fixture(scope="module")
def found(tables, sources, names, proper) -> list[Miss]:
    return [miss for table, key, row in statements(tables) for miss in misses(table, key, row, sources, names, proper)]


@needs_sources
def test_each_statement_says_what_its_passage_says_or_is_an_exception_with_a_reason(found):
    allowed = set(zip(EXCEPTIONS["table_name"], EXCEPTIONS["row_id"], EXCEPTIONS["token"], strict=True))
    assert [miss for miss in found if (miss.table_name, miss.row_id, miss.token) not in allowed] == []


@needs_sources
def test_no_exception_is_kept_that_is_not_needed(found):
    needed = {(miss.table_name, miss.row_id, miss.token) for miss in found}
    listed = zip(EXCEPTIONS["table_name"], EXCEPTIONS["row_id"], EXCEPTIONS["token"], strict=True)
    assert [exception for exception in listed if exception not in needed] == []


@needs_sources
def test_all_five_documents_are_cut_and_every_locator_is_found(tables, sources, found):
    cited = Counter(row["document_id"] for _, _, row in statements(tables))
    print(f"{cited.total()} statements held against their passages; {len(found)} exceptions: {dict(cited)}")
    for why, count in Counter(EXCEPTIONS["why"]).most_common():
        print(f"  {count:4} {why}")
    assert set(cited) == set(sources) == set(DOCUMENTS)
    assert cited.total() > 900
    assert [miss for miss in found if miss.token == "locator"] == []


def planted(row: dict[str, str], kind: str) -> dict[str, str] | None:
    """Give a row with one fault of a kind, or nothing if it has no place for it."""
    if kind == "figure":
        column = next((name for name in ("value", "amount", "individuals", "area_ha") if row.get(name)), None)
        return {**row, column: f"{float(row[column]) + 5:g}"} if column and row.get("is_derived") != "true" else None
    if kind == "year":
        column = next((name for name in (*DATES, "year_from", "designated_year") if row.get(name)), None)
        return {**row, column: str(int(row[column][:4]) - 9) + row[column][4:]} if column else None
    if kind == "month":
        column = next((name for name in DATES if len(row.get(name) or "") == 7), None)
        return {**row, column: f"{row[column][:5]}{int(row[column][5:]) % 12 + 1:02}"} if column else None
    if kind == "State":
        column = next((name for name in ("country_code", "from_country_code") if row.get(name)), None)
        return {**row, column: "JPN" if row[column] != "JPN" else "MNG"} if column else None
    if kind == "name":
        return {**row, "what": f"{row['what'].rstrip('.')} by the Ussuri Institute."} if row.get("what") else None
    if kind == "species":
        return {**row, "species_id": OTHER_SPECIES[row["species_id"]]} if row.get("species_id") else None
    return {**row, "site_id": OTHER_SITES.get(row["site_id"], "rason")} if row.get("site_id") else None


OTHER_SPECIES = {
    "amur_tiger": "hooded_crane",
    "amur_leopard": "black_faced_spoonbill",
    "snow_leopard": "amur_tiger",
    "hooded_crane": "amur_tiger",
    "white_naped_crane": "snow_leopard",
    "black_faced_spoonbill": "amur_leopard",
}
OTHER_SITES = {"rason": "hakata_bay", "tumen_estuary": "izumi", "fangchuan": "lindian", "jingxin": "cheonsu_bay"}


@needs_sources
@pytest.mark.parametrize(
    ("kind", "least"),
    [("figure", 0.9), ("year", 0.95), ("month", 0.8), ("name", 1.0), ("site", 0.75), ("species", 0.6), ("State", 0.45)],
)
def test_faults_planted_in_all_rows_are_found(tables, sources, names, proper, found, kind, least):
    """What the same passage says of something else cannot be found: above all States and species named side by side."""
    clean = {(miss.table_name, miss.row_id) for miss in found}
    caught = [
        bool(misses(table, key, fault, sources, names, proper))
        for table, key, row in statements(tables)
        if (table, key) not in clean and (table, kind) != ("gaps", "name")
        for fault in [planted(row, kind)]
        if fault is not None
    ]
    print(f"{kind}: {sum(caught)} of {len(caught)} planted faults found")
    assert len(caught) > 15
    assert sum(caught) >= least * len(caught)


@needs_sources
@pytest.mark.parametrize(
    ("table", "key", "change", "missed"),
    [
        ("counts", "tiger_rus_camera_2016", {"value": "48"}, "number:48"),
        ("budgets", "budget_big_cats_total", {"amount": "337801"}, "number:337801"),
        ("budgets", "budget_bird_connectivity_total", {"amount": "299798"}, "number:299798"),
        ("project_periods", "c1_revised_note21", {"start_date": "2021-10"}, "month:10"),
        ("facts", "workshop_2024_participants", {"value": "16"}, "number:16"),
        ("site_areas", None, {"area_ha": "1461.13"}, "number:1461.13"),
        ("events", "russian_funding_offer_2019", {"country_codes": "MNG"}, "State:MNG"),
        ("facts", "big_cats_proposal_1", {"what": "A protected area in the West Manchurian area."}, "name:West"),
        ("facts", "workshop_2024_participants", {"locator": "para. 15"}, "number:61"),
        ("facts", "workshop_2024_participants", {"locator": "para. 26"}, "locator"),
        ("names", "name_fangchuan_015", {"name": "Fangchuan National Scenic Reserve"}, "whole:Fangchuan"),
    ],
)
def test_a_fault_planted_in_a_real_row_is_named(tables, sources, names, proper, table, key, change, missed):
    rows = {(name, row_id): row for name, row_id, row in statements(tables)}
    key = key or next(row_id for (name, row_id), row in rows.items() if name == table and row["area_ha"] == "1416.13")
    told = [miss.token for miss in misses(table, key, rows[table, key] | change, sources, names, proper)]
    assert any(token.startswith(missed) for token in told), told


@needs_sources
def test_no_row_has_twelve_words_running_as_in_a_document():
    runs = runs_of(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.txt"))
    assert len(runs) > 5000
    tables = {path.stem: pd.read_csv(path, keep_default_na=False, dtype=str) for path in DATA_DIR.glob("*.csv")}
    cells = [
        (table, column, rows.iloc[:, 0].tolist(), rows[column].tolist())
        for table, rows in tables.items()
        for column in rows.columns
    ]
    printed = {name for table, column, _, values in cells if (table, column) in NAMES for name in values}
    names = sorted({" ".join(words_in(name)) for name in printed} - {""}, key=len, reverse=True)
    copied = [
        (table, key, run)
        for table, column, keys, values in cells
        if (table, column) not in NAMES
        for key, value in zip(keys, values, strict=True)
        if len(value) > RUN
        for run in copied_runs(value, names if runs_of([value]) & runs else (), runs)
    ]
    assert copied == []
