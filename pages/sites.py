"""Sites: which sites matter for the flagship species, and how are they protected?"""

from neaspec.sections.sites.page import SitesChoices
from neaspec.sections.sites.wording import LEVELS, level_words
from neaspec.web.page import choice_row, choose, labels, show_page
from neaspec.web.page_cache import words

with choice_row():
    site_id = choose("site", labels("sites_options", "site_id", "name"), label="sites.choose_site")
    country_code = choose("country", labels("sites_countries", "country_code", "name"), label="sites.choose_country")
    species_id = choose("species", labels("species_styles", "species_id", "name"), label="sites.choose_species")
    level = choose("level", {level: level_words(words(), level) for level in LEVELS}, label="sites.choose_level")

show_page("sites", SitesChoices(site_id=site_id, country_code=country_code, species_id=species_id, level=level))
