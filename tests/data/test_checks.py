"""Checks on the mini data set: each finds what differs, and nothing that does not."""

import pytest

from tests.support.mini import mini_ask

FOUND = {
    "areas_differ": {"park_whole_park_whole_about"},
    "component_budgets": {"joint_study"},
    "countries_covered": {"study_three_study_two"},
    "counts_differ": {"cats_mng_2020_cats_mng_2020_press"},
    "dates_missed": {"study_report_study_report"},
    "due_dates_differ": {"host_on_slides"},
    "movement_parts": {"cats_both_sides_odd"},
    "periods_differ": {"study_planned_study_revised"},
    "project_length": {"study_planned_study_revised"},
}


@pytest.mark.parametrize("name", FOUND)
def test_a_check_finds_the_planted_difference_and_no_other(name):
    assert set(mini_ask()(f"checks/{name}")["finding_key"]) == FOUND[name]


def test_a_date_for_the_answer_is_not_held_against_a_date_of_the_event():
    """The counts of cranes are asked about an event of September, and the slides ask for the answer by July."""
    found = mini_ask()("checks/due_dates_differ")
    assert found[["said_a", "said_b"]].values.tolist() == [["in 2021-06", "in 2021-08"]]
