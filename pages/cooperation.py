"""Meetings and decisions: when did the six States meet, and what did they decide?"""

from neaspec.sections.cooperation.page import CooperationChoices
from neaspec.web.choices import choice_row, choose
from neaspec.web.page import show_page
from neaspec.web.page_cache import words

KINDS = ["som", "workshop", "expert_meeting", "consultation", "focal_points", "field_visit", "training", "event",
         "conference"]  # fmt: skip

with choice_row():
    named = {"": words()("cooperation.all_kinds")} | {kind: words().term("kind", kind) for kind in KINDS}
    kind = choose("kind", named, label="cooperation.choose_kind", is_compact=True)

show_page("cooperation", CooperationChoices(meeting_kind=kind))
