"""Changes: what became known, changed or ended between two meetings?"""

from neaspec.page import choice_row, choose, labels, show_page
from neaspec.sections.changes import ChangesChoices

with choice_row():
    soms = labels("soms", "meeting_id", "name")
    from_meeting_id = choose("from", soms, label="changes.choose_from")
    to_meeting_id = choose("to", soms, label="changes.choose_to")

show_page("changes", ChangesChoices(from_meeting_id=from_meeting_id, to_meeting_id=to_meeting_id))
