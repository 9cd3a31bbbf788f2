"""Country: what is known about one member State?"""

from neaspec.page import choice_row, choose, labels, show_page
from neaspec.sections.country import CountryChoices

with choice_row():
    states = labels("member_states", "country_code", "name")
    country_code = choose("country", states, label="country.choose_country", default="MNG")

show_page("country", CountryChoices(country_code=country_code or "MNG"))
