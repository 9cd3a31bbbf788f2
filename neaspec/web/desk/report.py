"""What a focal point does: report, see what became of it, answer."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from neaspec.desk.errors import DeskError, SubmissionError
from neaspec.desk.kinds import ABOUT_A_ROW, KINDS, TABLE_OF, fields_of
from neaspec.desk.opened import Desk
from neaspec.desk.people import Person
from neaspec.desk.store import Submission
from neaspec.render.screen.escape import plain
from neaspec.text import Words
from neaspec.web.desk.attached import offer_attaching
from neaspec.web.desk.detail import said, show_checks, show_submission, tell
from neaspec.web.desk.filled import offer_workbook
from neaspec.web.desk.forms import row_form, told_apart

EDITED = ("draft", "questions")


def show_report(desk: Desk, person: Person, words: Words) -> None:
    """Ask what is reported, with the form of its table."""
    kinds = {kind: words.term("desk_kind", kind) for kind in KINDS}
    kind = st.selectbox(
        plain(words("desk.choose_kind")), list(kinds), format_func=lambda key: kinds[key], key="desk kind", width=420
    )
    offer_workbook(desk, person, words)
    own = {"country_code": person.country_code, "country_codes": person.country_code} if kind in TABLE_OF else {}
    content = ask_content(desk, words, kind, {"row": own}, f"desk new {kind}")
    if content is None:
        return
    try:
        drafted = desk.store.draft(person, kind, content)
    except DeskError as refused:
        st.error(plain(said(refused, words)))
        return
    st.success(plain(words("desk.saved")))
    try:
        show_checks(desk, desk.changes(words, drafted), words)
    except SubmissionError as refused:
        tell(words("desk.problems", count=len(refused.problems)), refused.problems)


def ask_content(desk: Desk, words: Words, kind: str, known: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """Show the form of a kind; return what was filled in once it is sent, else None."""
    tables = desk.tables()
    content: dict[str, Any] = {}
    table = TABLE_OF.get(kind, "")
    if kind in ABOUT_A_ROW:
        names = {name: words.term("table_name", name) for name in tables}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = str(known.get("table", "counts"))
            table = st.selectbox(
                plain(words("desk.choose_table")),
                list(names),
                index=list(names).index(first) if first in names else 0,
                format_func=lambda name: names[name],
                key=f"{key} table",
                width=320,
            )
            row_key = st.text_input(plain(words("desk.row_key")), value=str(known.get("key", "")), key=f"{key} row")
        content |= {"table": table, "key": row_key.strip()}
    values = dict(known.get("row", {}))
    before: Mapping[str, str] = {}
    if kind == "correction":
        before = tables[table].rows.get(content["key"], {})
        # What was filled in for one row is not taken over to another.
        values = dict(before) | (values if content["key"] == known.get("key", content["key"]) else {})
    with st.form(f"{key} {content.get('key', '')}"):
        if kind in ABOUT_A_ROW:
            content["reason"] = st.text_area(
                plain(words("desk.reason")), value=str(known.get("reason", "")), key=f"{key} reason", height=80
            ).strip()
        if kind in TABLE_OF or kind == "correction":
            form = f"{key} {table} {content.get('key', '')}"
            row = row_form(words, fields_of(desk.description(), table), tables, values, form)
            content["row"] = {name: text for name, text in row.items() if text != before.get(name, "")}
            if kind == "correction":
                content["before"] = {name: before.get(name, "") for name in content["row"]}
                content["is_sensitive"] = before.get("is_sensitive", "")
        is_sent = st.form_submit_button(plain(words("desk.check_save")), type="primary")
    return content if is_sent else None


def show_mine(desk: Desk, person: Person, words: Words) -> None:
    """List what was submitted; one of it in full, to be changed where it can be."""
    submission = choose_submission(desk.store.submissions(person), words)
    if submission is None:
        return
    show_submission(desk, person, submission, words)
    if submission.state not in EDITED:
        return
    with st.expander(plain(words("desk.edit"))):
        key = f"desk edit {submission.submission_id} {submission.version}"
        content = ask_content(desk, words, submission.kind, submission.content, key)
    offer_attaching(desk, person, submission, words)
    if content is not None:
        content["attachments"] = list(submission.content.get("attachments", ()))
        try:
            desk.store.change(person, submission.submission_id, submission.version, content)
        except DeskError as refused:
            st.error(plain(said(refused, words)))
        else:
            st.rerun()


def choose_submission(submissions: list[Submission], words: Words) -> Submission | None:
    """Let the reader choose one; the one with the newest step stands first."""
    if not submissions:
        st.info(plain(words("desk.none_yet")))
        return None
    known = {submission.submission_id: submission for submission in reversed(submissions)}
    lines = told_apart({key: line_of(submission, words) for key, submission in known.items()})
    chosen = st.selectbox(
        plain(words("desk.chosen")),
        list(known),
        format_func=lambda key: lines[key],
        key="desk chosen",
        width=620,
    )
    return known.get(chosen)


def line_of(submission: Submission, words: Words) -> str:
    """Return the line of a submission: kind, what it is about, how far it has come."""
    row = submission.content.get("row", {})
    about = row.get("area_name") or row.get("name") or row.get("title") or submission.content.get("key", "")
    state = words.term("desk_state", submission.state)
    kind = words.term("desk_kind", submission.kind)
    return words.listed(
        (words.term("state_short", submission.country_code), kind, about, row.get("value"), state), "dot"
    )
