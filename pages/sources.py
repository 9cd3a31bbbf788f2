"""Sources: what do the figures rest on?"""

import streamlit as st

from neaspec.data.editions import package_of
from neaspec.data.export import FILE_NAME, dataset_zip
from neaspec.edition import current_edition
from neaspec.sections.sources.page import SourcesChoices
from neaspec.web.choices import choice_row, choose, search_text
from neaspec.web.page import show_page
from neaspec.web.page_cache import words

GRADES = ["official", "scientific", "organisation", "press", "web_page"]

with choice_row():
    search = search_text("search", label="sources.search")
    grades = {"": words()("sources.all_grades")} | {grade: words().term("grade", grade) for grade in GRADES}
    grade = choose("grade", grades, label="sources.choose_grade")
    whole = dataset_zip(package_of(current_edition()))
    st.download_button(
        words()("sources.download", size=words().number(len(whole) / 1000, 0)),
        whole,
        file_name=FILE_NAME,
        mime="application/zip",
        on_click="ignore",
        key="download data set",
    )

part, document_id = st.query_params.get("kind", ""), st.query_params.get("document")  # links alone set these
show_page("sources", SourcesChoices(part=part, document_id=document_id, grade=grade, search=search))
