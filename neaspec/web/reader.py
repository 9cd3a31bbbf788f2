"""What holds for all pages while a reader reads: the data as known on a day, their delegation, their language."""

from collections.abc import Mapping

import streamlit as st

from neaspec.data.editions import ARCHIVE, Edition, nearest_numbers
from neaspec.data.queries import Ask
from neaspec.edition import EDITION, current_edition, set_edition
from neaspec.errors import AddressError
from neaspec.languages import DEFAULT_LANGUAGE, LANG, current_language, offered, set_language
from neaspec.render.screen.escape import plain
from neaspec.urls import AS_KNOWN, DELEGATION
from neaspec.web.choices import ALL, refuse, refuse_choice, reserve_head, write_choice
from neaspec.web.desk_addresses import DESK_PAGE
from neaspec.web.page_cache import base_ask, labels_of, words
from neaspec.web.session_keys import AS_KNOWN as KNOWN_AT
from neaspec.web.session_keys import (
    AS_KNOWN_BOX,
    AS_KNOWN_NAME,
    DELEGATION_BOX,
    EDITION_KEPT,
    HEAD,
    REFUSED,
    RUN_ASK,
    box_key,
)
from neaspec.web.session_keys import DELEGATION as DELEGATION_KEPT

_TODAY = "today"
OWN_STATE = "country"  # in the address of My delegation: the State it shows


def ask() -> Ask:
    """Return the Ask of this run: one database and one "as known at" from its first question to its last."""
    return st.session_state.get(RUN_ASK) or base_ask()


def is_dark() -> bool:
    """Tell whether the reader sees a dark background."""
    return st.context.theme.type == "dark"


def labels(query: str, code: str, label: str, **params: object) -> dict[str, str]:
    """Return code -> label for `choose` from the answer of a query, in its order."""
    return dict(labels_of(ask(), query, code, label, tuple(sorted(params.items()))))


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
        refuse_choice(LANG, unknown_language, words()("common.language"), {})


def take_edition() -> None:
    """Take the edition of this run from the address, else the one read before; one that cannot be read is refused."""
    set_edition("")
    if not DESK_PAGE:
        return
    asked = st.query_params.get(EDITION, st.session_state.get(EDITION_KEPT, ""))
    if asked != st.session_state.get(EDITION_KEPT, ""):
        st.session_state.pop(RUN_ASK, None)  # of other tables
    st.session_state[EDITION_KEPT] = ""
    if not asked:
        st.query_params.pop(EDITION, None)
        return
    try:
        ARCHIVE.ask(asked)
    except AddressError:
        known = [str(edition.number) for edition in ARCHIVE.known()]
        names = words().listed(nearest_numbers(asked, known)) or words()("common.edition_none")
        st.session_state.pop(RUN_ASK, None)
        refuse(EDITION, words()("common.edition_unknown", asked=asked[:20], names=names))
        return
    st.session_state[EDITION_KEPT] = asked
    set_edition(asked)
    if st.query_params.get(EDITION) != asked:
        st.query_params[EDITION] = asked


def edition_read() -> Edition | None:
    """Return the edition that this run reads; None for the newest tables."""
    number = current_edition()
    return ARCHIVE.edition(number) if number else None


def read_the_newest() -> None:
    """Go back to the newest tables."""
    st.session_state[EDITION_KEPT] = ""
    st.session_state.pop(RUN_ASK, None)
    st.query_params.pop(EDITION, None)


def choose_as_known() -> None:
    """Let the reader go back to what was known at a SOM; holds for all pages, kept in the address of each."""
    current = base_ask()
    text = words()
    days = current.soms()
    names = {_TODAY: text("common.as_of_today")} | {
        meeting_id: text("common.as_of_som", name=som_name(meeting_id), date=text.date(day))
        for meeting_id, day in days.items()
    }
    asked = st.query_params.get(AS_KNOWN, st.session_state.get(KNOWN_AT, _TODAY))
    if asked not in names:
        refuse_choice(AS_KNOWN, asked, text("common.as_known_label"), names)
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


def _remember_as_known() -> None:
    st.session_state[KNOWN_AT] = st.session_state[AS_KNOWN_BOX]
    write_choice(AS_KNOWN, AS_KNOWN_BOX, _TODAY)


def choose_delegation() -> None:
    """Let the reader say for which State they are here; marks what concerns it on all pages. None is the default."""
    text = words()
    names = {ALL: text("common.all_members")} | labels("member_states", "country_code", "name")
    asked = st.query_params.get(DELEGATION, st.session_state.get(DELEGATION_KEPT, ALL)).upper()
    if asked not in names:
        refuse_choice(DELEGATION, asked, text("common.delegation"), names)
        asked = ALL
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


def _remember_delegation() -> None:
    if st.query_params.get(OWN_STATE) == st.session_state[DELEGATION_KEPT]:
        st.query_params.pop(OWN_STATE, None)  # the page of the reader's State becomes that of the new one
    st.session_state[DELEGATION_KEPT] = st.session_state[DELEGATION_BOX]
    write_choice(DELEGATION, DELEGATION_BOX, ALL)


def choose_own_state(states: Mapping[str, str], *, label: str) -> str:
    """Let the reader say of which State their delegation is; asked once, then known on all pages. Empty = not said yet.

    Args:
        states: code -> name.
        label: key of the wording for readers who hear the page.
    """
    title = words()(label)
    asked = st.query_params.get(OWN_STATE, "")
    if asked and asked.upper() not in states:
        refuse_choice(OWN_STATE, asked, title, states)
        asked = ""
    asked = asked.upper() or delegation() or ""
    widget = box_key(OWN_STATE)
    st.session_state[widget] = asked or None
    reserve_head()
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


def delegation() -> str | None:
    """Return the code of the State the reader is here for; None for all member States."""
    return str(st.session_state.get(DELEGATION_KEPT, ALL)) or None


def som_name(meeting_id: str) -> str:
    """Return the short name of a SOM from its key: som_24 is SOM-24."""
    return f"SOM-{meeting_id.removeprefix('som_')}"


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
        EDITION: current_edition(),
    }
    return {key: value for key, value in kept.items() if value}
