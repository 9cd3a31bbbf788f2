"""Documents: a page with all that its first sheet says of it."""

import re
from datetime import date
from typing import Any

from neaspec.addresses import chosen, screen_address
from neaspec.blocks import Page
from neaspec.briefs.choices import stated_choices
from neaspec.palette import make_palette
from neaspec.queries import Ask
from neaspec.render.document import Document
from neaspec.text import Words

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
    now = Ask(of.connection, None, of.version)
    kind = words(f"briefs.kind_{choices.kind}") if name == "briefs" else words("take.kind_page")
    return Document(
        page=page,
        kind=kind,
        choices=(
            *stated_choices(now, words, name, choices),
            (words("take.as_known"), as_known_words(of, words, as_known)),
        ),
        data_date=date.fromisoformat(str(now("data_version")["newest_seen_date"].iloc[0])[:10]),
        version=of.version[:SHORT_VERSION],
        address=screen_address(name, choices, as_known),
        notes=(words("maps.disclaimer"),),
        palette=make_palette(now("species_styles"), is_dark=False),
        dark=make_palette(now("species_styles"), is_dark=True),
        words=words,
    )


def as_known_words(of: Ask, words: Words, as_known: str) -> str:
    """Say as of when a document tells what was known."""
    if of.as_known_on is None:
        return words("take.as_known_now")
    return words("take.as_known_som", name=f"SOM-{as_known.removeprefix('som_')}", date=words.date(of.as_known_on))


def file_stem(name: str, choices: Any, as_known: str = "") -> str:
    """Return the name of a file without its ending: neaspec-country-MNG-som_27."""
    if name == "briefs":
        about = {"country": choices.country_code, "species": choices.species_id, "issue": choices.issue_id or "newest"}
        parts = [f"{choices.kind}-brief", about.get(choices.kind, "")]
    else:
        parts = [name, *chosen(choices).values()]
    safe = [re.sub(r"[^A-Za-z0-9_-]", "_", part) for part in parts]
    return "-".join(part for part in ["neaspec", *safe, as_known] if part)[:120]
