"""Field data: which animals in the files of a visitor cross a border?"""

from neaspec.sections.field_data.page import FieldDataChoices
from neaspec.web.page import show_own, show_page
from neaspec.web.upload_widget import offer_upload

made = offer_upload()
if made is None:
    show_page("field_data", FieldDataChoices())
else:
    show_own(made)
