"""The workbook to report with offline: taken away, and taken in again."""

import streamlit as st

from neaspec.desk.errors import DeskError, SubmissionError
from neaspec.desk.filled_in import MOST_BYTES, submissions_in
from neaspec.desk.opened import Desk
from neaspec.desk.people import Person
from neaspec.desk.workbook import FILE_NAME, workbook
from neaspec.files import MEGABYTE
from neaspec.render.screen.escape import plain
from neaspec.text import Words
from neaspec.web.desk.detail import said, tell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_workbook(desk: Desk, person: Person, words: Words) -> None:
    """Offer the workbook, and take a filled one; all of it becomes drafts, or nothing."""
    box = st.expander(plain(words("desk.workbook_fill")), key="desk workbook", on_change="rerun")
    if not box.open:
        return
    with box:
        st.download_button(
            plain(words("desk.workbook_download")),
            workbook(desk.description(), desk.tables(), words),
            FILE_NAME,
            XLSX,
            on_click="ignore",
            key="desk workbook empty",
        )
        given = st.file_uploader(
            plain(words("desk.workbook_upload")),
            type=["xlsx"],
            max_upload_size=MOST_BYTES // MEGABYTE,
            key="desk workbook filled",
        )
        if given is None or not st.button(plain(words("desk.workbook_take")), key="desk workbook take"):
            return
        try:
            contents = submissions_in(given.getvalue(), desk.settings.data_dir, words, person.country_code)
            drafts = desk.store.draft_all(person, contents)
        except SubmissionError as refused:
            tell(words("desk.workbook_wrong", count=len(refused.problems)), refused.problems)
        except DeskError as refused:
            st.error(plain(said(refused, words)))
        else:
            st.success(plain(words("desk.workbook_stored", count=len(drafts))))
