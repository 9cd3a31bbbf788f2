"""The page of the desk: what it shows depends on who signed in."""

from collections.abc import Callable

import streamlit as st

from neaspec.desk.opened import Desk, desk
from neaspec.desk.people import Person
from neaspec.desk.store import Submission
from neaspec.errors import AddressError
from neaspec.render.screen.escape import plain
from neaspec.sections.common import compose
from neaspec.text import Words
from neaspec.web.desk.detail import show_submission
from neaspec.web.desk.publication import show_edition
from neaspec.web.desk.report import choose_submission, show_mine, show_report
from neaspec.web.desk.signed_in import offer_sign_in, show_who, signed_in
from neaspec.web.page import show_own
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, labels

VIEWS = {
    "focal_point": ("report", "mine"),
    "editor": ("review",),
    "publisher": ("review", "edition"),
}


def show_desk() -> None:
    """Show the desk.

    Raises:
        AddressError: if this server has none.
    """
    text, current = words(), desk()
    if current is None:
        raise AddressError(text("common.not_found"))
    person = signed_in(current)
    submissions = current.store.submissions(person) if person else []
    show_own(compose(ask(), "desk", text("desk.title"), lead(text, person, submissions), []))
    if person is None:
        offer_sign_in()
        return
    show_who(person)
    views = VIEWS.get(person.role, ())
    if not views:
        return
    view = views[0]
    if len(views) > 1:
        view = (
            st.segmented_control(
                plain(text("desk.view")),
                views,
                format_func=lambda key: plain(text(f"desk.view_{key}")),
                default=views[0],
                required=True,
                key="desk view",
                label_visibility="collapsed",
            )
            or views[0]
        )
    SHOWN[view](current, person, text)


def lead(text: Words, person: Person | None, submissions: list[Submission]) -> str:
    """Say in one sentence what waits for whoever is at the desk."""
    if person is None:
        return text("desk.lead_out")
    states = [submission.state for submission in submissions]
    if person.role == "focal_point":
        state = labels("member_states", "country_code", "name")[person.country_code]
        return text("desk.lead_focal", state=state, count=len(states), open=states.count("questions"))
    if person.role in VIEWS:
        return text("desk.lead_review", count=states.count("submitted"), accepted=states.count("accepted"))
    return text("desk.lead_admin" if person.role == "administrator" else "desk.lead_reader", address=person.address)


def show_review(current: Desk, person: Person, text: Words) -> None:
    """Show what was submitted, one at a time."""
    submission = choose_submission(current.store.submissions(person), text)
    if submission is not None:
        show_submission(current, person, submission, text)


SHOWN: dict[str, Callable[[Desk, Person, Words], None]] = {
    "report": show_report,
    "mine": show_mine,
    "review": show_review,
    "edition": show_edition,
}
