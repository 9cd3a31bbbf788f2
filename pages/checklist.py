"""Working species list: which species of a shared area are on record in which of its States?"""

from neaspec.sections.checklist.page import FIRST_AREA, ChecklistChoices, list_areas
from neaspec.web.checklist_widget import offer_archive, offer_own_list
from neaspec.web.choices import choice_row, choose, choose_pills
from neaspec.web.page import show_page
from neaspec.web.page_cache import words
from neaspec.web.reader import ask

areas = list_areas(ask())
with choice_row():
    area_id = FIRST_AREA
    if len(areas) > 1:
        area_id = choose("area", areas, label="checklist.choose_area", default=FIRST_AREA, is_compact=True)
    found = {code: words()(f"checklist.found_{code}") for code in ("three", "two", "one", "none")}
    found_in = choose_pills("found_in", found, label="checklist.choose_found", none="checklist.found_all")

show_page("checklist", ChecklistChoices(area_id=area_id, found_in=found_in or ""))
if area_id in areas:
    offer_archive(area_id)
    offer_own_list(area_id)
