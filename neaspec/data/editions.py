"""The editions that can be opened beside the newest tables: which there are, and what differs between two.

They are kept by the desk; a server without one has none.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from neaspec.data.description import read_description, tables_of
from neaspec.data.queries import Ask
from neaspec.errors import AddressError
from neaspec.paths import DATA_DIR

MOST_NAMED = 3  # numbers of editions that are offered where one is not there
DIFFERENCES = ("table_name", "row_id", "change", "row_name", "cells")
NAMES = ("name", "title", "subject", "item", "area_name")  # columns a row is known by, the first that it has


@dataclass(frozen=True)
class Edition:
    """An edition that is kept: number 0 stands for the tables before the first. day: of its publication, ISO 8601."""

    number: int
    name: str
    day: str
    is_withdrawn: bool
    package: Path
    checksum: str


def no_editions() -> tuple[Edition, ...]:
    """Return nothing: what a server without a desk has."""
    return ()


def not_opened(edition: Edition) -> Ask:
    """Refuse to open an edition, as a server without a desk does."""
    raise AddressError(f"edition {edition.number} cannot be opened here")


@dataclass
class Archive:
    """Where editions come from: `known` lists them in their order, `open_one` asks the database of one."""

    known: Callable[[], Sequence[Edition]] = no_editions
    open_one: Callable[[Edition], Ask] = not_opened

    def edition(self, asked: str) -> Edition:
        """Return the edition of a number.

        Raises:
            AddressError: if there is none of that number; with the nearest there are.
        """
        known = {str(edition.number): edition for edition in self.known()}
        if asked not in known:
            there = nearest_numbers(asked, known)
            raise AddressError(f"there is no edition {asked[:20]!r}; the nearest are {there or 'none'}")
        return known[asked]

    def ask(self, asked: str) -> Ask:
        """Return an Ask of the edition of a number.

        Raises:
            AddressError: if there is none of that number, or it cannot be read; with the nearest there are.
        """
        return self.open_one(self.edition(asked))


ARCHIVE = Archive()


def nearest_numbers(asked: str, known: Sequence[str] | dict[str, Edition]) -> list[str]:
    """Return the numbers nearest to what was asked for, the nearest first; the newest where it is no number."""
    numbers = [int(number) for number in known if number != asked]
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else max(numbers, default=0)
    return [str(number) for number in sorted(numbers, key=lambda number: (abs(number - wanted), -number))[:MOST_NAMED]]


def package_of(number: str, newest: Path = DATA_DIR) -> Path:
    """Return the folder of the tables of an edition; of the newest ones for an empty number.

    Raises:
        AddressError: if there is no such edition.
    """
    return ARCHIVE.edition(number).package if number else newest


def differences(before: Path, after: Path) -> pd.DataFrame:
    """Return the rows that differ between two folders of tables.

    Returns:
        table_name, row_id, change (added, changed, removed), row_name (what the row calls itself), cells: for a changed
        row (column, its title, before, after) of each cell that differs.
    """
    rows = []
    old, new = tables_in(before), tables_in(after)
    for name in dict.fromkeys([*new, *old]):
        titles, rows_before = old.get(name, ({}, {}))
        titles_after, rows_after = new.get(name, ({}, {}))
        titles = titles | titles_after
        for key in dict.fromkeys([*rows_before, *rows_after]):
            was, now = rows_before.get(key), rows_after.get(key)
            if was == now:
                continue
            change = "added" if was is None else "removed" if now is None else "changed"
            cells = tuple(
                (column, titles[column], (was or {}).get(column, ""), (now or {}).get(column, ""))
                for column in titles
                if change == "changed" and (was or {}).get(column, "") != (now or {}).get(column, "")
            )
            row = now or was or {}
            rows.append((name, key, change, next((row[column] for column in NAMES if row.get(column)), key), cells))
    return pd.DataFrame(rows, columns=list(DIFFERENCES))


def tables_in(folder: Path) -> dict[str, tuple[dict[str, str], dict[str, dict[str, str]]]]:
    """Return name -> (column -> title, key -> row) of the tables in a folder."""
    tables = {}
    for resource in tables_of(read_description(folder)):
        key = resource["schema"]["primaryKey"][0]
        titles = {field["name"]: field.get("title", field["name"]) for field in resource["schema"]["fields"]}
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as handle:
            tables[resource["name"]] = (titles, {row[key]: row for row in csv.DictReader(handle)})
    return tables
