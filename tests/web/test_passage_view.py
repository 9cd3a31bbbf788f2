"""Where a document is held, a citation opens its words; where it is not, nothing promises them."""

from functools import partial

import pytest

from neaspec.data import papers
from neaspec.errors import AddressError
from neaspec.render.source_control import screen_citations, source_control
from neaspec.web import passage_view
from tests.support.demo_page import demo_page
from tests.support.said import WORDS

DOCUMENT = "som_27_paper"
PAPER = "\n\n".join(f"{number}. Paragraph {number} speaks of <b>cranes</b> & tigers." for number in range(1, 8))


@pytest.fixture
def held(tmp_path, monkeypatch):
    """Hold one made-up paper under the key of a real document."""
    (tmp_path / f"{DOCUMENT}.txt").write_text(PAPER, encoding="utf-8")
    monkeypatch.setattr(passage_view, "passage", partial(papers.passage, folder=tmp_path))


def test_a_citation_of_a_held_paper_opens_its_words_as_text(held) -> None:
    shown = passage_view.passage_page(DOCUMENT, "para. 3")
    assert "Paragraph 3 speaks of &lt;b&gt;cranes&lt;/b&gt; &amp; tigers." in shown
    assert "Paragraph 4" not in shown
    assert "<h1>para. 3" in shown


@pytest.mark.parametrize(("document", "place"), [(DOCUMENT, "para. 99"), ("nothing", "para. 3"), ("../etc", "para. 3")])
def test_what_is_not_held_or_not_there_is_refused(held, document, place) -> None:
    with pytest.raises(AddressError, match="not held here"):
        passage_view.passage_page(document, place)


def test_only_a_place_in_a_held_paper_can_be_read_here() -> None:
    marks = screen_citations(demo_page(), WORDS, {}, {"paper"})
    with_place = source_control(marks, ["paper", "news"], places={"paper": "para. 3", "news": "page 1"})
    assert with_place.count(WORDS("source_control.read")) == 1
    assert 'href="/passage/paper?at=para.%203"' in with_place
    assert WORDS("source_control.read") not in source_control(marks, ["paper"])
