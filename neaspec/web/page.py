'''How a page is shown: what a section made of the choices of a reader, its tools above it.

A page file chooses, composes and shows, and nothing else:

    """Species: how does one of the six flagship species stand?"""

    from neaspec.web.choices import choice_row, choose
    from neaspec.web.page import show_page
    from neaspec.web.reader import labels
    from neaspec.sections.species.page import SpeciesChoices

    with choice_row():
        species_id = choose(
            "species", labels("species_styles", "species_id", "name"), label="species.choose", default="amur_tiger"
        )
        method = choose("method", ["camera_trap", "genetic"], label="species.method", term="method")

    show_page("species", SpeciesChoices(species_id=species_id, method=method))

`choose` keeps the choice in the address as a code (?species=amur_leopard), so that a link restores it. A default is
left out of the address, an unknown code is left out with a notice. show_page calls page(ask, words, choices) of
neaspec/sections/<name>.py; equal choices are composed once and kept.
'''

import logging
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import streamlit as st

from neaspec.blocks import Page
from neaspec.errors import DashboardError
from neaspec.render.cells import page_address
from neaspec.render.screen.escape import plain
from neaspec.render.screen.plan import plan
from neaspec.render.screen.streamlit import show, show_title
from neaspec.render.screen.tools import page_tools, sources_tool
from neaspec.sections.edition_words import edition_name
from neaspec.web.choices import reserve_head
from neaspec.web.downloads import offer_of
from neaspec.web.page_cache import composed_page, palette_of, screen_nodes, words
from neaspec.web.reader import ask, edition_read, is_dark, link_params, meeting_known_at, read_the_newest
from neaspec.web.session_keys import AS_KNOWN_NAME, HEAD, REFUSED, TOOLS

LOG = logging.getLogger("neaspec")
# The browser gathers what arrives within 10 ms and draws it at once. With this pause it draws the answer first, while
# pictures still come; it costs waiting, no work.
ANSWER_FIRST_SECONDS = 0.015


def show_page(name: str, choices: Hashable = None) -> None:
    """Compose the page of a subject and show it, with what it cites and, if it looks back, a note that it does."""
    current = ask()
    page = composed_page(name, choices, current)
    show_head(name, choices, page)
    time.sleep(ANSWER_FIRST_SECONDS)
    show(screen_nodes(page, choices, palette_of(current, is_dark()), link_params()))


def show_head(name: str, choices: Hashable, page: Page) -> None:
    """Show title, answer and menu of a page, and what must be said before all else."""
    current, text = ask(), words()
    notes = [*st.session_state.get(REFUSED, []), *edition_notes()]
    if current.as_known_on:
        at = st.session_state.get(AS_KNOWN_NAME, "")
        notes.append(text("common.as_known_notice", name=at, date=text.date(current.as_known_on)))
    reserve_head()
    with st.session_state[HEAD]:
        show_title(page, notes)
        offer_newest()
    with st.session_state.get(TOOLS) or st.container():
        offer = offer_of(name, choices, meeting_known_at(), shown_address(name))
        sources = sources_tool(page, text, link_params())
        if sources:
            st.html(sources, width="content")
        st.html(page_tools(offer, page, text), width="content")


def show_own(page: Page) -> None:
    """Show a page made of what one visitor gave: no cache of ours keeps it, and nothing of it has an address."""
    current = ask()
    reserve_head()
    with st.session_state[HEAD]:
        show_title(page, [*st.session_state.get(REFUSED, []), *edition_notes()])
        offer_newest()
    show(plan(page, palette_of(current, is_dark()), words(), link_params(), None))


def edition_notes() -> list[str]:
    """Say which edition is seen, and whether it was withdrawn; nothing for the newest tables."""
    edition, text = edition_read(), words()
    if edition is None:
        return []
    key = "common.edition_withdrawn" if edition.is_withdrawn else "common.edition_notice"
    return [text(key, edition=edition_name(text, edition))]


def offer_newest() -> None:
    """Lead back from an edition to the newest tables."""
    if edition_read() is not None:
        st.button(plain(words()("common.edition_leave")), key="nc-edition-leave", on_click=read_the_newest)


def shown_address(name: str) -> str:
    """Return the whole address of what the reader sees: page, choices, tab and selection, as-of and delegation."""
    parts = urlsplit(st.context.url or "")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{origin}{page_address(name, st.query_params.to_dict())}"


@contextmanager
def error_boundary() -> Iterator[None]:
    """Show a problem as a sentence, never as a stack trace; write the details to the log."""
    try:
        yield
    except DashboardError as problem:
        LOG.error("%s: %s", type(problem).__name__, problem, extra={"event": "page_failed"})
        st.error(plain(str(problem)))
    except Exception:
        LOG.exception("a page failed", extra={"event": "page_failed"})
        st.error(plain(words()("common.failed")))
