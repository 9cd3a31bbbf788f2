"""Projects: when did they run, what did they cost, who took part, and what came of them?"""

from neaspec.sections.projects.page import ProjectsChoices
from neaspec.web.choices import choice_row, choose
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import delegation, labels

with choice_row():
    species = {"": words()("projects.all_species")} | labels("species_styles", "species_id", "name")
    species_id = choose("species", species, label="projects.choose_species", is_compact=True)
    states = {"": words()("projects.all_states")} | labels("member_states", "country_code", "name")
    country_code = choose("country", states, label="projects.choose_country", is_compact=True)

choices = ProjectsChoices(species_id=species_id, country_code=country_code, delegation_code=delegation())
show_page("projects", choices)
