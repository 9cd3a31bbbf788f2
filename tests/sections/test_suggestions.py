"""The search over everything: groups of at most five with totals, by any name; text is never markup or SQL."""

import time
from datetime import date

import pytest

from neaspec.data.search.names import INDEXES, name_index
from neaspec.data.search.query import expression, known_phrases
from neaspec.sections import PAGES
from neaspec.sections.suggestions import GROUPS, suggestions
from neaspec.urls import choices_class, short_key


def groups(ask, words, text):
    return {group.kind: group for group in suggestions(ask, words, text)}


def titles(ask, words, text, kind):
    found = groups(ask, words, text)
    return [one.title for one in found[kind].suggestions] if kind in found else []


def test_rason_gives_everything_about_it(ask, words):
    found = groups(ask, words, "Rason")
    assert list(found) == [kind for kind in GROUPS if kind in found]
    assert found["sites"].suggestions[0].title == "Rason Migratory Bird Reserve"
    assert found["sites"].suggestions[0].link.choices == {"site": "rason"}
    assert found["projects"].suggestions[0].title == "Rason survey 2014"
    assert "Tumen wetlands study" in [one.title for one in found["projects"].suggestions]
    assert "Transboundary cooperation on the Tumen River area" in [one.title for one in found["issues"].suggestions]
    assert found["documents"].total >= 10
    assert found["records"].total >= 61


def test_the_records_are_those_of_the_page_of_sources(ask, words):
    index = name_index(ask)
    for text in ("Rason", "leopard 2023", "337,081 USD", "inter-tidal"):
        wanted = expression(text, known_phrases(ask))
        rows = ask("sources_statements", document_id=None, grade=None, search=wanted, most=10_000)
        assert len(index.find(text).records) == len(rows), text


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("Rasŏn", "sites", "Rason Migratory Bird Reserve"),
        ("라선", "sites", "Rason Migratory Bird Reserve"),
        ("Rajin-Sonbong", "sites", "Rason Migratory Bird Reserve"),
        ("图们江", "sites", "Tumen River estuary"),
        ("Туманная", "sites", "Tumen River estuary"),
        ("Tumangang", "sites", "Tumen River estuary"),
        ("표범", "species", "Amur leopard"),
        ("LLNP", "sites", "Land of the Leopard National Park"),
        ("raso", "sites", "Rason Migratory Bird Reserve"),
        ("leopard land", "sites", "Land of the Leopard National Park"),
        ("SOM-27", "meetings", "27th Senior Officials Meeting of NEASPEC"),
        ("Kuzya", "movements", "Kuzya"),
        ("NFGA", "organisations", "National Forestry and Grassland Administration"),
    ],
)
def test_things_are_found_by_local_former_short_and_begun_names(ask, words, typed, kind, title):
    assert any(title in one for one in titles(ask, words, typed, kind)), titles(ask, words, typed, kind)


def test_a_whole_name_comes_before_one_that_holds_it(ask, words):
    assert titles(ask, words, "표범", "species")[:2] == ["Amur leopard", "Snow leopard"]


def test_at_most_five_of_a_group_with_how_many_there_are(ask, words):
    found = groups(ask, words, "leopard")
    assert all(len(group.suggestions) <= 5 <= 5 + group.total for group in found.values())
    assert found["records"].total > 100
    assert found["records"].all_link.choices == {"kind": "statements", "search": "leopard"}


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "'", "--", "zzzzzz"])
def test_too_little_and_nothing_give_no_group(ask, words, typed):
    assert suggestions(ask, words, typed) == ()


@pytest.mark.parametrize(
    "typed",
    ["'; drop table sites; --", "<script>alert(1)</script>", "@sites/rason", "rason|tiger+x", "x" * 10_000, "\x00"],
)
def test_what_is_typed_is_never_sql_markup_or_a_rule(ask, words, typed):
    before = len(name_index(ask).things)
    for group in suggestions(ask, words, typed):
        assert group.total >= len(group.suggestions)
    assert len(name_index(ask).things) == before
    assert len(ask("sites_options")) > 60


def test_every_link_leads_to_a_page_with_choices_that_it_knows(ask, words):
    for text in ("Rason", "leopard", "Kuzya", "workshop", "WWF"):
        for group in suggestions(ask, words, text):
            for link in (group.all_link, *(one.link for one in group.suggestions)):
                assert link.page in PAGES
                known = {short_key(field) for field in choices_class(link.page).__dataclass_fields__}
                # what is selected on a page, and its tab, stand in the address and are no choice of its section
                assert set(link.choices) <= known | {"meeting", "project", "tab"}, link


def test_nothing_is_found_that_was_not_known_on_the_day(mini, words):
    then = mini.on(date(2020, 12, 31))
    assert titles(mini, words, "Steppe Park", "sites") == ["Steppe Park"]
    assert titles(then, words, "Steppe Park", "sites") == ["Steppe Park"]
    assert titles(mini, words, "Report on the steppe again", "documents") == ["Report on the steppe again"]
    assert titles(then, words, "Report on the steppe again", "documents") == []


def test_what_belongs_to_a_thing_comes_with_it(mini, words):
    found = groups(mini, words, "Steppe Park")
    assert "Joint study" in [one.title for one in found["projects"].suggestions]
    assert "Views on the joint study" in [one.title for one in found["issues"].suggestions]
    assert "Cat Seven" in [one.title for one in found["movements"].suggestions]
    movement = next(one for one in found["movements"].suggestions if one.title == "Cat Seven")
    assert movement.line == "Steppe cat, Mongolia to Russian Federation, March 2019 to 20 May 2019"


def test_a_search_takes_less_than_20_milliseconds_once_the_index_is_made(ask, words):
    suggestions(ask, words, "Rason")
    typed = ["Rason", "Туманная", "leopard", "ra", "wetland Tumen 2020"] * 4
    started = time.process_time()
    for text in typed:
        suggestions(ask, words, text)
    assert (time.process_time() - started) / len(typed) < 0.02
    assert (ask.version, None) in INDEXES.kept_keys()
