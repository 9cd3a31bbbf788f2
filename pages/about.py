"""About: what is this, and how are its figures to be read?"""

from neaspec.sections.about import AboutChoices
from neaspec.web.page import show_page

show_page("about", AboutChoices())
