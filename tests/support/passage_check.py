"""Hold each statement of the source documents against the passage it cites: which columns are read, and how."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from neaspec.data.description import read_description, tables_of
from neaspec.data.passages import NoPassageError, Passages, cut_marked_up, cut_paper, cut_sections, locate
from neaspec.paths import DATA_DIR
from tests.support.passage_words import KINDS_OF_THINGS, NO_NAMES, Names, is_said, row_tokens, said_in, words_in

Tables = dict[str, list[dict[str, str]]]

# document -> how its file in the folder of sources begins, how it is cut, the number of the meeting it was written for
DOCUMENTS: dict[str, tuple[str, Callable[[str], Passages], int | None]] = {
    "som_24_paper": ("000", lambda text: cut_paper(text, first_footnote=5), 24),
    "workshop_2016_note": ("001", cut_sections, None),
    "som_27_paper": ("002", cut_paper, 27),
    "som_24_slides": ("003", cut_marked_up, 24),
    "workshop_2021_note": ("004", cut_marked_up, None),
}
THINGS = {"sites": "site_id", "organisations": "organisation_id", "species": "species_id", "frameworks": "framework_id"}
NUMBERS = (
    "value",
    "low",
    "high",
    "amount",
    "individuals",
    "females",
    "males",
    "unknown_sex",
    "area_ha",
    "duration_months",
    "number_of_documents",
    "designated_year",
    "assessed_year",
    "year_from",
    "year_to",
    "south_deg",
    "north_deg",
    "west_deg",
    "east_deg",
)
DATES = ("start_date", "end_date", "date", "date_from", "date_to", "due_date", "delivered_date", "designated_date")
STATES = (
    "country_code",
    "country_codes",
    "from_country_code",
    "to_country_code",
    "addressee_country_codes",
    "host_country_code",
)
TEXTS = (
    "what",
    "name",
    "title",
    "short_title",
    "objective",
    "target_areas",
    "summary",
    "area_name",
    "item",
    "claim",
    "agreement",
    "subject",
    "asked",
    "addressee",
    "option",
    "consequence",
    "why",
    "element",
    "linked_name",
    "designation",
    "part_name",
    "cause",
    "effect",
    "mechanism",
    "place",
    "animal_name",
    "via",
    "scope",
    "relevance",
    "printed",
)
READ_AS = (
    dict.fromkeys(NUMBERS, "number")
    | dict.fromkeys(DATES, "date")
    | dict.fromkeys(STATES, "states")
    | dict.fromkeys(TEXTS, "text")
    | {"component_id": "component", "meeting_id": "meeting"}
    | dict.fromkeys(["site_id", "from_site_id", "to_site_id"], "thing sites")
    | {"species_id": "thing species"}
    | dict.fromkeys(["organisation_id", "funder_id"], "thing organisations")
    | {"framework_id": "thing frameworks"}
)


@dataclass(frozen=True)
class Miss:
    """What a statement holds and its passage does not."""

    table_name: str
    row_id: str
    token: str


def read_tables() -> Tables:
    """Read all tables of data/ as they are written."""
    tables: Tables = {}
    for table in tables_of(read_description(DATA_DIR)):
        with (DATA_DIR / f"{table['name']}.csv").open(encoding="utf-8", newline="") as file:
            tables[table["name"]] = list(csv.DictReader(file))
    return tables


@cache
def keys_of_tables() -> dict[str, str]:
    """Give the column of the key of each table."""
    return {table["name"]: table["schema"]["primaryKey"][0] for table in tables_of(read_description(DATA_DIR))}


def read_sources(folder: Path) -> dict[str, Passages]:
    """Read and cut the source documents of a folder."""
    return {
        document: cut(next(folder.glob(f"{begins}_*.txt")).read_text(encoding="utf-8"))
        for document, (begins, cut, _) in DOCUMENTS.items()
    }


def names_in(tables: Tables) -> Names:
    """Collect by which names documents know sites, organisations, species and frameworks."""
    things: dict[str, list[str]] = defaultdict(list)
    states: dict[str, frozenset[str]] = {}
    short: dict[str, list[str]] = defaultdict(list)
    for table, key in THINGS.items():
        for row in tables[table]:
            thing = f"{table} {row[key]}"
            things[thing].append(row["name"])
            if row.get("acronym"):
                things[thing].append(row["acronym"])
                short[row["acronym"].lower()].append(row["name"])
            codes = row.get("country_codes") or row.get("country_code")
            if codes:
                states[thing] = frozenset(codes.split())
    named = [(f"{row['subject_table']} {row['subject_id']}", row) for row in tables["names"]]
    for thing, row in named:
        things[thing].append(row["name"])
    for thing, row in named:
        if row["name_kind"] == "acronym":
            short[row["name"].lower()] += [name for name in things[thing] if name != row["name"]]
    return Names(
        {key: tuple(kept) for key, kept in things.items()}, states, {key: tuple(k) for key, k in short.items()}
    )


def proper_words(names: Names) -> set[str]:
    """Give the words, in small letters, that are written with a capital letter in the name of a thing."""
    written = {word for kept in names.things.values() for name in kept for word in re.findall(r"[^\W\d_]+", name)}
    capital = {word.lower() for word in written if word[0].isupper()}
    return capital - KINDS_OF_THINGS - NO_NAMES - {word for word in words_in(" ".join(written)) if word in written}


def columns_of(table: str, row: Mapping[str, str], key: str) -> dict[str, str]:
    """Say how the columns of a row are read.

    A figure that was worked out is not in the document. A gap tells what a document does not say: its words are ours.
    """
    read = {column: READ_AS[column] for column in row if column in READ_AS and column != key}
    if table in ("sites", "projects", "meetings"):
        read.pop("place", None)
    if row.get("is_derived") == "true":
        read = {column: how for column, how in read.items() if how != "number"}
    if table == "gaps":
        read = {column: how for column, how in read.items() if how not in ("text", "component")}
    if table == "names":
        return {"name": "whole"}
    if row.get("subject_table") in THINGS:
        read["subject_id"] = f"thing {row['subject_table']}"
    return read


def passage_of(row: Mapping[str, str], passages: Passages) -> str:
    """Give the passage that a row cites; of a table with a column for each component, that of its component."""
    component = row.get("component_id", "") or row.get("subject_id", "") or ""
    number = component.rsplit("_c", 1)[-1] if re.search(r"_c\d$", component) else ""
    parts = [
        f"{part.strip()}, component {number}" if f"{part.strip().lower()}, component {number}" in passages else part
        for part in row["locator"].split(";")
    ]
    return locate(passages, ";".join(parts))


def statements(tables: Tables) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give all statements of the source documents: table, key of the row, row."""
    keys = keys_of_tables()
    for table, rows in tables.items():
        for row in rows:
            if row.get("document_id") in DOCUMENTS and "locator" in row:
                yield table, row[keys[table]], row


def misses(
    table: str, row_id: str, row: Mapping[str, str], sources: Mapping[str, Passages], names: Names, proper: set[str]
) -> list[Miss]:
    """Give what a statement holds and its passage does not; "locator" if there is no such passage."""
    document = row["document_id"]
    try:
        said = said_in(passage_of(row, sources[document]))
    except NoPassageError:
        return [Miss(table, row_id, "locator")]
    key = keys_of_tables()[table]
    own = f"meeting:{DOCUMENTS[document][2]}"
    tokens = row_tokens(row, columns_of(table, row, key), proper)
    return [Miss(table, row_id, token) for token in tokens if token != own and not is_said(token, said, names)]
