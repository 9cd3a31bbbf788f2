"""The box of the page of briefs in which a whole pack is made, with progress."""

from typing import Any

import streamlit as st

from neaspec.briefs.pack import all_choices
from neaspec.errors import OwnShareError, QueueFullError
from neaspec.languages import current_language
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.urls import file_address
from neaspec.web.asking import reader_party
from neaspec.web.downloads import PACK, PACK_FORM, Order, pack_order
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, meeting_known_at
from neaspec.web.session_keys import AS_KNOWN_NAME

SECONDS_BETWEEN = 0.3  # two looks at how far a pack is


def offer_pack() -> None:
    """Let the reader take all briefs away in one zip; made on demand, with progress."""
    text, current, as_known = words(), ask(), meeting_known_at()
    name = st.session_state.get(AS_KNOWN_NAME) or text("common.as_known_today")
    box = st.expander(plain(text("briefs.pack_title")), key="pack", on_change="rerun")
    if not box.open:
        return
    with box:
        st.html(from_template("frame", "paragraph", text("briefs.pack_text", documents=len(all_choices(current)))))
        order = pack_order(current, as_known, current_language())
        pack, problems = order.kept, dict[str, str]()
        if pack is None and st.button(plain(text("briefs.pack_make", name=name)), key="make pack"):
            try:
                pack, problems = _made_in_turn(order)
            except OwnShareError:
                st.warning(plain(text("common.own_share")))
            except QueueFullError:
                st.warning(plain(text("briefs.pack_busy")))
        if problems:
            reasons = "; ".join(f"{path}: {why}" for path, why in problems.items())
            st.warning(plain(text("briefs.pack_failed", problems=reasons)))
        if pack is not None:
            address = file_address("take", f"{PACK}.{PACK_FORM}", None, as_known)
            label = text("briefs.pack_ready", size=text.number(len(pack) / 1e6, 1))
            st.html(from_template("frame", "file_link", address, label))


def _made_in_turn(order: Order) -> tuple[bytes, dict[str, str]]:
    """Wait until a pack is made, with its progress; if the reader goes away, it is made no further."""
    bar = st.progress(0.0)
    with order.queue.joined(order.key, order.make, reader_party()) as job:
        while not job.wait(SECONDS_BETWEEN):
            _tell(bar, order.queue.place(job), job.step)
        bar.empty()
        pack: tuple[bytes, dict[str, str]] = job.result()
        return pack


def _tell(bar: Any, place: int, step: tuple[Any, ...]) -> None:
    """Show how many files of a pack are made, or how many packs come before it."""
    if place:
        bar.progress(0.0, plain(words()("briefs.pack_waiting", count=place)))
    elif step:
        done, count, path = step
        bar.progress(done / count, plain(words()("briefs.pack_file", name=path, done=done, count=count)))
