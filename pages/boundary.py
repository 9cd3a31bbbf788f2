"""Tentative boundary: what would a boundary of a shared area hold?"""

from neaspec.sections.boundary.page import FIRST_AREA, BoundaryChoices, shared_areas
from neaspec.web.boundary_widget import offer_drafts
from neaspec.web.choices import choice_row, choose
from neaspec.web.page import show_own, show_page
from neaspec.web.reader import ask

areas = shared_areas(ask())
with choice_row():
    area_id = FIRST_AREA
    if areas:
        area_id = choose("area", areas, label="boundary.choose_area", default=FIRST_AREA, is_compact=True)

drafts = offer_drafts(area_id) if area_id in areas else None
if drafts is None:
    show_page("boundary", BoundaryChoices(area_id=area_id))
else:
    show_own(drafts)
