"""Ready stories hold their limits; whoever shows one hides, moves, adds and notes; any page is at most eight slides."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from neaspec.blocks import Chart, Map, walk
from neaspec.briefs.presented import MOST_SLIDES, presented_page
from neaspec.briefs.stories import (
    StoryChoices,
    added_slide,
    edited_story,
    story_address,
    story_choices,
    story_file,
)
from neaspec.errors import AddressError, BlockError
from neaspec.render.slides.deck import render_story_deck
from neaspec.sections import PAGES
from neaspec.sections.briefs.stories import STORIES, ready_story, story_names
from neaspec.slides import MOST_TEXT_WORDS, MOST_TITLE_WORDS, Figure, Slide, fitting_words
from neaspec.urls import choices_from, table_address
from neaspec.web.page_cache import composed_page, newest_ask, palette_of
from tests.support.said import WORDS

NOW = newest_ask()


@pytest.fixture(scope="module", params=list(STORIES))
def story(request):
    return ready_story(NOW, WORDS, request.param)


def test_a_ready_story_has_eight_to_twelve_slides_each_with_a_picture_or_figures(story):
    assert 8 <= len(story.slides) + 1 <= 12  # the last one lists the sources
    for slide in story.slides:
        assert (slide.picture is not None) != bool(slide.figures), slide.title
        assert len(slide.figures) <= 3


def test_a_slide_says_a_finding_in_few_words_and_names_its_documents(story):
    for slide in story.slides:
        assert 0 < len(slide.title.split()) <= MOST_TITLE_WORDS, slide.title
        assert len(slide.text.split()) <= MOST_TEXT_WORDS, slide.text
        assert set(slide.document_ids) & set(story.marks), slide.title
    assert len({slide.key for slide in story.slides}) == len(story.slides)
    assert len({slide.title for slide in story.slides}) == len(story.slides)


def test_a_story_can_be_told_as_it_was_known_at_a_meeting():
    for key in STORIES:
        at_som_24 = ready_story(NOW.at("som_24"), WORDS, key)
        assert all(slide.picture is not None or slide.figures for slide in at_som_24.slides)
    assert story_names(NOW, WORDS)["som"] == "SOM-29 in ten slides"
    assert story_names(NOW.at("som_24"), WORDS)["som"] == "SOM-24 in ten slides"


def test_the_story_of_the_meeting_has_ten_slides_and_its_findings_are_computed():
    meeting = ready_story(NOW, WORDS, "som")
    assert len(meeting.slides) + 1 == 10
    assert meeting.slides[0].title == "SOM-27: 3 of 5 issues have no response on record"
    leopards = next(slide for slide in meeting.slides if slide.key == "series_amur_leopard")
    assert leopards.title == "Land of the Leopard National Park: 84 → 129 (2017–2023)"


def test_slides_are_hidden_moved_and_noted_by_the_address():
    ready = ready_story(NOW, WORDS, "tumen")
    query = dict(parse_qsl(urlsplit("/briefs?story=tumen&slides=3,1&note.3=Ask+Rason").query))
    edited = edited_story(NOW, WORDS, story_choices(query))
    assert [slide.title for slide in edited.slides] == [ready.slides[2].title, ready.slides[0].title]
    assert [slide.note for slide in edited.slides] == ["Ask Rason", ""]
    assert len(edited.sources) < len(ready.sources)  # of hidden slides none is listed


def test_the_address_of_a_story_gives_the_story_again():
    choices = StoryChoices("cats", ("2", "a1"), (("2", "a & b"),), (("1", "species/x.csv?species_id=amur_tiger"),))
    query = dict(parse_qsl(urlsplit(story_address(choices, "som_27", present="1")).query))
    assert story_choices(query) == choices
    assert query["as_known"] == "som_27" and query["present"] == "1"
    assert story_file(choices, "pptx").startswith("/take/story.pptx?story=cats&slides=2,a1&")


def test_any_picture_of_a_page_becomes_a_slide_by_the_address_of_its_data():
    choices = choices_from("species", {"species_id": "amur_leopard"})
    page = composed_page("species", choices, NOW)
    pictures = [block for block in walk(page.blocks) if isinstance(block, Chart | Map)]
    for picture in pictures[:3]:
        copied = f"https://host{table_address('species', choices, '', picture.table.file_name)}"
        named = f"species/{picture.table.file_name}.csv?species_id=amur_leopard"
        for address in (copied, named):
            slide = added_slide(NOW, WORDS, address, composed_page)
            assert slide.picture is not None and slide.picture.table.file_name == picture.table.file_name
            assert len(slide.title.split()) <= MOST_TITLE_WORDS
    edited = edited_story(NOW, WORDS, StoryChoices("som", ("1", "a1"), (), (("1", named),)), composed_page)
    assert len(edited.slides) == 2


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"story": "atlantis"}, "no story 'atlantis'; there are"),
        ({"story": "som", "slides": "1,<b>"}, "not by '<b>'"),
        ({"story": "som", "slides": "99"}, "no slide '99'"),
        ({"story": "som", "slides": "a1"}, "no slide 'a1'"),
        ({"story": "som", "add.1": "species/none.csv"}, "no table 'none.csv'"),
        ({"story": "som", "add.1": "cooperation/agreements.csv"}, "no picture 'agreements.csv'"),
        ({"story": "som", "add.1": "atlantis/x.csv"}, "no page 'atlantis'"),
        ({"story": "som", "add.1": "sites/sites.csv?planet=mars"}, "no choice"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(query, why):
    with pytest.raises(AddressError, match=why):
        edited_story(NOW, WORDS, story_choices(query), composed_page)


def test_a_slide_has_no_more_figures_than_a_room_can_read():
    figures = tuple(Figure(label="a", value=str(number)) for number in range(4))
    with pytest.raises(BlockError, match="4 figures; 3 can be read"):
        Slide(key="x", title="x", figures=figures)


def test_a_list_on_a_slide_says_how_many_it_leaves_out():
    assert fitting_words(["one two", "three four", "five six"], 5, "; ", "and {count} more") == "one two; and 2 more"
    assert fitting_words(["one", "two"], 9, "; ", "and {count} more") == "one; two"


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("field_data", "briefs")])
def test_a_presented_page_has_its_first_screen_first_and_never_more_than_eight_slides(name):
    page = composed_page(name, choices_from(name, {}), NOW)
    story = presented_page(page)
    count = len(story.slides) + (not story.sources.empty)
    assert 1 <= count <= MOST_SLIDES
    assert story.slides[0].title == page.title and story.slides[0].text
    assert all(slide.picture is not None or slide.figures or slide.lines for slide in story.slides[1:])


def test_a_story_becomes_the_same_file_every_time():
    told, palette = ready_story(NOW, WORDS, "tumen"), palette_of(NOW, False)
    first = render_story_deck(told, palette, WORDS, date(2026, 11, 29))
    assert first == render_story_deck(told, palette, WORDS, date(2026, 11, 29))
