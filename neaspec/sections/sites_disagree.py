"""What documents say differently about sites, for the page of sites and for one site."""

from neaspec.blocks import Block, Heading, Notice
from neaspec.queries import Ask
from neaspec.sections.contradictions import contradiction_entries
from neaspec.text import Words


def disagreements(ask: Ask, words: Words, keys: set[str], title: str) -> list[Block]:
    """Show the contradictions about the sites; a sentence where there is none."""
    found = contradiction_entries(ask, words, {("sites", key) for key in keys})
    blocks: list[Block] = [Heading(text=words(title)), *found]
    return blocks if found else [*blocks, Notice(text=words("contradictions.none"), kind="empty")]
