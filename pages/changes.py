"""Changes: what changed between two meetings, since the last one, or between two editions of the tables?"""

import streamlit as st

from neaspec.data.editions import ARCHIVE
from neaspec.sections.changes import NOW, ChangesChoices
from neaspec.sections.edition_words import edition_name
from neaspec.web.choices import choice_row, choose, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, labels

MEETINGS, EDITIONS = "meetings", "editions"


def between_meetings() -> ChangesChoices:
    """Let the reader choose two meetings."""
    text = words()
    numbers = labels("soms", "meeting_id", "number")
    soms = {meeting_id: text("changes.som", number=number) for meeting_id, number in numbers.items()}
    listed = [*soms]  # the newest first
    now = text("changes.today") if ask().as_known_on is None else text("changes.as_known")
    ends = {NOW: text("changes.pill_to", name=now)} | {
        key: text("changes.pill_to", name=name) for key, name in list(soms.items())[:-1]
    }
    from_place, to_place = st.container(width="content"), st.container(width="content")
    with to_place:
        to_asked = choose_pills("to", ends, label="changes.choose_to", default=NOW)
    newest = 0 if ask().as_known_on is None else 1
    before = listed[newest if to_asked == NOW else listed.index(str(to_asked)) + 1 :]
    starts = {key: text("changes.pill_from", name=soms[key]) for key in before}
    with from_place:
        from_meeting_id = (
            choose_pills("from", starts, label="changes.choose_from", default=before[0]) if before else None
        )
    return ChangesChoices(from_meeting_id=from_meeting_id, to_meeting_id=to_asked)


def between_editions(names: dict[str, str]) -> ChangesChoices:
    """Let the reader choose two editions, by default the newest tables and what they were before the newest edition."""
    numbers = [*names]
    before = numbers[-2] if len(numbers) > 1 else numbers[-1]
    from_edition = choose("from_edition", names, label="changes.choose_from", default=before, width=360)
    newest = {NOW: words()("changes.editions_newest")}
    to_edition = choose("to_edition", newest | names, label="changes.choose_to", default=NOW, width=360)
    return ChangesChoices(from_edition=from_edition, to_edition=to_edition)


with choice_row():
    editions = {str(edition.number): edition_name(words(), edition) for edition in ARCHIVE.known()}
    by = MEETINGS
    if editions:
        kinds = {MEETINGS: words()("changes.by_meetings"), EDITIONS: words()("changes.by_editions")}
        asked = EDITIONS if "from_edition" in st.query_params else MEETINGS
        by = choose_pills("by", kinds, label="changes.by", default=asked) or asked
    choices = between_editions(editions) if by == EDITIONS else between_meetings()

show_page("changes", choices)
