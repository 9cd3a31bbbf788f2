"""Movements: which animals cross the borders, and how is it known?"""

from neaspec.sections.movements import MovementsChoices
from neaspec.web.choices import choice_row, choose, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import labels

METHODS = ["camera_trap", "genetic", "telemetry", "ring", "tracks", "observation", "count", "not_stated"]
text = words()
states = labels("member_states", "country_code", "name")
methods = {"": text("movements.any_method")} | {method: text.term("method", method) for method in METHODS}
months = {"": text("movements.any_month")} | {str(month): text.term("month", month) for month in range(1, 13)}

with choice_row():
    species_id = choose_pills(
        "species", labels("species_styles", "species_id", "name"), label="movements.choose_species"
    )
    country_code = choose(
        "country", {"": text("movements.any_state_between")} | states, label="movements.choose_country", is_compact=True
    )
    other_code = choose(
        "other", {"": text("movements.any_state_and")} | states, label="movements.choose_other", is_compact=True
    )
    method = choose("method", methods, label="movements.choose_method", is_compact=True)
    month = choose("month", months, label="movements.choose_month", is_compact=True)

show_page(
    "movements",
    MovementsChoices(
        species_id=species_id, country_code=country_code, other_code=other_code, method=method, month=month
    ),
)
