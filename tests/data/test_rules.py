"""What counts as current or known: rows made up, one rule of queries/views at a time."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from neaspec.data.database import database_path, open_database
from neaspec.paths import ROOT
from tests.support.made_up import write_package

SAID = {"locator": "p. 1"}
ISSUE = SAID | {
    **{"meeting_id": "som_90", "subject": "Made-up ask", "ask_kind": "views", "asked": "Views", "addressee": "all"},
    **{"is_nature_conservation": "true", "is_agenda_item": "false"},
}
FOLLOWED = SAID | {"what": "Made up."}
COUNT = SAID | {
    **{"species_id": "made_up_cat", "country_code": "MNG", "area_name": "Made-up hills", "count_kind": "estimate"},
    **{"population_part": "adults", "method": "genetic", "qualifier": "exact", "unit": "individuals"},
}
DESIGNATION = SAID | {
    "site_id": "made_up_park",
    "designation": "National park",
    "level": "national",
    "state": "in_force",
}
AREA = SAID | {"site_id": "made_up_park", "part": "whole", "is_derived": "false"}
PLANT = SAID | {
    **{"country_code": "MNG", "fuel": "hydro", "capacity_mw": "90", "document_id": "park_2024"},
    **{"latitude": "48", "longitude": "105", "coordinate_precision_deg": "0.01", "as_of": "2024"},
}
PROJECT = SAID | {"project_kind": "project", "state": "completed", "summary": "Made up.", "title": "Made-up project"}
PERIOD = SAID | {"project_id": "cats_together", "is_tentative": "false"}
BUDGET = SAID | {
    **{"project_id": "cats_together", "item": "Whole project", "currency": "USD", "kind": "planned"},
    **{"level": "project", "per": "total"},
}
STATUS = SAID | {"species_id": "made_up_cat", "scheme": "iucn", "scope": "global"}
COVERAGE = SAID | {"country_code": "MNG", "realm": "land"}
DOCUMENT = {"title": "Made up", "publisher": "Nobody", "seen_date": "2026-01-01", "kind": "report", "language": "en"}

MORE: dict[str, list[dict[str, str]]] = {
    "documents": [
        DOCUMENT | {"document_id": "park_2020", "grade": "official", "published_date": "2020"},
        DOCUMENT | {"document_id": "news_2023", "grade": "press", "published_date": "2023"},
        DOCUMENT | {"document_id": "park_2024", "grade": "official", "published_date": "2024"},
        DOCUMENT | {"document_id": "wiki_2025", "grade": "web_page", "published_date": "2025"},
    ],
    "series": [
        {
            "series_id": "hills",
            "species_id": "made_up_cat",
            "name": "Cats in the hills",
            "comparability": "Made up.",
            "is_joined": "true",
            "unit": "individuals",
        },
        {
            "series_id": "all_cats",
            "species_id": "made_up_cat",
            "name": "Cats of the whole range",
            "comparability": "Made up.",
            "is_joined": "false",
            "unit": "individuals",
            "headline_order": "2",
        },
    ],
    "counts": [
        COUNT
        | {"count_id": "c1", "year_to": "2018", "value": "5", "is_derived": "false", "series_id": "hills"}
        | {"document_id": "park_2024"},
        COUNT
        | {"count_id": "c2", "year_to": "2019", "value": "6", "is_derived": "false", "series_id": "hills"}
        | {"document_id": "news_2023"},
        COUNT
        | {"count_id": "c3", "year_to": "2019", "value": "7", "is_derived": "false", "series_id": "hills"}
        | {"document_id": "park_2020"},
        COUNT | {"count_id": "c4", "value": "8", "is_derived": "false", "document_id": "park_2024"},
        COUNT
        | {"count_id": "c6", "year_to": "2024", "value": "99", "is_derived": "false", "series_id": "hills"}
        | {"document_id": "wiki_2025"},
        COUNT
        | {"count_id": "c5", "year_to": "2021", "value": "9", "is_derived": "true", "document_id": "park_2024"}
        | {"formula": "5 + 6 - 2", "derived_from_ids": "c1 c2"},
        *(
            COUNT
            | {"count_id": key, "country_code": "JPN", "area_name": area, "year_to": "2020", "value": value}
            | {"is_derived": "false", "document_id": "park_2020"}
            for key, area, value in (("c21", "Made-up isle", "3"), ("c22", "Made-up bay", "0"))
        ),
        COUNT
        | {"count_id": "c23", "country_code": "", "area_name": "Whole range", "year_to": "2023", "value": "90"}
        | {"is_derived": "false", "series_id": "all_cats", "document_id": "park_2024"},
    ],
    "sites": [
        SAID
        | {"site_id": site_id, "name": "Made up", "country_code": "MNG", "country_codes": "MNG", "site_kind": "wetland"}
        | {"coordinate_basis": "none", "is_sensitive": "false", "is_in_neaspec_papers": "false", "is_tumen": "false"}
        | {"document_id": "park_2020"}
        for site_id in ("bare_marsh", "silent_marsh", "other_bank", "treaty_marsh")
    ],
    "designations": [
        DESIGNATION | {"designation_id": "d1", "designated_year": "2001", "document_id": "park_2020"},
        DESIGNATION | {"designation_id": "d2", "designated_year": "2002", "document_id": "news_2023"},
        DESIGNATION | {"designation_id": "d3", "designated_year": "2003", "document_id": "park_2024"},
        DESIGNATION
        | {"designation_id": "d4", "designation": "Made-up list", "level": "international", "document_id": "park_2024"},
        DESIGNATION
        | {"designation_id": "d5", "designation": "Wish", "level": "international", "state": "proposed"}
        | {"document_id": "park_2020"},
        DESIGNATION
        | {"designation_id": "d6", "site_id": "bare_marsh", "designation": "None", "level": "none"}
        | {"document_id": "park_2020"},
        DESIGNATION
        | {"designation_id": "d7", "site_id": "other_bank", "country_code": "MNG", "document_id": "park_2020"},
        DESIGNATION
        | {"designation_id": "d8", "site_id": "treaty_marsh", "level": "international", "state": "signed"}
        | {"document_id": "park_2020"},
    ],
    "site_areas": [
        AREA | {"site_area_id": "a1", "area_ha": "100", "document_id": "park_2020"},
        AREA | {"site_area_id": "a2", "area_ha": "90", "part": "core", "document_id": "park_2024"},
        AREA
        | {"site_area_id": "a3", "area_ha": "110", "is_derived": "true", "formula": "90 + 20", "derived_from_ids": "a2"}
        | {"document_id": "park_2024"},
        AREA | {"site_area_id": "a4", "area_ha": "120", "document_id": "news_2023"},
        AREA | {"site_area_id": "a5", "site_id": "bare_marsh", "area_ha": "130", "document_id": "wiki_2025"},
    ],
    "projects": [
        PROJECT | {"project_id": "cats_together", "short_title": "Cats", "document_id": "park_2024"},
        PROJECT | {"project_id": "cats_later", "short_title": "Later", "document_id": "park_2024"},
    ],
    "project_periods": [
        PERIOD | {"period_id": "p1", "period_kind": "planned", "start_date": "2020", "document_id": "park_2020"},
        PERIOD | {"period_id": "p2", "period_kind": "planned", "start_date": "2021", "document_id": "park_2024"},
        PERIOD | {"period_id": "p3", "period_kind": "actual", "start_date": "2022", "document_id": "news_2023"},
    ],
    "budgets": [
        BUDGET | {"budget_id": "b1", "amount": "100", "is_derived": "false", "document_id": "park_2020"},
        BUDGET | {"budget_id": "b2", "amount": "130", "is_derived": "false", "document_id": "park_2024"},
        BUDGET
        | {"budget_id": "b3", "amount": "30", "is_derived": "true", "level": "remainder", "document_id": "park_2024"}
        | {"formula": "130 - 100", "derived_from_ids": "b1 b2"},
    ],
    "statuses": [
        STATUS
        | {"status_id": "s1", "category": "endangered", "assessed_year": "2016", "is_confirmed": "true"}
        | {"document_id": "park_2020"},
        STATUS
        | {"status_id": "s2", "category": "vulnerable", "assessed_year": "2023", "is_confirmed": "false"}
        | {"document_id": "news_2023"},
        STATUS
        | {"status_id": "s3", "category": "critical", "assessed_year": "2010", "is_confirmed": "true"}
        | {"document_id": "park_2024"},
        STATUS
        | {"status_id": "s4", "scope": "one island", "category": "critical", "is_confirmed": "true"}
        | {"document_id": "park_2020"},
        *(
            STATUS
            | {"scheme": "national_list", "country_code": "MNG", "scope": "national"}
            | {"status_id": key, "list_name": name, "category": category, "assessed_year": year, "is_confirmed": "true"}
            | {"document_id": "park_2020"}
            for key, name, category, year in (
                ("s5", "Red Book", "rare", "1997"),
                ("s6", "Red Book", "very rare", "2012"),
                ("s7", "Natural monuments", "No. 7", ""),
            )
        ),
    ],
    "caveats": [
        {"caveat_id": "not_confirmed", "name": "Not confirmed", "meaning": "Made up.", "severity": "caution"},
    ],
    "issues": [
        ISSUE | {"issue_id": "i_done", "document_id": "park_2020"},
        ISSUE | {"issue_id": "i_unsure", "document_id": "park_2020"},
        ISSUE | {"issue_id": "i_context", "document_id": "park_2020"},
        ISSUE | {"issue_id": "i_due", "document_id": "park_2020"},
        ISSUE
        | {"issue_id": "i_due_again", "repeats_issue_id": "i_due", "due_date": "2021", "document_id": "park_2020"},
        ISSUE | {"issue_id": "i_moved", "due_date": "2021", "document_id": "park_2020"},
        ISSUE | {"issue_id": "i_item", "is_agenda_item": "true", "document_id": "park_2020"},
    ],
    "follow_ups": [
        FOLLOWED | {"follow_up_id": "f1", "issue_id": "i_done", "status": "partly", "document_id": "news_2023"},
        FOLLOWED | {"follow_up_id": "f2", "issue_id": "i_done", "status": "done", "document_id": "park_2024"},
        FOLLOWED
        | {"follow_up_id": "f3", "issue_id": "i_unsure", "status": "done", "caveat_ids": "not_confirmed"}
        | {"document_id": "news_2023"},
        FOLLOWED | {"follow_up_id": "f4", "issue_id": "i_context", "status": "context", "document_id": "news_2023"},
        FOLLOWED
        | {"follow_up_id": "f5", "issue_id": "i_moved", "status": "postponed", "date": "2024-06"}
        | {"document_id": "news_2023"},
        FOLLOWED
        | {"follow_up_id": "f6", "issue_id": "i_due", "status": "partly", "date": "2023"}
        | {"document_id": "news_2023"},
        FOLLOWED
        | {"follow_up_id": "f7", "issue_id": "i_due", "status": "open", "date": "2024"}
        | {"document_id": "park_2024"},
    ],
    "pa_coverage": [
        COVERAGE | {"pa_coverage_id": "v1", "percent_computed": "10", "as_of": "2020", "document_id": "park_2020"},
        COVERAGE | {"pa_coverage_id": "v2", "percent_computed": "12", "as_of": "2024", "document_id": "park_2024"},
    ],
    "energy_plants": [
        PLANT | {"plant_id": f"plant_{status or 'unsaid'}", "name": f"Plant {status}", "status": status}
        for status in ("operating", "pre_construction", "cancelled", "shelved", "")
    ],
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Give a function: the keys a rule returns, as known on a day (None = today)."""
    folder = write_package(tmp_path_factory.mktemp("rules") / "data", MORE)
    connection: duckdb.DuckDBPyConnection = open_database(database_path(folder, folder))

    def known(columns: str, rule: str, day: date | None = None, where: str = "true") -> list[tuple[object, ...]]:
        sql = f"select {columns} from {rule}($1) where {where} order by all"
        return connection.cursor().execute(sql, [day]).fetchall()

    yield known
    connection.close()


def test_the_current_count_is_of_the_newest_year_then_of_the_best_graded_document(rows):
    assert rows("count_id", "current_counts", None, "area_name = 'Made-up hills'") == [("c3",)]


def test_one_figure_a_year_stands_in_a_series_that_of_the_best_graded_document(rows):
    assert rows("count_id", "series_counts", None, "series_id = 'hills'") == [("c1",), ("c3",)]
    assert rows("count_id", "series_counts", date(2019, 1, 1), "series_id = 'hills'") == []


def test_every_state_with_a_figure_stands_for_a_species_until_the_whole_range_does(rows):
    columns = "standing, country_code, value, high"
    by_states = [("areas", "JPN", None, None), ("state", "MNG", None, 12.0)]
    assert rows(columns, "species_standing", date(2023, 12, 31)) == by_states
    assert rows(columns, "species_standing") == [("range", None, 90.0, None), ("state", "MNG", None, 12.0)]


def test_the_figure_shown_for_a_state_is_that_of_its_series_else_of_its_areas_and_no_zero(rows):
    assert rows("country_code, count_id", "state_counts") == [("JPN", "c21"), ("MNG", "cats_2021")]


def test_a_web_page_decides_no_current_count_no_point_of_a_series_and_no_area(rows):
    assert rows("count_id", "known_counts", None, "count_id = 'c6'") == [("c6",)]
    assert rows("count_id", "current_counts", None, "count_id = 'c6'") == []
    assert rows("count_id", "series_counts", None, "count_id = 'c6'") == []
    assert rows("site_area_id", "known_site_areas", None, "site_area_id = 'a5'") == [("a5",)]
    assert rows("site_area_id", "current_site_areas", None, "site_id = 'bare_marsh'") == []


def test_a_count_is_current_only_among_documents_known_by_then(rows):
    assert rows("count_id", "current_counts", date(2019, 12, 31)) == [("cats_2018",)]
    assert rows("count_id", "current_counts", date(2019, 12, 30)) == []


def test_a_row_exists_from_the_last_day_of_the_period_its_document_is_dated_with(rows):
    before, on = date(2022, 2, 27), date(2022, 2, 28)
    assert ("cats_2021",) not in rows("count_id", "known_counts", before)
    assert ("cats_2021",) in rows("count_id", "known_counts", on)


def test_the_current_designation_is_of_the_best_graded_then_newest_document(rows):
    named = "designation = 'National park' and site_id = 'made_up_park'"
    assert rows("designation_id", "current_designations", None, named) == [("d3",)]
    assert rows("designation_id", "current_designations", date(2023, 12, 31), named) == [("d1",)]


def test_the_protection_of_a_site_is_its_highest_level_in_force(rows):
    assert rows("site_id, level", "site_protection") == [
        ("bare_marsh", "none"),
        ("made_up_park", "international"),
        ("other_bank", "national"),
    ]
    assert ("made_up_park", "national") in rows("site_id, level", "site_protection", date(2023, 12, 31))


def test_designations_are_listed_apart_by_what_they_are(rows):
    listed = dict(rows("site_id, coalesce(designations, '')", "site_labels"))
    assert "National park" in listed["made_up_park"] and listed["bare_marsh"] == ""


def test_a_position_has_a_document_only_where_one_states_it(rows):
    assert rows("site_id", "site_positions") == []  # the made-up sites say stated, and no extent is printed for them


def test_a_standing_is_told_where_the_level_alone_is_not_enough(rows):
    assert rows("site_id, standing", "site_standing") == [("other_bank", "one_side"), ("treaty_marsh", "signed")]
    early = rows("site_id, standing", "site_standing", date(2019, 12, 31))
    assert "bare_marsh" not in {site_id for site_id, _ in early}  # nothing of later is told


def test_a_site_nobody_spoke_of_has_no_level_which_is_not_the_level_none(rows):
    assert rows("site_id", "site_protection", None, "site_id = 'silent_marsh'") == []


def test_the_current_area_is_a_printed_one_of_the_whole_site(rows):
    assert rows("site_area_id", "current_site_areas") == [("a1",)]


def test_the_current_amount_is_of_the_newest_document_and_never_derived(rows):
    assert rows("budget_id", "current_budgets") == [("b2",)]
    assert rows("budget_id", "current_budgets", date(2021, 1, 1)) == [("b1",)]


def test_each_kind_of_period_has_its_newest_statement(rows):
    assert rows("period_id", "current_periods") == [("p2",), ("p3",)]
    assert rows("period_id", "current_periods", date(2021, 1, 1)) == [("p1",)]


def test_a_project_is_known_from_the_first_statement_about_it_without_what_was_told_later(rows):
    assert rows("project_id, state", "current_projects", date(2021, 1, 1)) == [("cats_together", None)]
    assert rows("project_id, state", "current_projects") == [
        ("cats_later", "completed"),
        ("cats_together", "completed"),
    ]


def test_each_scope_has_its_current_status_with_newer_unconfirmed_ones_beside_it(rows):
    found = rows("status_id, is_current", "current_statuses", None, "scheme = 'iucn'")
    assert found == [("s1", True), ("s2", False), ("s4", True)]


def test_two_lists_of_one_state_do_not_hide_one_another(rows):
    found = rows("status_id, is_current", "current_statuses", None, "scheme = 'national_list'")
    assert found == [("s6", True), ("s7", True)]


def test_the_current_coverage_is_of_the_newest_release(rows):
    assert rows("pa_coverage_id", "current_pa_coverage") == [("v2",)]
    assert rows("pa_coverage_id", "current_pa_coverage", date(2021, 1, 1)) == [("v1",)]


def test_a_plant_that_was_given_up_is_none_and_one_without_a_status_stands(rows):
    kept = [("plant_operating",), ("plant_pre_construction",), ("plant_unsaid",)]
    assert rows("plant_id", "standing_plants") == kept
    assert rows("plant_id", "standing_plants", date(2023, 1, 1)) == []


def test_a_meeting_is_known_from_its_last_day_although_its_page_was_read_later(rows):
    assert rows("meeting_id", "current_meetings", date(2020, 5, 1)) == []
    assert rows("meeting_id", "current_meetings", date(2020, 5, 2)) == [("som_90",)]


@pytest.mark.parametrize(
    ("issue_id", "day", "state"),
    [
        ("i_done", date(2023, 12, 30), "open"),
        ("i_done", date(2023, 12, 31), "partly"),
        ("i_done", date(2024, 12, 31), "done"),
        ("i_unsure", date(2024, 12, 31), "done_unconfirmed"),
        ("i_context", date(2024, 12, 31), "open"),
        ("i_due", date(2021, 12, 31), "open"),
        ("i_due", date(2022, 1, 1), "open"),  # a date that went by says nothing about an answer
        ("i_moved", date(2024, 7, 1), "open"),
        ("i_due", date(2024, 12, 31), "partly"),  # asked again in 2024, which undoes nothing
        ("i_item", date(2024, 12, 31), None),
    ],
)
def test_the_state_of_an_ask_is_what_is_known_to_have_followed(rows, issue_id, day, state):
    assert rows("state", "issue_states", day, f"issue_id = '{issue_id}'") == [(state,)]


def test_the_day_looked_at_is_never_the_clock(rows):
    assert rows("day", "data_day") == [(date(2026, 1, 1),)]
    assert rows("day", "data_day", date(2021, 3, 4)) == [(date(2021, 3, 4),)]


def test_a_date_that_only_the_repeat_gives_is_taken_over_with_its_document(rows):
    found = rows("due, due_title", "issue_states", None, "issue_id in ('i_due', 'i_moved')")
    assert [due for due, _ in found] == ["2021", "2021"]
    assert sorted(title is None for _, title in found) == [False, True]


def test_all_statements_hold_each_row_once(rows):
    counts = "table_name = 'counts'"
    assert len(rows("statement_id", "all_statements", None, counts)) == len(rows("count_id", "known_counts"))


def test_names_known_gives_every_name_of_a_thing_once_with_its_language(real_connection):
    view = "names_known"
    names = real_connection.cursor().execute(f"select thing, name, language from {view}").fetchall()
    assert len(names) == len(set(names))
    of_rason = {name for thing, name, _ in names if thing == "sites/rason"}
    assert {"Rason Migratory Bird Reserve", "라선철새보호구"} <= of_rason
    assert ("sites/dauria", "Dauria International Protected Area", "en") in names  # without what stands in brackets
    assert not [thing for thing, name, _ in names if name.lower() == "leopard" and thing == "species/amur_leopard"]


def test_one_pass_over_counts_says_which_is_current_and_which_stands_in_its_series(rows):
    states = "count_states"
    assert rows("count_id", states, None, "is_current") == rows("count_id", "current_counts")
    assert rows("count_id", states, None, "stands_in_series") == rows("count_id", "series_counts")
    assert rows("count_id", states) == rows("count_id", "known_counts")


def test_one_pass_over_designations_says_level_standing_and_labels(rows):
    states = "protection_states"
    assert rows("site_id, level", states, None, "level is not null") == rows("site_id, level", "site_protection")
    assert rows("site_id, standing", states, None, "standing is not null") == rows("site_id, standing", "site_standing")
    assert ("silent_marsh", None, None, False) in rows("site_id, level, standing, has_labels", states)


def of_request(connection, rule: str, columns: str, issue: str, where: str = "true") -> list[tuple[object, ...]]:
    return connection.cursor().execute(f"select {columns} from {rule}(null, $1) where {where}", [issue]).fetchall()


def test_figures_that_bear_on_a_request_are_of_what_is_linked_to_it(real_connection):
    found = of_request(real_connection, "state_issue_facts", "subject_table, subject_id", "som_27_tumen_views")
    assert ("sites", "rason") in found
    assert not [key for table, key in found if table == "sites" and key == "izumi"]


def test_states_are_on_record_with_money_agreements_and_what_names_them(real_connection):
    rule = "state_issue_records"
    columns = "record_kind, country_codes, record_id"
    found = of_request(real_connection, rule, columns, "som_27_cats_views", "country_codes is not null")
    assert ("funding", "RUS", "budget_big_cats_total") in found
    assert ("agreement", "CHN RUS", "land_of_big_cats_agreement") in found
    assert not [key for kind, _, key in found if kind == "hosting" and key == "survey_2020_chikhachev"]


def test_every_rule_is_tested_here():
    here = Path(__file__).read_text(encoding="utf-8")
    views = ROOT / "queries" / "views"
    for path in views.glob("*.sql"):
        assert f'"{path.stem}"' in here, f"no test for queries/views/{path.name}"
        assert path.read_text(encoding="utf-8").startswith("-- rule: "), path.name
