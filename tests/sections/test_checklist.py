"""Working species list: one row a species, one column a State, and what a State's own list says beside it."""

import pandas as pd
import pytest

from neaspec.blocks import Answer, Metric, Notice, Table, Text
from neaspec.checklist.own_list import read_own_list
from neaspec.render.html import row_controls
from neaspec.render.source_control import screen_citations
from neaspec.sections.checklist.own import own_page
from neaspec.sections.checklist.page import ChecklistChoices, list_areas, page
from neaspec.sections.checklist.taken import list_archive
from tests.support.on_page import blocks_of, column, said, table

MARSH = ChecklistChoices(area_id="marsh")


def test_the_answer_counts_species_by_the_number_of_states(mini, words):
    made = page(mini, words, MARSH)
    assert list_areas(mini) == {"marsh": "Shared marsh"}
    # The goose was only looked for, and a falcon is no species.
    assert made.lead == "2 species are on record for the Shared marsh: 0 in three States, 1 in two, 1 in one."
    cards = {block.label: block for block in blocks_of(made, Metric)}
    assert cards["In two States"].counted == "Marsh crane"
    assert cards["In one State only"].lines == (("DPR Korea", "0 species"), ("Russian Federation", "1 species"))
    assert cards["Looked for, not found"].counted == "Made-up goose"


def test_each_state_has_a_column_and_each_cell_says_what_is_known(mini, words):
    listed = table(page(mini, words, MARSH), "working_species_list")
    assert [shown.label for shown in listed.columns][:3] == ["Species", "DPR Korea", "Russian Federation"]
    rows = listed.rows.set_index("species_and_name")
    crane = rows.loc["Marsh crane (Grus palustris)"]
    assert crane["state_PRK"] == "breeding; 12 pairs (2018)"
    assert crane["state_RUS"] == "on passage; more than 150 (2023)"
    assert (crane["documents_PRK"], crane["documents_RUS"]) == ("old_report", "late_report old_report")
    goose = rows.loc["Made-up goose (Anser fictus)"]
    # A survey of birds is on record for one State and not for the other; none of mammals anywhere.
    assert (goose["state_PRK"], goose["state_RUS"]) == ("looked for, not found", "no survey on record")
    seal = rows.loc["Made-up seal (Phoca ficta)"]
    assert (seal["state_PRK"], seal["state_RUS"]) == ("no survey on record", "present")


def test_not_reported_needs_a_survey(ask, words):
    rows = table(page(ask, words, ChecklistChoices()), "working_species_list").rows
    crane = rows[rows["taxon_id"] == "grus_monacha"].iloc[0]
    assert (crane["state_CHN"], crane["state_RUS"]) == ("no survey on record", "not reported")
    assert set(rows[rows["organism_group"] == "mammal"]["state_RUS"]) == {"no survey on record"}


@pytest.mark.parametrize(
    ("found_in", "taxa"), [("two", {"grus_palustris"}), ("none", {"anser_fictus"}), ("three", set())]
)
def test_the_list_shows_what_is_on_record_in_so_many_states(mini, words, found_in, taxa):
    made = page(mini, words, ChecklistChoices(area_id="marsh", found_in=found_in))
    listed = [block for block in blocks_of(made, Table) if block.file_name == "working_species_list"]
    assert {key for block in listed for key in block.rows["taxon_id"]} == taxa
    if not taxa:
        assert "No species of the list is on record in so many States." in said(made)


def test_it_is_called_a_working_list_and_says_what_was_promised(ask, words):
    told = blocks_of(page(ask, words, ChecklistChoices()), Text)
    assert "not an agreed list" in told[0].text
    promised = next(block for block in told if block.text.startswith("The joint list of species"))
    assert promised.text == (
        "The joint list of species of the wetlands in the Tumen estuary, planned in 2020, is not on record."
    )
    assert promised.document_ids == ("som_24_paper",)


def test_it_says_how_much_rests_on_web_pages_alone(ask, words):
    records = ask("checklist_records", shared_area_id="tumen_estuary")
    grades = ask("sources_cited", document_ids=list(records["document_id"])).set_index("document_id")["grade"]
    web = records[records["document_id"].map(grades) == "web_page"]
    others = set(records["taxon_id"]) - set(records.drop(web.index)["taxon_id"])
    text = " ".join(said(page(ask, words, ChecklistChoices())))
    assert f"{len(web)} of {len(records)} statements come from web pages and reposts" in text
    assert f"{len(others)} of {records['taxon_id'].nunique()} entries rest on nothing else" in text


def test_a_synonym_leads_to_the_accepted_name_with_its_document(mini, words):
    rows = table(page(mini, words, MARSH), "working_species_list_synonyms").rows
    assert rows[["printed_name", "kind_of_name", "accepted_name", "document_ids"]].to_numpy().tolist() == [
        ["Antigone palustris", "synonym", "Grus palustris", "old_report"]
    ]


def test_a_level_is_worked_out_and_a_lower_bound_says_only_what_it_says(mini, words):
    made = page(mini, words, MARSH)
    assert column(made, "one_percent_levels", "worked_out_level") == [80]
    assert column(made, "one_percent_levels", "largest_count") == [
        "North pool: on passage; more than 150 (2023), reaches it"
    ]
    assert "not official" in table(made, "one_percent_levels").title


def test_every_level_follows_the_published_rule(ask):
    steps = ((10, 1), (100, 5), (1_000, 10), (float("inf"), 100))
    for row in ask("one_percent_levels").itertuples():
        percent = row.estimate / 100
        step = next(step for most, step in steps if percent <= most)
        assert row.worked_out_level == round(percent / step) * step
        assert row.estimate < 2_000_000
        assert pd.isna(row.official_level)


def test_what_a_document_stated_later_was_not_known_before(mini, words):
    assert list_areas(mini.at("som_90")) == {}
    made = page(mini.at("som_90"), words, MARSH)
    assert [block.text for block in blocks_of(made, Notice)] == ["Nothing is on record here for this choice."]


def test_no_state_is_ranked_and_every_record_has_its_source(ask, words):
    made = page(ask, words, ChecklistChoices())
    (alone,) = [block for block in blocks_of(made, Metric) if block.lines]
    assert [name for name, _ in alone.lines] == ["China", "DPR Korea", "Russian Federation"]
    for name in ("working_species_list_records", "working_species_list_totals"):
        assert all(column(made, name, "document_ids")), name


def test_each_cell_has_its_own_sources_and_what_rests_on_none_says_so(ask, words):
    listed = table(page(ask, words, ChecklistChoices()), "working_species_list")
    labels = [shown.label for shown in listed.columns if shown.kind == "documents"]
    assert labels == ["Source, China", "Source, DPR Korea", "Source, Russian Federation"]
    for code in ("CHN", "PRK", "RUS"):
        told, cited = listed.rows[f"state_{code}"], listed.rows[f"documents_{code}"]
        assert ((told == "no survey on record") == (cited == "")).all(), code
    surveys = set(" ".join(listed.rows.loc[listed.rows["state_RUS"] == "not reported", "documents_RUS"]).split())
    totals = ask("checklist_totals", shared_area_id="tumen_estuary")
    assert surveys <= set(totals["document_id"])
    # on the screen one control a row says which State each document is of
    shown = page(ask, words, ChecklistChoices())
    control = str(list(row_controls(listed, screen_citations(shown, words, {})))[2])
    assert "Source, China" in control


def own(mini, words, text):
    return own_page(mini, words, "marsh", "RUS", read_own_list("own.csv", text.encode()))


def test_an_own_list_stands_beside_the_working_list_and_nothing_is_merged(mini, words):
    rows = "Antigone palustris", "Grus palustris", "Anser fictus", "Phoca fictus", "Corvus corax"
    made = own(mini, words, "scientificName\n" + "\n".join(rows))
    (answer,) = blocks_of(made, Answer)
    assert answer.text == (
        "3 of 5 names in your list mean a species of the working list; 1 is doubtful; 1 is not in it."
    )
    assert column(made, "own_list_doubtful", "own_name") == ["Phoca fictus"]
    assert column(made, "own_list_doubtful", "match_words") == ["Made-up seal (Phoca ficta)"]
    assert column(made, "own_list_doubtful", "match_reason") == ["the second name has another ending"]
    assert column(made, "own_list_twice", "own_name") == ["Antigone palustris", "Grus palustris"]
    assert column(made, "own_list_new", "own_name") == ["Corvus corax"]
    assert column(made, "own_list_added", "species_and_name") == ["Made-up goose (Anser fictus)"]
    # A doubtful name may mean the seal: it is not said to be missing.
    assert not [block for block in blocks_of(made, Table) if block.file_name == "own_list_missing"]


def test_what_an_own_list_calls_absent_is_shown_against_the_record(mini, words):
    made = own(mini, words, "scientificName,occurrenceStatus\nGrus palustris,absent\nPhoca ficta,present\n")
    assert column(made, "own_list_absent", "own_name") == ["Grus palustris"]
    assert column(made, "own_list_missing", "species_and_name") == ["Marsh crane (Grus palustris)"]


def test_a_hybrid_and_an_unclear_status_are_doubtful_and_claim_nothing(mini, words):
    rows = "Grus palustris x monacha,present", "Phoca ficta,perhaps"
    made = own(mini, words, "scientificName,occurrenceStatus\n" + "\n".join(rows))
    assert column(made, "own_list_doubtful", "own_name") == ["Grus palustris x monacha", "Phoca ficta"]
    assert column(made, "own_list_doubtful", "match_reason") == [
        "a hybrid, no species of the list",
        "your list does not say clearly whether it is present",
    ]
    assert not [block for block in blocks_of(made, Table) if block.file_name in ("own_list_sure", "own_list_added")]


def test_a_synonym_of_the_own_list_helps_where_its_accepted_name_is_not_known(mini, words):
    rows = "1,Aliena nova,1", "2,Phoca ficta,1"
    made = own(mini, words, "taxonID,scientificName,acceptedNameUsageID\n" + "\n".join(rows))
    assert column(made, "own_list_doubtful", "own_name") == ["Aliena nova"]
    assert column(made, "own_list_doubtful", "match_reason") == ["your list gives a synonym that means it"]


def test_our_own_archive_read_again_claims_for_a_state_what_is_on_record_for_it(ask, words):
    archive = list_archive(ask, words, "tumen_estuary")
    made = own_page(ask, words, "tumen_estuary", "CHN", read_own_list("list.zip", archive, "CHN"))
    assert set(column(made, "own_list_doubtful", "match_reason")) == {"a genus only"}
    for kind in ("twice", "new", "added", "missing", "absent"):
        assert not [block for block in blocks_of(made, Table) if block.file_name == f"own_list_{kind}"], kind
    cells = ask("checklist_cells", shared_area_id="tumen_estuary")
    own = cells.loc[(cells["country_code"] == "CHN") & (cells["records"] > 0), "taxon_id"].nunique()
    genera = len(column(made, "own_list_doubtful", "own_name"))
    assert len(column(made, "own_list_sure", "own_name")) == own - genera
    left_out = len(ask("checklist_species", shared_area_id="tumen_estuary")) - own
    notes = " ".join(block.text for block in blocks_of(made, Text))
    assert f"{left_out} names of the archive have no row for China" in notes
