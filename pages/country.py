"""My delegation: what is put to one State, and what is on record of it?"""

from neaspec.sections.delegation.page import CountryChoices
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import choose_own_state, labels

text = words()
states = {code: text.term("state_short", code) for code in labels("member_states", "country_code", "name")}
show_page("country", CountryChoices(country_code=choose_own_state(states, label="delegation.choose_state")))
