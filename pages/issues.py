"""Issues: what are the Senior Officials Meetings asked to consider, how does it stand, and what can be drawn on?"""

from neaspec.sections.issues.page import IssuesChoices
from neaspec.sections.issues.standing import SIGNS, all_issues, newest_meeting
from neaspec.web.choices import choice_row, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, delegation, som_name

issues = all_issues(ask())
newest = newest_meeting(issues)
meetings = {str(key): som_name(str(key)) for key in dict.fromkeys(issues["meeting_id"])}

with choice_row():
    meeting_id = choose_pills("meeting", meetings, label="issues.choose_meeting", default=newest) if newest else None
    kinds = list(dict.fromkeys(issues.loc[issues["meeting_id"] == meeting_id, "ask_kind"]))
    ask_kind = choose_pills("kind", kinds, label="issues.choose_kind", term="ask_kind", none="issues.all_kinds")
    standings = {key: f"{SIGNS[key]} {words().term('standing', key)}" for key in ("completed", "partly", "none")}
    standing = choose_pills("standing", standings, label="issues.state", none="issues.all_standings")

show_page(
    "issues",
    IssuesChoices(
        meeting_id=None if meeting_id == newest else meeting_id,
        ask_kind=ask_kind,
        standing=standing,
        delegation_code=delegation(),
    ),
)
