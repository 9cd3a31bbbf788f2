"""Country: what is known about one member State?"""

from neaspec.sections.country import CountryChoices
from neaspec.web.page import choice_row, choose, labels, show_page

with choice_row():
    states = labels("member_states", "country_code", "name")
    country_code = choose("country", states, label="country.choose_country", default="MNG")

show_page("country", CountryChoices(country_code=country_code or "MNG"))
