'''What every page shares: the database, the choices in the address, "as known at", and showing what a section made.

A page file chooses, composes and shows, and nothing else:

    """Species: how does one of the six flagship species stand?"""

    from neaspec.web.page import choice_row, choose, labels, show_page
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
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import overload
from urllib.parse import urlsplit

import streamlit as st

from neaspec.blocks import Page
from neaspec.data.queries import Ask
from neaspec.errors import DashboardError
from neaspec.render.screen.export_menu import take_menu
from neaspec.render.screen.plan import plan
from neaspec.render.screen.streamlit import plain, show, show_title
from neaspec.urls import AS_KNOWN
from neaspec.web.downloads import offer_of
from neaspec.web.page_cache import composed_page, labels_of, newest_ask, palette_of, screen_nodes, words
from neaspec.web.session_keys import AS_KNOWN as KNOWN_AT
from neaspec.web.session_keys import AS_KNOWN_BOX, AS_KNOWN_NAME, HEAD, REFUSED, RUN_ASK, box_key

LOG = logging.getLogger("neaspec")
_TODAY = "today"
# The browser gathers what arrives within 10 ms and draws it at once. With this pause it draws the answer first, while
# pictures still come; it costs waiting, no work.
ANSWER_FIRST_SECONDS = 0.015
MOST_OPTIONS = 1000  # in one box of choices: the browser holds all of them, and they are sent with each change
_ALL = ""


def ask() -> Ask:
    """Return the Ask of this run: one database and one "as known at" from its first question to its last."""
    return st.session_state.get(RUN_ASK) or newest_ask()


def is_dark() -> bool:
    """Tell whether the reader sees a dark background."""
    return st.context.theme.type == "dark"


def labels(query: str, code: str, label: str, **params: object) -> dict[str, str]:
    """Return code -> label for `choose` from the answer of a query, in its order."""
    return dict(labels_of(ask(), query, code, label, tuple(sorted(params.items()))))


@contextmanager
def choice_row() -> Iterator[None]:
    """Put the choices made inside in one row; on a phone they stand below each other."""
    _reserve_head()
    with st.container(horizontal=True, key="nc-choices", vertical_alignment="bottom"):
        yield


def _reserve_head() -> None:
    """Keep a place above the choices for the title, which is known only when the page is composed."""
    if st.session_state.get(HEAD) is None:
        st.session_state[HEAD] = st.container(key="nc-head")


@overload
def choose(
    key: str, options: Sequence[str] | Mapping[str, str], *, label: str, default: str, term: str = ""
) -> str: ...


@overload
def choose(
    key: str, options: Sequence[str] | Mapping[str, str], *, label: str, default: None = None, term: str = ""
) -> str | None: ...


def choose(
    key: str, options: Sequence[str] | Mapping[str, str], *, label: str, default: str | None = None, term: str = ""
) -> str | None:
    """Let the reader choose one code; None means no filter ("All", offered only if there is no default).

    Args:
        key: name in the address.
        options: codes, or code -> label. Codes alone are worded by `term`, a section of terms.toml.
        label: key of the wording above the box.
        default: what holds when the address says nothing.
        term: section of terms.toml with the words for codes.
    """
    shown = _shown(options, term)
    if default is None:
        shown = {_ALL: words()("common.all")} | shown
    first = default if default in shown else next(iter(shown), _ALL)
    title = words()(label)
    asked = st.query_params.get(key, first)
    if asked not in shown:
        _refuse(key, asked, title)
        asked = first
    widget = box_key(key)
    st.session_state[widget] = asked
    listed, cut = _listed(list(shown), asked)
    st.selectbox(
        plain(title),
        listed,
        format_func=lambda code: shown.get(code, code),
        key=widget,
        help=cut,
        width=260,
        on_change=_write,
        args=(key, widget, first),
    )
    return asked or None


def choose_several(
    key: str, options: Sequence[str] | Mapping[str, str], *, label: str, term: str = ""
) -> tuple[str, ...]:
    """Let the reader choose any number of codes; none chosen means no filter. In the address: codes with commas."""
    shown = _shown(options, term)
    title = words()(label)
    asked = [code for code in st.query_params.get(key, "").split(",") if code]
    for code in asked:
        if code not in shown:
            _refuse(key, code, title)
    asked = [code for code in asked if code in shown]
    widget = box_key(key)
    st.session_state[widget] = asked
    st.multiselect(
        plain(title),
        list(shown),
        format_func=lambda code: shown.get(code, code),
        key=widget,
        width=360,
        placeholder=words()("common.all"),
        on_change=_write,
        args=(key, widget, _ALL),
    )
    return tuple(asked)


def search_text(key: str, *, label: str) -> str:
    """Let the reader type what to search for; kept in the address."""
    widget = box_key(key)
    st.session_state[widget] = st.query_params.get(key, "")
    st.text_input(plain(words()(label)), key=widget, width=360, on_change=_write, args=(key, widget, ""))
    return str(st.session_state[widget]).strip()


def _shown(options: Sequence[str] | Mapping[str, str], term: str) -> dict[str, str]:
    """Return code -> label with every label different, because the browser answers with the label."""
    if isinstance(options, Mapping):
        named = dict(options)
    else:
        named = {code: words().term(term, code) if term else code for code in options}
    times = Counter(named.values())
    return {code: label if times[label] == 1 else f"{label} ({code})" for code, label in named.items()}


def _listed(codes: Sequence[str], asked: str) -> tuple[list[str], str | None]:
    """Return the codes to offer, the chosen one always, and the sentence that says so where they are not all."""
    if len(codes) <= MOST_OPTIONS:
        return list(codes), None
    first = list(codes[:MOST_OPTIONS])
    said = words()("common.most_options", listed=words().number(MOST_OPTIONS), total=words().number(len(codes)))
    return first if asked in first else [*first, asked], plain(said)


def _write(key: str, widget: str, default: str) -> None:
    """Write a changed choice into the address; a default is left out."""
    value = st.session_state[widget]
    code = ",".join(value) if isinstance(value, list) else str(value)
    if code == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = code


def _refuse(key: str, value: str, title: str) -> None:
    """Take out of the address what is unknown; show_page says so."""
    st.query_params.pop(key, None)
    sentence = words()("common.unknown_choice", value=value[:60], label=title)
    st.session_state[REFUSED] = [*st.session_state.get(REFUSED, []), sentence]


def choose_as_known() -> None:
    """Let the reader go back to what was known at a SOM; holds for all pages, kept in the address of each."""
    st.session_state[HEAD], st.session_state[REFUSED] = None, []
    current = newest_ask()
    text = words()
    days = current.soms()
    names = {_TODAY: text("common.as_known_today")} | {
        meeting_id: text("common.as_known_som", name=som_name(meeting_id), date=text.date(day))
        for meeting_id, day in days.items()
    }
    asked = st.query_params.get(AS_KNOWN, st.session_state.get(KNOWN_AT, _TODAY))
    if asked not in names:
        _refuse(AS_KNOWN, asked, text("common.as_known_label"))
        asked = _TODAY
    st.session_state[KNOWN_AT] = st.session_state[AS_KNOWN_BOX] = asked
    if asked != _TODAY and st.query_params.get(AS_KNOWN) != asked:
        st.query_params[AS_KNOWN] = asked
    st.sidebar.selectbox(
        plain(text("common.as_known_label")),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=AS_KNOWN_BOX,
        help=plain(text("common.as_known_help")),
        on_change=_remember_as_known,
    )
    st.session_state[RUN_ASK] = current.on(days.get(asked))
    st.session_state[AS_KNOWN_NAME] = som_name(asked) if asked != _TODAY else ""


def som_name(meeting_id: str) -> str:
    """Return the short name of a SOM from its key: som_24 is SOM-24."""
    return f"SOM-{meeting_id.removeprefix('som_')}"


def _remember_as_known() -> None:
    st.session_state[KNOWN_AT] = st.session_state[AS_KNOWN_BOX]
    _write(AS_KNOWN, AS_KNOWN_BOX, _TODAY)


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
    notes = list(st.session_state.get(REFUSED, []))
    if current.as_known_on:
        at = st.session_state.get(AS_KNOWN_NAME, "")
        notes.append(text("common.as_known_notice", name=at, date=text.date(current.as_known_on)))
    _reserve_head()
    with st.session_state[HEAD]:
        show_title(page, notes, take_menu(offer_of(name, choices, meeting_known_at(), _origin()), page.title, text))


def show_own(page: Page) -> None:
    """Show a page made of what one visitor gave: no cache of ours keeps it, and nothing of it has an address."""
    current = ask()
    _reserve_head()
    with st.session_state[HEAD]:
        show_title(page, st.session_state.get(REFUSED, []))
    show(plan(page, palette_of(current, is_dark()), words(), link_params(), None))


def _origin() -> str:
    """Return scheme and host of the address in the reader's browser, with the folder the app lives in."""
    found = urlsplit(st.context.url or "")
    return f"{found.scheme}://{found.netloc}" if found.netloc else ""


def meeting_known_at() -> str:
    """Return the key of the meeting the reader looks back to, empty for today."""
    asked = str(st.session_state.get(KNOWN_AT, _TODAY))
    return "" if asked == _TODAY else asked


def link_params() -> dict[str, str]:
    """Return what a link to another page takes along: the choice that holds for all pages."""
    return {AS_KNOWN: meeting_known_at()} if meeting_known_at() else {}


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
