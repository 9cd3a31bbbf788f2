"""The frame around every page: navigation, the toolbar with the choices that hold for all, the line at the end."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from neaspec.languages import DEFAULT_LANGUAGE, current_language
from neaspec.paths import ASSETS_DIR
from neaspec.render.templates import from_template
from neaspec.sections import MENU
from neaspec.text import Words
from neaspec.web.desk_addresses import DESK_PAGE
from neaspec.web.metrics import RUN_SECONDS, timed
from neaspec.web.page import error_boundary
from neaspec.web.page_cache import newest_seen, words
from neaspec.web.reader import ask, begin_run, choose_as_known, choose_delegation, take_edition, take_language
from neaspec.web.search_box import show_search_box
from neaspec.web.session_keys import TOOLS

STYLE = "assets/style.css"
ICON = "assets/icon.svg"
SCRIPT = (ASSETS_DIR / "frame.js").read_text(encoding="utf-8")


def show_frame(root: Path, names: Sequence[str]) -> None:
    """Show the page the address asks for, inside the frame. The first name is the page at the root."""
    unknown = take_language()
    text = words()
    st.set_page_config(
        page_title=text("common.app_title"),
        page_icon=str(root / ICON),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(root / STYLE)
    st.html(from_template("frame", "name_style", css_text(text("common.app_title"))))
    pages = {
        name: st.Page(
            root / "pages" / f"{name}.py",
            title=text(f"common.nav_{name}"),
            url_path=None if name == names[0] else name,
            default=name == names[0],
            visibility="visible" if name in in_menu() or name in DESK_PAGE else "hidden",
        )
        for name in names
        if (root / "pages" / f"{name}.py").is_file()
    }
    current = st.navigation(grouped(pages, text), position="top")
    with error_boundary():
        _show_toolbar(unknown)
        with timed(RUN_SECONDS, current.url_path or names[0]):
            current.run()
        _show_footer()
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
    if current_language() != DEFAULT_LANGUAGE:
        st.html(f"<script>document.documentElement.lang={text.language!r}</script>", unsafe_allow_javascript=True)


def css_text(text: str) -> Markup:
    """Return a text as style rules write one; whatever is no letter or figure by its number."""
    letters = (letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text)
    return Markup('"{}"').format("".join(letters))


def in_menu() -> frozenset[str]:
    """Return the pages that the navigation shows."""
    return frozenset(name for names in MENU.values() for name in names)


def grouped(pages: dict[str, Any], text: Words) -> dict[str, list[Any]]:
    """Return the pages under the headings of the navigation; those that it does not show come with the first ones."""
    groups = {
        text(f"common.menu_{heading}") if heading else "": [pages[name] for name in names if name in pages]
        for heading, names in MENU.items()
    }
    groups[text("common.menu_data")] += [pages[name] for name in DESK_PAGE if name in pages]
    groups[""] += [page for name, page in pages.items() if name not in in_menu() and name not in DESK_PAGE]
    return groups


def _show_toolbar(unknown_language: str) -> None:
    """Show the row below the navigation; its right end is filled when the page is composed."""
    begin_run(unknown_language)
    take_edition()
    with st.container(horizontal=True, key="nc-toolbar", vertical_alignment="center"):
        show_search_box()
        choose_delegation()
        choose_as_known()
        st.session_state[TOOLS] = st.container(key="nc-tools", horizontal=True, horizontal_alignment="right")


def _show_footer() -> None:
    """Say of when the data are."""
    text = words()
    st.html(from_template("frame", "footer", text("common.footer", date=text.date(newest_seen(ask())))))
