"""What the rows of the five NEASPEC documents say: no more and no less than their paragraphs."""

import re
from functools import cache

import pandas as pd
import pytest

from neaspec.data.description import read_description, tables_of
from neaspec.paths import DATA_DIR
from neaspec.sections import movements

PAPERS = {"som_24_paper", "som_24_slides", "som_27_paper", "workshop_2016_note", "workshop_2021_note"}
# Words that once stood in the place of official terms, and the terms.
LOST_TERMS = {
    r"\blasting\b": "institutionalizing, sustainable, long-term",
    r"(?<!inter-)\btidal\b": "inter-tidal",
    r"wetlands convention": "Ramsar Convention",
    r"biodiversity conference": "CBD COP",
    r"\ba foundation\b": "Hanns Seidel Foundation",
    r"energy works": "energy infrastructure",
    r"part of an international forum": "in conjunction with",
    r"policy advice": "policy recommendations",
    r"\bESCAP approved\b": "approved; by whom is not said",
    r"\blikely\b": "nothing: a document does not guess",
}
SITES = {"sites", "site_species", "designations", "site_areas", "site_extents"}  # names of places are as they are


def rows(table: str) -> pd.DataFrame:
    return pd.read_csv(DATA_DIR / f"{table}.csv", keep_default_na=False, dtype=str)


@cache
def of_papers(table: str) -> pd.DataFrame:
    found = rows(table)
    return found[found["document_id"].isin(PAPERS)]


@pytest.mark.parametrize("lost", LOST_TERMS, ids=list(LOST_TERMS.values()))
def test_no_row_of_the_papers_has_lost_the_official_term(lost):
    statements = [
        table["name"]
        for table in tables_of(read_description(DATA_DIR))
        if table.get("kind") == "statement" and table["name"] not in SITES
    ]
    told = [
        (table, row.iloc[0], column)
        for table in statements
        for _, row in of_papers(table).iterrows()
        for column in row.index.drop(["document_id", "locator"])
        if re.search(lost, row[column])
    ]
    assert len(statements) > 20
    assert told == []


def test_only_the_paragraph_that_names_states_gives_a_recommendation_an_addressee():
    addressed = of_papers("recommendations")
    addressed = addressed[addressed["addressee"] != ""]
    assert dict(zip(addressed["recommendation_id"], addressed["addressee"], strict=True)) == {
        "rec_tumen_report_2023": "China, Democratic People's Republic of Korea and Russian Federation"
    }


def test_a_date_for_an_answer_stands_on_the_slides_only_and_is_cited_to_them(ask):
    asked = of_papers("issues")
    assert dict(asked.loc[asked["due_date"] != "", ["issue_id", "due_date"]].itertuples(index=False)) == {
        "som_24_slides_tumen_focal_points": "2020-12"
    }
    shown = ask("issues_asked", meeting_id="som_24", country_code=None, ask_kind=None).set_index("issue_id")
    focal = shown.loc["som_24_tumen_focal_points"]
    assert (focal["due_date"], focal["document_ids"]) == ("2020-12", "som_24_paper som_24_slides")
    assert shown["due_date"].notna().sum() == 1
    events = dict(zip(asked["issue_id"], asked["event_date"], strict=True))
    assert events["som_24_cbd_outreach"] == "2021-05"
    assert events["som_24_ramsar_outreach"] == "2021-11"


def test_a_planned_date_is_no_date_done(ask):
    work = ask("projects_work", project_id="big_cats_2020")
    told = work.set_index("what")
    set_up = told.loc["Camera traps have been set up in target areas."]
    data = told.loc["Collection and analysis of the camera trap data."]
    assert (set_up["state"], pd.isna(set_up["due_date"]), pd.isna(set_up["done_date"])) == ("done", True, True)
    assert (data["state"], data["due_date"], pd.isna(data["done_date"])) == ("planned", "2020-12", True)
    open_work = work[work["state"].isin(["planned", "expected", "in_preparation"])]
    assert len(open_work) > 10
    assert open_work["done_date"].isna().all()
    assert (open_work["as_of"].str[:4].astype(int) <= 2021).all()


def test_an_approval_is_no_start_and_a_report_presented_no_end():
    periods = rows("project_periods")
    assert periods[periods["project_id"] == "bird_connectivity_2024"].empty
    of_tumen = periods[(periods["project_id"] == "tumen_wetlands_2019") & periods["document_id"].isin(PAPERS)]
    assert [(row.start_date, row.end_date) for row in of_tumen.itertuples()] == [("2019", "2020")]
    output = rows("outputs").set_index("output_id")
    assert output.loc["bird_connectivity_document", "delivered_date"] == ""
    assert output.loc["transborder_report_note16", "due_date"] == ""


def test_one_joint_sentence_is_one_decision_and_keeps_its_words(ask, words):
    taken = ask("decisions_taken", meeting_id=None, project_id="tumen_ramsar_site").set_index("decision_id")
    joint = taken.loc["som_22_23_tumen"]
    assert words.term("kind", joint["kind"]) == "generally welcomed"
    assert joint["what"].startswith("SOM-22 and SOM-23, told in one sentence")
    assert len(taken) == 1


def test_what_is_no_agreement_is_not_among_agreements():
    told = of_papers("agreements")
    assert set(told["agreement_id"]) == {
        *("harbin_consensus", "loa_c1_modality", "loa_c1_single", "loa_c2_c3", "mou_tlnp_llnp", "mou_tlnp_llnp_basis"),
    }
    letters = told[told["agreement_kind"] == "letter_of_agreement"].set_index("agreement_id")
    assert set(letters.index) == {"loa_c1_modality", "loa_c1_single", "loa_c2_c3"}
    assert (letters.loc["loa_c2_c3", "date"], letters.loc["loa_c2_c3", "number_of_documents"]) == ("", "4")
    assert told.set_index("agreement_id").loc["mou_tlnp_llnp", "state"] == ""


def test_an_approval_that_was_proposed_is_not_told_as_given():
    meeting = rows("meetings").set_index("meeting_id").loc["focal_points_2022"]
    assert (meeting["modality"], meeting["state"]) == ("not_stated", "not_confirmed")
    assert rows("decisions").set_index("decision_id").loc["focal_points_2022_snow_leopard", "kind"] == "proposed"


def test_organisations_have_the_role_their_paragraph_gives(ask):
    partners = rows("partners").set_index("partner_id")
    assert partners.loc["bird_connectivity_kei", "role"] == "expert"
    assert "ramsar_regional_center" not in set(partners["organisation_id"])
    named = ask("organisations_named").set_index("organisation_id")
    assert "Big Cat Species" in named.loc["nfga", "meetings"]


def test_movements_of_table_2_name_states_and_no_park(ask, words):
    found = ask("movements_found", species_id=None, country_code=None, method=None)
    table_2 = found[found["document_id"].str.contains("workshop_2016_note")]
    assert sorted(table_2["individuals"]) == [0, 2, 15, 19]
    assert set(table_2["from_name"]) == {"Russian Federation"}
    assert set(table_2["to_name"]) == {"China"}
    assert table_2[["from_latitude", "to_latitude"]].isna().all(axis=None)
    row = movements.described_movements(words, table_2).iloc[0]
    assert movements.tooltip(words, row).startswith("Russian Federation and China")


def test_a_site_within_an_area_of_several_states_is_not_across_a_border_from_it(ask):
    links = ask("sites_links", site_id="fangchuan").set_index("site_link_id")
    assert not links.loc["fangchuan_tumen_estuary_adjacency", "crosses_border"]
    assert links.loc["rason_fangchuan_ecology", "crosses_border"]


def test_components_have_title_objective_and_target_areas():
    components = rows("components").set_index("component_id")
    assert list(components["target_areas"]) == [
        "TLNP and LLNP",
        "Lesser Khingan Mountains",
        "Chikhachev ridge and Eastern Sayan ridge",
    ]
    assert (
        "Sino-Russian Transboundary National Park (“Land of Big Cats”)"
        in components.loc["big_cats_2020_c1", "objective"]
    )
    assert "new national park in the Russian Federation" in components.loc["big_cats_2020_c2", "objective"]
    assert "modern methodologies" in components.loc["big_cats_2020_c3", "objective"]


@pytest.mark.parametrize(
    ("table", "key", "term"),
    [
        ("facts", "transborder_first_exchange", "across the Sino-Russian border for the first time"),
        ("facts", "big_cats_funding_indicated", "possibility of providing financial contributions"),
        ("facts", "big_cats_proposal_1", "East Manchurian area"),
        ("facts", "big_cats_document_approved_slides", "approved in December 2019"),
        ("facts", "fact_birds_link_countries", "ecologically borderless community"),
        ("facts", "evaluation_finding_1", "enabling environment for policy dialogue"),
        ("facts", "fact_thematic_areas", "Five thematic areas"),
        ("facts", "workshop_2021_session_3", "(tbc)"),
        ("facts", "fact_som_27_annex_v", "activity plan for 2025"),
        ("claims", "claim_flyway_37_countries", "thirty-seven countries"),
        ("goals", "goal_1_slides_24", "by ensuring the survival of target species"),
        ("outputs", "evaluation_report", "repository.unescap.org"),
        ("outputs", "rason_report_2014", "Rason%20migratory%20bird%20reserve"),
        ("outputs", "transborder_report_2018", "2018_12_17_UNESCAP"),
        ("documents", "workshop_2016_note", "bears no date"),
        ("documents", "workshop_2021_note", "bears no date"),
    ],
)
def test_facts_of_the_papers_are_rows_in_their_terms(table, key, term):
    found = rows(table)
    row = found[found.iloc[:, 0] == key]
    assert len(row) == 1
    assert row.iloc[0].str.contains(term, regex=False).any()


def test_the_aims_of_projects_are_not_goals_of_the_strategy():
    goals = rows("goals")
    assert set(goals.loc[goals["goal_kind"] == "goal", "document_id"]) == {"som_24_paper", "som_24_slides"}


def test_a_spelling_stands_under_its_own_place(ask):
    names = ask("checks/names_differ").set_index("finding_key")
    fangchuan = names.loc["sites_fangchuan_en"]
    assert "Fangchuan wetlands (slide Tumen)" in fangchuan["said_b"]
    assert "som_24_slides" in fangchuan["document_id_b"].split()


def test_who_is_expected_by_a_provisional_plan_is_not_told_as_a_participant(ask):
    partners = rows("partners")
    planned = partners["caveat_ids"].str.contains("planned_not_confirmed")
    assert set(partners.loc[planned, "role"]) == {"expected_participant", "planned_speaker"}
    assert not partners.loc[~planned, "role"].isin(["expected_participant", "planned_speaker"]).any()
    named = ask("organisations_named").set_index("organisation_id").loc["wild_bird_society_of_japan"]
    assert "expected_participant" in named["roles"].split()
    assert "(expected)" in named["meetings"]


def test_genetic_counts_of_table_2_name_no_province(ask):
    counts = rows("counts").set_index("count_id")
    for species in ("tiger", "leopard"):
        assert counts.loc[f"{species}_chn_genetic_2016", "area_name"] == "China"
        assert counts.loc[f"{species}_rus_genetic_2016", "area_name"] == "Russian Federation"


def test_what_may_happen_is_told_as_may():
    changes = rows("feedbacks").query("cause.str.startswith('Any change')", engine="python")
    assert len(changes) == 3
    assert changes["mechanism"].str.startswith("May affect").all()


@pytest.mark.parametrize("document_id", sorted(PAPERS))
def test_an_undated_paper_says_where_its_date_comes_from(document_id):
    assert "no date" in rows("documents").set_index("document_id").loc[document_id, "note"]


def test_a_partner_of_a_study_is_not_a_site_of_it():
    sites = rows("project_sites")
    assert not sites["locator"].str.contains("partners", regex=False).any()


def test_decisions_name_an_addressee_only_where_a_paper_does():
    decisions = rows("decisions")
    assert set(decisions.loc[decisions["addressee"] != "", "document_id"]) <= PAPERS
