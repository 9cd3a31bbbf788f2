"""About: what is this, and how are its figures to be read?"""

from neaspec.sections.about import AboutChoices
from neaspec.web.page import choice_row, show_page

with choice_row():
    pass  # keeps the place of the title

show_page("about", AboutChoices())
