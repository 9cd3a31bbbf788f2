"""A picture of any page is added to the story a reader works on, from the fold of its data."""

import html
import re

import pytest

from neaspec.briefs.stories import MOST_ADDED, StoryChoices, story_query
from neaspec.errors import AddressError
from neaspec.urls import adding_address, choices_from, table_address
from neaspec.web.page_cache import composed_page, newest_ask, palette_of, screen_nodes
from neaspec.web.story_view import with_picture
from tests.support.planned import html_of
from tests.web.test_pages import opened, shown

LEOPARD = "species/movements.csv?species_id=amur_leopard"
MEETINGS = "cooperation/meetings.csv"


def test_the_data_of_each_picture_lead_to_the_stories_with_it_and_tables_do_not() -> None:
    of, choices = newest_ask(), choices_from("cooperation", {})
    nodes = screen_nodes(
        composed_page("cooperation", choices, of), choices, palette_of(of, is_dark=False), {"d": "MNG"}
    )
    (address, _) = re.findall(r'class="nc-add"[^>]*href="([^"]+)"', html_of(nodes))
    assert html.unescape(address) == adding_address(table_address("cooperation", choices, "", "meetings"), {"d": "MNG"})


def test_a_picture_goes_to_the_end_of_a_story_once() -> None:
    first = with_picture(StoryChoices("cats"), LEOPARD)
    assert first == StoryChoices("cats", added=(("1", LEOPARD),))
    assert with_picture(first, LEOPARD) == first
    chosen = StoryChoices("cats", ("2", "a1"), (("2", "A note"),), first.added)
    both = with_picture(chosen, MEETINGS)
    assert both == StoryChoices("cats", ("2", "a1", "a2"), (("2", "A note"),), (("1", LEOPARD), ("2", MEETINGS)))


def test_a_story_says_why_it_takes_no_picture() -> None:
    full = StoryChoices(added=tuple((str(number), f"x/{number}.csv") for number in range(1, MOST_ADDED + 1)))
    with pytest.raises(AddressError, match=f"at most {MOST_ADDED} added pictures"):
        with_picture(full, LEOPARD)
    with pytest.raises(AddressError, match=r"no picture at this address: .*no table"):
        with_picture(StoryChoices(), "species/none.csv")


def test_the_page_of_stories_takes_a_picture_from_the_address_and_keeps_the_rest_of_the_story() -> None:
    before = StoryChoices("cats", ("1", "3"), (("3", "A note"),))
    app = opened("briefs", add=LEOPARD, **story_query(before))
    kept = {key: values[0] if isinstance(values, list) else values for key, values in app.query_params.items()}
    assert kept == story_query(with_picture(before, LEOPARD))
    assert "Tigers and leopards across the border" in shown(app)


def test_an_address_without_a_picture_is_told_in_a_sentence_and_the_story_stays() -> None:
    app = opened("briefs", add="species/<b>none</b>.csv", story="tumen")
    text = shown(app)
    assert "There is no picture at this address" in text and "<b>none" not in text
    assert "The Tumen estuary" in text
