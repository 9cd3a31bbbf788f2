"""The page of one species, on the mini data set: the order of threats, zeros, gaps, what relatives tell."""

import pytest

from neaspec.sections.species.page import SpeciesChoices, page
from tests.support.on_page import column, said, table


@pytest.fixture(scope="module")
def cat(mini, words):
    return page(mini, words, SpeciesChoices("steppe_cat"))


@pytest.fixture(scope="module")
def crane(mini, words):
    return page(mini, words, SpeciesChoices("marsh_crane"))


def test_threats_named_for_the_species_come_before_those_of_its_group(cat):
    rows = table(cat, "threats").rows
    assert rows[["what", "named_for"]].values.tolist() == [
        ["Fires in the park.", "this species"],
        ["Snares for the steppe cat.", "this species"],
        ["Fences along the border.", "big cats, this species among them"],
        ["Winters without snow.", "all species"],
    ]
    assert rows["threat_words"].tolist() == ["loss of habitat", "poaching", "barriers", "climate change"]


def test_threats_of_another_group_are_not_those_of_the_species(crane):
    assert set(column(crane, "threats", "what")) == {
        "Winters without snow.",
        "Wires across the marsh.",
        "Drained fields in the delta.",
    }


def test_a_species_without_threats_states_or_figures_says_so(mini, words):
    shown = said(page(mini.at("som_90"), words, SpeciesChoices("dune_bird")))
    assert [text for text in shown if text.startswith("1 item: 1 not surveyed")]


def test_what_was_counted_and_found_to_be_zero_is_no_gap(crane):
    assert [text for text in said(crane) if "Delta Marsh" in text and "2019" in text]
    assert column(crane, "gaps", "gap_words") == ["not known", "not on record"]


def test_states_tell_presence_and_figure_or_why_there_is_none(cat):
    rows = table(cat, "countries").rows
    told = rows[["country_label", "presence_words", "newest_words"]].values.tolist()
    assert told[0] == ["China", "not known", "no figure on record"]
    assert [row[:2] for row in told[1:]] == [["Mongolia", "resident"], ["Russian Federation", "resident"]]
    assert told[1][2].startswith("60 individuals, ") and told[2][2].startswith("at least 110 individuals, ")


def test_effort_for_the_species_is_told_from_that_for_several(cat):
    assert column(cat, "effort", "named_for") == ["for this species", "for a project with several species"]


def test_sites_are_counted_by_protection(cat):
    protected = "1 with international protection, 1 with national protection"
    assert f"2 sites of this species are on record: {protected}." in said(cat)
    assert column(cat, "sites", "use_words") == ["resident", "resident"]


def test_series_that_are_counted_in_one_way_are_joined_and_others_are_not(cat):
    assert "Joined by a line: Steppe cats in Mongolia. Counted in one way." in said(cat)
    assert "Not joined by a line: Steppe cats in the Russian Federation. Counted in one way." in said(cat)


def test_what_we_calculated_stands_apart_with_its_formula(cat):
    rows = table(cat, "counts").rows
    told = dict(zip(rows["area_name"], rows["derived_words"], strict=True))
    assert told["Mongolia and the Russian Federation"] == "calculated by the dashboard: 40 + 110"
    assert told["Steppe Park"] == ""
