"""Overview: what is the next meeting asked, how do the six species stand, and what changed?"""

from neaspec.sections.overview import OverviewChoices
from neaspec.web.page import show_page

show_page("overview", OverviewChoices())
