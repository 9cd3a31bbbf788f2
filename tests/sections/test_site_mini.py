"""The page of one site, on the mini data set: areas as exact as stated, protection over time, what is absent."""

import pytest

from neaspec.blocks import Details, Heading, Metric, Tabs
from neaspec.sections.sites.page import SitesChoices, page
from tests.support.on_page import blocks_of, chart, column, said, table


@pytest.fixture(scope="module")
def park(mini, words):
    return page(mini, words, SitesChoices(site_id="steppe_park"))


def test_an_area_is_drawn_as_exact_about_at_least_or_planned_as_it_is_stated(park):
    drawn = chart(park, "bars").rows
    assert drawn[["category", "area_ha", "mark"]].values.tolist() == [
        ["whole site: Made-up Institute", 120000.0, "about"],
        ["whole site: Made-up Bureau", 100000.0, "exact"],
        ["core zone, North: Made-up Bureau", 30000.0, "at_least"],
        ["planned site: Made-up Secretariat", 150000.0, "planned"],
    ]


def test_a_misprinted_area_stays_in_the_table_and_is_not_drawn(park):
    assert 9999999.0 in column(park, "areas_steppe_park", "area_ha")
    assert 9999999.0 not in list(chart(park, "bars").rows["area_ha"])


def test_one_area_alone_is_read_and_not_drawn(mini, words):
    pine = page(mini, words, SitesChoices(site_id="pine_reserve"))
    (tabs,) = (block for block in pine.blocks if isinstance(block, Tabs))
    blocks = next(tab.blocks for tab in tabs.tabs if tab.key == "designations")
    names = [block.text if isinstance(block, Heading) else "" for block in blocks]
    assert [type(block).__name__ for block in blocks[names.index("Areas as stated") + 1 :]] == ["Table"]


def test_what_is_in_force_reaches_to_the_day_looked_at_and_what_ended_does_not(park, mini, words):
    drawn = chart(park, "timeline").rows
    assert drawn[["designation", "designated_date", "end_date"]].values.tolist() == [
        ["Hunting reserve", "1970", "1970"],
        ["National park", "1998-05-01", "2026-01-01"],
        ["Wetland of International Importance", "2004", "2026-01-01"],
    ]
    then = page(mini.at("som_91"), words, SitesChoices(site_id="steppe_park"))
    assert list(chart(then, "timeline").rows["end_date"]) == ["1970", "2021-04-02", "2021-04-02"]


def test_the_card_tells_the_highest_level_and_the_stated_area(park):
    cards = {card.label: (card.value, card.unit, card.status) for card in blocks_of(park, Metric)}
    assert cards["Protection"] == ("International", "", "National park; Wetland of International Importance")
    assert cards["Area"] == ("100,000", "ha", "documents state 100,000–120,000 ha")


def test_links_across_a_border_come_first_and_name_the_other_site(park):
    rows = table(park, "site_links").rows
    assert rows[["linked_site", "across_words"]].values.tolist()[0] == ["Pine Reserve", "across a border"]
    assert set(rows["linked_site"]) == {"Pine Reserve", "South Bank"}


def test_facts_and_printed_coordinates_are_behind_their_titles(park):
    titles = [block.title for block in blocks_of(park, Details)]
    assert titles == ["Further information from documents (1)", "Coordinates as printed (1)"]


def test_a_site_without_parts_of_the_page_names_them_once(mini, words):
    shown = said(page(mini, words, SitesChoices(site_id="south_bank")))
    absent = [text for text in shown if text.startswith("Nothing is on record at this date under:")]
    assert len(absent) == 1 and "threats named in documents" in absent[0]


def test_differences_about_a_site_are_told_on_its_page_alone(mini, words, park):
    assert "Differences between documents about this site" in said(park)
    pine = page(mini, words, SitesChoices(site_id="pine_reserve"))
    assert "Differences between documents about this site" not in said(pine)
