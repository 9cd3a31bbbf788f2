"""Editions of the real tables for tests: one as before with a figure of its own, one withdrawn, one for other rules."""

import csv
import shutil
from pathlib import Path

from neaspec.data.editions import Edition
from neaspec.desk.editions import ABOUT, checksum_of
from neaspec.paths import DATA_DIR

FIGURE = "954"  # no other figure of snow leopards on record is this one
REPORT = "mng_report_of_a_test"
REPORTED = {
    "title": "Reported by Mongolia, 1 May 2026",
    "publisher": "Mongolia",
    "published_date": "2026-05-01",
    "seen_date": "2026-05-01",
    "kind": "report",
    "grade": "official",
    "language": "en",
}


def package(folder: Path) -> Path:
    """Copy the published tables into a folder."""
    folder.mkdir(parents=True)
    for path in [*DATA_DIR.glob("*.csv"), DATA_DIR / "datapackage.json"]:
        shutil.copyfile(path, folder / path.name)
    return folder


def rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return columns and rows of a table."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        return list(reader.fieldnames or []), list(reader)


def write(path: Path, columns: list[str], content: list[dict[str, str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


def with_report(folder: Path) -> Path:
    """Add a count that Mongolia reported, as the desk would."""
    package(folder)
    columns, documents = rows(folder / "documents.csv")
    report = dict.fromkeys(columns, "") | REPORTED | {"document_id": REPORT}
    write(folder / "documents.csv", columns, [*documents, report])
    columns, counts = rows(folder / "counts.csv")
    like = next(row for row in counts if row["species_id"] == "snow_leopard" and row["area_id"] == "mongolia")
    count = dict.fromkeys(columns, "") | {name: like[name] for name in ("species_id", "country_code", "country_codes")}
    count |= {
        "count_id": "mng_count_of_a_test",
        "area_id": like["area_id"],
        "area_name": "Mongolia",
        "year_from": "2026",
        "year_to": "2026",
        "count_kind": "estimate",
        "population_part": "adults",
        "method": "camera_trap",
        "value": FIGURE,
        "qualifier": "exact",
        "unit": "individuals",
        "is_derived": "false",
        "document_id": REPORT,
        "locator": "report",
    }
    write(folder / "counts.csv", columns, [*counts, count])
    return folder


def edition(number: int, folder: Path, *, is_withdrawn: bool = False) -> Edition:
    """Return an edition of a package, with what the desk writes beside its tables."""
    (folder / ABOUT).write_text(f'{{"number": {number}}}', encoding="utf-8")
    return Edition(number, "for SOM-29", "2026-05-02", is_withdrawn, folder, checksum_of(folder))
