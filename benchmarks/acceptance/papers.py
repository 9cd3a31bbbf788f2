"""What is handed out and shown in the room: A13 slides of stories and of presented pages, A14 pages of papers."""

import io
from collections.abc import Iterator
from dataclasses import replace

from pypdf import PdfReader

from benchmarks.acceptance.limits import (
    PAGE_SLIDES,
    PAPER_PAGES,
    SOM_PAGES,
    STORY_SLIDES,
    Measure,
    at_most,
    none_of,
)
from neaspec.briefs.pack import all_choices
from neaspec.briefs.papers import front_document, paper_document
from neaspec.briefs.presented import presented_page
from neaspec.briefs.stories import StoryChoices, edited_story
from neaspec.render.pdf.render import page_count, render_pdf
from neaspec.sections import PAGES
from neaspec.sections.briefs.choices import KINDS, BriefsChoices
from neaspec.sections.briefs.stories import STORIES
from neaspec.text import load_words
from neaspec.urls import choices_class
from neaspec.web.page_cache import composed_page, newest_ask

NOT_PRESENTED = ("briefs", "search", "field_data")  # papers and stories are presented as themselves


def story_measures() -> Iterator[Measure]:
    """Count the slides of the ready stories and of every page."""
    ask, words = newest_ask(), load_words()
    for key in STORIES:
        slides = edited_story(ask, words, StoryChoices(story=key), composed_page).slides
        low, high = STORY_SLIDES
        number = len(slides) + 1  # the last one lists the sources
        yield Measure("A13", f"story {key}", f"slides {number}", f"{low}-{high}", low <= number <= high)
        bare = [slide.title for slide in slides if slide.picture is None and not slide.figures and not slide.lines]
        yield none_of("A13", f"story {key}", "slides without picture or figure", bare)
    for name in PAGES:
        if name not in NOT_PRESENTED:
            shown = presented_page(composed_page(name, choices_class(name)(), ask))
            yield at_most("A13", f"presented {name}", "slides", len(shown.slides), PAGE_SLIDES)


def paper_measures() -> Iterator[Measure]:
    """Count the pages of two-page papers of every subject, and of the SOM paper without its annex."""
    ask, words = newest_ask(), load_words()
    for choices in all_choices(ask, [kind for kind in KINDS if kind != "site"]):
        document = paper_document(ask, words, replace(choices, length="2"))
        pages = len(PdfReader(io.BytesIO(render_pdf(document))).pages)
        name = " ".join(part for part in (choices.kind, document.page.title) if part)
        yield at_most("A14", name, "pages", pages, PAPER_PAGES)
    front = front_document(ask, words, BriefsChoices("som", length="full"))
    yield at_most("A14", "SOM paper without annex", "pages", page_count(front), SOM_PAGES)
