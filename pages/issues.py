"""Issues: what are the Senior Officials Meetings asked to consider, on what evidence, and what followed?"""

from neaspec.sections.issues import IssuesChoices
from neaspec.web.page import ask, choice_row, choose, labels, show_page

KINDS = ["views", "information", "decision", "nomination", "hosting", "funding", "approval"]

with choice_row():
    asked = ask()("issues_asked", meeting_id=None, country_code=None, ask_kind=None)
    meetings = dict(zip(asked["meeting_id"], asked["meeting_name"], strict=True))
    meeting_id = choose("meeting", meetings, label="issues.choose_meeting")
    country_code = choose("country", labels("member_states", "country_code", "name"), label="issues.choose_country")
    ask_kind = choose("kind", KINDS, label="issues.choose_kind", term="ask_kind")

show_page("issues", IssuesChoices(meeting_id=meeting_id, country_code=country_code, ask_kind=ask_kind))
