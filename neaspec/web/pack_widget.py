"""The box of the page of briefs in which a whole pack is made, with progress."""

from functools import partial
from typing import Any

import streamlit as st

from neaspec.briefs.pack import all_choices
from neaspec.render.html import escape
from neaspec.render.screen.streamlit import plain
from neaspec.urls import file_address
from neaspec.web.downloads import PACK, PACK_FORM, PACKS
from neaspec.web.page import ask, meeting_known_at
from neaspec.web.page_cache import words
from neaspec.web.session_keys import AS_KNOWN_NAME


def offer_pack() -> None:
    """Let the reader take all briefs away in one zip; made on demand, with progress."""
    text, current, as_known = words(), ask(), meeting_known_at()
    name = st.session_state.get(AS_KNOWN_NAME) or text("common.as_known_today")
    box = st.expander(plain(text("briefs.pack_title")), key="pack", on_change="rerun")
    if not box.open:
        return
    with box:
        st.html(f"<p>{escape(text('briefs.pack_text', documents=len(all_choices(current))))}</p>")
        made, problems = PACKS.kept(current, as_known), dict[str, str]()
        if made is None and st.button(plain(text("briefs.pack_make", name=name)), key="make pack"):
            bar = st.progress(0.0)
            made, problems = PACKS.get(current, as_known, partial(_tell, bar))
            bar.empty()
        if problems:
            told = "; ".join(f"{path}: {why}" for path, why in problems.items())
            st.warning(plain(text("briefs.pack_failed", problems=told)))
        if made is not None:
            address = file_address("take", f"{PACK}.{PACK_FORM}", None, as_known)
            said = escape(text("briefs.pack_ready", size=text.number(len(made) / 1e6, 1)))
            st.html(f'<p class="nc-download"><a download target="_self" href="{escape(address)}">{said}</a></p>')


def _tell(bar: Any, done: int, count: int, path: str) -> None:
    """Show how many files of a pack are made."""
    bar.progress(done / count, plain(words()("briefs.pack_file", name=path, done=done, count=count)))
