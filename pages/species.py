"""Species: how does one of the six flagship species stand?"""

from neaspec.sections.species.page import SpeciesChoices
from neaspec.web.choices import choice_row, choose_pills
from neaspec.web.page import show_page
from neaspec.web.reader import labels

with choice_row():
    species_id = choose_pills(
        "species", labels("species_styles", "species_id", "name"), label="species.choose", default="amur_tiger"
    )

show_page("species", SpeciesChoices(species_id=species_id or "amur_tiger"))
