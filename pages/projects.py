"""Projects: when did they run, what did they cost, who took part, and what came of them?"""

from neaspec.sections.projects import ProjectsChoices
from neaspec.web.page import choice_row, choose, labels, show_page

with choice_row():
    projects = labels("projects_found", "project_id", "short_title", species_id=None, country_code=None)
    project_id = choose("project", projects, label="projects.choose_project")
    species_id = choose("species", labels("species_styles", "species_id", "name"), label="projects.choose_species")
    country_code = choose("country", labels("member_states", "country_code", "name"), label="projects.choose_country")

show_page("projects", ProjectsChoices(project_id=project_id, species_id=species_id, country_code=country_code))
