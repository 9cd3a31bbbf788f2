"""Field data: which animals in the files of a visitor cross a border?"""

from neaspec.page import show_own, show_page
from neaspec.sections.field_data import FieldDataChoices
from neaspec.upload_box import offer_upload

made = offer_upload()
if made is None:
    show_page("field_data", FieldDataChoices())
else:
    show_own(made)
