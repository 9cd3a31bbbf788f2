"""Changes: what changed between two meetings, or since the last one?"""

import streamlit as st

from neaspec.sections.changes import NOW, ChangesChoices
from neaspec.web.choices import choice_row, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, labels

with choice_row():
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

show_page("changes", ChangesChoices(from_meeting_id=from_meeting_id, to_meeting_id=to_asked))
