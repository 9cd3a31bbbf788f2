"""The page of the search: groups with all that is found, the best first; what may have been meant."""

from neaspec.blocks import Notice, PageLink, Panel
from neaspec.sections.search import SearchChoices, page
from tests.support.on_page import blocks_of


def groups(made):
    return {panel.title.partition(" (")[0]: panel for panel in blocks_of(made, Panel)[1:]}


def test_rason_gives_the_reserve_first_and_everything_about_it(ask, words):
    made = page(ask, words, SearchChoices(q="Rason"))
    best = blocks_of(made, Panel)[0]
    assert best.title == "Rason Migratory Bird Reserve"
    assert dict(best.facts)["Protection"] == "International"
    assert best.links[0].choices == {"site": "rason"} and best.document_ids
    found = groups(made)
    assert {"Sites", "Projects", "Meetings", "Issues", "Documents", "Records"} <= set(found)
    assert all(len(panel.links) <= 5 for panel in found.values())
    everything = [link for link in blocks_of(made, PageLink) if link.choices.get("group") == "records"]
    assert everything and everything[0].choices["q"] == "Rason"


def test_other_names_find_the_same_thing(ask, words):
    for typed in ("Rasŏn", "라선 철새 보호구", "Rajin-Sonbong"):
        titles = [panel.title for panel in blocks_of(page(ask, words, SearchChoices(q=typed)), Panel)]
        assert "Rason Migratory Bird Reserve" in titles, typed


def test_one_group_alone_is_shown_whole(ask, words):
    made = page(ask, words, SearchChoices(q="Rason", group="records"))
    (panel,) = blocks_of(made, Panel)
    assert panel.title == f"Records ({len(panel.links)})" and len(panel.links) > 20
    unknown = page(ask, words, SearchChoices(q="Rason", group="planets"))
    assert len(blocks_of(unknown, Panel)) > 3


def test_what_is_not_found_says_what_may_have_been_meant(ask, words):
    made = page(ask, words, SearchChoices(q="Rasn"))
    assert made.lead == "Nothing on record here has “Rasn”."
    assert {"q": "Rason"} in [dict(link.choices) for link in blocks_of(made, PageLink)]
    nothing = page(ask, words, SearchChoices(q="<b>zzzz</b>"))
    assert [notice.kind for notice in blocks_of(nothing, Notice)] == ["empty"]


def test_nothing_typed_and_one_letter_are_sentences(ask, words):
    assert page(ask, words, SearchChoices()).blocks == ()
    assert [n.text for n in blocks_of(page(ask, words, SearchChoices(q="x")), Notice)] == [words("search.too_short")]


def test_what_was_published_later_is_not_found_earlier(ask, words):
    then = page(ask.at("som_24"), words, SearchChoices(q="connectivity conservation for habitats"))
    assert "Bird connectivity 2024" not in str([panel.links for panel in blocks_of(then, Panel)])
