"""Changes: what became known, changed or ended between two meetings?"""

from neaspec.sections.changes import NOW, ChangesChoices
from neaspec.web.page import ask, choice_row, choose, labels, show_page
from neaspec.web.page_cache import words

with choice_row():
    numbers = labels("soms", "meeting_id", "number")
    soms = {meeting_id: words()("changes.som", number=number) for meeting_id, number in numbers.items()}
    ends = {NOW: words()("changes.as_chosen"), **soms}
    to_meeting_id = choose("to", ends, label="changes.choose_to", default=NOW)
    listed = [*soms]  # the newest first
    newest = 0 if ask().as_known_on is None else 1
    before = listed[newest if to_meeting_id == NOW else listed.index(to_meeting_id) + 1 :]
    from_meeting_id = choose("from", soms, label="changes.choose_from", default=before[0]) if before else None

show_page("changes", ChangesChoices(from_meeting_id=from_meeting_id, to_meeting_id=to_meeting_id))
