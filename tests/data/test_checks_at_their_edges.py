"""Checks for differences between documents at their edges: what just differs is found, what just fits is not."""

import pytest

from neaspec.data.queries import Ask
from tests.support.mini import load_mini, mini_rows, more

OLD, LATE = ({"document_id": key, "locator": f"p. {page}"} for key, page in (("old_report", 1), ("late_report", 2)))
AREA = {"part": "whole", "is_derived": "false", **OLD}
BUDGET = {
    "project_id": "delta_idea",
    "item": "Idea",
    "kind": "approved",
    "level": "project",
    "per": "total",
    "is_derived": "false",
    "currency": "USD",
    **OLD,
}
COUNT = {
    "species_id": "dune_bird",
    "country_code": "MNG",
    "area_name": "Dunes",
    "year_from": "2020",
    "year_to": "2020",
    "count_kind": "estimate",
    "population_part": "all_ages",
    "method": "aerial",
    "qualifier": "exact",
    "unit": "individuals",
    "is_derived": "false",
    "value": "10",
    **OLD,
}
EXTENT = {
    "site_id": "pine_reserve",
    "south_deg": "51",
    "north_deg": "51.1",
    "west_deg": "115",
    "east_deg": "115.1",
    **LATE,
}
PERIOD = {"is_tentative": "false", "project_id": "delta_idea"}
DESIGNATION = {"site_id": "two_banks", "designation": "Park", "level": "national", "state": "in_force", **OLD}
CLAIM = {"subject_table": "projects", "subject_id": "delta_idea", "claim": "Said.", **OLD}
NAME = {"subject_table": "sites", "subject_id": "pine_reserve", "language": "en", "name_kind": "variant", **OLD}
STATUS = {
    "species_id": "dune_bird",
    "scheme": "cites",
    "scope": "global",
    "category": "I",
    "is_confirmed": "true",
    **OLD,
}
MEETING = {"kind": "workshop", "name": "W", "modality": "virtual", "state": "held", **OLD}

ROWS: dict[str, list[dict[str, str]]] = {
    "site_areas": [
        AREA | {"site_area_id": "a_100", "site_id": "two_banks", "area_ha": "100"},
        AREA | {"site_area_id": "a_101", "site_id": "two_banks", "area_ha": "101", **LATE},
        AREA | {"site_area_id": "a_102", "site_id": "two_banks", "area_ha": "101.5", **LATE},
        AREA | {"site_area_id": "a_part", "site_id": "two_banks", "area_ha": "500", "part": "core", **LATE},
        AREA
        | {"site_area_id": "a_sum", "site_id": "two_banks", "area_ha": "900", "is_derived": "true", "formula": "1 + 2"},
        AREA | {"site_area_id": "a_box", "site_id": "pine_reserve", "area_ha": "770", "part": "core", **LATE},
        AREA | {"site_area_id": "a_box_fits", "site_id": "pine_reserve", "area_ha": "800", "part": "buffer", **LATE},
        AREA
        | {
            "site_area_id": "a_box_other",
            "site_id": "pine_reserve",
            "area_ha": "7",
            "part": "lakes",
            "document_id": "study_2020",
        },
    ],
    "site_extents": [
        EXTENT | {"site_extent_id": "x_box", "printed": "51 to 51.1"},
        {"site_extent_id": "x_60", "site_id": "two_banks", "printed": "50°60'30\" N", **OLD},
        {"site_extent_id": "x_61", "site_id": "two_banks", "printed": "50°59′60″ N", **OLD},
        {"site_extent_id": "x_59", "site_id": "two_banks", "printed": "50°59'59.9\" N", **OLD},
    ],
    "budgets": [
        BUDGET | {"budget_id": "b_100", "amount": "100"},
        BUDGET | {"budget_id": "b_110", "amount": "110", **LATE},
        BUDGET | {"budget_id": "b_100_again", "amount": "100", **LATE},
        BUDGET | {"budget_id": "b_euro", "amount": "90", "currency": "EUR"},
        BUDGET | {"budget_id": "b_year", "amount": "20", "per": "year"},
        BUDGET | {"budget_id": "b_given", "amount": "70", "level": "contributor_total"},
        BUDGET | {"budget_id": "b_part", "project_id": "all_training", "amount": "60"},
        BUDGET | {"budget_id": "b_part_1", "project_id": "all_training", "amount": "60", "level": "component"},
    ],
    "counts": [
        COUNT | {"count_id": "c_10"},
        COUNT | {"count_id": "c_11", "value": "11.5", **LATE},
        COUNT | {"count_id": "c_10_again", **LATE},
        COUNT | {"count_id": "c_same_document", "value": "12"},
        COUNT | {"count_id": "c_season", "value": "13", "season": "winter 2020", **LATE},
        COUNT | {"count_id": "c_from", "value": "14", "year_from": "2019", **LATE},
        COUNT | {"count_id": "c_derived", "value": "15", "is_derived": "true", "formula": "1 + 2", **LATE},
        COUNT | {"count_id": "k_day_1", "count_kind": "peak_count", "as_of": "2020-01-01"},
        COUNT | {"count_id": "k_day_2", "count_kind": "peak_count", "as_of": "2020-01-02", "value": "20", **LATE},
        COUNT | {"count_id": "k_day_1_too", "count_kind": "peak_count", "as_of": "2020-01-01", "value": "21", **LATE},
        COUNT | {"count_id": "t_over", "area_name": "Over"},
        COUNT | {"count_id": "t_fits", "area_name": "Fits"},
        COUNT | {"count_id": "t_ages", "area_name": "Ages"},
        COUNT | {"count_id": "p_1", "area_name": "Over east", "value": "6", "part_of_count_id": "t_over"},
        COUNT | {"count_id": "p_2", "area_name": "Over west", "value": "5", "part_of_count_id": "t_over"},
        COUNT | {"count_id": "p_3", "area_name": "Fits east", "value": "9", "part_of_count_id": "t_fits"},
        COUNT
        | {
            "count_id": "p_4",
            "area_name": "Ages",
            "value": "6",
            "population_part": "adults",
            "part_of_count_id": "t_ages",
        },
        COUNT
        | {
            "count_id": "p_5",
            "area_name": "Ages",
            "value": "3",
            "population_part": "cubs",
            "part_of_count_id": "t_ages",
        },
    ],
    "outputs": [
        {
            "output_id": "o_late",
            "project_id": "delta_idea",
            "what": "Map.",
            "due_date": "2020-06",
            "delivered_date": "2020-07",
            "state": "delivered",
            **OLD,
        },
        {
            "output_id": "o_in_time",
            "project_id": "all_training",
            "what": "Map.",
            "due_date": "2020-06",
            "state": "delivered",
            "delivered_date": "2020-06",
            **OLD,
        },
    ],
    "designations": [
        DESIGNATION | {"designation_id": "d_2001", "designated_year": "2001"},
        DESIGNATION | {"designation_id": "d_2002", "designated_year": "2002", "designation": "PARK", **LATE},
        DESIGNATION | {"designation_id": "d_former", "designated_year": "2003", "state": "former", **LATE},
        DESIGNATION | {"designation_id": "d_level", "designated_year": "2004", "level": "subnational", **LATE},
        DESIGNATION | {"designation_id": "d_number", "designated_year": "2005", "identifier": "No. 2", **LATE},
    ],
    "issues": [
        {
            "issue_id": key,
            "meeting_id": "som_90",
            "subject": "S",
            "ask_kind": "views",
            "asked": "A.",
            "is_agenda_item": "false",
            "is_nature_conservation": "true",
            **OLD,
            **cells,
        }
        for key, cells in {
            "i_year": {"due_date": "2021"},
            "i_year_again": {"due_date": "2021-05", "repeats_issue_id": "i_year"},
            "i_event": {"event_date": "2021-05"},
            "i_event_again": {"event_date": "2021-06", "repeats_issue_id": "i_event"},
            "i_event_due": {"due_date": "2021-07", "repeats_issue_id": "i_event"},
        }.items()
    ],
    "claims": [
        CLAIM | {"claim_id": "cc_1", "claim_kind": "countries_covered", "value": "3", "country_codes": "CHN MNG"},
        CLAIM
        | {"claim_id": "cc_2", "claim_kind": "countries_covered", "value": "3", "country_codes": "CHN RUS", **LATE},
        CLAIM
        | {"claim_id": "cc_3", "claim_kind": "countries_covered", "value": "4", "country_codes": "CHN JPN", **LATE},
        CLAIM | {"claim_id": "cc_4", "claim_kind": "countries_covered", "value": "3", "country_codes": "CHN KOR"},
        CLAIM | {"claim_id": "sc_1", "claim_kind": "sites_covered", "value": "3"},
        CLAIM | {"claim_id": "sc_2", "claim_kind": "sites_covered", "value": "4", **LATE},
        CLAIM | {"claim_id": "sc_3", "claim_kind": "sites_covered", "value": "4", **LATE},
        CLAIM
        | {
            "claim_id": "yc_1",
            "claim_kind": "established_year",
            "value": "2001",
            "subject_table": "sites",
            "subject_id": "two_banks",
        },
        CLAIM
        | {
            "claim_id": "yc_2",
            "claim_kind": "designated_year",
            "value": "2002",
            "subject_table": "sites",
            "subject_id": "two_banks",
            **LATE,
        },
        CLAIM
        | {
            "claim_id": "yc_3",
            "claim_kind": "designated_year",
            "value": "2002",
            "subject_table": "sites",
            "subject_id": "two_banks",
            **LATE,
        },
        CLAIM
        | {
            "claim_id": "fs_1",
            "claim_kind": "first_meeting_since",
            "value": "2010",
            "subject_table": "meetings",
            "subject_id": "w_2020",
        },
        # no meeting of the kind between the year that is named and the meeting itself: nothing differs
        CLAIM
        | {
            "claim_id": "fs_2",
            "claim_kind": "first_meeting_since",
            "value": "2020",
            "subject_table": "meetings",
            "subject_id": "w_2021",
        },
    ],
    "meetings": [
        MEETING | {"meeting_id": f"w_{year}", "start_date": f"{year}-05-01", "end_date": f"{year}-05-02"} | cells
        for year, cells in (
            ("2010", {}),
            ("2011", {}),
            ("2012", {"kind": "consultation"}),
            ("2013", {"state": "planned"}),
            ("2020", {}),
            ("2021", {}),
        )
    ],
    "names": [
        NAME | {"name_id": "n_1", "name": "The Pine-Reserve", "name_kind": "full"},
        NAME | {"name_id": "n_2", "name": "Pine Reserve", **LATE},
        NAME | {"name_id": "n_3", "name": "Pines Reserve", **LATE},
        NAME | {"name_id": "n_4", "name": "PR", "name_kind": "acronym"},
        NAME | {"name_id": "n_5", "name": "Сосны", "language": "ru", **LATE},
    ],
    "project_periods": [
        PERIOD | {"period_id": "q_1", "period_kind": "planned", "start_date": "2019-01", "end_date": "2020-12", **OLD},
        PERIOD | {"period_id": "q_2", "period_kind": "revised", "start_date": "2019", "end_date": "2020", **LATE},
        PERIOD | {"period_id": "q_3", "period_kind": "actual", "start_date": "2019-02", "end_date": "2020-12", **LATE},
        PERIOD
        | {
            "period_id": "q_4",
            "period_kind": "stated",
            "start_date": "2019-02",
            "end_date": "2020-12",
            "duration_months": "23",
            **LATE,
        },
    ],
    "statuses": [
        STATUS | {"status_id": "s_held", "assessed_year": "2010"},
        STATUS | {"status_id": "s_claim", "assessed_year": "2020", "category": "II", "is_confirmed": "false", **LATE},
        STATUS | {"status_id": "s_list", "scheme": "cms", "assessed_year": "2010"},
        STATUS
        | {"status_id": "s_list_same", "scheme": "cms", "assessed_year": "2020", "is_confirmed": "false", **LATE},
    ],
}
FOUND = {
    "areas_differ": {"a_100_a_102"},
    "extent_against_area": {"x_box_a_box"},
    "impossible_coordinates": {"x_60", "x_61"},
    "budget_sources": {"b_100_b_110", "b_100_again_b_110"},
    "component_budgets": set(),
    "counts_differ": {"c_10_c_11", "c_10_again_c_same_document", "c_11_c_same_document", "k_day_1_k_day_1_too"},
    "count_parts": {"t_over", "t_ages"},
    "dates_missed": {"o_late_o_late"},
    "designation_years": {"d_2001_d_2002"},
    "due_dates_differ": {"i_event_again"},
    "countries_covered": {"cc_1_cc_2", "cc_2_cc_4"},
    "sites_covered": {"sc_1_sc_2", "sc_1_sc_3"},
    "years_claimed": {"yc_1_yc_2", "yc_1_yc_3"},
    "first_since": {"fs_1_w_2011"},
    "names_differ": {"sites_pine_reserve_en"},
    "periods_differ": {"q_1_q_3", "q_1_q_4"},
    "project_length": {"q_4_q_1"},
    "statuses_differ": {"s_claim"},
    "movement_parts": set(),
    "overlapping_counts": set(),
}


@pytest.fixture(scope="module")
def ask() -> Ask:
    return load_mini(more(mini_rows(), **ROWS))


@pytest.fixture(scope="module")
def plain() -> Ask:
    """Ask about the mini data set as it is."""
    return load_mini(mini_rows())


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_check_finds_what_differs_and_no_more(ask, plain, name):
    before = set(plain(f"checks/{name}")["finding_key"])
    assert set(ask(f"checks/{name}")["finding_key"]) - before == FOUND[name]


@pytest.mark.parametrize(
    ("name", "key", "cells"),
    [
        (
            "areas_differ",
            "a_100_a_102",
            {
                "subject": "Area of Two Banks",
                "said_a": "100 ha",
                "said_b": "101.5 ha",
                "document_id_a": "old_report",
                "document_id_b": "late_report",
                "place_b": "p. 2",
            },
        ),
        (
            "extent_against_area",
            "x_box_a_box",
            {"said_a": "51 to 51.1", "said_b": "770 ha", "worked_out": "The printed bounds hold about 8,000 ha."},
        ),
        (
            "budget_sources",
            "b_100_b_110",
            {"subject": "Amount for Delta idea", "said_a": "100 USD", "said_b": "110 USD"},
        ),
        (
            "counts_differ",
            "c_10_c_11",
            {"subject": "Dune bird, Dunes, 2020", "said_a": "10 individuals", "said_b": "11.5 individuals"},
        ),
        (
            "count_parts",
            "t_over",
            {"said_a": "10 in all", "said_b": "Over east 6, Over west 5", "worked_out": "The parts make 11."},
        ),
        (
            "dates_missed",
            "o_late_o_late",
            {"said_a": "Map. Planned for 2020-06.", "said_b": "Presented or published 2020-07."},
        ),
        (
            "designation_years",
            "d_2001_d_2002",
            {"subject": "Year of Two Banks", "said_a": "Park, 2001", "said_b": "PARK, 2002"},
        ),
        (
            "due_dates_differ",
            "i_event_again",
            {"subject_id": "i_event", "said_a": "in 2021-05", "said_b": "in 2021-06"},
        ),
        ("first_since", "fs_1_w_2011", {"subject": "First workshop since 2010", "said_b": "W, 2011-05-01"}),
        (
            "names_differ",
            "sites_pine_reserve_en",
            {"said_a": "The Pine-Reserve (p. 1)", "said_b": "Pines Reserve (p. 2)"},
        ),
        (
            "periods_differ",
            "q_1_q_3",
            {
                "said_a": "2019-01 to 2020-12",
                "said_b": "2019-02 to 2020-12",
                "subject_table": "projects",
                "subject_id": "delta_idea",
            },
        ),
        (
            "project_length",
            "q_4_q_1",
            {"said_a": "23 months", "worked_out": "From the first to the last month: 24 months."},
        ),
        (
            "statuses_differ",
            "s_claim",
            {"subject": "Dune bird: status, CITES", "said_a": "I (2010)", "said_b": "II (2020)"},
        ),
        (
            "impossible_coordinates",
            "x_60",
            {"subject": "Coordinates of Two Banks", "worked_out": "Minutes and seconds of an angle are below 60."},
        ),
        ("sites_covered", "sc_1_sc_2", {"subject": "Sites covered by Delta idea"}),
        ("years_claimed", "yc_1_yc_2", {"subject": "Year Two Banks was established"}),
        ("countries_covered", "cc_1_cc_2", {"subject": "Countries of Delta idea", "said_a": "Said."}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_finding_says_what_each_document_states(ask, name, key, cells):
    rows = ask(f"checks/{name}").set_index("finding_key")
    assert rows.loc[key, list(cells)].to_dict() == cells


@pytest.mark.parametrize(("day", "found"), [("2023-05-30", set()), ("2023-05-31", {"a_100_a_102"})])
def test_a_difference_is_known_once_both_documents_are(ask, day, found):
    from datetime import date

    rows = ask.on(date.fromisoformat(day))("checks/areas_differ")
    assert set(rows.loc[rows["subject_id"] == "two_banks", "finding_key"]) == found


def test_two_lists_of_a_joint_study_are_never_added():
    counts = [
        COUNT
        | {
            "count_id": f"l_{code}",
            "species_id": "steppe_cat",
            "country_code": code,
            "area_name": name,
            "value": value,
            "count_kind": "individuals_identified",
            "method": method,
            "document_id": "paper_90",
        }
        for code, name, value, method in (
            ("MNG", "Mongolia", "10", "genetic"),
            ("RUS", "Russian Federation", "14", "genetic"),
        )
    ]
    rows = load_mini(more(mini_rows(), counts=counts))("checks/overlapping_counts")
    assert rows[["finding_key", "subject", "said_a", "said_b"]].values.tolist() == [
        [
            "cats_both_sides",
            "National counts of Steppe cats, genetic analysis",
            "Mongolia 10, Russian Federation 14 (genetic analysis)",
            "Transborder movement: 5 (genetic analysis)",
        ],
    ]
    assert rows["worked_out"].iloc[0].endswith("If each of the 5 is in both lists, 19 are different animals.")
