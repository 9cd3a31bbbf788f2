"""Page limits hold: every State, species, shared area, issue and site, counted in the PDF that is handed out."""

import io
import os
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader

from neaspec.blocks import Chart, Map, Table
from neaspec.briefs.pack import all_choices
from neaspec.briefs.papers import first_that_fits, front_document, paper_document
from neaspec.render.docx.render import render_docx
from neaspec.render.maps.frame import fitted
from neaspec.render.pdf.render import page_count, render_pdf
from neaspec.sections.briefs.choices import KINDS, BriefsChoices
from neaspec.sections.briefs.draft import Cut
from neaspec.sections.briefs.facts import put_issues
from neaspec.web.page_cache import newest_ask
from tests.support.said import WORDS

NOW = newest_ask()
SITES_IN_CI = 6  # of all: each time the same ones; ALL_PAPERS=1 tries every site


def subjects() -> list[BriefsChoices]:
    """Return every subject a paper can have: of issues each one that was ever put, of sites some."""
    every = list(all_choices(NOW, [kind for kind in KINDS if kind not in ("site", "issue")]))
    every += [BriefsChoices("issue", issue_id=key) for key in put_issues(NOW)["issue_id"]]
    sites = all_choices(NOW, ["site"])
    step = 1 if os.environ.get("ALL_PAPERS") else max(1, len(sites) // SITES_IN_CI)
    return [*every, *sites[::step]]


def pages_in(document) -> int:
    return len(PdfReader(io.BytesIO(render_pdf(document))).pages)


def name_of(choices: BriefsChoices) -> str:
    return f"{choices.kind}-{choices.country_code or choices.issue_id or ''}-{choices.species_id}-{choices.site_id}"


@pytest.mark.parametrize("choices", subjects(), ids=name_of)
@pytest.mark.parametrize("length", ["1", "2"])
def test_a_paper_has_no_more_pages_than_its_length_says(choices, length):
    document = paper_document(NOW, WORDS, replace(choices, length=length))
    assert 1 <= pages_in(document) <= int(length)
    facts = [block for block in document.page.blocks if isinstance(block, Table) and block.file_name == "facts"]
    pictures = [block for block in document.page.blocks if isinstance(block, Chart | Map)]
    assert document.page.lead
    assert sum(len(table.rows) for table in facts) <= 6
    assert pictures or facts


def test_the_paper_of_a_som_has_at_most_six_pages_before_its_annex():
    for meeting in ("", "som_24", "som_27"):
        of = NOW.at(meeting)
        front = front_document(of, WORDS, BriefsChoices("som", length="full"), meeting)
        assert page_count(front) <= 6
        whole = paper_document(of, WORDS, BriefsChoices("som", length="full"), meeting)
        text = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(whole))).pages]
        opened = [number for number, page in enumerate(text) if WORDS("briefs.annex") in page.splitlines()]
        assert opened and opened[0] <= 6


def test_a_full_paper_has_its_two_pages_in_front():
    whole = paper_document(NOW, WORDS, BriefsChoices("area", area_id="dauria", length="full"))
    text = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(whole))).pages]
    opened = next(number for number, page in enumerate(text) if WORDS("briefs.annex") in page.splitlines())
    assert opened <= 2 < len(text)


def test_a_paper_is_written_in_one_size_whatever_is_in_it():
    """What does not fit is dropped; nothing is set smaller."""
    sizes: set[float] = set()

    def visit(text, _cm, matrix, _font, size):
        if text.strip():
            sizes.add(round(size * abs(matrix[3]), 1))

    for choices in (BriefsChoices("country", "CHN"), BriefsChoices("issue", "MNG"), BriefsChoices("som")):
        for page in PdfReader(io.BytesIO(render_pdf(paper_document(NOW, WORDS, choices)))).pages:
            page.extract_text(visitor_text=visit)
    assert {10.5, 9.0} <= sizes


def test_equal_choices_give_equal_papers():
    choices = BriefsChoices("species", species_id="snow_leopard")
    assert render_pdf(paper_document(NOW, WORDS, choices)) == render_pdf(paper_document(NOW, WORDS, choices))


def test_the_fullest_selection_that_fits_is_taken_and_the_barest_where_none_does():
    stages = [[Cut(2, (("facts", count),)) for count in (6, 5, 4)], [Cut(1, (("facts", count),)) for count in (6, 5)]]
    assert first_that_fits(stages, lambda cut: True) == stages[0][0]
    assert first_that_fits(stages, lambda cut: dict(cut.rows)["facts"] < 5) == stages[0][2]
    assert first_that_fits(stages, lambda cut: cut.pictures < 2) == stages[1][0]
    assert first_that_fits(stages, lambda cut: False) == stages[1][1]


def test_elements_for_a_response_are_no_position_and_leave_room_for_one():
    choices = BriefsChoices("issue", country_code="MNG", issue_id="som_27_tumen_views")
    document = paper_document(NOW, WORDS, choices)
    texts = [getattr(block, "text", "") for block in document.page.blocks]
    assert any("Mongolia" in text and "not a position of any Government" in text for text in texts)
    assert document.position == "Position"
    assert b"w:sdt" in _document_xml(render_docx(document))
    assert "Position" not in PdfReader(io.BytesIO(render_pdf(document))).pages[-1].extract_text().splitlines()


def _document_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def test_a_map_on_paper_shows_its_sites_apart():
    """The sites of the Land of Big Cats lie within a degree: on paper they are a finger apart."""
    document = paper_document(NOW, WORDS, BriefsChoices("area", area_id="land_of_big_cats"))
    (drawn,) = [block for block in document.page.blocks if isinstance(block, Map)]
    paper = fitted(drawn, 760, 380)
    across = [paper.place(row.longitude, row.latitude)[0] for row in drawn.layers[0].rows.itertuples()]
    assert max(across) - min(across) > 150
