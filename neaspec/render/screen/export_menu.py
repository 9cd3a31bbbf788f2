"""The menu of what can be taken away from a page: files, presentation, its exact address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from neaspec.render.html import escape
from neaspec.text import Words


@dataclass(frozen=True)
class Offer:
    """What a page offers: (format, address) of files, addresses of its presentation, brief and view."""

    files: Sequence[tuple[str, str]]
    present: str
    share: str
    brief: tuple[str, str] | None = None  # words, address


def take_menu(offer: Offer, title: str, words: Words) -> str:
    """Return the menu as HTML; it opens over the page and takes no room."""
    items = "".join(
        f'<li><a download target="_self" href="{escape(address)}">{escape(words(f"take.{name}"))}</a> '
        f'<span class="nc-note">{escape(words(f"take.{name}_for"))}</span></li>'
        for name, address in offer.files
    )
    present = escape(words("take.present"))
    items += f'<li><a target="_self" href="{escape(offer.present)}">{present}</a> '
    items += f'<span class="nc-note">{escape(words("take.present_for"))}</span></li>'
    if offer.brief:
        items += f'<li><a target="_self" href="{escape(offer.brief[1])}">{escape(offer.brief[0])}</a></li>'
    mail = f"mailto:?subject={quote(title)}&body={quote(offer.share)}"
    share = (
        f'<p class="nc-note">{escape(words("take.share_text"))}</p><p><code>{escape(offer.share)}</code></p>'
        f'<p><a href="{escape(mail)}">{escape(words("take.mail"))}</a></p>'
    )
    return (
        f'<details class="nc-take"><summary>{escape(words("take.take_away"))}</summary>'
        f'<div class="nc-menu"><ul>{items}</ul><p class="nc-label">{escape(words("take.share"))}</p>{share}'
        "</div></details>"
    )
