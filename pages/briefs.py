"""Papers and stories: what can be taken into the room, and what is shown there?"""

import streamlit as st

from neaspec.sections.briefs.choices import KINDS, LENGTHS, BriefsChoices
from neaspec.sections.briefs.page import issue_names
from neaspec.web.choices import choice_row, choose
from neaspec.web.pack_widget import offer_pack
from neaspec.web.page_cache import words
from neaspec.web.paper_view import show_paper
from neaspec.web.reader import ask, labels
from neaspec.web.story_view import is_stories, show_stories

if is_stories():
    show_stories()
    st.stop()

with choice_row():
    kinds = {kind: words()(f"briefs.about_{kind}") for kind in KINDS}
    kind = choose("kind", kinds, label="briefs.choose_kind", default="som")
    about: dict[str, str | None] = {}
    if kind == "country":
        states = labels("member_states", "country_code", "name")
        about["country_code"] = choose("country", states, label="briefs.choose_country", default=next(iter(states)))
    elif kind == "species":
        names = labels("species_styles", "species_id", "name")
        about["species_id"] = choose("species", names, label="briefs.choose_species", default="amur_tiger")
    elif kind == "site":
        sites = labels("sites_options", "site_id", "name")
        about["site_id"] = choose("site", sites, label="briefs.choose_site", default="tumen_estuary")
    elif kind == "area":
        areas = labels("shared_areas", "shared_area_id", "name")
        about["area_id"] = choose("area", areas, label="briefs.choose_area", default="tumen_estuary")
    elif kind == "issue" and (asked := issue_names(ask())):
        about["issue_id"] = choose("issue", asked, label="briefs.choose_issue", default=next(iter(asked)))
        states = labels("member_states", "country_code", "name")
        about["country_code"] = choose("country", states, label="briefs.choose_state_for")
    lengths = {length: words()(f"briefs.length_{length}") for length in LENGTHS}
    length = choose("length", lengths, label="briefs.choose_length", default="2")

show_paper(BriefsChoices(kind, length=length, **{name: value for name, value in about.items() if value}))
offer_pack()
