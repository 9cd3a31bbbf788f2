"""The page of papers: what a paper holds beside its first page as it will print, and its files."""

from dataclasses import replace

import streamlit as st

from neaspec.blocks import Chart, Heading, Map, Page, Table, Text
from neaspec.render.templates import from_template
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.urls import file_address
from neaspec.web.page import show_head
from neaspec.web.page_cache import composed_page, words
from neaspec.web.reader import ask, meeting_known_at
from neaspec.web.served import PREVIEW

FILES = ("pdf", "docx", "xlsx")
WIDTHS = (1.0, 1.5)


def show_paper(choices: BriefsChoices) -> None:
    """Show what a paper holds, its first page, and the addresses of its files."""
    page, text, as_known = composed_page("briefs", choices, ask()), words(), meeting_known_at()
    show_head("briefs", choices, replace(page, title=text("briefs.title")))
    files = [(text(f"take.{form}"), file_address("take", f"briefs.{form}", choices, as_known)) for form in FILES]
    left, right = st.columns(list(WIDTHS), gap="medium")
    with left:
        st.html(from_template("papers", "outline", text, outline(page), files, choices.length == "full"))
    with right:
        picture = file_address(PREVIEW, "briefs.png", choices, as_known)
        st.html(from_template("papers", "preview", text("briefs.preview", title=page.title), picture))


def outline(page: Page) -> list[str]:
    """Return the parts of the front of a paper in reading order."""
    titles = []
    for block in page.blocks:
        if isinstance(block, Heading):  # the annex begins
            break
        if isinstance(block, Chart | Map | Table):
            titles.append(block.title)
        elif isinstance(block, Text):
            titles.append(block.text.partition(":")[0].partition(".")[0])
    return [*titles, words()("common.sources_title")]
