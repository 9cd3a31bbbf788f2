"""Who is at the desk: the address that the provider of the sign-in vouches for."""

import logging
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAuthError

from neaspec.desk.errors import DeskError
from neaspec.desk.opened import Desk
from neaspec.desk.people import Person
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.web.page_cache import words

LOG = logging.getLogger("neaspec")
ADDRESS, IS_VERIFIED = "email", "email_verified"


def signed_in(desk: Desk) -> Person | None:
    """Return who signed in, with the role they have now; None for nobody.

    An address counts where its provider says that it is verified, or where the operator says that the provider's do.

    Raises:
        DeskError: if the table of people cannot be used; why stands in the log alone, for it holds addresses.
    """
    return person_of_claims(desk, st.user.to_dict())


def person_of_claims(desk: Desk, claims: Mapping[str, Any]) -> Person | None:
    """Return of whom a provider's claims speak; see signed_in."""
    address = str(claims.get(ADDRESS, ""))
    is_verified = claims.get(IS_VERIFIED) in (True, "true")
    is_trusted = desk.settings.trusts_addresses and IS_VERIFIED not in claims
    if not claims.get("is_logged_in") or not address or not (is_verified or is_trusted):
        return None
    try:
        return desk.person(address)
    except DeskError as problem:
        LOG.error("the table of people: %s", problem, extra={"event": "desk_people"})
        raise DeskError(words()("desk.people_unusable")) from None


def offer_sign_in() -> None:
    """Show the button that leads to the provider."""
    text = words()
    if st.button(plain(text("desk.sign_in")), type="primary", key="desk sign in"):
        try:
            st.login()
        except StreamlitAuthError:
            st.warning(plain(text("desk.not_set_up")))


def show_who(person: Person) -> None:
    """Say who is signed in, with the way out."""
    text = words()
    with st.container(horizontal=True, vertical_alignment="center", key="nc-desk-who"):
        role = text.term("desk_role", person.role)
        # no markdown: it would make a link of the address
        st.html(from_template("text", "note", text("desk.signed_in_as", address=person.address, role=role)))
        if st.button(plain(text("desk.sign_out")), key="desk sign out"):
            st.logout()
