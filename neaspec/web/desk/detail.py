"""One submission: what it says beside what is on record, what the checks say, its steps, and what can be done."""

import streamlit as st

from neaspec.desk.attachments import Attachment, attachments_of
from neaspec.desk.changes import Change, jumps, problems_of
from neaspec.desk.errors import ConflictError, DeskError, NotAllowedError, ReasonError, SubmissionError
from neaspec.desk.kinds import fields_of
from neaspec.desk.opened import Desk
from neaspec.desk.people import Person
from neaspec.desk.rights import MOVES, RIGHTS
from neaspec.desk.store import Submission
from neaspec.render.screen.escape import plain
from neaspec.render.templates import from_template
from neaspec.text import Words
from neaspec.urls import base_path
from neaspec.web.served import ATTACHMENT

NEWEST = 5  # figures of the same area beside a count
BY_ITSELF = frozenset({"change", "publish"})


def show_submission(desk: Desk, person: Person, submission: Submission, words: Words) -> None:
    """Show a submission with everything that bears on it."""
    try:
        changes = desk.changes(words, submission)
    except SubmissionError as refused:
        changes = []
        tell(words("desk.problems", count=len(refused.problems)), refused.problems)
    if reason := str(submission.content.get("reason", "")):
        st.markdown(f"> {plain(reason)}")
    show_files(submission, words)
    for change in changes:
        show_change(desk, change, words)
    if changes:
        show_checks(desk, changes, words)
    show_trail(desk, person, submission, words)
    offer_steps(desk, person, submission, words)


def show_files(submission: Submission, words: Words) -> None:
    """List the files of a submission; each is sent only to who may see it."""
    files = attachments_of(submission.content)
    if files:
        folder = f"{base_path()}/{ATTACHMENT}/{submission.submission_id}"
        links = [
            (
                f"{folder}/{file.sha256}",
                words("desk.attachment_line", name=file.name, size=size_of(words, file)),
            )
            for file in files
        ]
        st.html(from_template("frame", "files", words("desk.attachments"), links))


def size_of(words: Words, file: Attachment) -> str:
    """Write the size of a file in MB, a small one as the least that is written."""
    return words.number(max(file.size / 1e6, 0.01), 2)


def show_change(desk: Desk, change: Change, words: Words) -> None:
    """Show the cells that a row has now and would have."""
    titles = {field.name: field.title for field in fields_of(desk.description(), change.table)}
    before = change.before or {}
    differing = [name for name, text in change.after.items() if name in titles and text != before.get(name, "")]
    name = words.term("table_name", change.table)
    title = words("desk.change_row", table=name, row=change.key) if before else words("desk.change_new", table=name)
    st.markdown(f"**{plain(title)}**")
    columns = {words("desk.cells"): [titles[name] for name in differing]}
    if before:
        columns[words("desk.before")] = [before.get(name, "") for name in differing]
    columns[words("desk.after")] = [change.after[name] for name in differing]
    st.table(columns)
    if change.table == "counts":
        show_earlier(desk, change, words)


def show_earlier(desk: Desk, change: Change, words: Words) -> None:
    """Show the newest figures on record of the area that a count speaks of."""
    same = [
        row
        for key, row in desk.tables()["counts"].rows.items()
        if key != change.key and all(row[column] == change.after.get(column) for column in ("species_id", "area_id"))
    ]
    if not same:
        return
    same.sort(key=lambda row: row["year_to"] or row["year_from"], reverse=True)
    st.caption(plain(words("desk.earlier")))
    shown = ("year_from", "year_to", "value", "low", "high", "qualifier", "unit", "count_kind", "method")
    titles = {field.name: field.title for field in fields_of(desk.description(), "counts")}
    st.table({titles[name]: [row[name] for row in same[:NEWEST]] for name in shown})


def show_checks(desk: Desk, changes: list[Change], words: Words) -> None:
    """Say what the checks of the build find, and which figures are far from those before them."""
    problems = problems_of(desk.settings.data_dir, changes)
    if problems:
        tell(words("desk.problems", count=len(problems)), problems)
    else:
        st.success(plain(words("desk.no_problems")))
    for change, earlier in jumps(desk.tables(), changes):
        said = words(
            "desk.jump",
            value=change.after["value"],
            earlier=earlier["value"],
            period=words.period(earlier["year_from"], earlier["year_to"]),
        )
        st.warning(plain(said))


def tell(title: str, problems: list[str]) -> None:
    """Say several things at once."""
    st.warning("\n".join([plain(title), "", *(f"- {plain(problem)}" for problem in problems)]))


def said(refused: DeskError, words: Words) -> str:
    """Return why something was refused, in words for whoever asked."""
    if isinstance(refused, ConflictError):
        return words("desk.moved_on")
    if isinstance(refused, NotAllowedError):
        return words("desk.not_now")
    if isinstance(refused, ReasonError):
        return words("desk.reason_missing")
    return str(refused)


def show_trail(desk: Desk, person: Person, submission: Submission, words: Words) -> None:
    """Show who did what when, with what was asked and answered."""
    lines = []
    for step in desk.store.trail(person, submission.submission_id):
        key = "desk.step_note" if step.note else "desk.step"
        action = words.term("desk_action", step.action)
        lines.append(words(key, date=words.date(step.at[:10]), action=action, who=step.by, note=step.note))
        if step.action == "keep_beside":
            lines.append(words("desk.versions_beside", version=step.version))
    st.markdown(f"**{plain(words('desk.trail'))}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def offer_steps(desk: Desk, person: Person, submission: Submission, words: Words) -> None:
    """Show the buttons of what this person may do now; the store asks for the right once more."""
    actions = [
        action for action in MOVES[submission.state] if action not in BY_ITSELF and person.role in RIGHTS[action].roles
    ]
    if not actions:
        return
    box = f"desk {submission.submission_id} {submission.version}"
    note = st.text_area(plain(words("desk.note")), key=f"{box} note", max_chars=2000, height=80)
    with st.container(horizontal=True):
        for action in actions:
            if st.button(plain(words.term("desk_do", action)), key=f"{box} {action}"):
                try:
                    desk.store.lead(person, action, submission.submission_id, submission.version, note)
                except DeskError as refused:
                    st.error(plain(said(refused, words)))
                else:
                    st.rerun()
