"""Home: what was put to the last meeting, what changed, and how do the six species stand?"""

from neaspec.sections.home.page import OverviewChoices
from neaspec.web.page import show_page
from neaspec.web.reader import delegation

show_page("overview", OverviewChoices(delegation_code=delegation()))
