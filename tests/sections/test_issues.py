"""The page of requests, on the mini data set: whom they ask, what followed, the evidence and what disagrees."""

import pytest

from neaspec.blocks import Details, Entry, Heading, Notice
from neaspec.sections.issues.page import IssuesChoices, page, thing_name
from tests.support.on_page import blocks_of, chart, column, entry, inside, said, table

PROJECT_DIFFERENCES = {
    "Budget of Joint study", "Countries of Joint study", "Delivery for Joint study", "Period of Joint study",
    "Length of Joint study",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(mini, words):
    return page(mini, words, IssuesChoices())


def differences(page, title):
    """Give the titles of the differences behind a request."""
    behind = [block for block in inside(entry(page, title)) if isinstance(block, Details)]
    return {found.title for block in behind for found in block.blocks}


def test_requests_are_counted_without_agenda_items_and_without_repeats(whole):
    assert whole.lead == (
        "7 requests to member States from 2 meetings. Follow-up is on record for 4. Agenda items are listed apart: 1."
    )
    assert column(whole, "asks", "subject")[:3] == ["Views on the joint study", "Host of a workshop", "Data on cranes"]


def test_requests_are_drawn_by_kind_the_newest_meeting_first(whole):
    drawn = chart(whole, "stacked_bars").rows
    assert drawn["meeting"].drop_duplicates().tolist() == ["Ninety-first meeting", "Ninetieth meeting"]
    assert drawn["asks"].tolist() == [1] * 7


def test_hosting_has_nothing_to_do_with_the_figures_of_a_whole_project(whole):
    assert differences(whole, "Host of a workshop") == {
        "Area of Steppe Park", "Extent and area of Steppe Park", "Host of a workshop",
    }  # fmt: skip


def test_any_other_request_has_the_differences_of_its_project(whole):
    shown = differences(whole, "Views on the joint study")
    assert shown == PROJECT_DIFFERENCES | {"Area of Steppe Park", "Extent and area of Steppe Park"}


def test_a_request_without_evidence_says_so(whole):
    shown = [block.text for block in inside(entry(whole, "Data on cranes")) if isinstance(block, Notice)]
    assert shown == ["No record is linked to this request yet."]
    assert differences(whole, "Data on cranes") == set()


@pytest.mark.parametrize(
    ("subject", "facts"),
    [
        ("Samples of cats", {"Status": "completed", "Follow-up": "The meeting approved it."}),
        ("Names of experts", {"Status": "reported as completed, not confirmed", "Follow-up": "Experts were named."}),
        (
            "Money for training",
            {"Status": "partly completed", "Follow-up": "A part was paid.", "Addressed to": "Japan"},
        ),
        ("Old plan", {"Status": "superseded: project carried out", "Follow-up": "A newer plan came."}),
        ("Host of a workshop", {"Requested for": "June 2021", "Addressed to": "Mongolia"}),
        ("Review of air", {"Status": "agenda item"}),
    ],
)
def test_what_followed_is_told_and_silence_has_no_status(whole, subject, facts):
    told = dict(entry(whole, subject).facts)
    assert {name: told.get(name) for name in facts} == facts
    assert ("Status" in told) == ("Status" in facts)


def test_a_date_that_only_the_repeat_gives_names_its_document(whole):
    told = dict(entry(whole, "Views on the joint study").facts)
    assert told["Requested for"] == "May 2021, by “Slides for the ninety-first meeting” of the same meeting"


def test_a_request_on_all_programme_areas_is_marked(whole):
    assert entry(whole, "Names of experts").tags == ("Nomination", "all programme areas")
    assert entry(whole, "Samples of cats").tags == ("Approval",)


def test_agenda_items_are_folded_with_why_they_are_no_requests(whole):
    folded = [block for block in blocks_of(whole, Details) if block.title.startswith("Agenda items")]
    assert [block.title for block in folded] == ["Agenda items on all programme areas (1)"]
    assert [block.title for block in folded[0].blocks] == ["Review of air"]
    assert len([text for text in said(whole) if text.startswith("The page of this meeting also names items")]) == 1


def test_the_evidence_is_named_with_why_it_is_linked(whole):
    shown = table(inside(entry(whole, "Views on the joint study")), "evidence").rows
    assert shown[["kind_words", "name", "why"]].values.tolist() == [
        ["project period", "March 2019 to December 2021", "The study ends then."],
        ["project", "Joint study", "It is about the study."],
        ["site", "Steppe Park", "The study works there."],
        ["species", "Steppe cat", "The study counts it."],
        ["status of a species", "Steppe cat, IUCN Red List: Endangered", "It is listed."],
    ]
    links = entry(whole, "Views on the joint study").links
    assert [(link.page, link.choices) for link in links] == [
        ("projects", {"project": "joint_study"}), ("sites", {"site": "steppe_park"}),
        ("species", {"species": "steppe_cat"}), ("briefs", {"kind": "issue", "issue": "views_on_study"}),
    ]  # fmt: skip


def test_options_have_their_consequences(whole):
    behind = inside(entry(whole, "Views on the joint study"))
    assert dict(entry(behind, "Go on").facts)["Consequence"] == "Cats are counted again."
    without = [block.text for block in inside(entry(whole, "Old plan")) if isinstance(block, Heading)]
    assert without == ["History"]


def test_the_history_goes_from_before_to_after(whole):
    behind = inside(entry(whole, "Views on the joint study"))
    history = behind[[getattr(block, "text", "") for block in behind].index("History") + 1 :]
    steps = [(block.title, block.tags) for block in history if isinstance(block, Entry)]
    assert steps[:3] == [
        ("Ninetieth meeting, 1–2 April 2020", ("requested before",)),
        ("Ninety-first meeting, 1–2 April 2021", ("repeated at the same meeting",)),
        ("no date", ("follow-up", "related information")),
    ]
    assert entry(inside(entry(whole, "Samples of cats")), "Ninety-first meeting, 1–2 April 2021").tags == (
        "requested again later",
    )


@pytest.mark.parametrize(
    ("choices", "subjects"),
    [
        (IssuesChoices(country_code="JPN"), ["Views on the joint study", "Samples of cats", "Names of experts",
                                             "Money for training", "Old plan"]),
        (IssuesChoices(meeting_id="som_91", country_code="RUS"), ["Views on the joint study", "Data on cranes"]),
        (IssuesChoices(ask_kind="hosting"), ["Host of a workshop"]),
    ],
)  # fmt: skip
def test_a_state_a_meeting_and_a_kind_can_be_chosen(mini, words, choices, subjects):
    assert column(page(mini, words, choices), "asks", "subject") == subjects


def test_a_choice_without_requests_gives_a_sentence(mini, words):
    shown = page(mini, words, IssuesChoices(meeting_id="som_92"))
    assert shown.lead == "No request is on record for this choice."
    assert [text for text in said(shown) if text.startswith("No request was found for this choice at this date.")]


def test_a_request_is_unknown_before_its_paper_and_open_before_its_answer(mini, words):
    shown = page(mini.at("som_90"), words, IssuesChoices())
    assert shown.lead.startswith("4 requests to member States from 1 meeting. Follow-up is on record for 0.")


def test_things_are_named_with_dates_and_categories_in_words(words):
    assert thing_name(words, "project_periods", "2019-03") == "March 2019"
    assert thing_name(words, "project_periods", "2019-03 to 2021-12") == "March 2019 to December 2021"
    assert thing_name(words, "statuses", "Cat; iucn; VU") == "Cat, IUCN Red List: Vulnerable"
    assert thing_name(words, "sites", "2019-03 to 2021-12") == "2019-03 to 2021-12"
