"""Meetings and decisions: on the mini data set, and what the real one must show."""

import pytest

from neaspec.blocks import Entry, Linked, Panel
from neaspec.render.charts.causes import chains_of
from neaspec.sections.cooperation.page import CooperationChoices, page
from neaspec.sections.cooperation.tumen import MOST_NAMES
from tests.support.mini import build_mini, mini_rows
from tests.support.on_page import blocks_of, chart, column, said, table

EMPTY = ("decisions", "goals", "framework_links", "feedbacks", "partners", "recommendations")


@pytest.fixture(scope="module")
def whole(mini, words):
    return page(mini, words, CooperationChoices())


@pytest.fixture(scope="module")
def real(ask, words):
    return page(ask, words, CooperationChoices())


def meetings_of(page):
    return {item.id: item for block in blocks_of(page, Linked) if block.name == "meeting" for item in block.items}


def test_the_answer_names_the_number_of_soms_and_the_last_one(whole, real):
    assert whole.lead == "92 Senior Officials Meetings since 2020. SOM-92 met on 1–2 April 2022."
    assert real.lead == ("28 Senior Officials Meetings since 1993. SOM-28 met in Ulaanbaatar on 22–23 September 2025.")


def test_soms_stand_by_number_on_the_axis_and_planned_meetings_are_hollow(whole, real):
    drawn = chart(real, "schedule").rows
    soms = drawn[drawn["kind"] == "som"]
    assert soms["som_number"].tolist()[:3] == ["1", "2", "3"] and soms["som_number"].iloc[-1] == "28"
    assert drawn["kind"].iloc[0] == "som"
    assert set(drawn.loc[drawn["state"] == "not_confirmed", "mark"]) == {"planned"}
    assert "meetings" in {block.file_name for block in [chart(whole, "schedule").table]}


def test_undated_soms_are_named(real):
    assert "Date not on record here: SOM-4, SOM-5, SOM-7, SOM-8, SOM-29." in said(real)


def test_planned_and_undated_meetings_are_in_the_table_as_such(whole):
    rows = table(whole, "meetings").rows.set_index("name")
    assert rows.loc["Ninety-third meeting", "state_words"] == "planned"
    assert rows.loc["Workshop of unknown date", "state_words"] == "date not on record"
    assert rows.loc["Ninety-first meeting", ["place", "host_name", "modality_words"]].tolist() == [
        "Steppe City",
        "Mongolia",
        "in person and online",
    ]


def test_one_kind_of_meeting_can_be_chosen(mini, words):
    talks = page(mini, words, CooperationChoices("consultation"))
    assert talks.lead.startswith("1 meeting of this kind since 1993")
    assert column(talks, "meetings", "name") == ["First talks"]
    lost = page(mini, words, CooperationChoices("workshop"))
    assert lost.lead == "No meeting is on record for this choice."
    assert column(lost, "meetings", "name") == ["Workshop of unknown date"]
    none = page(mini, words, CooperationChoices("training"))
    assert "No meeting of this kind is on record at this date." in said(none)


def test_the_decisions_of_a_meeting_stand_beside_it(real):
    meetings = meetings_of(real)
    som_28 = meetings["som_28"]
    assert som_28.title == "SOM-28" and som_28.line.endswith("3 decisions")
    assert isinstance(som_28.blocks[0], Panel)
    assert [b.title for b in som_28.blocks if isinstance(b, Entry)][-1] == "Strategic Plan 2026-2030"
    (listed,) = [block for block in blocks_of(real, Linked) if block.name == "meeting"]
    assert listed.first == "som_28"


def test_a_decision_tells_what_the_meeting_did(whole):
    told = [
        (entry.tags, entry.text)
        for item in meetings_of(whole).values()
        for entry in item.blocks
        if isinstance(entry, Entry)
    ]
    assert told == [(("approved",), "The meeting approved the sharing.")]


def test_every_decision_on_record_stands_beside_a_meeting(ask, real):
    shown = [b.text for item in meetings_of(real).values() for b in item.blocks if isinstance(b, Entry)]
    assert sorted(shown) == sorted(ask("decisions_taken", meeting_id=None, project_id=None)["what"])


def test_agreements_of_a_project_stand_on_the_page_of_projects(whole):
    assert column(whole, "agreements", "agreement") == ["Protocol on the two banks"]


def test_frameworks_are_written_out_against_work_and_interpretation_is_marked(whole, real):
    rows = table(real, "frameworks_by_work").rows.set_index("framework_name")
    ramsar = rows.loc["Convention on Wetlands of International Importance"]
    assert "Rason Migratory Bird Reserve" in ramsar["site_work"]
    snow = rows.loc["Global Snow Leopard and Ecosystem Protection Program"]
    assert snow["species_work"] == "Snow leopard (interpretation of the dashboard)"
    assert len(table(whole, "framework_links").rows) == 2


def test_causes_and_effects_are_arrows_of_people_and_nature(whole):
    drawn = chart(whole, "network")
    assert drawn.rows[["cause", "effect", "side_words"]].values.tolist() == [
        ["Dykes", "Fewer reeds", "people"],
        ["Fewer reeds", "Fewer cranes", "ecosystem"],
    ]
    assert drawn.roles["source"] == "cause" and drawn.roles["target"] == "effect"


def test_the_tumen_diagram_holds_whole_chains_and_can_be_read(ask, real):
    drawn = chart(real, "network")
    links = list(zip(drawn.rows["cause"], drawn.rows["effect"], strict=True))
    names = {name for link in links for name in link}
    assert len(names) <= MOST_NAMES
    assert len(drawn.table.rows) == len(ask("feedbacks_stated"))  # nothing is lost
    assert max(map(len, chains_of(links))) == 4
    assert set(drawn.rows["side"]) == {"human", "ecology"}


def test_partners_have_their_roles_in_words(whole):
    rows = table(whole, "organisations").rows
    assert rows[["name", "roles_words"]].values.tolist() == [
        ["Made-up Bureau", "implementing"],
        ["Made-up Union", "funder, participant"],
    ]


def test_goals_are_listed_and_recommendations_of_no_project(whole, real, ask):
    assert column(whole, "goals", "what") == ["Cats and cranes live on.", "Counting together."]
    advice = ask("recommendations_made", project_id=None)
    assert len(table(real, "recommendations").rows) == int(advice["project_title"].isna().sum())


def test_what_is_not_on_record_leaves_no_tab(tmp_path, words):
    rows = {name: listed for name, listed in mini_rows().items() if name not in EMPTY}
    bare = page(build_mini(tmp_path, rows), words, CooperationChoices())
    (tabs,) = [block for block in bare.blocks if hasattr(block, "tabs")]
    keys = [tab.key for tab in tabs.tabs]
    assert "tumen" not in keys and "organisations" not in keys and "decisions" in keys
    assert "No link to a framework is on record at this date." in said(bare)
