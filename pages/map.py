"""Map: sites, movements, projects and meetings on one ground."""

from neaspec.sections.map_page import FIRST_LAYERS, LAYERS, MapChoices
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.web.choices import choice_row, choose, choose_marks, reset_button
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, labels

text = words()
groups = {key: text.term("species_group", key) for key in ask()("species_groups")["group_id"].unique()}
species = {"": text("sites.any_species")} | groups | labels("species_styles", "species_id", "name")
states = {"": text("sites.any_state")} | labels("member_states", "country_code", "name")
levels = {"": text("sites.any_level")} | {level: level_words(text, level) for level in LEVELS}

with choice_row():
    layers = choose_marks(
        "layers",
        {name: text(f"map.layer_{name}") for name in LAYERS},
        label="map.choose_layers",
        default=tuple(FIRST_LAYERS.split(",")),
    )
    species_id = choose("species", species, label="sites.choose_species", is_compact=True)
    level = choose("level", levels, label="sites.choose_level", is_compact=True)
    country_code = choose("country", states, label="sites.choose_country", is_compact=True)
    reset_button("map.reset")

show_page("map", MapChoices(layers=",".join(layers), species_id=species_id, level=level, country_code=country_code))
