"""Cooperation: how do the six States work together on nature conservation?"""

from neaspec.sections.cooperation import CooperationChoices
from neaspec.web.page import choice_row, choose, show_page

KINDS = ["som", "workshop", "expert_meeting", "consultation", "focal_points", "field_visit", "training", "event",
         "conference"]  # fmt: skip

with choice_row():
    kind = choose("kind", KINDS, label="cooperation.choose_kind", term="kind")

show_page("cooperation", CooperationChoices(meeting_kind=kind))
