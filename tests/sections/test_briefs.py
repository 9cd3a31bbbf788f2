"""Papers, on the mini data set: each kind holds what a delegation needs, in its order, and no more."""

import pytest

from neaspec.blocks import Map, Table, Text
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.briefs.draft import KEPT, LAST, MOST_ROWS, stages
from neaspec.sections.briefs.page import draft_of, issue_names, page
from tests.support.mini import build_mini, mini_rows
from tests.support.on_page import blocks_of, column, said


def paper(mini, words, kind, **choices):
    given = {"species_id": "steppe_cat", "site_id": "steppe_park"} | choices
    return page(mini, words, BriefsChoices(kind=kind, **given))


def titles(shown) -> list[str]:
    return [block.title for block in shown.blocks if isinstance(block, Table)]


def test_the_paper_of_a_meeting_is_for_the_next_or_the_one_looked_back_to(mini, words):
    assert paper(mini, words, "som").title.startswith("SOM-93: ")
    assert paper(mini.at("som_91"), words, "som").title.startswith("SOM-91: ")


def test_the_paper_of_a_meeting_leads_with_its_issues_and_says_what_is_on_record_of_them(mini, words):
    shown = paper(mini, words, "som")
    assert "with no response on record" in shown.lead
    assert titles(shown)[:2] == ["Facts on record", "Issues for consideration"]
    assert "Views on the joint study" in column(shown, "issues", "subject")
    assert "Samples of cats" not in column(shown, "issues", "subject")


def test_without_any_meeting_the_paper_bears_no_number(tmp_path, words):
    of_meetings = ("meetings", "meeting_attendance", "issues", "issue_trail", "follow_ups", "options", "decisions")
    rows = mini_rows() | dict.fromkeys((*of_meetings, "partners", "gaps", "evidence_links"), [])
    rows["documents"] = [row | {"meeting_id": ""} for row in rows["documents"]]
    empty = build_mini(tmp_path, rows)
    assert paper(empty, words, "som").title == "Senior Officials Meeting: what is on record"
    assert paper(empty, words, "issue").title == "No issue had been put to a meeting by this date"


def test_the_paper_of_a_state_is_about_that_state(mini, words):
    assert paper(mini, words, "country", country_code="JPN").lead.startswith("Japan: 0 flagship species, 0 sites")
    shown = paper(mini, words, "country", country_code="MNG")
    assert shown.title == "Mongolia" and shown.lead.startswith("Mongolia: ")
    assert all("Mongolia" in countries for countries in column(shown, "sites", "country_names"))


def test_the_paper_of_a_species_has_its_sites_on_the_map_and_its_figures(mini, words):
    shown = paper(mini, words, "species")
    assert shown.title == "Steppe cat"
    assert blocks_of(shown, Map)
    assert len(column(shown, "facts", "fact")) > 0


def test_the_paper_of_an_issue_says_for_whom_it_is_and_that_it_is_no_position(mini, words):
    shown = paper(mini, words, "issue", issue_id="views_on_study", country_code="JPN")
    assert shown.title.startswith("Views on the joint study (")
    assert "Elements for a response, Japan. Prepared from documents; not a position of any Government." in said(shown)
    everyone = paper(mini, words, "issue", issue_id="views_on_study")
    assert any("all member States" in text for text in said(everyone))


@pytest.mark.parametrize("issue_id", ["item_air", "no_such_request"])
def test_an_issue_that_was_not_put_by_then_is_told_as_such(mini, words, issue_id):
    shown = paper(mini, words, "issue", issue_id=issue_id)
    assert shown.title == "This issue had not yet been put to a meeting by this date"


def test_issues_are_offered_with_those_on_nature_first(mini):
    named = list(issue_names(mini).values())
    assert named[0] == "Views on the joint study (Ninety-first meeting)"
    assert named[-1] == "Names of experts (Ninetieth meeting)"


def test_a_full_paper_has_every_row_in_its_annex_and_the_same_front(mini, words):
    short, full = (paper(mini, words, "country", country_code="MNG", length=length) for length in ("2", "full"))
    assert titles(full)[: len(titles(short))] == titles(short)
    assert "Annex" in said(full)
    assert len(titles(full)) > len(titles(short))


def test_gaps_are_one_sentence_after_all_that_is_on_record(mini, words):
    shown = paper(mini, words, "species")
    places = [number for number, block in enumerate(shown.blocks) if isinstance(block, Text)]
    assert all("Gaps: " in shown.blocks[number].text and number == len(shown.blocks) - 1 for number in places)


@pytest.mark.parametrize("length", ["1", "2", "6"])
def test_each_selection_holds_less_than_the_one_before_it_and_facts_go_last(mini, words, length):
    draft = draft_of(mini, words, BriefsChoices("country", country_code="MNG"))
    for selections in stages(draft, length):
        sizes = [sum(count for _, count in cut.rows) for cut in selections]
        assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == len(sizes)
        for key, count in selections[0].rows:
            assert count <= MOST_ROWS[length][key]
        for key, count in selections[-1].rows:
            assert count <= max(KEPT.get(key, 0), LAST.get(key, 0))
