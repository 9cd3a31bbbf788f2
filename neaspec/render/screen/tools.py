"""The right end of the toolbar: sources of the page, its address, what can be taken away, the presentation."""

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


@dataclass(frozen=True)
class Offer:
    """What a page offers: (format, address) of files, addresses of its presentation, brief and view."""

    files: Sequence[tuple[str, str]]
    present: str
    share: str
    brief: tuple[str, str] | None = None  # words, address


def page_tools(offer: Offer, page: Page, words: Words, link_params: Mapping[str, str]) -> Markup:
    """Return the tools as HTML; each opens over the page."""
    mail = f"mailto:?subject={quote(page.title)}&body={quote(offer.share)}"
    sources = page_sources(screen_citations(page, words, link_params))
    return from_template("tools", "tools", words, offer, mail, qr_code(offer.share), len(page.sources), sources)


@lru_cache(maxsize=64)
def qr_code(address: str) -> str:
    """Return the QR code of an address as a picture inside the page, for the room to take a view along."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#000000", light="#FFFFFF")
