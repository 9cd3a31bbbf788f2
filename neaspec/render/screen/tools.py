"""The right end of the toolbar: sources of the page, its address, what can be taken away, the presentation."""

import io
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import segno
from markupsafe import Markup

from neaspec.blocks import Page
from neaspec.render.source_control import page_sources, screen_citations
from neaspec.render.templates import from_template
from neaspec.text import Words
from neaspec.urls import base_path

_sources: "weakref.WeakKeyDictionary[Page, dict[tuple[object, ...], Markup]]" = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Offer:
    """What a page offers: (format, address) of files, addresses of its presentation, brief and view."""

    files: Sequence[tuple[str, str]]
    present: str
    share: str
    brief: tuple[str, str] | None = None  # words, address


def sources_tool(page: Page, words: Words, link_params: Mapping[str, str]) -> Markup:
    """Return the tool that lists what a page cites, made once for a page; nothing where it cites nothing."""
    kept = _sources.setdefault(page, {})
    key = (words.language, tuple(sorted(link_params.items())))
    if key not in kept:
        listed = page_sources(screen_citations(page, words, link_params))
        kept[key] = from_template("tools", "sources", words, len(page.sources), listed) if listed else Markup("")
    return kept[key]


def page_tools(offer: Offer, page: Page, words: Words) -> Markup:
    """Return the other tools as HTML; each opens over the page.

    A tab or a selection changes the address without running the page again: frame.js writes the address of the moment
    into what is shared when it is opened.
    """
    mail = f"mailto:?subject={quote(page.title)}&body={quote(offer.share)}"
    return from_template("tools", "tools", words, offer, mail, f"{base_path()}/share/qr.svg?address=")


@lru_cache(maxsize=64)
def qr_code(address: str) -> bytes:
    """Return the QR code of an address as a drawing (SVG), for the room to take a view along."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=2, dark="#000000", light="#FFFFFF")
    return out.getvalue()
