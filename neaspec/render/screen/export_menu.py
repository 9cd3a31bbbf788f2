"""The menu of what can be taken away from a page: files, presentation, its exact address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from neaspec.render.templates import from_template
from neaspec.text import Words


@dataclass(frozen=True)
class Offer:
    """What a page offers: (format, address) of files, addresses of its presentation, brief and view."""

    files: Sequence[tuple[str, str]]
    present: str
    share: str
    brief: tuple[str, str] | None = None  # words, address


def take_menu(offer: Offer, title: str, words: Words) -> Markup:
    """Return the menu as HTML; it opens over the page and takes no room."""
    mail = f"mailto:?subject={quote(title)}&body={quote(offer.share)}"
    return from_template("frame", "menu", words, offer, mail)
