"""Files of submissions on the screen and at their address."""

from collections.abc import Mapping

import streamlit as st

from neaspec.desk.attachments import MOST_BYTES, TYPES, attach, attachment
from neaspec.desk.errors import DeskError, NotAllowedError
from neaspec.desk.opened import Desk, desk
from neaspec.desk.people import Person
from neaspec.desk.store import Submission
from neaspec.errors import AddressError
from neaspec.files import MEGABYTE
from neaspec.render.screen.escape import plain
from neaspec.text import Words
from neaspec.web.desk.detail import said
from neaspec.web.desk.signed_in import person_of_claims
from neaspec.web.page_cache import words
from neaspec.web.streamlit_internals import claims_in


def attached_file(cookies: Mapping[str, str], submission_id: str, sha256: str) -> tuple[str, bytes]:
    """Return name and content of a file, for whoever the cookies say is signed in.

    Raises:
        AddressError: if there is none, or it is not theirs to see; in the words of an address that is not there.
    """
    current = desk()
    person = person_of_claims(current, claims_in(cookies)) if current else None
    if current is None or person is None:
        raise AddressError(words()("common.not_found"))
    try:
        known, data = attachment(current.store, person, current.settings, submission_id, sha256)
    except NotAllowedError:
        raise AddressError(words()("common.not_found")) from None
    return known.name, data


def offer_attaching(current: Desk, person: Person, submission: Submission, text: Words) -> None:
    """Let the author of a submission add a file to it."""
    with st.expander(plain(text("desk.attachment_add"))):
        box = f"desk attach {submission.submission_id} {submission.version}"
        given = st.file_uploader(
            plain(text("desk.attachment_choose", most=MOST_BYTES // MEGABYTE)),
            type=list(TYPES),
            max_upload_size=MOST_BYTES // MEGABYTE,
            key=box,
        )
        if given is None or not st.button(plain(text("desk.attachment_take")), key=f"{box} take"):
            return
        try:
            attach(current.store, person, current.settings, submission, given.name, given.getvalue(), text)
        except DeskError as refused:
            st.error(plain(said(refused, text)))
        else:
            st.rerun()
