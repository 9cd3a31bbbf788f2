"""Projects and asks: figures by their values, now and as known earlier."""

import re
from datetime import date

import pandas as pd
import pytest

from neaspec.blocks import Chart, Entry, Linked, Metric, Notice, Panel, Table, Text, walk
from neaspec.data.database import current_version
from neaspec.data.queries import Ask
from neaspec.sections.cooperation import page as cooperation
from neaspec.sections.cooperation.page import CooperationChoices
from neaspec.sections.delegation import page as country
from neaspec.sections.issues import page as issues
from neaspec.sections.issues.page import IssuesChoices
from neaspec.sections.projects import page as projects
from neaspec.sections.projects.page import ProjectsChoices
from neaspec.sections.projects.picture import told_once

SOM_24 = date(2020, 10, 13)


@pytest.fixture
def ask_at_som_24(real_connection) -> Ask:
    return Ask(real_connection, SOM_24, current_version())


def chart(page, kind):
    return next(block for block in walk(page.blocks) if isinstance(block, Chart) and block.kind == kind)


def entry(page, title):
    return next(block for block in walk(page.blocks) if isinstance(block, Entry) and block.title == title)


def items(page):
    return next(block for block in walk(page.blocks) if isinstance(block, Linked) and block.name == "project").items


def test_every_part_of_the_money_is_written_beside_its_bar(ask, words):
    page = projects.page(ask, words, ProjectsChoices())
    money = chart(page, "stacked_bars").rows
    assert list(zip(money["part_words"], money["amount"], strict=True)) == [
        ("component 1", 96000),
        ("component 2", 50000),
        ("component 3", 50000),
        (words("projects.part_not_itemised"), 141081),
        (words("projects.part_not_itemised"), 299789),
    ]
    assert list(money["mark"]) == ["exact"] * 3 + ["not_itemised"] * 2
    bars = list(dict.fromkeys(money["project"]))
    assert "USD 337,081" in bars[0] and "component 2: 50,000" in bars[0] and "not itemised: 141,081" in bars[0]
    assert "USD 299,789" in bars[1]


def test_the_answer_names_each_total_and_who_pays(ask, words):
    page = projects.page(ask, words, ProjectsChoices())
    assert page.lead == (
        "2 projects have stated totals: USD 337,081 (Big cats 2020-2022), USD 299,789 (Bird connectivity 2024). "
        "Funded by: Government of the Russian Federation. Spending is not on record here."
    )
    assert len(page.lead.split()) <= 30


def test_four_figures_add_up_and_contributions_are_none_of_them(ask, words):
    figures = [b for b in projects.page(ask, words, ProjectsChoices()).blocks if isinstance(b, Metric)]
    assert [figure.value for figure in figures] == ["636,870", "196,000", "440,870", "13 projects · 2 proposals"]
    assert figures[0].chips == figures[2].chips == ("our_sum",)
    assert all(figure.document_ids for figure in figures)


def test_the_bird_project_has_no_amount_before_som_27(ask_at_som_24, words):
    page = projects.page(ask_at_som_24, words, ProjectsChoices())
    assert "USD 337,081" in page.lead and "299,789" not in page.lead
    assert "bird_connectivity_2024" not in {item.id for item in items(page)}


def test_each_project_is_one_row_the_newest_first_and_proposals_last(ask, words):
    rows = chart(projects.page(ask, words, ProjectsChoices()), "schedule").rows
    names = list(dict.fromkeys(rows["project"]))
    assert len(names) == 15
    assert names[0].endswith("Bird connectivity 2024") and names[-1].endswith("Tumen estuary")
    big = rows[rows["project"].str.endswith("Big cats 2020-2022")]
    assert sorted(big["mark"]) == ["actual", "planned"]  # planned outline over done fill


def test_signs_of_species_stand_before_a_project(ask, words):
    shown = {item.id: item for item in items(projects.page(ask, words, ProjectsChoices()))}
    assert shown["snow_leopard_2022"].title == "◆ Snow leopard follow-up 2022"
    assert shown["snow_leopard_2022"].line == "project · Mongolia, Russian Federation"


def test_a_project_of_the_readers_state_is_marked(ask, words):
    shown = {i.id: i.line for i in items(projects.page(ask, words, ProjectsChoices(delegation_code="MNG")))}
    assert shown["big_cats_2020"].endswith(words("common.concerns_you"))
    assert words("common.concerns_you") not in shown["rason_survey_2014"]


def test_all_periods_stand_in_the_data(ask, words):
    table = chart(projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020")), "schedule").table.rows
    first = table[table["name"].str.endswith("component 1")]
    assert {("2021-01", "2022-12"), ("2021-09", "2022-12")} <= set(
        zip(first["start_date"], first["end_date"], strict=True)
    )


def test_periods_told_alike_are_drawn_once():
    rows = pd.DataFrame(
        [
            ("A", "planned", "2020", "2022"),
            ("A", "planned", "2020", "2022"),
            ("A", "actual", "2020-01", "2022-12"),
            ("A", "actual", "2020", "2022"),
            ("B", "actual", "2019", "2020"),
        ],
        columns=["name", "mark", "start_date", "end_date"],
    )
    drawn = told_once(rows)
    assert list(zip(drawn["name"], drawn["mark"], drawn["start_date"], strict=True)) == [
        ("A", "planned", "2020"),
        ("A", "actual", "2020-01"),
        ("B", "actual", "2019"),
    ]


def test_when_a_report_is_planned_and_presented_is_told_of_the_report_and_not_as_an_end_of_the_study(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="tumen_wetlands_2019"))
    rows = chart(page, "schedule").rows
    assert list(zip(rows["start_date"], rows["end_date"], strict=True)) == [("2019", "2020")]
    reports = ask("projects_work", project_id="tumen_wetlands_2019").query("work_kind == 'output'")
    assert set(reports["due_date"].dropna()) == {"2020-12"}
    assert set(reports["done_date"].dropna()) == {"2023-11"}


def test_a_length_without_dates_stands_in_the_data_and_is_not_reckoned_against_dates(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020"))
    assert not [block.text for block in page.blocks if isinstance(block, Text) and "36 months" in block.text]
    assert 33 in list(chart(page, "schedule").table.rows["duration_months"].dropna())


def test_partners_are_a_matrix_and_guests_of_a_workshop_do_not_hide_a_role(ask, words):
    page = projects.page(ask, words, ProjectsChoices())
    matrix = next(b for b in walk(page.blocks) if isinstance(b, Table) and b.file_name == "partners_by_project")
    assert len(matrix.columns) <= 10
    park = matrix.rows.set_index("organisation_name").loc[
        "Administration of the Land of the Leopard National Park (Russian Federation)"
    ]
    assert [cell for cell in park[:-2] if cell] == ["implementing", "study partner"]


def test_what_is_not_itemised_cites_the_total_and_the_components(ask):
    parts = ask("projects_budgets", project_id=None).set_index(["project_id", "part"])
    rest = parts.loc[("big_cats_2020", "not_itemised")]
    assert rest["amount"] == 141081
    assert set(rest["document_ids"].split()) == {"som_24_slides", "som_24_paper"}
    assert rest["locator"] == "slide Big cats; Table 1"
    assert ("bird_connectivity_2024", "not_itemised") not in parts.index  # nothing of it is itemised


def test_the_four_letters_and_the_undecided_one_are_agreements(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020"))
    table = next(b for b in walk(page.blocks) if isinstance(b, Table) and b.file_name == "agreements")
    assert any("Documents: 4." in what for what in table.rows["what"])
    assert words.term("state", "undecided") in list(table.rows["state_words"])


def test_an_agreement_stands_on_one_page(ask, words):
    pages = projects.page(ask, words, ProjectsChoices()), cooperation.page(ask, words, CooperationChoices())
    tables = [next(b for b in walk(p.blocks) if isinstance(b, Table) and b.file_name == "agreements") for p in pages]
    with_project, others = (set(table.rows["agreement"]) for table in tables)
    assert "Single letter of agreement (LOA) of component 1" in with_project - others
    assert "Agreement on the Land of Big Cats" in others - with_project


def test_an_activity_of_two_documents_is_told_once(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="big_cats_2020"))
    tables = [b for b in walk(page.blocks) if isinstance(b, Table) and b.file_name in ("work", "products")]
    for table in tables:
        assert not table.rows.duplicated([c.name for c in table.columns if c.name in ("name", "what", "when")]).any()
    brochures = [
        row.document_ids
        for table in tables
        for row in table.rows.itertuples()
        if row.what == "Joint brochure in English, Chinese and Russian."
    ]
    assert [set(documents.split()) for documents in brochures] == [{"som_24_paper", "workshop_2021_note"}]


def test_the_days_of_a_survey_cite_the_document_that_gives_them(ask, words):
    page = country.page(ask, words, country.CountryChoices(country_code="PRK"))
    table = next(b for b in walk(page.blocks) if isinstance(b, Table) and b.file_name == "projects")
    link = table.rows["project_link"]
    survey = table.rows[link.str.startswith("Field survey of the Rason Migratory Bird Reserve|")].iloc[0]
    assert survey["period_document_id"] == "neaspec_hanns_seidel_foundation_unescap_2014"


def test_a_project_nobody_knows_gives_a_sentence(ask, words):
    page = projects.page(ask, words, ProjectsChoices(project_id="no_such_project"))
    assert [type(block) for block in page.blocks] == [Notice]


def panels(page):
    """Give the facts of each issue by its key."""
    items = [item for linked in walk(page.blocks) if isinstance(linked, Linked) for item in linked.items]
    return {item.id: next(block for block in item.blocks if isinstance(block, Panel)) for item in items}


def test_the_asks_of_som_24_are_seven_from_the_paper_and_repeats_are_left_out(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24"))
    assert page.lead.startswith("SOM-24 was asked to consider 7 issues.")
    documents = [panel.document_ids for panel in panels(page).values()]
    assert sum(cell[0] == "som_24_paper" for cell in documents) == 7
    # the slides are cited once: they alone set a date for the national focal points
    assert sum("som_24_slides" in cell for cell in documents) == 1


def test_the_support_of_the_spoonbill_plan_is_the_ask_that_was_answered(ask, words):
    asked = ask("issues_asked", meeting_id="som_27", country_code=None, ask_kind=None)
    done = asked[asked["state"] == "done"]
    assert list(done["issue_id"]) == ["som_27_spoonbill_plan"]


def test_a_report_presented_is_no_answer_to_a_request_for_a_decision(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24", ask_kind="decision"))
    assert dict(panels(page)["som_24_tumen_decision"].facts)["Status"] == "○ no response on record"
    tags = [block.tags for block in walk(page.blocks) if isinstance(block, Entry)]
    assert (words("issues.step_follow_up"), words.term("status", "context")) in tags


def test_a_status_cites_the_document_of_the_answer_beside_the_paper(ask, words):
    asked = ask("issues_asked", meeting_id=None, country_code=None, ask_kind=None).set_index("issue_id")
    plan = asked.loc["som_27_spoonbill_plan"]
    assert plan["state"] == "done"
    assert {"som_27_paper", "neaspec_neaspec_supports_the_revision_of_2025"} <= set(plan["document_ids"].split())
    answered = asked[asked["state"].isin(["done", "done_unconfirmed", "partly", "superseded"])]
    assert all(len(set(row.document_ids.split())) > 1 for row in answered.itertuples())
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_27"))
    assert "neaspec_neaspec_supports_the_revision_of_2025" in panels(page)["som_27_spoonbill_plan"].document_ids


def test_records_linked_to_a_request_are_told_once_with_all_documents_and_caveats(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24", ask_kind="decision"))
    table = next(b for b in walk(page.blocks) if isinstance(b, Table) and b.file_name == "evidence")
    assert table.title == "Records linked to the request by the dashboard"
    lines = list(zip(table.rows["kind_words"], table.rows["name"], strict=True))
    assert len(lines) == len(set(lines))
    named = table.rows.set_index("name")
    ramsar = named.loc["Rason Migratory Bird Reserve: Ramsar site, 2018"]
    assert set(ramsar["document_ids"].split()) >= {"som_24_paper", "som_24_slides"}
    proposal = named[named.index.str.contains("proposed, not in force")]
    assert list(proposal["caveat_ids"]) == ["planned_not_confirmed"]
    assert "not in force" in proposal["why"].iloc[0]


def test_a_request_made_again_is_told_of_its_meeting_and_of_no_day(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24"))
    again = {b.title for b in walk(page.blocks) if isinstance(b, Entry) and words("issues.step_repeated") in b.tags}
    assert again == {"24th Senior Officials Meeting of NEASPEC, 12–13 October 2020"}


def test_no_day_is_counted_against_anyone(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24"))
    facts = {key: dict(panel.facts) for key, panel in panels(page).items()}
    assert not re.search(r"\bdays? (open|since|late|overdue)|date passed|overdue", str(facts))
    due = {key for key, told in facts.items() if words("issues.due") in told}
    assert due == {"som_24_tumen_focal_points"}  # most papers set no date, and then nothing is said


def test_the_tumen_ask_of_som_27_shows_that_it_was_asked_before(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_27"))
    assert dict(panels(page)["som_27_tumen_views"].facts)["Considered before"] == "SOM-24 (2020)"


def test_the_options_for_component_1_come_with_their_consequences(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24"))
    facts = [label for b in walk(page.blocks) if isinstance(b, Entry) for label, _ in b.facts]
    put = ask("issues_asked", meeting_id="som_24", country_code=None, ask_kind=None)["issue_id"]
    options = ask("issues_options", issue_id=None)
    stated = options[options["issue_id"].isin(put)]["consequence"].notna().sum()
    assert facts.count(words("issues.consequence")) == stated >= 2


def test_an_ask_links_to_the_pages_of_what_it_is_about(ask, words):
    page = issues.page(ask, words, IssuesChoices(meeting_id="som_24", ask_kind="decision"))
    links = [link for b in walk(page.blocks) if isinstance(b, Entry) for link in b.links]
    assert {"rason", "khasansky", "fangchuan", "jingxin"} <= {link.choices.get("site") for link in links}


def test_a_meeting_that_took_place_is_known_whatever_the_date_of_its_page(ask_at_som_24):
    held = ask_at_som_24("meetings_held", kind="som")
    assert "som_24" in list(held["meeting_id"])
    assert "som_25" not in list(held["meeting_id"])
