"""Rows that would lie quietly: each fault is planted in a made-up package and told with file, line and column."""

from pathlib import Path

import pytest

from neaspec.data.description import read_description, tables_of
from neaspec.data.validate import check_tables
from neaspec.data.validate_days import day_columns, span_of
from neaspec.data.validate_rows import is_blank
from neaspec.errors import DataError
from neaspec.paths import DATA_DIR
from tests.support.made_up import change_cell, write_package

PRESS = {
    "caveat_id": "press_only",
    "name": "Press only",
    "meaning": "Made up.",
    "severity": "caution",
    "of_grade": "press",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "data")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        check_tables(folder)
    return caught.value.problems


@pytest.mark.parametrize("day", ["2023-02-29", "2024-02-31", "2024-04-31", "2100-02-29"])
def test_a_day_that_is_none_is_refused(package, day):
    change_cell(package, "counts", "cats_2018", "as_of", day)
    assert problems_of(package) == [f"counts.csv:2: as_of is {day!r}, there is no such day"]


@pytest.mark.parametrize("day", ["0000", "0001-01-01", "1799", "2101-01-01", "9999-12-31"])
def test_a_far_day_is_refused(package, day):
    change_cell(package, "documents", "old_paper", "published_date", day)
    (problem,) = problems_of(package)
    assert problem.startswith(f"documents.csv:2: published_date is {day!r}, ")


def test_no_row_speaks_of_a_day_after_its_document_was_read(package):
    change_cell(package, "counts", "cats_2018", "as_of", "2026-01-02")
    change_cell(package, "documents", "new_paper", "published_date", "2026-02")
    later = "later than the day on which its document was read (seen_date 2026-01-01)"
    assert problems_of(package) == [
        f"documents.csv:3: published_date is '2026-02', {later}",
        f"counts.csv:2: as_of is '2026-01-02', {later}",
    ]


def test_plans_may_lie_ahead(package):
    change_cell(package, "species", "made_up_cat", "sensitivity_review_date", "2031-12-31")
    change_cell(package, "issues", "ask_1", "due_date", "2030")
    check_tables(package)
    ahead = {
        f"{table['name']}.{field['name']}"
        for table in tables_of(read_description(DATA_DIR))
        for field in day_columns(table)
        if field.get("may_lie_ahead")
    }
    assert "counts.as_of" not in ahead
    assert {"meetings.start_date", "meetings.end_date", "outputs.due_date"} <= ahead
    assert len(ahead) == 9


def test_a_day_reaches_from_its_first_to_its_last():
    assert [str(day) for day in span_of("2024-02")] == ["2024-02-01", "2024-02-29"]
    assert [str(day) for day in span_of("2024")] == ["2024-01-01", "2024-12-31"]
    assert (span_of("2023-02-29"), span_of("20240101"), span_of("")) == (None, None, None)


@pytest.mark.parametrize(
    ("table", "key", "cells", "said"),
    [
        ("counts", "cats_2021", {"low": "13"}, "counts.csv:3: low is '13', more than high ('12'); expected low <="),
        ("counts", "cats_2021", {"value": "13"}, "counts.csv:3: value is '13', more than high ('12')"),
        ("counts", "cats_2021", {"value": "7"}, "counts.csv:3: low is '8', more than value ('7')"),
        ("counts", "cats_2018", {"year_from": "2019"}, "counts.csv:2: year_from is '2019', more than year_to ('2018')"),
        (
            "meetings",
            "som_90",
            {"end_date": "2020-04"},
            "meetings.csv:2: start_date is '2020-05-01', later than end_date ('2020-04')",
        ),
    ],
)
def test_pairs_that_stand_the_wrong_way_round_are_refused(package, table, key, cells, said):
    for column, value in cells.items():
        change_cell(package, table, key, column, value)
    (problem,) = problems_of(package)
    assert problem.startswith(said)


def test_a_month_may_begin_and_end_a_span(package):
    change_cell(package, "meetings", "som_90", "end_date", "2020-05")
    check_tables(package)


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u200b", "\ufeff", "\u3164", "\u2800", " \u200b "])
def test_a_cell_that_only_looks_empty_is_refused(package, blank):
    change_cell(package, "series", "cats_park", "comparability", blank)
    (problem,) = problems_of(package)
    assert problem.startswith(
        f"series.csv:2: comparability is {blank!r}, which looks empty; expected string, not empty"
    )
    assert not is_blank("")
    assert not is_blank(" 0")


def test_latitude_and_longitude_the_wrong_way_round_are_refused(package):
    change_cell(package, "sites", "made_up_park", "latitude", "79.5")
    change_cell(package, "sites", "made_up_park", "longitude", "47.5")
    assert problems_of(package) == ["sites.csv:2: longitude is '47.5', expected number, at least 60, at most 180"]


def test_every_number_has_a_least_and_a_most():
    without = [
        f"{table['name']}.{field['name']}"
        for table in tables_of(read_description(DATA_DIR))
        for field in table["schema"]["fields"]
        if field["type"] in ("number", "integer") and not {"minimum", "maximum"} <= field.get("constraints", {}).keys()
    ]
    assert without == []


def test_a_long_cell_does_not_fill_the_message(package):
    change_cell(package, "counts", "cats_2018", "as_of", "x" * 100_000)
    (problem,) = problems_of(package)
    assert len(problem) < 500
    assert "… (100000 characters), expected string, like" in problem


# Rules between tables


def test_a_series_spells_its_area_in_one_way(package):
    change_cell(package, "counts", "cats_2021", "area_name", "Made-up NP")
    assert problems_of(package) == [
        "counts.csv:3: area_name is 'Made-up NP', expected 'Made-up park' as in line 2; a series spells its area in "
        "one way"
    ]


def test_a_count_belongs_to_the_area_the_species_and_the_unit_of_its_series(tmp_path):
    areas = [{"area_id": "other_park", "name": "Other park", "country_code": "MNG"}]
    folder = write_package(tmp_path / "data", {"areas": areas})
    change_cell(folder, "counts", "cats_2021", "area_id", "other_park")
    change_cell(folder, "counts", "cats_2021", "unit", "pairs")
    assert problems_of(folder) == [
        f"counts.csv:3: {column} is {found!r}, expected {wanted!r} as in series.csv for the series cats_park"
        for column, found, wanted in (("area_id", "other_park", "made_up_park"), ("unit", "pairs", "individuals"))
    ]


def test_a_count_lies_in_the_state_and_the_site_of_its_area(package):
    change_cell(package, "counts", "cats_2018", "country_code", "JPN")
    change_cell(package, "counts", "cats_2021", "site_id", "made_up_park")
    assert problems_of(package) == [
        "counts.csv:2: country_code is 'JPN', expected 'MNG' as in areas.csv for the area made_up_park",
        "counts.csv:3: site_id is 'made_up_park', expected '' as in areas.csv for the area made_up_park",
    ]


def test_one_area_is_one_row(tmp_path):
    areas = [{"area_id": "park_again", "name": "made-up  PARK"}]
    folder = write_package(tmp_path / "data", {"areas": areas})
    (problem,) = problems_of(folder)
    assert problem.endswith("the same as in line 2; one area is one row") or problem.endswith(
        "in line 3; one area is one row"
    )


def test_no_area_is_part_of_itself(package):
    change_cell(package, "areas", "made_up_park", "part_of_area_id", "made_up_park")
    assert problems_of(package) == ["areas.csv:2: part_of_area_id is 'made_up_park', so it is part of itself"]


def test_a_row_of_the_press_needs_the_caveat_of_its_grade(tmp_path):
    """The meeting of the made-up package rests on a page of the press."""
    folder = write_package(tmp_path / "data", {"caveats": [PRESS]})
    assert problems_of(folder) == [
        "meetings.csv:2: caveat_ids is '', expected 'press_only' among them, because the document undated_page has the "
        "grade 'press'"
    ]
    change_cell(folder, "meetings", "som_90", "caveat_ids", "made_up press_only")
    check_tables(folder)


def test_a_better_document_does_not_carry_the_caveat_of_the_press(tmp_path):
    folder = write_package(tmp_path / "data", {"caveats": [PRESS]})
    change_cell(folder, "meetings", "som_90", "caveat_ids", "press_only")
    change_cell(folder, "counts", "cats_2018", "caveat_ids", "press_only")
    assert problems_of(folder) == [
        "counts.csv:2: caveat_ids has 'press_only', which is for documents of the grade 'press'; the document "
        "old_paper has 'official'"
    ]


def test_the_real_caveats_follow_from_the_grades_of_press_and_web_pages(real_connection):
    asked = real_connection.execute("select of_grade, caveat_id from caveats where of_grade is not null order by all")
    assert asked.fetchall() == [("press", "press_only"), ("web_page", "web_page_only")]


def test_a_species_without_a_series_that_leads_says_the_next_step(package):
    change_cell(package, "series", "cats_park", "headline_order", "")
    assert problems_of(package) == [
        "species.csv:2: species_id is 'made_up_cat', but no series stands for it on the overview; add to series.csv "
        "one row with species_id 'made_up_cat' and headline_order 1, and write its series_id into the rows of "
        "counts.csv that it joins"
    ]


def test_a_leading_series_without_a_figure_says_the_next_step(package):
    for key in ("cats_2018", "cats_2021"):
        change_cell(package, "counts", key, "series_id", "")
    assert problems_of(package) == [
        "series.csv:2: series_id is 'cats_park', but no row of counts.csv with a year_to stands in it; write the "
        "series_id into at least one"
    ]
