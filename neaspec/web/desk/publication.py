"""What a publisher does: see the edition as it would be, publish it, withdraw it."""

from functools import partial

import streamlit as st

from neaspec.desk.editions import Shown, preview, publish, withdraw
from neaspec.desk.errors import DeskError
from neaspec.desk.opened import Desk
from neaspec.desk.people import Person
from neaspec.render.screen.escape import plain
from neaspec.text import Words
from neaspec.web.desk.detail import show_change, tell

DONE = "desk done"  # what was done in the run before, to be said after it


def show_edition(desk: Desk, person: Person, words: Words) -> None:
    """Show what would be published, and the editions there are."""
    if done := st.session_state.pop(DONE, ""):
        st.success(plain(done))
    planned = preview(desk.store, person, desk.settings, partial(desk.report, words))
    st.markdown(f"**{plain(words('desk.edition_title'))}**")
    if not planned.changes:
        st.info(plain(words("desk.edition_none")))
    for changes in planned.changes.values():
        for change in changes:
            show_change(desk, change, words)
    if planned.problems:
        tell(words("desk.problems", count=len(planned.problems)), planned.problems)
    elif planned.changes:
        _offer_publication(desk, person, words, planned.shown)
    _show_editions(desk, person, words)


def _offer_publication(desk: Desk, person: Person, words: Words, shown: Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(plain(words("desk.edition_name")), key="desk edition name", max_chars=200)
        # Of another preview it is another button: a click on what was seen publishes that, or nothing.
        seen = f"desk publish {sorted(shown)}"
        is_asked = st.button(plain(words("desk.edition_publish")), type="primary", key=seen)
    if is_asked:
        try:
            number = publish(desk.store, person, desk.settings, name, partial(desk.report, words), shown)
        except DeskError as refused:
            st.error(plain(str(refused)))
        else:
            st.session_state[DONE] = words("desk.edition_done", number=number)
            st.rerun()


def _show_editions(desk: Desk, person: Person, words: Words) -> None:
    editions = desk.store.editions()
    if not editions:
        return
    st.markdown(f"**{plain(words('desk.editions'))}**")
    for edition in reversed(editions):
        line = words(
            "desk.edition_line",
            number=edition["number"],
            name=edition["name"],
            date=words.date(edition["at"][:10]),
            state=words.term("desk_edition_state", edition["state"]),
        )
        st.markdown(f"- {plain(line)}")
    newest = max((edition["number"] for edition in editions if edition["state"] == "published"), default=None)
    if newest is None:
        return
    with st.expander(plain(words("desk.edition_withdraw"))):
        reason = st.text_input(plain(words("desk.reason")), key=f"desk withdraw {newest} reason", max_chars=500)
        if st.button(plain(words("desk.edition_withdraw_number", number=newest)), key=f"desk withdraw {newest}"):
            try:
                withdraw(desk.store, person, desk.settings, newest, reason)
            except DeskError as refused:
                st.error(plain(str(refused)))
            else:
                st.session_state[DONE] = words("desk.edition_withdrawn", number=newest)
                st.rerun()
