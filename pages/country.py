"""My delegation: what is put to one State, and what is on record of it?"""

from neaspec.sections.delegation.page import CountryChoices
from neaspec.web.page import choice_row, choose_own_state, labels, show_page

with choice_row():
    country_code = choose_own_state(labels("member_states", "country_code", "name"), label="delegation.choose_state")

show_page("country", CountryChoices(country_code=country_code))
