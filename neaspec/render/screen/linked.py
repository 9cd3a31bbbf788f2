"""Tabs and linked lists: what is chosen stands in the address, and only the part it changes is run again."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from neaspec.render.maps.deck import LiveMap, ViewAsked, view_asked
from neaspec.render.screen.escape import plain
from neaspec.render.screen.pieces import LinkedView, MapView, Months, ScreenNode, TabSet

SECONDS_A_MONTH = 1.0
SHORTEST_STEP = 0.8  # seconds; a run that comes sooner was asked for by the reader
MONTH, VIEW = "month", "view"  # in the address
Show = Callable[[Sequence[ScreenNode]], None]


def show_tabs(piece: TabSet, show: Show) -> None:
    """Show the names of all tabs and the body of the one the address names; the first one has no place in it."""

    @st.fragment
    def tabs() -> None:
        keys = list(piece.titles)
        box = f"tab {piece.name} {'|'.join(keys)}"
        asked = st.query_params.get(piece.name, keys[0])
        st.session_state[box] = asked if asked in piece.titles else keys[0]
        chosen = st.segmented_control(
            plain(piece.label),
            keys,
            format_func=lambda key: plain(piece.titles[key]),
            key=box,
            required=True,
            label_visibility="collapsed",
            on_change=_write,
            args=(piece.name, box, keys[0]),
        )
        show(piece.bodies[chosen or keys[0]].pieces())

    with st.container(key=f"nc-tabs-{piece.name}"):
        tabs()


def show_linked(piece: LinkedView, show: Show) -> None:
    """Show a picture beside a list, or beside what is selected of it; without a picture the list stays beside it.

    While months are played the part runs again every second; it never begins by itself, and ends with the year.
    """
    is_playing = bool(st.session_state.get(_playing(piece)))

    @st.fragment(run_every=SECONDS_A_MONTH if is_playing else None)
    def linked() -> None:
        asked = st.query_params.get(piece.name, "").split(",")
        several = [key for key in asked if key in piece.items]
        selected = several[0] if len(several) == 1 else ""
        if any(asked) and not several:
            st.info(plain(piece.gone))
        if piece.is_over:
            _show_over(piece, selected, show)
            return
        left, right = st.columns(list(piece.weights), gap="medium")
        if piece.picture:
            with left:
                _show_picture(piece, ",".join(several), show)
            with right:
                if several:
                    st.button(plain(piece.back), key=f"{piece.key} back", on_click=_select, args=(piece.name, ""))
                if selected:
                    show(piece.items[selected].body.pieces())
                else:
                    _show_list(piece, "", several or list(piece.items))
            return
        with left:
            _show_list(piece, selected or piece.first, list(piece.items))
        with right:
            if selected or piece.first:
                show(piece.items[selected or piece.first].body.pieces())

    linked()


def _show_over(piece: LinkedView, selected: str, show: Show) -> None:
    """Show the picture with what is selected over it, and below it the list as one box of choices."""
    with st.container(key=f"nc-over-{piece.name}"):
        _show_picture(piece, selected, show)
        if selected:
            with st.container(key=f"nc-lies-over-{piece.name}"):
                st.button("✕", key=f"{piece.key} back", help=plain(piece.back), on_click=_select, args=(piece.name, ""))
                show(piece.items[selected].body.pieces())
    box = f"{piece.key} list"
    st.session_state[box] = selected or None
    st.selectbox(
        plain(piece.title),
        list(piece.items),
        index=None,
        format_func=lambda key: plain(piece.items[key].title),
        placeholder=plain(piece.title),
        label_visibility="collapsed",
        key=box,
        on_change=_select_from,
        args=(piece.name, box),
    )


def _playing(piece: LinkedView) -> str:
    return f"{piece.key} playing"


def _show_months(piece: LinkedView, months: Months) -> int:
    """Show the slider of months with the button that plays them; return the month, 0 for the whole year."""
    asked = st.query_params.get(MONTH, "0")
    month = int(asked) if asked.isdecimal() and int(asked) <= len(months.names) else 0
    playing, stepped = _playing(piece), f"{piece.key} stepped"
    if st.session_state.get(playing) and time.monotonic() - st.session_state.get(stepped, 0.0) >= SHORTEST_STEP:
        if month == len(months.names):
            st.session_state[playing] = False
            st.rerun()
        month += 1
        st.session_state[stepped] = time.monotonic()
        _select(MONTH, str(month))
    box = f"{piece.key} month"
    st.session_state[box] = month
    names = (months.whole_year, *months.names)
    with st.container(horizontal=True, vertical_alignment="center", key=f"nc-months-{piece.name}"):
        is_on = bool(st.session_state.get(playing))
        if st.button("⏸" if is_on else "▶", key=f"{piece.key} play", help=plain(months.stop if is_on else months.play)):
            st.session_state[playing] = not is_on
            st.session_state[stepped] = time.monotonic()
            if not is_on:
                _select(MONTH, "1")
            st.rerun()
        st.select_slider(
            plain(months.label),
            list(range(len(names))),
            format_func=lambda number: names[number],
            key=box,
            label_visibility="collapsed",
            on_change=_select_from,
            args=(MONTH, box),
        )
        st.caption(plain(months.note))
    return month


def _show_list(piece: LinkedView, selected: str, keys: list[str]) -> None:
    """Show things of the list: one group of radio buttons, so that keys move through it and readers hear its length."""
    box = f"{piece.key} list"
    st.session_state[box] = selected or None
    with st.container(key=f"nc-list-{piece.name}"):
        st.radio(
            plain(piece.title),
            keys,
            index=None,
            format_func=lambda key: plain(piece.items[key].title),
            captions=[plain(piece.items[key].line) for key in keys],
            key=box,
            on_change=_select_from,
            args=(piece.name, box),
        )


def _show_picture(piece: LinkedView, selected: str, show: Show) -> None:
    """Show the picture; a sign of a map that is chosen selects its thing, and the other way round."""
    for node in piece.picture:
        if isinstance(node, MapView) and node.live is not None:
            box = f"{node.key} {piece.name}"
            place = st.container(key=f"nc-map-{piece.name}")  # frame.js writes what is looked at into the address
            month = _show_months(piece, node.months) if node.months else 0
            view = _view(node.live, box)
            drawing = node.live.drawing(selected, month, view) if selected or month or view else node.drawing
            place.pydeck_chart(
                drawing,
                height=node.height,
                alt=node.alt,
                key=box,
                selection_mode="single-object",
                on_select=lambda box=box: _select_sign(piece, box),
            )
        else:
            show([node])


def _view(live: LiveMap, box: str) -> ViewAsked | None:
    """Return the part of the map that the address named when it was opened, until the map shows other places.

    What the reader looks at later stands in the address, too, and is no reason to move the map.
    """
    opened, asked = f"{box} opened", st.query_params.get(VIEW, "")
    if not asked or opened not in st.session_state:
        st.session_state[opened] = (live.view_name, view_asked(asked))
    name, view = st.session_state[opened]
    return view if name == live.view_name else None


def _select_sign(piece: LinkedView, box: str) -> None:
    """Take the thing of the sign that was chosen, or those of a sign for several; a second click lets go of it."""
    objects: dict[str, list[dict[str, Any]]] = st.session_state[box].get("selection", {}).get("objects", {})
    properties = [row.get("properties", row) for rows in objects.values() for row in rows if row]
    ids = [key for row in properties for key in str(row.get("id", "")).split(",")]
    _select(piece.name, ",".join(key for key in ids if key in piece.items))


def _select_from(name: str, box: str) -> None:
    _select(name, str(st.session_state[box] or ""))


def _select(name: str, key: str) -> None:
    if key and key != "0":
        st.query_params[name] = key
    else:
        st.query_params.pop(name, None)


def _write(name: str, box: str, first: str) -> None:
    chosen = str(st.session_state[box] or first)
    _select(name, "" if chosen == first else chosen)
