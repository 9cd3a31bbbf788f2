"""The few changes since the meeting before that stand on the first screen."""

from neaspec.blocks import Block, Heading, Notice, PageLink
from neaspec.data.queries import Ask
from neaspec.sections.changes import ChangesChoices, span_of
from neaspec.sections.changes_ranked import ranked_changes
from neaspec.text import Words

MOST = 3


def news(ask: Ask, words: Words) -> list[Block]:
    """Tell what changed since the SOM before, the changes that matter most first."""
    span = span_of(ask, words, ChangesChoices())
    if span is None:
        return [Notice(text=words("changes.nothing_before"), kind="empty")]
    ranked = ranked_changes(span.ask, words, span.known_from, most=MOST)
    shown: list[Block] = [change for changes in ranked.groups.values() for change in changes]
    if not shown:
        shown = [Notice(text=words("home.no_changes", start=span.from_name), kind="empty")]
    link = PageLink(text=words("home.all_changes"), page="changes")
    return [Heading(text=words("home.changes", start=span.from_name), level=3), *shown, link]
