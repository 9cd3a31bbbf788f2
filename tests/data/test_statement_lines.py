"""Every statement in one line, as the search shows it: what it is about and what it says; rows of the mini data set."""

import csv

import pytest

from neaspec.data.queries import Ask
from neaspec.paths import ROOT
from tests.support.mini import load_mini, mini_rows, more

with (ROOT / "tests" / "data" / "mini_statements.csv").open(encoding="utf-8", newline="") as handle:
    EXPECTED = [tuple(row.values()) for row in csv.DictReader(handle)]
AT = {"document_id": "old_report", "locator": "p. 1"}
MORE = {
    "facts": [
        {
            "fact_id": "of_year",
            "subject_table": "sites",
            "subject_id": "steppe_park",
            "topic": "other",
            "what": "The park began.",
            "value": "1998",
            "unit": "year",
        },
        {
            "fact_id": "of_length",
            "subject_table": "countries",
            "subject_id": "MNG",
            "topic": "location",
            "what": "The river is long.",
            "value": "1234.5",
            "unit": "km",
        },
    ],
    "options": [{"option_id": "of_project", "project_id": "joint_study", "option": "Wait", "consequence": "Nothing."}],
    "events": [
        {"event_id": "at_site", "what": "A walk.", "site_id": "two_banks", "project_id": ""},
        {"event_id": "at_meeting", "what": "A talk.", "meeting_id": "som_90"},
        {"event_id": "at_place", "what": "A fair.", "place": "Marsh City", "date_from": "2020"},
        {"event_id": "anywhere", "what": "A day."},
    ],
    "threats": [
        {"threat_id": "in_state", "threat_kind": "other", "what": "Noise.", "country_code": "MNG"},
        {
            "threat_id": "at_site",
            "threat_kind": "other",
            "what": "Dust.",
            "site_id": "two_banks",
            "country_code": "MNG",
        },
    ],
    "gaps": [
        {
            "gap_id": "of_state",
            "subject_table": "pa_coverage",
            "country_code": "JPN",
            "state": "not_found",
            "what": "No sea.",
        },
        {"gap_id": "of_nothing", "subject_table": "meetings", "state": "not_found", "what": "No date."},
        {
            "gap_id": "of_site_in_state",
            "subject_table": "sites",
            "site_id": "two_banks",
            "country_code": "MNG",
            "state": "not_found",
            "what": "No map.",
        },
    ],
    "activities": [
        {
            "activity_id": "to_come",
            "project_id": "joint_study",
            "activity_kind": "field_study",
            "what": "Cameras are moved.",
            "state": "planned",
        },
    ],
    "statuses": [
        {
            "status_id": "regional",
            "species_id": "dune_bird",
            "scheme": "regional_list",
            "category": "rare",
            "scope": "region",
            "is_confirmed": "true",
        },
        {
            "status_id": "cites",
            "species_id": "dune_bird",
            "scheme": "cites",
            "category": "II",
            "scope": "global",
            "is_confirmed": "true",
        },
    ],
    "survey_effort": [
        {
            "effort_id": "of_area",
            "area_name": "Dunes",
            "effort_kind": "field_days",
            "method": "mixed",
            "value": "12",
            "unit": "days",
        },
    ],
    "outputs": [
        {
            "output_id": "with_address",
            "project_id": "joint_study",
            "what": "A map.",
            "state": "delivered",
            "url": "https://example.org/a_b",
        },
    ],
    "budgets": [
        {
            "budget_id": "of_nothing",
            "item": "Core_fund",
            "amount": "1500",
            "currency": "USD",
            "kind": "planned",
            "level": "programme_sum",
            "per": "year",
            "is_derived": "false",
        },
    ],
    "project_periods": [
        {
            "period_id": "till",
            "project_id": "delta_idea",
            "period_kind": "covered",
            "end_date": "2020",
            "is_tentative": "false",
        },
    ],
    "designations": [
        {
            "designation_id": "no_level",
            "site_id": "two_banks",
            "designation": "Park",
            "level": "not_known",
            "state": "in_force",
            "area_ha": "3525.7",
        },
    ],
    "site_areas": [
        {
            "site_area_id": "with_decimals",
            "site_id": "two_banks",
            "area_ha": "3525.75",
            "part": "lakes",
            "is_derived": "false",
        },
    ],
    "later_notes": [
        {"later_note_id": "of_row", "subject_table": "designations", "subject_id": "park_national", "what": "It grew."},
    ],
}
SAID = [
    ("facts", "of_year", "Steppe Park", "The park began (1998 year)"),
    ("facts", "of_length", "Mongolia", "The river is long (1,234.5 km)"),
    ("options", "of_project", "Joint study", "Wait: Nothing."),
    ("events", "at_site", "Two Banks", "A walk"),
    ("events", "at_meeting", "Ninetieth meeting", "A talk"),
    ("events", "at_place", "Marsh City", "A fair, 2020"),
    ("events", "anywhere", "Event", "A day"),
    ("threats", "in_state", "Mongolia", "Noise."),
    ("threats", "at_site", "Two Banks", "Dust."),
    ("gaps", "of_state", "Japan", "No sea."),
    ("gaps", "of_nothing", "meetings", "No date."),
    ("gaps", "of_site_in_state", "Two Banks", "No map."),
    ("activities", "to_come", "Joint study", "field study: Cameras are moved (planned)"),
    ("statuses", "regional", "Dune bird", "Regional list: rare (region)"),
    ("statuses", "cites", "Dune bird", "CITES: II (global)"),
    ("survey_effort", "of_area", "Dunes", "Dunes: 12 days"),
    ("outputs", "with_address", "Joint study", "A map, https://example.org/a_b"),
    ("budgets", "of_nothing", "Core fund", "Core fund: 1,500 USD (planned)"),
    ("project_periods", "till", "Delta idea", "covered, until 2020"),
    ("designations", "no_level", "Two Banks", "Park, 3,525.7 ha"),
    ("site_areas", "with_decimals", "Two Banks", "3,525.75 ha, lakes"),
    ("later_notes", "of_row", "designations, park national", "It grew."),
]


@pytest.fixture(scope="module")
def ask() -> Ask:
    return load_mini(more(mini_rows(), **{name: [AT | row for row in rows] for name, rows in MORE.items()}))


@pytest.fixture(scope="module")
def lines(ask):
    answer = ask.connection.cursor().execute("select table_name, statement_id, about, said from statement_lines")
    return {(table, key): (about, said) for table, key, about, said in answer.fetchall()}


@pytest.mark.parametrize("table", sorted({table for table, *_ in EXPECTED}))
def test_each_statement_of_a_table_says_what_it_is_about_and_what_it_states(lines, table):
    expected = {key: (about, said) for name, key, about, said in EXPECTED if name == table}
    assert {key: lines[table, key] for key in expected} == expected


@pytest.mark.parametrize(("table", "key", "about", "said"), SAID, ids=[f"{table} {key}" for table, key, _, _ in SAID])
def test_a_statement_without_its_usual_parts_is_still_a_line(lines, table, key, about, said):
    assert lines[table, key] == (about, said)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("figure_said(12.0)", "12"),
        ("figure_said(1234567.0)", "1,234,567"),
        ("figure_said(0.25)", "0.25"),
        ("hectares_said(8000.0)", "8,000 ha"),
        ("hectares_said(3525.7)", "3,525.7 ha"),
        ("group_named('big_cat')", "Big cats"),
        ("group_named('migratory_bird')", "Migratory birds"),
        ("group_named('all')", "All flagship species"),
        ("category_named('CR')", "Critically Endangered"),
        ("category_named('EN')", "Endangered"),
        ("category_named('VU')", "Vulnerable"),
        ("category_named('NT')", "Near Threatened"),
        ("category_named('LC')", "Least Concern"),
        ("category_named('II')", "II"),
    ],
)
def test_figures_and_codes_are_said_in_words(ask, sql, said):
    assert ask.connection.cursor().execute(f"select {sql}").fetchall() == [(said,)]


@pytest.mark.parametrize(
    ("as_of", "note"),
    [(None, "The park was enlarged."), ("2023-05-31", "The park was enlarged."), ("2023-05-30", None)],
)
def test_what_a_later_document_adds_is_a_note_from_its_own_day(ask, as_of, note):
    sql = "select note from all_statements($1::date) where table_name = 'sites' and statement_id = 'steppe_park'"
    assert ask.connection.cursor().execute(sql, [as_of]).fetchall() == [(note,)]


@pytest.mark.parametrize(("as_of", "count"), [("2020-03-04", 0), ("2020-03-05", 1), (None, 1)])
def test_a_statement_is_known_from_the_day_of_its_document(ask, as_of, count):
    sql = "select count(*) from all_statements($1::date) where table_name = 'issues' and statement_id = 'share_samples'"
    assert ask.connection.cursor().execute(sql, [as_of]).fetchall() == [(count,)]
