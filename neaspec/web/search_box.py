"""The search box of the toolbar: while a reader types, what is found opens below it, in groups, over the page."""

from dataclasses import dataclass

import streamlit as st

from neaspec.blocks import PageLink
from neaspec.render.cells import page_address
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.sections.suggestions import suggestions
from neaspec.text import Words
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, link_params
from neaspec.web.session_keys import SEARCH_BOX

FEWEST_LETTERS = 2  # of Latin letters; one Chinese character is a word
MOST_LETTERS = 100


@dataclass(frozen=True)
class Hit:
    """One line of the list: its address, its name, what it is."""

    address: str
    title: str
    line: str


@dataclass(frozen=True)
class HitGroup:
    """The lines of one kind under their name, with how many there are."""

    title: str
    hits: tuple[Hit, ...]


@st.fragment
def show_search_box() -> None:
    """Show the box and what is found; only they are run again while a reader types."""
    text = words()
    asked = st.text_input(
        plain(text("common.search")),
        type="search",
        live=True,
        key=SEARCH_BOX,
        placeholder=text("common.search_hint"),
        label_visibility="collapsed",
        width=300,
        max_chars=MOST_LETTERS,
    )
    wanted = (asked or "").strip()
    if len(wanted) >= FEWEST_LETTERS or (wanted and not wanted.isascii()):
        everything = address(PageLink(text="", page="search", choices={"q": wanted}))
        st.html(from_template("frame", "suggestions", text, hit_groups(text, wanted), everything))


def hit_groups(text: Words, wanted: str) -> list[HitGroup]:
    """Return what is found, in groups of at most five."""
    return [
        HitGroup(
            text("common.search_group", title=group.title, count=text.number(group.total)),
            tuple(Hit(address(suggestion.link), suggestion.title, suggestion.line) for suggestion in group.suggestions),
        )
        for group in suggestions(ask(), text, wanted)
    ]


def address(link: PageLink) -> str:
    """Return the address of a page with its choices and those that hold for all pages."""
    return page_address(link.page, {**link.choices, **link_params()})
