"""Overview: what is the next meeting asked, how do the six species stand, and what changed?"""

from neaspec.page import show_page
from neaspec.sections.overview import OverviewChoices

show_page("overview", OverviewChoices())
