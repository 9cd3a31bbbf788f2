"""What is taken away from the running app: files, presentations and packs, each made once for the same data."""

import importlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urljoin

from neaspec.briefs.cache import KeptFiles
from neaspec.briefs.choices import OF_BRIEFS, stated_choices
from neaspec.briefs.documents import file_stem, make_document
from neaspec.briefs.formats import FORMATS, format_of
from neaspec.briefs.pack import make_pack, pack_name
from neaspec.data.queries import Ask
from neaspec.render.document import Document
from neaspec.render.screen.export_menu import Offer
from neaspec.urls import (
    AS_KNOWN,
    PRESENT,
    choices_from,
    choices_shown,
    chosen,
    file_address,
    screen_address,
)
from neaspec.web.page_cache import LANGUAGE, asked, composed_page, words

FILES = KeptFiles()
MOST_PACKS = 1  # some 60 MB
BRIEF_OF = {"overview": "som", "changes": "som", "country": "country", "species": "species"}  # page -> kind of brief
PACK, PACK_FORM = "pack", "zip"
Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class DownloadFile:
    """A file to keep."""

    data: bytes
    media_type: str
    file_name: str


def download(page_name: str, form: str, given: Mapping[str, str]) -> DownloadFile:
    """Return a page, a brief or a pack as a file; an unchanged one is not made again.

    Raises:
        AddressError: if there is no such page, choice, meeting or format.
        OutputError: if it cannot be made; the message names the block.
    """
    of, as_known = asked(given), given.get(AS_KNOWN, "")
    if (page_name, form) == (PACK, PACK_FORM):
        return DownloadFile(PACKS.get(of, as_known)[0], "application/zip", f"{pack_name(as_known)}.zip")
    made, choices = format_of(form), choices_from(page_name, given)
    key = (of.version, LANGUAGE, page_name, choices, as_known, form)
    data = FILES.get(key, lambda: made.make(document(page_name, choices, of, as_known)))
    return DownloadFile(data, made.media_type, f"{file_stem(page_name, choices, as_known)}.{form}")


def document(page_name: str, choices: Any, of: Ask, as_known: str) -> Document:
    """Return a page as a document; a choice that is not known is refused before anything is composed.

    Raises:
        AddressError: if a choice is unknown.
    """
    stated_choices(of.today(), words(), page_name, choices)
    return make_document(of, words(), page_name, choices, composed_page(page_name, choices, of), as_known)


def presented(page_name: str, query: Mapping[str, str]) -> bytes:
    """Return the presentation of a page from its address in the browser; an unchanged one is not made again.

    Raises:
        AddressError: if there is no such page, choice or meeting.
    """
    choices, of, as_known = choices_shown(page_name, query), asked(query), query.get(AS_KNOWN, "")
    key = (of.version, LANGUAGE, page_name, choices, as_known, PRESENT)
    # by name: most visitors take nothing away
    html_file = importlib.import_module("neaspec.render.html_file.render")
    return FILES.get(key, lambda: html_file.render_presentation(document(page_name, choices, of, as_known)))


def script(file: str) -> bytes:
    """Return a script that presentations need, compressed.

    Raises:
        AddressError: if there is none of that name.
    """
    # by name: most visitors take nothing away
    made: bytes = importlib.import_module("neaspec.render.html_file.files").script_file(file)
    return made


def offer_of(name: str, choices: Any, as_known: str, origin: str) -> Offer:
    """Return what a page offers to take away.

    Args:
        name: of the page.
        choices: what it is composed of.
        as_known: key of the meeting looked back to, empty for today.
        origin: scheme and host as the reader's browser knows them, empty if unknown.
    """
    view = screen_address(name, choices, as_known)
    files = [(form, file_address("take", f"{name}.{form}", choices, as_known)) for form in FORMATS]
    kind, brief = BRIEF_OF.get(name), None
    if kind:
        about = {"kind": kind} | {field: value for field, value in chosen(choices).items() if field in OF_BRIEFS[kind]}
        brief = (words()(f"briefs.kind_{kind}"), screen_address("briefs", choices_from("briefs", about), as_known))
    return Offer(files, screen_address(name, choices, as_known, **{PRESENT: "1"}), urljoin(origin, view), brief)


class Packs:
    """The packs made last, one made at a time; safe between threads. One with a gap is not kept: it is tried again."""

    def __init__(self) -> None:
        """Start with none."""
        self._packs: OrderedDict[tuple[str, str], tuple[bytes, dict[str, str]]] = OrderedDict()
        self._making = Lock()

    def kept(self, of: Ask, as_known: str) -> bytes | None:
        """Return a pack that is kept, or None."""
        found = self._packs.get((of.version, as_known))
        return found[0] if found else None

    def get(self, of: Ask, as_known: str, tell: Tell = lambda done, count, path: None) -> tuple[bytes, dict[str, str]]:
        """Return a pack, and path -> reason of what could not be made; `tell` is told the progress."""
        key = (of.version, as_known)
        with self._making:
            if key not in self._packs:
                made = make_pack(of, words(), as_known, tell)
                if made[1]:
                    return made
                self._packs[key] = made
                while len(self._packs) > MOST_PACKS:
                    self._packs.popitem(last=False)
            return self._packs[key]


PACKS = Packs()
