"""Movements: which animals cross the borders, and how is it known?"""

from neaspec.sections.movements import MovementsChoices
from neaspec.web.page import choice_row, choose, labels, show_page

METHODS = ["camera_trap", "genetic", "telemetry", "ring", "tracks", "observation", "count", "not_stated"]

with choice_row():
    species_id = choose("species", labels("species_styles", "species_id", "name"), label="movements.choose_species")
    country_code = choose("country", labels("member_states", "country_code", "name"), label="movements.choose_country")
    method = choose("method", METHODS, label="movements.choose_method", term="method")

show_page("movements", MovementsChoices(species_id=species_id, country_code=country_code, method=method))
