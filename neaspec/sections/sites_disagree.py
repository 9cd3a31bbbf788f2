"""What documents say differently about sites, for the page of sites and for one site."""

from neaspec.blocks import Block, Details, Heading, Notice
from neaspec.queries import Ask
from neaspec.sections.contradictions import contradiction_entries
from neaspec.text import Words


def disagreements(ask: Ask, words: Words, site_id: str) -> list[Block]:
    """Show the differences about one site; nothing where there is none."""
    found = contradiction_entries(ask, words, {("sites", site_id)})
    return [Heading(text=words("sites.disagree_one")), *found] if found else []


def all_disagreements(ask: Ask, words: Words, keys: set[str]) -> list[Block]:
    """Give the contradictions about all sites shown, on demand."""
    found = contradiction_entries(ask, words, {("sites", key) for key in keys})
    heading = Heading(text=words("sites.disagree"))
    if not found:
        return [heading, Notice(text=words("contradictions.none"), kind="empty")]
    return [heading, Details(title=words("sites.disagree_count", count=len(found)), blocks=tuple(found))]
