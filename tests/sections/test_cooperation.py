"""The page of cooperation, on the mini data set: meetings, decisions, agreements, frameworks, partners."""

import pytest

from neaspec.blocks import Chart
from neaspec.sections.cooperation import CooperationChoices, five_years, page
from tests.support.mini import build_mini, mini_rows
from tests.support.on_page import blocks_of, chart, column, said, table

EMPTY = {
    "decisions": "No decision is on record at this date.",
    "goals": "No document known at this date states the goals.",
    "framework_links": "No link to a framework is on record at this date.",
    "feedbacks": "No document known at this date describes these links.",
    "partners": "No partner is on record at this date.",
}


@pytest.fixture(scope="module")
def whole(mini, words):
    return page(mini, words, CooperationChoices())


def test_only_meetings_that_were_held_on_a_known_day_are_counted(whole):
    assert whole.lead.startswith("4 meetings held since 1993 are on record, 3 of them Senior Officials Meetings.")
    drawn = chart(whole, "stacked_bars").rows
    assert drawn[["years", "kind_words", "meetings"]].values.tolist() == [
        ["1993–1997", "consultation", 1], ["2018–2022", "Senior Officials Meeting", 3],
    ]  # fmt: skip
    assert chart(whole, "stacked_bars").period == "1993–2022"


def test_planned_and_undated_meetings_are_in_the_table_as_such(whole):
    rows = table(whole, "meetings").rows.set_index("name")
    assert rows.loc["Ninety-third meeting", "state_words"] == "planned"
    assert rows.loc["Workshop of unknown date", "state_words"] == "date not on record"
    assert rows.loc["Ninety-first meeting", ["where", "host_name", "modality_words"]].tolist() == [
        "Steppe City", "Mongolia", "in person and online",
    ]  # fmt: skip
    assert "Date not on record: Workshop of unknown date." in said(whole)


def test_one_kind_of_meeting_can_be_chosen(mini, words):
    talks = page(mini, words, CooperationChoices("consultation"))
    assert talks.lead.startswith("1 meeting held since 1993 is on record, 0 of them Senior Officials Meetings.")
    assert column(talks, "meetings", "name") == ["First talks"]
    lost = page(mini, words, CooperationChoices("workshop"))
    assert lost.lead == "No meeting is on record for this choice."
    assert column(lost, "meetings", "name") == ["Workshop of unknown date"]
    none = page(mini, words, CooperationChoices("training"))
    assert "No meeting of this kind is on record at this date." in said(none)


@pytest.mark.parametrize(
    ("year", "written"),
    [(1993, "1993–1997"), (1997, "1993–1997"), (1998, "1998–2002"), (2022, "2018–2022"), (2023, "2023–2027")],
)
def test_five_years_are_counted_from_the_first_meeting(year, written):
    assert five_years(year) == written


def test_agreements_of_a_project_stand_on_the_page_of_projects(whole):
    assert column(whole, "agreements", "agreement") == ["Protocol on the two banks"]


def test_decisions_tell_the_meeting_and_what_it_did(whole):
    rows = table(whole, "decisions").rows
    assert rows[["meeting_name", "kind_words", "what"]].values.tolist() == [
        ["Ninetieth meeting", "approved", "The meeting approved the sharing."]
    ]


def test_links_that_documents_state_are_drawn_apart_from_our_reading(whole):
    drawn = next(block for block in blocks_of(whole, Chart) if block.title.startswith("Links to conventions"))
    assert drawn.rows[["acronym", "basis_words", "links"]].values.tolist() == [
        ["MUC", "interpretation of the dashboard", 1], ["MUC", "stated in the document", 1],
    ]  # fmt: skip


def test_causes_and_effects_are_arrows_of_people_and_nature(whole):
    drawn = chart(whole, "network")
    assert drawn.rows[["cause", "effect", "side_words"]].values.tolist() == [
        ["Dykes", "Fewer reeds", "people"], ["Fewer reeds", "Fewer cranes", "ecosystem"],
    ]  # fmt: skip
    assert drawn.roles["source"] == "cause" and drawn.roles["target"] == "effect"


def test_partners_have_their_roles_in_words(whole):
    rows = table(whole, "organisations").rows
    assert rows[["name", "roles_words"]].values.tolist() == [
        ["Made-up Bureau", "implementing"], ["Made-up Union", "funder, participant"],
    ]  # fmt: skip


def test_goals_and_recommendations_are_listed(whole):
    assert column(whole, "goals", "what") == ["Cats and cranes live on.", "Counting together."]
    assert column(whole, "recommendations", "what") == ["Count again in five years."]
    assert "Recommendations" in said(whole)


def test_what_is_not_on_record_is_said_and_no_heading_stands_alone(tmp_path, words):
    rows = {name: listed for name, listed in mini_rows().items() if name not in (*EMPTY, "recommendations")}
    shown = said(page(build_mini(tmp_path, rows), words, CooperationChoices()))
    assert set(EMPTY.values()) <= set(shown)
    assert "Recommendations" not in shown
