"""The page of issues, on the mini data set: how they stand, whom they ask, the evidence, what can be drawn on."""

import pytest

from neaspec.blocks import Details, Entry, Linked, Panel, Tabs
from neaspec.sections.issues.page import IssuesChoices, page
from neaspec.sections.issues.parts import thing_name
from neaspec.sections.issues.standing import all_issues, answer, newest_meeting, standing_of
from tests.support.on_page import blocks_of, entry, inside, said, table

PROJECT_DIFFERENCES = {
    "Budget of Joint study", "Countries of Joint study", "Delivery for Joint study", "Period of Joint study",
    "Length of Joint study",
}  # fmt: skip


@pytest.fixture(scope="module")
def newest(mini, words):
    return page(mini, words, IssuesChoices())


@pytest.fixture(scope="module")
def earlier(mini, words):
    return page(mini, words, IssuesChoices(meeting_id="som_90"))


def items(shown):
    """Give the lines of the list: key -> item."""
    return {item.id: item for linked in blocks_of(shown, Linked) for item in linked.items}


def panel(shown, key):
    """Give the facts of one issue."""
    return next(block for block in items(shown)[key].blocks if isinstance(block, Panel))


def part(shown, key, name):
    """Give what one of the parts of an issue holds."""
    parts = next(block for block in items(shown)[key].blocks if isinstance(block, Tabs))
    return next(tab.blocks for tab in parts.tabs if tab.key == name)


def differences(shown, key):
    """Give the titles of the differences told with an issue."""
    return {block.title for fold in part(shown, key, "evidence") if isinstance(fold, Details) for block in fold.blocks}


def test_the_page_opens_on_the_newest_meeting_and_answers_in_one_sentence(newest):
    assert newest.title == "Issues"
    assert newest.lead == "SOM-91 was asked to consider 3 issues. A response to them is not on record here."
    assert list(items(newest)) == ["views_on_study", "host_workshop", "data_on_cranes", "item_air"]


def test_what_is_completed_is_told_before_what_has_no_response(earlier):
    assert earlier.lead == "SOM-90 was asked to consider 4 issues: 3 completed, 1 partly completed."


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (["completed"], "SOM-9 was asked to consider 1 issue; it is completed."),
        (["partly", "partly"], "SOM-9 was asked to consider 2 issues; all are partly completed."),
        (["none"], "SOM-9 was asked to consider 1 issue. A response to it is not on record here."),
        (["completed", "passed"], "SOM-9 was asked to consider 2 issues: 1 completed, 1 without a response on record."),
        (["partly", "none"], "SOM-9 was asked to consider 2 issues: 1 partly completed, "
         "1 without a response on record."),
        (["completed", "partly", "none"], "SOM-9 was asked to consider 3 issues: 1 completed, 1 partly completed, "
         "1 without a response on record."),
    ],
)  # fmt: skip
def test_the_answer_has_only_what_there_is(mini, words, states, sentence):
    issues = all_issues(mini).head(len(states)).assign(standing=states)
    assert answer(words, issues, "SOM-9") == sentence


@pytest.mark.parametrize(
    ("state", "due", "day", "standing"),
    [
        ("open", None, "2021-06-01", "none"), ("open", "2021-06", "2021-06-30", "none"),
        ("open", "2021-06", "2021-07-01", "passed"), ("open", "2021-06-15", "2021-06-16", "passed"),
        ("done", "2021-06", "2025-01-01", "completed"), ("superseded", None, "2025-01-01", "completed"),
        ("partly", "2021-06", "2025-01-01", "partly"), (None, None, "2025-01-01", ""),
    ],
)  # fmt: skip
def test_a_date_is_passed_only_after_its_last_day_and_without_a_response(mini, state, due, day, standing):
    row = next(all_issues(mini).assign(state=state, due_date=due).itertuples())
    assert standing_of(row, day) == standing


@pytest.mark.parametrize(
    ("key", "sign", "line"),
    [
        ("share_samples", "●", "completed"), ("name_experts", "●", "reported as completed, not confirmed"),
        ("fund_training", "◐", "partly completed"), ("old_plan", "●", "superseded: project carried out"),
    ],
)  # fmt: skip
def test_each_line_has_a_sign_and_says_what_is_on_record(earlier, key, sign, line):
    item = items(earlier)[key]
    assert (item.sign, item.line) == (sign, line)


def test_silence_is_told_once_and_a_date_that_passed_is_told_as_what_was_requested(newest):
    listed = items(newest)
    assert (listed["host_workshop"].sign, listed["host_workshop"].line) == ("⊖", "requested for June 2021")
    assert dict(panel(newest, "host_workshop").facts)["Status"] == "⊖ requested for June 2021; no response on record"
    assert (listed["item_air"].sign, listed["item_air"].line) == ("", "agenda item")
    assert [text for text in said(newest) if text.startswith("The page of this meeting also names items")]


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("share_samples", {"Status": "● completed", "On record, 2 April 2020": "The meeting approved it."}),
        ("fund_training", {"On record, January 2021": "A part was paid.", "Addressed to": "Japan"}),
        ("name_experts", {"Programme": "all programme areas"}),
        ("share_samples", {"Considered again": "SOM-91 (2021)"}),
    ],
)
def test_the_panel_tells_what_followed_and_whom_it_asks(earlier, key, facts):
    told = dict(panel(earlier, key).facts)
    assert {name: told.get(name) for name in facts} == facts


def test_the_panel_has_the_short_form_the_paragraph_and_its_place_in_the_paper(newest):
    facts = panel(newest, "views_on_study")
    assert (facts.title, facts.text) == ("Views · Views on the joint study", "Views on the next step.")
    assert (facts.kind, facts.place) == ("SOM-91, paragraph 12", "para. 12")
    assert facts.document_ids[0] == "paper_91"
    told = dict(facts.facts)
    assert told["Considered before"] == "SOM-90 (2020)"
    assert told["Requested for"] == "May 2021, by “Slides for the ninety-first meeting” of the same meeting"


def test_the_paper_on_an_issue_is_handed_out_for_the_delegation(mini, words, newest):
    assert [link.form for link in panel(newest, "host_workshop").links] == ["docx", "pdf"]
    own = panel(page(mini, words, IssuesChoices(delegation_code="MNG")), "host_workshop").links[0]
    assert own.choices == {"kind": "issue", "issue_id": "host_workshop", "country_code": "MNG"}


def test_what_is_addressed_to_the_readers_state_concerns_them(mini, words):
    lines = {key: item.line for key, item in items(page(mini, words, IssuesChoices(delegation_code="JPN"))).items()}
    assert "concerns you" in lines["views_on_study"]
    assert "concerns you" not in lines["host_workshop"]


def test_elements_stand_behind_their_headings_with_their_number(mini, words):
    shown = page(mini, words, IssuesChoices(delegation_code="MNG"))
    elements = part(shown, "views_on_study", "elements")
    assert elements[0].text == "Prepared from documents; not a position of any Government."
    folds = [block.title for block in elements if isinstance(block, Details)]
    assert folds[0].startswith("Facts that bear on it (")
    assert folds[-1].startswith("Points to settle at home (")
    assert not any(block.links for block in blocks_of(shown, Entry) if block.title == "Steppe cat" and block.facts)
    parts = next(block for block in items(shown)["views_on_study"].blocks if isinstance(block, Tabs))
    assert [tab.title for tab in parts.tabs] == ["Elements: Mongolia", "Trail", "Evidence"]


def test_hosting_has_nothing_to_do_with_the_figures_of_a_whole_project(newest):
    assert differences(newest, "host_workshop") == {
        "Area of Steppe Park", "Extent and area of Steppe Park", "Host of a workshop",
    }  # fmt: skip


def test_any_other_issue_has_the_differences_of_its_project(newest):
    shown = differences(newest, "views_on_study")
    assert shown == PROJECT_DIFFERENCES | {"Area of Steppe Park", "Extent and area of Steppe Park"}


def test_an_issue_without_evidence_says_so(newest):
    assert [block.text for block in part(newest, "data_on_cranes", "evidence")] == [
        "No record is linked to this request yet."
    ]


def test_the_evidence_is_named_with_why_it_is_linked(newest):
    evidence = part(newest, "views_on_study", "evidence")
    assert table(evidence, "evidence").rows[["kind_words", "name", "why"]].values.tolist() == [
        ["project period", "March 2019 to December 2021", "The study ends then."],
        ["project", "Joint study", "It is about the study."],
        ["site", "Steppe Park", "The study works there."],
        ["species", "Steppe cat", "The study counts it."],
        ["status of a species", "Steppe cat, IUCN Red List: Endangered", "It is listed."],
    ]
    assert [(link.page, link.choices) for link in entry(evidence, "It is about").links] == [
        ("projects", {"project": "joint_study"}), ("sites", {"site": "steppe_park"}),
        ("species", {"species": "steppe_cat"}),
    ]  # fmt: skip


def test_the_trail_goes_from_before_to_after(newest, earlier):
    steps = [(block.title, block.tags) for block in part(newest, "views_on_study", "trail")]
    assert steps[:3] == [
        ("Ninetieth meeting, 1–2 April 2020", ("requested before",)),
        ("Ninety-first meeting, 1–2 April 2021", ("repeated at the same meeting",)),
        ("no date", ("follow-up", "related information")),
    ]
    again = entry(part(earlier, "share_samples", "trail"), "Ninety-first meeting, 1–2 April 2021")
    assert again.tags == ("requested again later",)


@pytest.mark.parametrize(
    ("choices", "keys"),
    [
        (IssuesChoices(meeting_id="som_91", ask_kind="hosting"), {"host_workshop"}),
        (IssuesChoices(meeting_id="som_90", standing="partly"), {"fund_training"}),
        (IssuesChoices(meeting_id="som_91", standing="none"), {"host_workshop", "views_on_study", "data_on_cranes"}),
    ],
)
def test_a_kind_and_a_status_can_be_chosen(mini, words, choices, keys):
    assert set(items(page(mini, words, choices))) == keys


def test_a_choice_without_issues_gives_a_sentence(mini, words):
    shown = page(mini, words, IssuesChoices(meeting_id="som_92"))
    assert shown.lead == "No request is on record for this choice."
    assert [text for text in said(shown) if text.startswith("No request was found for this choice at this date.")]
    filtered = page(mini, words, IssuesChoices(meeting_id="som_91", standing="completed"))
    assert filtered.lead.startswith("SOM-91 was asked to consider 3 issues")  # the answer is of the meeting
    assert not items(filtered)


def test_an_issue_is_unknown_before_its_paper_and_open_before_its_answer(mini, words):
    before = mini.at("som_90")
    assert newest_meeting(all_issues(before)) == "som_90"
    assert page(before, words, IssuesChoices()).lead.startswith("SOM-90 was asked to consider 4 issues. A response")


def test_a_meeting_with_agenda_items_alone_says_so(ask, words):
    shown = page(ask, words, IssuesChoices(meeting_id="som_28"))
    assert shown.lead.startswith("The page of SOM-28 names 4 agenda items on all programme areas.")


def test_nobody_is_accused(ask, words):
    for meeting_id in ("som_24", "som_27"):
        shown = page(ask, words, IssuesChoices(meeting_id=meeting_id, delegation_code="MNG"))
        told = " ".join([shown.lead, *(f"{item.title} {item.line}" for item in items(shown).values())])
        assert "no answer" not in told.lower()
        assert "overdue" not in told.lower()


def test_things_are_named_with_dates_and_categories_in_words(words):
    assert thing_name(words, "project_periods", "2019-03") == "March 2019"
    assert thing_name(words, "project_periods", "2019-03 to 2021-12") == "March 2019 to December 2021"
    assert thing_name(words, "statuses", "Cat; iucn; VU") == "Cat, IUCN Red List: Vulnerable"
    assert thing_name(words, "sites", "2019-03 to 2021-12") == "2019-03 to 2021-12"


def test_inside_a_fold_is_what_it_says(newest):
    fold = next(block for block in part(newest, "views_on_study", "elements") if isinstance(block, Details))
    assert [block for block in inside(fold) if isinstance(block, Entry)]
