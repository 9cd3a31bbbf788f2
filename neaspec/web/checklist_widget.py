"""What stands under the working species list: its archive to take away, and a State's own list beside it.

An own list stays in the memory of its session: no cache that pages share holds it, and no message of an error that
could quote a cell is logged.
"""

import importlib
from functools import partial

import streamlit as st
from markupsafe import escape

from neaspec.checklist.own_list import FILE_TYPES, MOST_BYTES, MOST_ROWS, read_own_list
from neaspec.errors import InputError
from neaspec.files import MEGABYTE
from neaspec.render.screen.escape import plain
from neaspec.render.screen.plan import plan
from neaspec.render.screen.streamlit import show
from neaspec.render.templates import from_template
from neaspec.web.page_cache import palette_of, words
from neaspec.web.reader import ask, is_dark, labels, link_params

MOST_PROBLEMS = 10


def offer_archive(area_id: str) -> None:
    """Let the reader take the list away as a Darwin Core Archive, made when it is asked for."""
    current = ask()
    st.download_button(
        plain(words()("checklist.archive")),
        data=partial(archive_of, current, area_id),
        file_name=f"{area_id.replace('_', '-')}-working-species-list.zip",
        mime="application/zip",
        on_click="ignore",
        key="checklist archive",
    )


def archive_of(current: object, area_id: str) -> bytes:
    """Return the archive."""
    # by name: most readers of the list take no archive away
    data: bytes = importlib.import_module("neaspec.sections.checklist.taken").list_archive(current, words(), area_id)
    return data


def offer_own_list(area_id: str) -> None:
    """Let the reader drop a list of their own and see it beside the working list."""
    text, current = words(), ask()
    states = labels("checklist_states", "country_code", "country_name", shared_area_id=area_id)
    with st.expander(plain(text("checklist.own_title"))):
        note = text("checklist.own_note", most=MOST_BYTES // MEGABYTE, rows=text.number(MOST_ROWS))
        st.html(from_template("text", "note", note))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            code = st.selectbox(
                plain(text("checklist.own_state")),
                list(states),
                index=None,
                format_func=lambda key: states.get(key, key),
                key="checklist own state",
                width=320,
                placeholder=text("compare.nobody"),
            )
            dropped = st.file_uploader(
                plain(text("checklist.own_drop")),
                type=list(FILE_TYPES),
                max_upload_size=MOST_BYTES // MEGABYTE,
                key="checklist own list",
            )
        if dropped is None or code is None:
            return
        try:
            listed = read_own_list(dropped.name, dropped.getvalue(), code)
        except InputError as problem:
            tell_problems(text("checklist.own_cannot"), problem.problems[:MOST_PROBLEMS])
            return
        # by name: most readers drop no list
        own = importlib.import_module("neaspec.sections.checklist.own")
        page = own.own_page(current, text, area_id, code, listed)
        show(plan(page, palette_of(current, is_dark()), text, link_params(), None))


def tell_problems(title: str, problems: list[str]) -> None:
    """Say what is wrong with a file, all at once."""
    items = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    st.html(f'<div class="nc-notice nc-caution" role="alert"><p>{escape(title)}</p><ul>{items}</ul></div>')
