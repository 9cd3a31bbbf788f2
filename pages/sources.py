"""Sources: what do the figures rest on?"""

import streamlit as st

from neaspec.data.export import FILE_NAME, dataset_zip
from neaspec.sections.sources.page import PARTS, SourcesChoices
from neaspec.web.page import choice_row, choose, labels, search_text, show_page
from neaspec.web.page_cache import words

GRADES = ["official", "scientific", "organisation", "press", "web_page"]

with choice_row():
    parts = {part: words()(f"sources.part_{part}") for part in PARTS}
    part = choose("kind", parts, label="sources.choose_part", default="documents")
    search = search_text("search", label="sources.search")
    grade = choose("grade", GRADES, label="sources.choose_grade", term="grade")
    documents = labels("sources_documents", "document_id", "title", grade=None)
    document_id = choose("document", documents, label="sources.choose_document")
    whole = dataset_zip()
    st.download_button(
        words()("sources.download", size=words().number(len(whole) / 1000, 0)),
        whole,
        file_name=FILE_NAME,
        mime="application/zip",
        on_click="ignore",
        key="download data set",
    )

show_page("sources", SourcesChoices(part=part, document_id=document_id, grade=grade, search=search))
