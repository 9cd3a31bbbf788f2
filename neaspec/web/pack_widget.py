"""The box of the page of briefs in which a whole pack is made, with progress."""

from functools import partial
from typing import Any

import streamlit as st

from neaspec.briefs.pack import all_choices
from neaspec.render.screen.streamlit import plain
from neaspec.render.templates import from_template
from neaspec.urls import file_address
from neaspec.web.downloads import PACK, PACK_FORM, PACKS
from neaspec.web.page import ask, meeting_known_at
from neaspec.web.page_cache import words


def offer_pack() -> None:
    """Let the reader take all briefs away in one zip; made on demand, with progress."""
    text, current, as_known = words(), ask(), meeting_known_at()
    name = st.session_state.get("_as_known_name") or text("common.as_known_today")
    box = st.expander(plain(text("briefs.pack_title")), key="pack", on_change="rerun")
    if not box.open:
        return
    with box:
        st.html(from_template("frame", "paragraph", text("briefs.pack_text", documents=len(all_choices(current)))))
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
            label = text("briefs.pack_ready", size=text.number(len(made) / 1e6, 1))
            st.html(from_template("frame", "file_link", address, label))


def _tell(bar: Any, done: int, count: int, path: str) -> None:
    """Show how many files of a pack are made."""
    bar.progress(done / count, plain(words()("briefs.pack_file", name=path, done=done, count=count)))
