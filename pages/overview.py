"""Home: what was put to the last meeting, what changed, and how do the six species stand?"""

from neaspec.sections.home.page import OverviewChoices
from neaspec.web.page import delegation, show_page

show_page("overview", OverviewChoices(delegation_code=delegation()))
