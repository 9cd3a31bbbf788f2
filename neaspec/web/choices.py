"""Choices of a page: boxes and pills whose choice stands in the address as a code, so that a link restores it.

A default is left out of the address; an unknown code is left out with a notice that names the nearest there are.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import overload

import streamlit as st

from neaspec.data.search.nearest import nearest
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.urls import FOR_ALL_PAGES
from neaspec.web.page_cache import words
from neaspec.web.session_keys import HEAD, REFUSED, box_key

MOST_OPTIONS = 1000  # in one box of choices: the browser holds all of them, and they are sent with each change
ALL = ""


@contextmanager
def choice_row() -> Iterator[None]:
    """Put the choices made inside in one row; on a phone they stand below each other."""
    reserve_head()
    button = st.container(key="nc-unfold")
    with st.container(horizontal=True, key="nc-choices", vertical_alignment="bottom"):
        yield
    count = sum(box_key(key) in st.session_state for key in st.query_params if key not in FOR_ALL_PAGES)
    label = words()("common.filter_set", count=count) if count else words()("common.filter")
    button.html(from_template("tools", "unfold", "filter", label))


def reserve_head() -> None:
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
    width: int = 260,
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
    width: int = 260,
) -> str | None: ...


def choose(
    key: str,
    options: Sequence[str] | Mapping[str, str],
    *,
    label: str,
    default: str | None = None,
    term: str = "",
    is_compact: bool = False,
    width: int = 260,
) -> str | None:
    """Let the reader choose one code; None means no filter ("All", offered only if there is no default).

    Args:
        key: name in the address.
        options: codes, or code -> label. Codes alone are worded by `term`, a section of terms.toml.
        label: key of the wording above the box.
        default: what holds when the address says nothing.
        term: section of terms.toml with the words for codes.
        is_compact: the label is heard, not seen; then an option with the empty code says what "All" means.
        width: of the box in pixels.
    """
    shown = _shown(options, term)
    if default is None:
        shown = {ALL: words()("common.all")} | shown
    first = default if default in shown else next(iter(shown), ALL)
    title = words()(label)
    asked = st.query_params.get(key, first)
    if asked not in shown:
        refuse_choice(key, asked, title, shown)
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
        width=width,
        label_visibility="collapsed" if is_compact else "visible",
        on_change=write_choice,
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
        shown = {ALL: words()(none)} | shown
    first = default if default in shown else next(iter(shown), ALL)
    title = words()(label)
    asked = st.query_params.get(key, first)
    if asked not in shown:
        refuse_choice(key, asked, title, shown)
        asked = first
    widget = box_key(key)
    st.session_state[widget] = asked
    st.pills(
        plain(title),
        list(shown),
        format_func=lambda code: plain(shown.get(str(code), str(code))),
        key=widget,
        required=True,
        label_visibility="collapsed",
        on_change=write_choice,
        args=(key, widget, first),
    )
    return asked or None


def choose_number(key: str, *, label: str, default: str, step: float = 1.0, note: str = "", width: int = 170) -> str:
    """Let the reader type a number; return it as the address has it. What is no number is left out with a notice.

    Args:
        key: name in the address.
        label: key of the wording above the box.
        default: what holds when the address says nothing.
        step: of the buttons beside the number; whole numbers where it is one.
        note: key of the wording of a help text.
        width: of the box in pixels.
    """
    title = words()(label)
    asked = st.query_params.get(key, default)
    try:
        value = float(asked)
        if not math.isfinite(value):
            raise ValueError
    except ValueError:
        refuse_choice(key, asked, title, {})
        asked, value = default, float(default)
    is_whole = float(step).is_integer() and value.is_integer()
    widget = box_key(key)
    st.session_state[widget] = int(value) if is_whole else value
    st.number_input(
        plain(title),
        step=int(step) if is_whole else float(step),
        format="%d" if is_whole else "%g",
        key=widget,
        width=width,
        help=plain(words()(note)) if note else None,
        on_change=write_number,
        args=(key, widget, default),
    )
    return asked


def write_number(key: str, widget: str, default: str) -> None:
    """Write a changed number into the address; the default is left out."""
    text = f"{st.session_state[widget]:g}"
    if float(text) == float(default):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = text


def choose_marks(key: str, options: Mapping[str, str], *, label: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Let the reader turn on any of two to seven things, all of them in sight; at least one stays on.

    In the address: codes with commas; the default is left out.
    """
    title = words()(label)
    asked = [code for code in st.query_params.get(key, "").split(",") if code]
    for code in asked:
        if code not in options:
            refuse_choice(key, code, title, options)
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
        on_change=write_choice,
        args=(key, widget, ",".join(default)),
    )
    return tuple(on)


def reset_button(label: str) -> None:
    """Let the reader take back all choices of a page; those that hold for all pages stay."""
    is_set = bool(set(st.query_params) - set(FOR_ALL_PAGES))
    st.button(plain(words()(label)), key="nc-reset", disabled=not is_set, on_click=_reset)


def _reset() -> None:
    for key in set(st.query_params) - set(FOR_ALL_PAGES):
        st.query_params.pop(key, None)


def search_text(key: str, *, label: str) -> str:
    """Let the reader type what to search for; kept in the address."""
    widget = box_key(key)
    st.session_state[widget] = st.query_params.get(key, "")
    st.text_input(plain(words()(label)), key=widget, width=360, on_change=write_choice, args=(key, widget, ""))
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


def write_choice(key: str, widget: str, default: str) -> None:
    """Write a changed choice into the address; a default is left out."""
    value = st.session_state[widget]
    code = ",".join(value) if isinstance(value, list) else str(value)
    if code == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = code


def refuse_choice(key: str, value: str, title: str, names: Mapping[str, str]) -> None:
    """Take out of the address what is unknown; show_page says so, with the nearest of what there is."""
    text = words()
    sentence = text("common.unknown_choice", value=value[:60], label=title)
    close = [names[code] for code in nearest(value, names)]
    if close:
        sentence = text.sentences(sentence, text("common.did_you_mean", names=text.listed(close)))
    refuse(key, sentence)


def refuse(key: str, sentence: str) -> None:
    """Take a choice out of the address; show_page says why."""
    st.query_params.pop(key, None)
    st.session_state[REFUSED] = [*st.session_state.get(REFUSED, []), sentence]
