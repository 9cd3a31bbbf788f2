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
from neaspec.data.search.nearest import nearest
from neaspec.errors import DashboardError
from neaspec.languages import DEFAULT_LANGUAGE, LANG, current_language, offered, set_language
from neaspec.render.cells import page_address
from neaspec.render.screen.escape import plain
from neaspec.render.screen.plan import plan
from neaspec.render.screen.streamlit import show, show_title
from neaspec.render.screen.tools import page_tools
from neaspec.render.templates import from_template
from neaspec.urls import AS_KNOWN, DELEGATION
from neaspec.web.downloads import offer_of
from neaspec.web.page_cache import composed_page, labels_of, newest_ask, palette_of, screen_nodes, words
from neaspec.web.session_keys import AS_KNOWN as KNOWN_AT
from neaspec.web.session_keys import AS_KNOWN_BOX, AS_KNOWN_NAME, DELEGATION_BOX, HEAD, REFUSED, RUN_ASK, TOOLS, box_key
from neaspec.web.session_keys import DELEGATION as DELEGATION_KEPT

LOG = logging.getLogger("neaspec")
_TODAY = "today"
# The browser gathers what arrives within 10 ms and draws it at once. With this pause it draws the answer first, while
# pictures still come; it costs waiting, no work.
ANSWER_FIRST_SECONDS = 0.015
MOST_OPTIONS = 1000  # in one box of choices: the browser holds all of them, and they are sent with each change
_ALL = ""
OWN_STATE = "country"  # in the address of My delegation: the State it shows


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
    button = st.empty()
    with st.container(horizontal=True, key="nc-choices", vertical_alignment="bottom"):
        yield
    kept = {AS_KNOWN, DELEGATION, LANG}
    count = sum(box_key(key) in st.session_state for key in st.query_params if key not in kept)
    label = words()("common.filter_set", count=count) if count else words()("common.filter")
    button.html(from_template("tools", "unfold", "filter", label))


def _reserve_head() -> None:
    """Keep a place above the choices for the title, which is known only when the page is composed."""
    if st.session_state.get(HEAD) is None:
        st.session_state[HEAD] = st.container(key="nc-head")


@overload
def choose(
    key: str,
    options: Sequence[str] | Mapping[str, str],
    *,
    label: str,
    default: str,
    term: str = "",
    is_compact: bool = False,
) -> str: ...


@overload
def choose(
    key: str,
    options: Sequence[str] | Mapping[str, str],
    *,
    label: str,
    default: None = None,
    term: str = "",
    is_compact: bool = False,
) -> str | None: ...


def choose(
    key: str,
    options: Sequence[str] | Mapping[str, str],
    *,
    label: str,
    default: str | None = None,
    term: str = "",
    is_compact: bool = False,
) -> str | None:
    """Let the reader choose one code; None means no filter ("All", offered only if there is no default).

    Args:
        key: name in the address.
        options: codes, or code -> label. Codes alone are worded by `term`, a section of terms.toml.
        label: key of the wording above the box.
        default: what holds when the address says nothing.
        term: section of terms.toml with the words for codes.
        is_compact: the label is heard, not seen; then an option with the empty code says what "All" means.
    """
    shown = _shown(options, term)
    if default is None:
        shown = {_ALL: words()("common.all")} | shown
    first = default if default in shown else next(iter(shown), _ALL)
    title = words()(label)
    asked = st.query_params.get(key, first)
    if asked not in shown:
        _refuse(key, asked, title, shown)
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
        label_visibility="collapsed" if is_compact else "visible",
        on_change=_write,
        args=(key, widget, first),
    )
    return asked or None


def choose_pills(
    key: str,
    options: Sequence[str] | Mapping[str, str],
    *,
    label: str,
    default: str | None = None,
    term: str = "",
    none: str = "common.all",
) -> str | None:
    """Let the reader choose one of two to seven codes, all of them in sight; None means no filter.

    Args:
        key: name in the address.
        options: codes, or code -> label. Codes alone are worded by `term`, a section of terms.toml.
        label: key of the wording for readers who hear the page.
        default: what holds when the address says nothing; without one, no filter comes first.
        term: section of terms.toml with the words for codes.
        none: key of the wording for no filter, where several rows of pills stand beside each other.
    """
    shown = _shown(options, term)
    if default is None:
        shown = {_ALL: words()(none)} | shown
    first = default if default in shown else next(iter(shown), _ALL)
    title = words()(label)
    asked = st.query_params.get(key, first)
    if asked not in shown:
        _refuse(key, asked, title, shown)
        asked = first
    widget = box_key(key)
    st.session_state[widget] = asked
    st.pills(
        plain(title),
        list(shown),
        format_func=lambda code: plain(shown.get(code, code)),
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=_write,
        args=(key, widget, first),
    )
    return asked or None


def choose_marks(key: str, options: Mapping[str, str], *, label: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Let the reader turn on any of two to seven things, all of them in sight; at least one stays on.

    In the address: codes with commas; the default is left out.
    """
    title = words()(label)
    asked = [code for code in st.query_params.get(key, "").split(",") if code]
    for code in asked:
        if code not in options:
            _refuse(key, code, title, options)
    on = [code for code in options if code in asked] or list(default)
    widget = box_key(key)
    st.session_state[widget] = on
    st.pills(
        plain(title),
        list(options),
        selection_mode="multi",
        format_func=lambda code: plain(options.get(code, code)),
        key=widget,
        label_visibility="collapsed",
        on_change=_write,
        args=(key, widget, ",".join(default)),
    )
    return tuple(on)


def reset_button(label: str) -> None:
    """Let the reader take back all choices of a page; those that hold for all pages stay."""
    is_set = bool(set(st.query_params) - {AS_KNOWN, DELEGATION, LANG})
    st.button(plain(words()(label)), key="nc-reset", disabled=not is_set, on_click=_reset)


def _reset() -> None:
    for key in set(st.query_params) - {AS_KNOWN, DELEGATION, LANG}:
        st.query_params.pop(key, None)


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


def _refuse(key: str, value: str, title: str, names: Mapping[str, str]) -> None:
    """Take out of the address what is unknown; show_page says so, with the nearest of what there is."""
    st.query_params.pop(key, None)
    text = words()
    sentence = text("common.unknown_choice", value=value[:60], label=title)
    close = [names[code] for code in nearest(value, names)]
    if close:
        sentence = text.sentences(sentence, text("common.did_you_mean", names=text.listed(close)))
    st.session_state[REFUSED] = [*st.session_state.get(REFUSED, []), sentence]


def take_language() -> str:
    """Take the language of this run from the address; return what it asks for where that is not offered."""
    asked = st.query_params.get(LANG, DEFAULT_LANGUAGE)
    is_offered = asked in offered()
    set_language(asked if is_offered else DEFAULT_LANGUAGE)
    return "" if is_offered else asked


def begin_run(unknown_language: str) -> None:
    """Begin a run of a page: nothing is refused yet but a language that is not offered."""
    st.session_state[HEAD], st.session_state[REFUSED] = None, []
    if unknown_language:
        _refuse(LANG, unknown_language, words()("common.language"), {})


def choose_as_known() -> None:
    """Let the reader go back to what was known at a SOM; holds for all pages, kept in the address of each."""
    current = newest_ask()
    text = words()
    days = current.soms()
    names = {_TODAY: text("common.as_of_today")} | {
        meeting_id: text("common.as_of_som", name=som_name(meeting_id), date=text.date(day))
        for meeting_id, day in days.items()
    }
    asked = st.query_params.get(AS_KNOWN, st.session_state.get(KNOWN_AT, _TODAY))
    if asked not in names:
        _refuse(AS_KNOWN, asked, text("common.as_known_label"), names)
        asked = _TODAY
    st.session_state[KNOWN_AT] = st.session_state[AS_KNOWN_BOX] = asked
    if asked != _TODAY and st.query_params.get(AS_KNOWN) != asked:
        st.query_params[AS_KNOWN] = asked
    st.selectbox(
        plain(text("common.as_known_label")),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=AS_KNOWN_BOX,
        label_visibility="collapsed",
        width=190,
        on_change=_remember_as_known,
    )
    st.session_state[RUN_ASK] = current.on(days.get(asked))
    st.session_state[AS_KNOWN_NAME] = som_name(asked) if asked != _TODAY else ""


def choose_delegation() -> None:
    """Let the reader say for which State they are here; marks what concerns it on all pages. None is the default."""
    text = words()
    names = {_ALL: text("common.all_members")} | labels("member_states", "country_code", "name")
    asked = st.query_params.get(DELEGATION, st.session_state.get(DELEGATION_KEPT, _ALL)).upper()
    if asked not in names:
        _refuse(DELEGATION, asked, text("common.delegation"), names)
        asked = _ALL
    st.session_state[DELEGATION_KEPT] = st.session_state[DELEGATION_BOX] = asked
    if asked and st.query_params.get(DELEGATION) != asked:
        st.query_params[DELEGATION] = asked
    st.selectbox(
        plain(text("common.delegation")),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=DELEGATION_BOX,
        label_visibility="collapsed",
        width=210,
        on_change=_remember_delegation,
    )


def choose_own_state(states: Mapping[str, str], *, label: str) -> str:
    """Let the reader say of which State their delegation is; asked once, then known on all pages. Empty = not said yet.

    Args:
        states: code -> name.
        label: key of the wording for readers who hear the page.
    """
    title = words()(label)
    asked = st.query_params.get(OWN_STATE, "")
    if asked and asked.upper() not in states:
        _refuse(OWN_STATE, asked, title, states)
        asked = ""
    asked = asked.upper() or delegation() or ""
    widget = box_key(OWN_STATE)
    st.session_state[widget] = asked or None
    _reserve_head()
    st.pills(
        plain(title),
        list(states),
        format_func=lambda code: plain(states.get(code, code)),
        key=widget,
        required=bool(asked),
        label_visibility="collapsed",
        on_change=_remember_own_state,
        args=(widget,),
    )
    return asked


def _remember_own_state(widget: str) -> None:
    code = st.session_state[widget]
    if code:
        st.session_state[DELEGATION_KEPT] = st.query_params[DELEGATION] = st.query_params[OWN_STATE] = code


def _remember_delegation() -> None:
    if st.query_params.get(OWN_STATE) == st.session_state[DELEGATION_KEPT]:
        st.query_params.pop(OWN_STATE, None)  # the page of the reader's State becomes that of the new one
    st.session_state[DELEGATION_KEPT] = st.session_state[DELEGATION_BOX]
    _write(DELEGATION, DELEGATION_BOX, _ALL)


def delegation() -> str | None:
    """Return the code of the State the reader is here for; None for all member States."""
    return str(st.session_state.get(DELEGATION_KEPT, _ALL)) or None


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
        show_title(page, notes)
    with st.session_state.get(TOOLS) or st.container():
        offer = offer_of(name, choices, meeting_known_at(), shown_address(name))
        st.html(page_tools(offer, page, text, link_params()))


def show_own(page: Page) -> None:
    """Show a page made of what one visitor gave: no cache of ours keeps it, and nothing of it has an address."""
    current = ask()
    _reserve_head()
    with st.session_state[HEAD]:
        show_title(page, st.session_state.get(REFUSED, []))
    show(plan(page, palette_of(current, is_dark()), words(), link_params(), None))


def shown_address(name: str) -> str:
    """Return the whole address of what the reader sees: page, choices, tab and selection, as-of and delegation."""
    found = urlsplit(st.context.url or "")
    origin = f"{found.scheme}://{found.netloc}" if found.netloc else ""
    return f"{origin}{page_address(name, st.query_params.to_dict())}"


def meeting_known_at() -> str:
    """Return the key of the meeting the reader looks back to, empty for today."""
    asked = str(st.session_state.get(KNOWN_AT, _TODAY))
    return "" if asked == _TODAY else asked


def link_params() -> dict[str, str]:
    """Return what a link to another page takes along: the choices that hold for all pages."""
    language = current_language()
    kept = {
        AS_KNOWN: meeting_known_at(),
        DELEGATION: delegation() or "",
        LANG: "" if language == DEFAULT_LANGUAGE else language,
    }
    return {key: value for key, value in kept.items() if value}


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
