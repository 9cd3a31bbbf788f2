"""Documents: a page with all that its first sheet says of it."""

import dataclasses
import re
from datetime import date
from typing import Any

from neaspec.blocks import Block, Page, PageLink, Side, Text
from neaspec.briefs.choices import OF_BRIEFS, stated_choices
from neaspec.briefs.presented import presented_page
from neaspec.data.editions import ARCHIVE
from neaspec.data.queries import Ask
from neaspec.edition import current_edition
from neaspec.palette import make_palette
from neaspec.render.document import Document
from neaspec.render.lowered import lowered
from neaspec.sections.briefs.facts import newest_issues
from neaspec.sections.edition_words import edition_name
from neaspec.text import Words
from neaspec.urls import chosen, screen_address

SHORT_VERSION = 16  # characters of the fingerprint that are stated


def make_document(of: Ask, words: Words, name: str, choices: Any, page: Page, as_known: str = "") -> Document:
    """Return a page as a document.

    Args:
        of: asks the same database at the same date as the page.
        words: the wording.
        name: of the section that made the page.
        choices: what it was made of.
        page: what it made.
        as_known: key of the meeting looked back to, empty for today.

    Raises:
        AddressError: if a choice is unknown.
    """
    now = of.today()
    if name == "briefs" and choices.kind == "issue" and not choices.issue_id:
        choices = dataclasses.replace(choices, issue_id=next(iter(newest_issues(of)["issue_id"]), None))
    stated = ("kind", *OF_BRIEFS[choices.kind], "length") if name == "briefs" else tuple(chosen(choices))
    kind = words(f"briefs.kind_{choices.kind}") if name == "briefs" else words("take.kind_page")
    return Document(
        page=dataclasses.replace(page, blocks=without_link_rows(lowered(page.blocks, words))),
        kind=kind,
        choices=(
            *stated_choices(now, words, name, choices),
            (words("take.as_known"), as_known_words(of, words, as_known)),
            *edition_stated(words),
        ),
        data_date=date.fromisoformat(str(now("data_version")["newest_seen_date"].iloc[0])[:10]),
        version=of.version[:SHORT_VERSION],
        address=screen_address(name, choices, as_known, stated=stated),
        notes=(words("take.disclaimer"),),
        palette=make_palette(now("species_styles"), is_dark=False),
        dark=make_palette(now("species_styles"), is_dark=True),
        words=words,
        slides=presented_page(page),
    )


def without_link_rows(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out rows of links to other pages, which nobody outside the dashboard can follow, and their announcement."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Side) and all(isinstance(link, PageLink) for cell in block.cells for link in cell):
            if kept and isinstance(kept[-1], Text) and kept[-1].text.endswith(":"):
                kept.pop()
            continue
        kept.append(block)
    return tuple(kept)


def edition_stated(words: Words) -> list[tuple[str, str]]:
    """Say which edition a document was made of; nothing for the newest tables."""
    number = current_edition()
    return [(words("take.edition"), edition_name(words, ARCHIVE.edition(number)))] if number else []


def as_known_words(of: Ask, words: Words, as_known: str) -> str:
    """Say as of when a document tells what was known."""
    if of.as_known_on is None:
        newest = of("data_version")["newest_seen_date"].iloc[0]
        return words("take.as_known_now", date=words.date(str(newest)[:10]))
    return words("take.as_known_som", name=f"SOM-{as_known.removeprefix('som_')}", date=words.date(of.as_known_on))


def file_stem(name: str, choices: Any, as_known: str = "") -> str:
    """Return the name of a file without its ending: neaspec-country-MNG-som_27."""
    if name == "briefs":
        about = {
            "country": choices.country_code,
            "species": choices.species_id,
            "site": choices.site_id,
            "area": choices.area_id,
            "issue": "-".join(part for part in (choices.issue_id or "newest", choices.country_code) if part),
        }
        pages = {"1": "1-page", "2": "2-pages"}.get(choices.length, "full")
        parts = [f"{choices.kind}-paper", about.get(choices.kind, ""), pages]
    else:
        parts = [name, *chosen(choices).values()]
    safe = [re.sub(r"[^A-Za-z0-9_-]", "_", part) for part in parts]
    edition = f"edition_{current_edition()}" if current_edition() else ""
    return "-".join(part for part in ["neaspec", *safe, as_known, edition] if part)[:120]
