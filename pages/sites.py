"""Sites: which sites matter for the flagship species, and how are they protected?"""

from neaspec.sections.sites.page import SitesChoices
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.web.choices import choice_row, choose, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask, labels

text = words()
groups = {key: text.term("species_group", key) for key in ask()("species_groups")["group_id"].unique()}
species = {"": text("sites.any_species")} | groups | labels("species_styles", "species_id", "name")
states = {"": text("sites.any_state")} | labels("sites_countries", "country_code", "name")
levels = {"": text("sites.any_level")} | {level: level_words(text, level) for level in LEVELS}
sites = {"": text("sites.all_sites")} | labels("sites_options", "site_id", "name")

with choice_row():
    species_id = choose("species", species, label="sites.choose_species", is_compact=True)
    country_code = choose("country", states, label="sites.choose_country", is_compact=True)
    level = choose("level", levels, label="sites.choose_level", is_compact=True)
    site_id = choose("site", sites, label="sites.choose_site", is_compact=True)
    view = choose_pills(
        "view",
        {"map": text("sites.view_map"), "table": text("sites.view_table")},
        label="sites.choose_view",
        default="map",
    )

show_page(
    "sites",
    SitesChoices(
        site_id=site_id,
        country_code=country_code,
        species_id=species_id,
        level=level,
        view="table" if view == "table" else "",
    ),
)
