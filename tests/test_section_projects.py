"""Projects, asks and cooperation: figures by their values, now and as known earlier."""

import re
from datetime import date

import pandas as pd
import pytest

from neaspec.blocks import Chart, Entry, Notice, Table, Text, walk
from neaspec.queries import Ask
from neaspec.sections import cooperation, issues, projects
from neaspec.sections.cooperation import CooperationChoices, five_years
from neaspec.sections.issues import IssuesChoices
from neaspec.sections.projects import ProjectsChoices, told_once

SOM_24 = date(2020, 10, 13)


@pytest.fixture
def ask_at_som_24(real_connection) -> Ask:
    return Ask(real_connection, SOM_24)


def chart(page, kind):
    return next(block for block in walk(page.blocks) if isinstance(block, Chart) and block.kind == kind)


def entry(page, title):
    return next(block for block in walk(page.blocks) if isinstance(block, Entry) and block.title == title)


def test_what_is_not_itemised_is_shown_beside_the_components(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020"))
    money = chart(page, "stacked_bars").rows
    assert list(zip(money["part_words"], money["amount"], strict=True)) == [
        ("component 1", 96000), ("component 2", 50000), ("component 3", 50000),
        (words("projects.part_not_itemised"), 141081),
    ]  # fmt: skip
    assert money["amount"].sum() == 337081
    assert list(money["mark"]) == ["exact"] * 3 + ["not_itemised"]


def test_only_project_totals_are_added(ask, words):
    page = projects.page(ask, words, ProjectsChoices())
    assert "636,870 US dollars" in page.lead
    assert 1200000 not in list(chart(page, "stacked_bars").rows["amount"])


def test_the_bird_project_has_no_amount_before_som_27(ask_at_som_24, words):
    page = projects.page(ask_at_som_24, words, ProjectsChoices())
    assert "337,081 US dollars" in page.lead
    assert "bird_connectivity_2024" not in list(chart(page, "timeline").rows["project_id"])


def test_both_periods_of_component_1_are_drawn(ask, words):
    rows = chart(projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020")), "timeline").rows
    first = rows[rows["component_id"] == "big_cats_2020_c1"]
    assert list(zip(first["start_date"], first["end_date"], first["mark"], strict=True)) == [
        ("2021-01", "2022-12", "tentative"), ("2021-09", "2022-12", "planned"),
    ]  # fmt: skip


def test_periods_told_alike_are_drawn_once():
    rows = pd.DataFrame(
        [("A", "planned", "2020", "2022"), ("A", "planned", "2020", "2022"), ("A", "actual", "2020-01", "2022-12"),
         ("A", "actual", "2020", "2022"), ("B", "actual", "2019", "2020")],
        columns=["name", "mark", "start_date", "end_date"],
    )  # fmt: skip
    drawn = told_once(rows)
    assert list(zip(drawn["name"], drawn["mark"], drawn["start_date"], strict=True)) == [
        ("A", "planned", "2020"), ("A", "actual", "2020-01"), ("B", "actual", "2019"),
    ]  # fmt: skip


def test_when_a_report_is_planned_and_presented_is_told_of_the_report_and_not_as_an_end_of_the_study(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="tumen_wetlands_2019"))
    rows = chart(page, "timeline").rows
    assert list(zip(rows["start_date"], rows["end_date"], strict=True)) == [("2019", "2020")]
    reports = ask("projects_work", project_id="tumen_wetlands_2019").query("work_kind == 'output'")
    assert set(reports["due_date"].dropna()) == {"2020-12"}
    assert set(reports["done_date"].dropna()) == {"2023-11"}


def test_a_length_without_dates_stands_beside_the_length_of_the_dates(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020"))
    told = [block.text for block in walk(page.blocks) if isinstance(block, Text) and "33 months" in block.text]
    assert len(told) == 1
    assert "36 months" in told[0]


def test_the_four_letters_and_the_undecided_one_are_agreements(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020"))
    table = next(b for b in walk(page.blocks) if isinstance(b, Table) and b.file_name == "agreements")
    assert 4 in list(table.rows["number_of_documents"].dropna())
    assert words.term("state", "undecided") in list(table.rows["state_words"])


def test_a_project_nobody_knows_gives_a_sentence(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="no_such_project"))
    assert [type(block) for block in page.blocks] == [Notice]


def test_the_asks_of_som_24_are_seven_from_the_paper_and_repeats_are_left_out(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24"))
    asked = chart(page, "stacked_bars").table.rows
    documents = [str(cell).split() for cell in asked["document_ids"]]
    assert sum(cell[0] == "som_24_paper" for cell in documents) == 7
    assert not any(cell[0] == "som_24_slides" for cell in documents)
    # the slides are cited once: they alone set a date for the national focal points
    assert sum("som_24_slides" in cell for cell in documents) == 1


def test_the_support_of_the_spoonbill_plan_is_the_ask_that_was_answered(ask, words):
    asked = ask("issues_asked", meeting_id="som_27", country_code=None, ask_kind=None)
    done = asked[asked["state"] == "done"]
    assert list(done["issue_id"]) == ["som_27_spoonbill_plan"]


def test_an_answer_in_part_is_not_undone_by_asking_again(ask, words):
    asked = ask("issues_asked", meeting_id="som_24", country_code=None, ask_kind="decision")
    assert list(asked["state"]) == ["partly"]
    assert asked["state_date"].iloc[0] == "2023-11"
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24", ask_kind="decision"))
    entry = next(block for block in page.blocks if isinstance(block, Entry))
    tags = [block.tags for block in walk(entry.details) if isinstance(block, Entry)]
    followed = words("issues.step_follow_up")
    assert {(followed, words.term("status", "partly")), (followed, words.term("status", "open"))} <= set(tags)


def test_no_day_is_counted_against_anyone(ask, words):
    page = issues.page(ask, words, IssuesChoices())
    entries = [block for block in walk(page.blocks) if isinstance(block, Entry)]
    said = " ".join(str(part) for entry in entries for part in (entry.title, entry.tags, entry.facts))
    assert not re.search(r"\bdays? (open|since|late|overdue)|date passed|overdue", said)
    due = {dict(entry.facts).get(words("issues.due")) for entry in entries}
    assert None in due  # most papers set no date, and then nothing is said
    assert any(one and "2020" in one for one in due)


def test_the_tumen_ask_of_som_27_shows_that_it_was_asked_before(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_27"))
    tumen = next(b for b in walk(page.blocks) if isinstance(b, Entry) and "Tumen" in b.title and b.details)
    tags = [tag for block in walk(tumen.details) if isinstance(block, Entry) for tag in block.tags]
    assert words("issues.step_earlier_ask") in tags


def test_the_options_for_component_1_come_with_their_consequences(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24"))
    facts = [label for b in walk(page.blocks) if isinstance(b, Entry) for label, _ in b.facts]
    assert facts.count(words("issues.consequence")) == 2


def test_an_ask_links_to_the_pages_of_what_it_is_about(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24", ask_kind="decision"))
    links = [link for b in walk(page.blocks) if isinstance(b, Entry) for link in b.links]
    assert {"rason", "khasansky", "fangchuan", "jingxin"} <= {link.choices.get("site") for link in links}


def test_asks_of_later_meetings_are_not_known_earlier(ask_at_som_24, words):
    page = issues.page(ask_at_som_24, words, IssuesChoices())
    assert "27th" not in " ".join(chart(page, "stacked_bars").rows["meeting"])


def test_meetings_are_counted_from_1993_and_undated_ones_named(ask, words):
    page = cooperation.page(ask, words, CooperationChoices())
    assert "since 1993" in page.lead
    assert "24 of them Senior Officials Meetings" in page.lead
    notes = " ".join(getattr(block, "text", "") for block in page.blocks)
    assert "29th Senior Officials Meeting" in notes


@pytest.mark.parametrize(
    ("year", "named"), [(1993, "1993–1997"), (1997, "1993–1997"), (1998, "1998–2002"), (2026, "2023–2027")]
)
def test_years_are_counted_in_fives_from_the_first_meeting(year, named):
    assert five_years(year) == named


def test_a_meeting_that_took_place_is_known_whatever_the_date_of_its_page(ask_at_som_24):
    held = ask_at_som_24("meetings_held", kind="som")
    assert "som_24" in list(held["meeting_id"])
    assert "som_25" not in list(held["meeting_id"])


def test_our_reading_of_a_framework_is_kept_apart_from_what_is_stated(ask, words):
    page = cooperation.page(ask, words, CooperationChoices())
    parts = {row for block in walk(page.blocks) if isinstance(block, Chart) and "acronym" in block.rows
             for row in block.rows["basis_words"]}  # fmt: skip
    assert parts == {words.term("basis", "stated"), words.term("basis", "our_reading")}


def test_the_tumen_feedback_is_drawn_from_cause_to_effect(ask, words):
    network = chart(cooperation.page(ask, words, CooperationChoices()), "network")
    assert len(network.rows) >= 10
    assert set(network.rows["side"]) == {"human", "ecology"}
