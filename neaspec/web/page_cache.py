"""The newest database, and the pages composed of it: the same choices are not composed twice."""

import importlib
import math
import time
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from neaspec.blocks import Page
from neaspec.data.cache import SharedCache
from neaspec.data.database import SERVING, serving_path, version_of
from neaspec.data.editions import ARCHIVE, Edition
from neaspec.data.papers import PAPERS_DIR, held_file
from neaspec.data.queries import ANSWERS, Ask
from neaspec.data.search.names import INDEXES
from neaspec.edition import EDITION, current_edition, in_reading, set_edition
from neaspec.languages import current_language, language_asked, set_language
from neaspec.palette import Palette, make_palette
from neaspec.render.cells import table_csv
from neaspec.render.screen.pieces import ScreenNode
from neaspec.render.screen.plan import plan
from neaspec.sections import FIRST_PAGE, section
from neaspec.text import Words, load_words
from neaspec.urls import AS_KNOWN, choices_from, find_table, table_address
from neaspec.web.desk_addresses import DESK_PAGE
from neaspec.web.metrics import COMPOSE_SECONDS, timed
from neaspec.web.open_databases import OpenDatabases
from neaspec.web.readiness import Readiness

MOST_PAGES_KEPT = 200
EACH = {
    "species": ("species_id", "species_styles"),
    "country": ("country_code", "member_states"),
}  # prepared one by one

PAGE_CACHE: SharedCache[Page] = SharedCache(MOST_PAGES_KEPT)


def _forget_build(path: Path) -> None:
    """Let go what caches hold of a build that is no longer served: memory would grow to their limits with editions."""
    palette_of.cache_clear()
    labels_of.cache_clear()
    version = version_of(path)
    for cache in (PAGE_CACHE, ANSWERS, INDEXES):
        cache.forget(lambda key: isinstance(key, tuple) and key[0] == version)


DATABASES = OpenDatabases(on_leave=_forget_build)
EDITION_DATABASES = OpenDatabases(on_leave=_forget_build)  # apart, so that no edition pushes the served one out


def newest_ask(as_known_on: date | None = None) -> Ask:
    """Return an Ask of the newest database; it is built first if it is missing or stale."""
    return ask_of(serving_path()).on(as_known_on)


def ask_of(path: Path) -> Ask:
    """Return an Ask of a database file, with everything known in it."""
    return Ask(DATABASES.get(path), None, version_of(path))


def ask_of_edition(edition: Edition) -> Ask:
    """Return an Ask of the database of an edition; it is built first if it is not there.

    Raises:
        AddressError: if the edition cannot be read here.
    """
    # by name, because most servers have no desk
    path: Path = importlib.import_module("neaspec.desk.archive").edition_database(edition)
    return Ask(EDITION_DATABASES.get(path), None, version_of(path))


def _editions() -> Sequence[Edition]:
    known: Sequence[Edition] = importlib.import_module("neaspec.desk.opened").editions_to_read()
    return known


if DESK_PAGE:
    ARCHIVE.known, ARCHIVE.open_one = _editions, ask_of_edition


def base_ask() -> Ask:
    """Return an Ask of the edition that this run reads, or of the newest tables."""
    number = current_edition()
    return ARCHIVE.ask(number) if number else newest_ask()


def served_version() -> str:
    """Return which data are served; nothing is built for the answer."""
    return version_of(SERVING.path) if SERVING.path else ""


def _first_page() -> str:
    """Make the page at the root; return the version of the data."""
    prepare([FIRST_PAGE], pause_seconds=0)
    return newest_ask().version


READINESS = Readiness(_first_page)


def words() -> Words:
    """Return the wording in the reader's language."""
    return load_words(current_language())


def newest_seen(ask: Ask) -> str:
    """Return the date on which the newest document was read."""
    return str(ask("data_version")["newest_seen_date"].iloc[0])


def composed_page(name: str, choices: Hashable, of: Ask) -> Page:
    """Return the page a section makes of choices; equal ones are made once, whoever asks meanwhile waits for it.

    Many readers who come at once, as after a start, would else make the same page beside each other, each the slower.
    """

    def make() -> Page:
        with timed(COMPOSE_SECONDS, name):
            page: Page = section(name).page(of, words(), choices)
        return page

    key = (of.version, current_language(), current_edition(), name, choices, of.as_known_on)
    return PAGE_CACHE.get_or_make(key, make)


def screen_nodes(
    page: Page, choices: Hashable, palette: Palette, link_params: Mapping[str, str]
) -> tuple[ScreenNode, ...]:
    """Return what the screen shows of a page below its title; made once for a page and a background.

    Args:
        page: as it was composed.
        choices: of which it was composed.
        palette: the colours for the reader's background.
        link_params: what links to other pages take along.
    """
    language, edition = current_language(), current_edition()

    def files(file_name: str) -> str:
        with in_reading(language, edition):  # what is opened later is planned in another thread
            return table_address(page.name, choices, link_params.get(AS_KNOWN, ""), file_name)

    return plan(page, palette, words(), link_params, files, held_papers())


def held_papers() -> frozenset[str]:
    """Return the documents whose words can be opened here: files of the papers folder."""
    return frozenset(file.stem for file in PAPERS_DIR.glob("*") if held_file(file.stem) is not None)


@lru_cache(maxsize=8)
def palette_of(ask: Ask, is_dark: bool) -> Palette:
    """Return the colours for a background."""
    return make_palette(ask("species_styles"), is_dark)


@lru_cache(maxsize=256)
def labels_of(of: Ask, query: str, code: str, label: str, params: tuple[tuple[str, object], ...]) -> dict[str, str]:
    """Return code -> label from the answer of a query, in its order."""
    answer = of(query, **dict(params))
    return dict(zip(answer[code].astype(str), answer[label].astype(str), strict=True))


def prepare(
    names: Sequence[str], pause_seconds: float, path: Path | None = None, most_seconds: float = math.inf
) -> None:
    """Compose and plan what most readers ask for first, with pauses in which readers are served.

    Args:
        names: of the pages.
        pause_seconds: after each.
        path: of a database that is not served yet; by default the newest one that is.
        most_seconds: after which no further page is begun.
    """
    end = time.monotonic() + most_seconds
    current = newest_ask() if path is None else ask_of(path)
    for name in names:
        column, query = EACH.get(name, ("", ""))
        chosen = [{column: key} for key in current(query)[column].tolist()] if column else [{}]
        for given in chosen:
            choices = choices_from(name, given)
            for is_dark in (False, True):
                if time.monotonic() > end:
                    return
                screen_nodes(composed_page(name, choices, current), choices, palette_of(current, is_dark), {})
                time.sleep(pause_seconds)


def table_file(page_name: str, file: str, given: Mapping[str, str]) -> bytes:
    """Return the CSV file an address asks for (see urls.table_address).

    Raises:
        AddressError: if there is no such page, choice, meeting or table.
    """
    choices, of = choices_from(page_name, given), asked(given)
    # by name: most visitors take nothing away
    importlib.import_module("neaspec.briefs.choices").stated_choices(of.today(), words(), page_name, choices)
    page = composed_page(page_name, choices, of)
    return table_csv(find_table(page, file))


def asked(given: Mapping[str, str]) -> Ask:
    """Return the tables an address names, newest or of an edition, as known at the meeting it names.

    The rest of the request is in its language and edition.

    Raises:
        AddressError: if there is no such edition or language, or no page can look back to the meeting.
    """
    set_language(language_asked(given))
    set_edition(given.get(EDITION, ""))
    return base_ask().at(given.get(AS_KNOWN, ""))
