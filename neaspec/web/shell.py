"""The frame around every page: the list of pages, the choice that holds for all of them, the line at the end."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from neaspec.render.templates import from_template
from neaspec.web.page import ask, choose_as_known, error_boundary
from neaspec.web.page_cache import newest_seen, words
from neaspec.web.served import LANGUAGE

STYLE = "assets/style.css"
ICON = "assets/icon.svg"


def show_frame(root: Path, names: Sequence[str]) -> None:
    """Show the page the address asks for, inside the frame. The first name is the page at the root."""
    text = words()
    st.set_page_config(
        page_title=text("common.app_title"), page_icon=str(root / ICON), layout="wide", initial_sidebar_state="auto"
    )
    st.html(root / STYLE)
    found = [name for name in names if (root / "pages" / f"{name}.py").is_file()]
    pages = [
        st.Page(
            root / "pages" / f"{name}.py",
            title=text(f"common.nav_{name}"),
            url_path=None if not number else name,
            default=not number,
        )
        for number, name in enumerate(found)
    ]
    current = st.navigation(pages)
    with error_boundary():
        st.sidebar.html(from_template("frame", "app_name", text("common.app_title"), text("common.app_subtitle")))
        choose_as_known()
        current.run()
        _show_footer()
    if LANGUAGE != "en":
        st.html(f"<script>document.documentElement.lang={LANGUAGE!r}</script>", unsafe_allow_javascript=True)


def _show_footer() -> None:
    """Say of when the data are and which version they have."""
    text = words()
    sentence = text("common.footer", date=text.date(newest_seen(ask())), version=ask().version[:8])
    st.html(from_template("frame", "footer", sentence))
