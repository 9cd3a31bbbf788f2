"""The search box of the toolbar: while a reader types, what is found opens below it, in groups, over the page."""

import streamlit as st

from neaspec.render.screen.escape import plain
from neaspec.web.page_cache import words
from neaspec.web.session_keys import SEARCH_BOX


@st.fragment
def show_search_box() -> None:
    """Show the box; only it is run again while a reader types."""
    text = words()
    st.text_input(
        plain(text("common.search")),
        type="search",
        live=True,
        key=SEARCH_BOX,
        placeholder=text("common.search_hint"),
        label_visibility="collapsed",
        width=300,
        max_chars=100,
    )
