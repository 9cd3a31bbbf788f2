"""Briefs, on the mini data set: each kind holds what a delegation needs, and no more."""

import pytest

from neaspec.blocks import Details, Heading, Metric
from neaspec.sections.briefs import BriefsChoices, ask_names, page
from tests.support.mini import build_mini, mini_rows
from tests.support.on_page import blocks_of, column, entry, inside, said


def brief(mini, words, kind, **choices):
    return page(mini, words, BriefsChoices(kind=kind, species_id="steppe_cat", **choices))


def test_the_brief_of_a_meeting_is_for_the_next_or_the_one_looked_back_to(mini, words):
    assert brief(mini, words, "som").title.startswith("SOM-93: ")
    assert brief(mini.at("som_91"), words, "som").title.startswith("SOM-91: ")


def test_the_brief_of_a_meeting_has_its_six_parts(mini, words):
    shown = said(brief(mini, words, "som"))
    parts = [
        "Issues for consideration", "What changed since the previous meeting", "The six species",
        "Sites and their protection", "Projects and funding", "Significant differences between documents",
    ]  # fmt: skip
    assert [text for text in shown if text in parts] == parts
    assert "From SOM-92 to today." in shown


def test_the_brief_of_a_meeting_has_the_newest_requests_on_nature_with_their_trail_alone(mini, words):
    shown = brief(mini, words, "som")
    asked = entry(shown, "Views on the joint study")
    assert dict(asked.facts)["Subject"] == "Joint study, Steppe Park, Steppe cat"
    assert not [block for block in inside(asked) if isinstance(block, Details)]
    assert asked.links == ()
    assert "Samples of cats" not in [block.title for block in shown.blocks if hasattr(block, "title")]


def test_before_any_meeting_there_is_nothing_to_compare_with(mini, words):
    assert [text for text in said(brief(mini.at("som_90"), words, "som")) if text.startswith("The comparison begins")]


def test_without_any_meeting_the_brief_bears_no_number(tmp_path, words):
    of_meetings = ("meetings", "meeting_attendance", "issues", "issue_trail", "follow_ups", "options", "decisions")
    rows = mini_rows() | dict.fromkeys((*of_meetings, "partners", "gaps", "evidence_links"), [])
    rows["documents"] = [row | {"meeting_id": ""} for row in rows["documents"]]
    empty = build_mini(tmp_path, rows)
    assert brief(empty, words, "som").title == "Senior Officials Meeting: requests and what is known"
    assert brief(empty, words, "issue").title == "No request had been put to a meeting by this date"


def test_the_brief_of_a_state_is_its_page(mini, words):
    shown = brief(mini, words, "country", country_code="JPN")
    assert (shown.name, shown.title) == ("briefs", "Japan")


def test_the_brief_of_a_species_ends_with_its_movements(mini, words):
    shown = brief(mini, words, "species")
    headings = [block.text for block in shown.blocks if isinstance(block, Heading)]
    assert headings[-3:] == [
        "Movements between countries", "Animals recorded on both sides of the border", "Journeys on record",
    ]  # fmt: skip
    assert column(shown, "journeys", "animals") == ["Cat Seven", "1 animal"]
    none = page(mini, words, BriefsChoices(kind="species", species_id="dune_bird"))
    assert [text for text in said(none) if text.startswith("No document known at this date reports a movement")]


def test_the_brief_of_a_request_has_the_figures_it_is_about(mini, words):
    shown = brief(mini, words, "issue", issue_id="views_on_study")
    assert shown.title == "Views on the joint study (Ninety-first meeting): request, evidence and follow-up"
    assert shown.lead == "Views on the next step."
    assert [metric.label for metric in blocks_of(shown, Metric)] == ["Steppe cat"]
    assert column(shown, "sites", "name") == ["Steppe Park"]
    assert set(column(shown, "budgets", "short_title")) == {"Joint study"}
    assert "Differences between documents on this subject (7)" in said(shown)


def test_a_request_without_figures_says_what_it_concerns(mini, words):
    assert "No record is linked to this request yet." in said(brief(mini, words, "issue", issue_id="data_on_cranes"))


@pytest.mark.parametrize("issue_id", ["item_air", "no_such_request"])
def test_a_request_that_was_not_put_by_then_is_told_as_such(mini, words, issue_id):
    shown = brief(mini, words, "issue", issue_id=issue_id)
    assert shown.title == "This request had not yet been put to a meeting by this date"


def test_requests_are_offered_with_those_on_nature_first(mini):
    named = list(ask_names(mini).values())
    assert named[0] == "Views on the joint study (Ninety-first meeting)"
    assert named[-1] == "Names of experts (Ninetieth meeting)"
    assert len(named) == 7
