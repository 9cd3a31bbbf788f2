"""A small made-up data package for planted faults: the real descriptions, invented rows, most tables empty."""

import csv
import json
import re
from pathlib import Path

from neaspec.paths import DATA_DIR

ROWS: dict[str, list[dict[str, str]]] = {
    "countries": [
        {
            "country_code": "MNG",
            "name": "Mongolia",
            "official_name": "Mongolia",
            "is_member": "true",
            "label_latitude": "47",
            "label_longitude": "104",
        },
        {"country_code": "JPN", "name": "Japan", "official_name": "Japan", "is_member": "true"},
    ],
    "species": [
        {
            "species_id": "made_up_cat",
            "name": "Made-up cat",
            "scientific_name": "Felis ficta",
            "taxon_rank": "species",
            "taxon_group": "big_cat",
            "colour": "#B5541C",
            "colour_dark": "#E8935A",
            "marker": "circle",
            "public_place_level": "protected_area",
            "sensitivity_reason": "Made up.",
            "sensitivity_review_date": "2030",
            "sort_order": "1",
        },
    ],
    "caveats": [{"caveat_id": "made_up", "name": "Made up", "meaning": "Not a real row.", "severity": "information"}],
    "documents": [
        {
            "document_id": "old_paper",
            "title": "Made-up paper",
            "publisher": "Nobody",
            "published_date": "2019",
            "seen_date": "2026-01-01",
            "kind": "report",
            "grade": "official",
            "language": "en",
        },
        {
            "document_id": "new_paper",
            "title": "Made-up paper, later",
            "publisher": "Nobody",
            "seen_date": "2026-01-01",
            "published_date": "2022-02",
            "kind": "report",
            "grade": "official",
            "language": "en",
        },
        {
            "document_id": "undated_page",
            "title": "Made-up page",
            "publisher": "Nobody",
            "seen_date": "2026-01-01",
            "kind": "web_page",
            "grade": "press",
            "language": "en",
        },
    ],
    "meetings": [
        {
            "meeting_id": "som_90",
            "kind": "som",
            "name": "Made-up meeting",
            "number": "90",
            "start_date": "2020-05-01",
            "end_date": "2020-05-02",
            "modality": "virtual",
            "state": "held",
            "document_id": "undated_page",
            "locator": "p. 1",
        },
    ],
    "sites": [
        {
            "site_id": "made_up_park",
            "name": "Made-up park",
            "country_code": "MNG",
            "country_codes": "MNG",
            "site_kind": "protected_area",
            "latitude": "47.5",
            "longitude": "104.5",
            "coordinate_precision_deg": "0.1",
            "coordinate_basis": "stated",
            "is_sensitive": "false",
            "is_in_neaspec_papers": "false",
            "is_tumen": "false",
            "document_id": "old_paper",
            "locator": "p. 1",
        },
    ],
    "series": [
        {
            "series_id": "cats_park",
            "species_id": "made_up_cat",
            "name": "Cats in the park",
            "comparability": "Made up.",
            "is_joined": "true",
            "unit": "individuals",
            "headline_order": "1",
        },
    ],
    "counts": [
        {
            "count_id": "cats_2018",
            "species_id": "made_up_cat",
            "country_code": "MNG",
            "area_name": "Made-up park",
            "year_from": "2018",
            "year_to": "2018",
            "count_kind": "estimate",
            "population_part": "adults",
            "method": "camera_trap",
            "value": "7",
            "qualifier": "exact",
            "unit": "individuals",
            "series_id": "cats_park",
            "is_derived": "false",
            "document_id": "old_paper",
            "locator": "Table 1",
            "caveat_ids": "made_up",
        },
        {
            "count_id": "cats_2021",
            "species_id": "made_up_cat",
            "country_code": "MNG",
            "area_name": "Made-up park",
            "year_from": "2021",
            "year_to": "2021",
            "count_kind": "estimate",
            "population_part": "adults",
            "method": "camera_trap",
            "low": "8",
            "high": "12",
            "qualifier": "exact",
            "unit": "individuals",
            "series_id": "cats_park",
            "is_derived": "false",
            "document_id": "new_paper",
            "locator": "Table 1",
        },
    ],
    "evidence_links": [
        {
            "evidence_link_id": "link_1",
            "from_table": "issues",
            "from_id": "ask_1",
            "subject_table": "sites",
            "subject_id": "made_up_park",
            "why": "Made up.",
        },
    ],
    "issues": [
        {
            "issue_id": "ask_1",
            "meeting_id": "som_90",
            "subject": "Made-up ask",
            "ask_kind": "views",
            "asked": "Views",
            "addressee": "all member States",
            "is_nature_conservation": "true",
            "is_agenda_item": "false",
            "document_id": "old_paper",
            "locator": "p. 1",
        },
    ],
}


def write_package(
    folder: Path,
    more: dict[str, list[dict[str, str]]] | None = None,
    base: dict[str, list[dict[str, str]]] = ROWS,
) -> Path:
    """Write the made-up package into a folder and return it; `more` adds rows to its tables, `base` replaces them."""
    folder.mkdir(parents=True, exist_ok=True)
    content = (DATA_DIR / "datapackage.json").read_text(encoding="utf-8")
    (folder / "datapackage.json").write_text(content, encoding="utf-8")
    tables = with_areas({name: base.get(name, []) + (more or {}).get(name, []) for name in {*base, *(more or {})}})
    for resource in json.loads(content)["resources"]:
        rows = tables.get(resource["name"], [])
        write_rows(folder / resource["path"], [field["name"] for field in resource["schema"]["fields"]], rows)
    return folder


def with_areas(tables: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """Give counts and series without an area one that has the key of its name, and the table of areas these rows."""
    counts = [{"area_id": area_key(row["area_name"])} | row for row in tables.get("counts", [])]
    joined = {row["series_id"]: row["area_id"] for row in counts if row.get("series_id")}
    series = [{"area_id": joined.get(row["series_id"], area_key(row["name"]))} | row for row in tables["series"]]
    areas = {row["area_id"]: row for row in tables.get("areas", [])}
    for row in counts:
        place = {column: row.get(column, "") for column in ("country_code", "site_id")}
        areas.setdefault(row["area_id"], {"area_id": row["area_id"], "name": row["area_name"]} | place)
    for row in series:
        areas.setdefault(row["area_id"], {"area_id": row["area_id"], "name": row["name"]})
    return tables | {"counts": counts, "series": series, "areas": list(areas.values())}


def area_key(name: str) -> str:
    """Return the key of an area of a name."""
    return "_".join(re.findall("[a-z0-9]+", name.lower()))


def write_rows(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    """Write one CSV in the style of data/."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def change_cell(folder: Path, table: str, key: str, column: str, value: str) -> None:
    """Spoil (or mend) one cell of the made-up package."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, columns = list(reader), list(reader.fieldnames or [])
    for row in rows:
        if row[columns[0]] == key:
            row[column] = value
    write_rows(path, columns, rows)
