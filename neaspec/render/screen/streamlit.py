"""Show a planned page. The only renderer that knows Streamlit."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup
from streamlit.errors import StreamlitAPIException

from neaspec.blocks import Notice, Page
from neaspec.render import html as shared
from neaspec.render.cells import SHOWN_AFTER
from neaspec.render.charts.plotly import CONFIG
from neaspec.render.screen.pieces import Box, DataTable, Expander, Html, Link, MapView, Plot, Row, ScreenNode
from neaspec.render.templates import from_template

FRAME_HEIGHT = 520
NO_MENU = Markup("")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=\"'])")


def plain(text: str) -> str:
    """Escape a text for the places where Streamlit reads markdown: labels, titles, messages."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def show(pieces: Sequence[ScreenNode]) -> None:
    """Show pieces below each other."""
    for piece in pieces:
        _SHOW[type(piece)](piece)


def show_title(page: Page, notes: Sequence[str] = (), menu: Markup = NO_MENU) -> None:
    """Show the question a page answers, the sentence with its main figure, and what must be said before all else.

    menu: HTML of what can be taken away.
    """
    notices = [shared.notice(Notice(text=note)) for note in notes]
    st.html(from_template("frame", "head", page, menu, notices))


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


_SHOW: dict[type, Callable[..., None]] = {
    Html: _html,
    Link: _link,
    Plot: _plot,
    MapView: _deck,
    DataTable: _frame,
    Expander: _fold,
    Box: _box,
    Row: _row,
}
