"""Show a planned page. The only renderer that knows Streamlit."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from neaspec.blocks import Notice, Page
from neaspec.render import html as shared
from neaspec.render.cells import SHOWN_AFTER
from neaspec.render.charts.plotly import CONFIG
from neaspec.render.screen.escape import plain
from neaspec.render.screen.linked import show_linked, show_tabs
from neaspec.render.screen.pieces import (
    Box,
    DataTable,
    Expander,
    Html,
    Link,
    LinkedView,
    MapView,
    Plot,
    Row,
    ScreenNode,
    TabSet,
)
from neaspec.render.templates import from_template

FRAME_HEIGHT = 520


def show(pieces: Sequence[ScreenNode]) -> None:
    """Show pieces below each other."""
    for piece in pieces:
        _SHOW[type(piece)](piece)


def show_title(page: Page, notes: Sequence[str] = ()) -> None:
    """Show what must be said before all else, the name of a page, and the sentence that answers its question."""
    notices = [shared.notice(Notice(text=note)) for note in notes]
    st.html(from_template("frame", "head", page, shared.bold_figures(page.lead), notices))


def _html(piece: Html) -> None:
    st.html(piece.html)


def _link(piece: Link) -> None:
    try:
        st.page_link(f"pages/{piece.page}.py", label=plain(piece.text), query_params=dict(piece.choices))
    except (StreamlitAPIException, KeyError):  # shown outside the front door
        st.html(piece.html)


def _plot(piece: Plot) -> None:
    st.plotly_chart(piece.figure, theme=None, config=CONFIG, alt=piece.alt, key=piece.key)


def _deck(piece: MapView) -> None:
    st.pydeck_chart(piece.drawing, height=piece.height, alt=piece.alt, key=piece.key)


def _frame(piece: DataTable) -> None:
    columns: dict[str, Any] = {
        title: st.column_config.NumberColumn(format=form) for title, form in piece.formats.items()
    }
    shown = f"{SHOWN_AFTER}(.*)$"
    columns |= {title: st.column_config.LinkColumn(display_text=shown) for title in piece.links}
    st.dataframe(
        piece.rows,
        hide_index=True,
        placeholder="",
        column_config=columns,
        height=FRAME_HEIGHT,
        alt=piece.alt,
        key=piece.key,
    )


def _fold(piece: Expander) -> None:
    box = st.expander(plain(piece.title), key=piece.key, on_change="rerun")
    if box.open:
        with box:
            show(piece.pieces)


def _box(piece: Box) -> None:
    with st.container(border=True):
        show(piece.pieces)


def _row(piece: Row) -> None:
    for place, cell in zip(st.columns(list(piece.weights), gap="medium"), piece.cells, strict=True):
        with place:
            show(cell)


def _tabs(piece: TabSet) -> None:
    show_tabs(piece, show)


def _linked(piece: LinkedView) -> None:
    show_linked(piece, show)


_SHOW: dict[type, Callable[..., None]] = {
    Html: _html,
    Link: _link,
    Plot: _plot,
    MapView: _deck,
    DataTable: _frame,
    Expander: _fold,
    Box: _box,
    Row: _row,
    TabSet: _tabs,
    LinkedView: _linked,
}
