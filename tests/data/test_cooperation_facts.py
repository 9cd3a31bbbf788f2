"""Meetings, agreements and events outside the NEASPEC papers: dates and places by value."""

import pandas as pd
import pytest

from neaspec.data.queries import Ask


def row(ask: Ask, table: str, key: str) -> dict[str, str]:
    """Return the row of a table with this key, as text; empty where nothing is stated."""
    with ask.connection.cursor() as cursor:
        column = cursor.execute(f"select * from {table} limit 0").description[0][0]
        found = cursor.execute(f"select * from {table} where {column} = $1", [key]).df().iloc[0]
    return {name: "" if pd.isna(value) else str(value) for name, value in found.items()}


@pytest.mark.parametrize(
    ("table", "key", "wanted"),
    [
        (
            "meetings",
            "cms_cop_15",
            {"state": "held", "start_date": "2026-03-23", "end_date": "2026-03-29", "place": "Campo Grande"},
        ),
        (
            "meetings",
            "land_of_big_cats_commission_2025",
            {"state": "held", "start_date": "2025-06-04", "end_date": "2025-06-04", "place": "Changchun"},
        ),
        ("events", "tiger_joint_count_2025", {"date_from": "2025-11", "country_codes": "CHN RUS"}),
        ("events", "land_of_the_leopard_gamov_2019", {"date_from": "2019-12-03", "site_id": "land_of_the_leopard"}),
        ("agreements", "heads_of_government_2025", {"date": "2025-11-04", "country_codes": "CHN RUS"}),
        ("agreements", "dauria_trilateral_1994", {"date": "1994", "document_id": "daursky_30_years_2017"}),
        ("agreements", "land_of_big_cats_agreement", {"date": "2024-05-16", "state": "signed"}),
    ],
)
def test_what_happened_beside_neaspec_has_its_date_and_place(ask, table, key, wanted):
    found = row(ask, table, key)
    assert {name: found[name] for name in wanted} == wanted


def test_the_figures_of_the_gamov_cluster_and_the_joint_count_are_in_the_words(ask):
    assert "6,928 ha" in row(ask, "events", "land_of_the_leopard_gamov_2019")["what"]
    assert "joint count of the tigers" in row(ask, "events", "tiger_joint_count_2025")["what"]


def test_one_agreement_has_no_second_row_on_a_lower_grade(ask):
    with ask.connection.cursor() as cursor:
        found = cursor.execute(
            "select agreement, date, list(distinct grade) as grades from agreements "
            "join documents on agreements.document_id = documents.document_id "
            "where date is not null group by agreement, date having count(*) > 1"
        ).df()
    weak = [
        name
        for name, grades in zip(found["agreement"], found["grades"], strict=True)
        if {"press", "web_page"} & set(grades)
    ]
    assert weak == []
