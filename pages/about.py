"""About: what is this, and how are its figures to be read?"""

from neaspec.sections.about import AboutChoices
from neaspec.web.choices import choice_row
from neaspec.web.page import show_page

with choice_row():
    pass  # keeps the place of the title

show_page("about", AboutChoices())
