"""The newest database, and the pages composed of it: the same choices are not composed twice."""

import time
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

import duckdb
import streamlit as st

from neaspec.blocks import Page
from neaspec.cache import SharedCache
from neaspec.data.database import database_dir, open_database, serving_path, version_of
from neaspec.data.queries import Ask
from neaspec.palette import Palette, make_palette
from neaspec.render.cells import table_csv
from neaspec.render.screen.pieces import ScreenNode
from neaspec.render.screen.plan import plan
from neaspec.sections import section
from neaspec.text import Words, load_words
from neaspec.urls import AS_KNOWN, choices_from, find_table, table_address

LANGUAGE = "en"
MOST_PAGES_KEPT = 200
EACH = {
    "species": ("species_id", "species_styles"),
    "country": ("country_code", "member_states"),
}  # prepared one by one

PAGE_CACHE: SharedCache[Page] = SharedCache(MOST_PAGES_KEPT)


def _close(connection: duckdb.DuckDBPyConnection) -> None:
    connection.close()


@st.cache_resource(max_entries=2, on_release=_close, show_spinner=False)
def _connection(file_name: str) -> duckdb.DuckDBPyConnection:
    """Keep one connection per build; the one before the current stays open for pages that still read it."""
    return open_database(database_dir() / file_name)


def newest_ask(as_known_on: date | None = None) -> Ask:
    """Return an Ask of the newest database; it is built first if it is missing or stale."""
    path = serving_path()
    return Ask(_connection(path.name), as_known_on, version_of(path))


def words() -> Words:
    """Return the wording in the reader's language."""
    return load_words(LANGUAGE)


@lru_cache(maxsize=16)
def newest_seen(ask: Ask) -> str:
    """Return the date on which the newest document was read."""
    return str(ask("data_version")["newest_seen_date"].iloc[0])


def composed_page(name: str, choices: Hashable, of: Ask) -> Page:
    """Return the page a section makes of choices; equal ones are made once."""
    key = (of.version, LANGUAGE, name, choices, of.as_known_on)
    page = PAGE_CACHE.get(key)
    if page is None:
        page = section(name).page(of, words(), choices)
        PAGE_CACHE.put(key, page)
    return page


def screen_nodes(
    name: str, choices: Hashable, of: Ask, palette: Palette, link_params: Mapping[str, str]
) -> tuple[ScreenNode, ...]:
    """Return what the screen shows of a page below its title; made once for a page and a background."""
    files = partial(table_address, name, choices, link_params.get(AS_KNOWN, ""))
    return plan(composed_page(name, choices, of), palette, words(), link_params, files)


@lru_cache(maxsize=8)
def palette_of(ask: Ask, is_dark: bool) -> Palette:
    """Return the colours for a background."""
    return make_palette(ask("species_styles"), is_dark)


def prepare(names: Sequence[str], pause_seconds: float) -> None:
    """Compose and plan what most readers ask for first, with pauses in which readers are served."""
    current = newest_ask()
    for name in names:
        column, query = EACH.get(name, ("", ""))
        chosen = [{column: key} for key in current(query)[column].tolist()] if column else [{}]
        for given in chosen:
            for is_dark in (False, True):
                screen_nodes(name, choices_from(name, given), current, palette_of(current, is_dark), {})
                time.sleep(pause_seconds)


def table_file(page_name: str, file: str, given: Mapping[str, str]) -> bytes:
    """Return the CSV file an address asks for (see table_files.table_address).

    Raises:
        AddressError: if there is no such page, choice, meeting or table.
    """
    choices = choices_from(page_name, given)
    page = composed_page(page_name, choices, asked(given))
    return table_csv(find_table(page, file))


def asked(given: Mapping[str, str]) -> Ask:
    """Return the newest database as known at the meeting an address names.

    Raises:
        AddressError: if no page can look back to it.
    """
    return newest_ask().at(given.get(AS_KNOWN, ""))
