"""Briefs: what can be taken into the room?"""

from neaspec.sections.briefs import KINDS, BriefsChoices, ask_names
from neaspec.web.pack_widget import offer_pack
from neaspec.web.page import ask, choice_row, choose, labels, show_page
from neaspec.web.page_cache import words

with choice_row():
    kinds = {kind: words()(f"briefs.kind_{kind}") for kind in KINDS}
    kind = choose("kind", kinds, label="briefs.choose_kind", default="som")
    about = BriefsChoices(kind)
    if kind == "country":
        states = labels("member_states", "country_code", "name")
        code = choose("country", states, label="briefs.choose_country", default="MNG")
        about = BriefsChoices(kind, country_code=code)
    elif kind == "species":
        names = labels("species_styles", "species_id", "name")
        species_id = choose("species", names, label="briefs.choose_species", default="amur_tiger")
        about = BriefsChoices(kind, species_id=species_id)
    elif kind == "issue" and (asked := ask_names(ask())):
        issue_id = choose("issue", asked, label="briefs.choose_issue", default=next(iter(asked)))
        about = BriefsChoices(kind, issue_id=issue_id)

offer_pack()
show_page("briefs", about)
