"""About: what this is, how figures are to be read, and whom to ask."""

from dataclasses import dataclass

from neaspec.blocks import Block, Entry, Page, PageLink, Tab, Tabs
from neaspec.data.queries import Ask
from neaspec.sections.common import compose
from neaspec.text import Words

PARTS = {
    "reading": ("what", "figures"),
    "words": ("as_of", "protection", "boundaries"),
    "terms": ("licence", "privacy", "contact"),
}


@dataclass(frozen=True)
class AboutChoices:
    """The page has no choices."""


def page(ask: Ask, words: Words, choices: AboutChoices) -> Page:
    """Make the page about the dashboard."""
    version = ask("data_version").iloc[0]
    lead = words(
        "about.lead",
        documents=words.number(version["documents"]),
        date=words.date(str(version["newest_seen_date"])),
    )
    links = [
        PageLink(text=words("about.link_sources"), page="sources"),
        PageLink(text=words("about.link_dictionary"), page="sources", choices={"tab": "dictionary"}),
        PageLink(text=words("about.link_field_data"), page="field_data"),
    ]
    tabs = tuple(
        Tab(key=key, title=words(f"about.tab_{key}"), blocks=entries(words, subjects))
        for key, subjects in PARTS.items()
    )
    blocks: list[Block] = [Tabs(tabs=tabs), *links]
    return compose(ask, "about", words("about.title"), lead, blocks)


def entries(words: Words, keys: tuple[str, ...]) -> tuple[Block, ...]:
    """Return one entry a subject."""
    return tuple(Entry(title=words(f"about.{key}_title"), text=words(f"about.{key}")) for key in keys)
