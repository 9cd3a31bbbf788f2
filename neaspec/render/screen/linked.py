"""Tabs and linked lists: what is chosen stands in the address, and only the part it changes is run again."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from neaspec.render.screen.escape import plain
from neaspec.render.screen.pieces import LinkedView, MapView, ScreenNode, TabSet

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
    """Show a picture beside a list, or beside what is selected of it; without a picture the list stays beside it."""

    @st.fragment
    def linked() -> None:
        asked = st.query_params.get(piece.name, "").split(",")
        several = [key for key in asked if key in piece.items]
        selected = several[0] if len(several) == 1 else ""
        if any(asked) and not several:
            st.info(plain(piece.gone))
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
        if isinstance(node, MapView) and node.redrawn is not None:
            box = f"{node.key} {piece.name}"
            drawing = node.redrawn(selected) if selected else node.drawing
            st.pydeck_chart(
                drawing,
                height=node.height,
                alt=node.alt,
                key=box,
                selection_mode="single-object",
                on_select=lambda box=box: _select_sign(piece, box),
            )
        else:
            show([node])


def _select_sign(piece: LinkedView, box: str) -> None:
    """Take the thing of the sign that was chosen, or those of a sign for several; a second click lets go of it."""
    objects: dict[str, list[dict[str, Any]]] = st.session_state[box].get("selection", {}).get("objects", {})
    told = [row.get("properties", row) for rows in objects.values() for row in rows if row]
    ids = [key for row in told for key in str(row.get("id", "")).split(",")]
    _select(piece.name, ",".join(key for key in ids if key in piece.items))


def _select_from(name: str, box: str) -> None:
    _select(name, str(st.session_state[box] or ""))


def _select(name: str, key: str) -> None:
    if key:
        st.query_params[name] = key
    else:
        st.query_params.pop(name, None)


def _write(name: str, box: str, first: str) -> None:
    chosen = str(st.session_state[box] or first)
    _select(name, "" if chosen == first else chosen)
