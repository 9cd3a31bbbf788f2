"""How requests stand, and which period, amount, status, project and day is current: cases that no real row meets."""

from datetime import date

import pytest

from neaspec.data.queries import Ask
from tests.support.mini import load_mini, mini_rows, more

ISSUE = {
    "meeting_id": "som_90",
    "subject": "Made up",
    "ask_kind": "views",
    "asked": "Views.",
    "locator": "p. 1",
    "is_nature_conservation": "true",
    "is_agenda_item": "false",
    "document_id": "paper_90",
}
# issue -> its follow-ups as (status, date, document, caveats)
FOLLOWED: dict[str, list[tuple[str, str, str, str]]] = {
    "nothing": [],
    "context_alone": [("context", "2020-05", "paper_91", "")],
    "done_then_open": [("done", "2020-05", "paper_91", ""), ("open", "2021-05", "late_report", "")],
    "partly_then_open": [("partly", "2020-05", "paper_91", ""), ("open", "2021-05", "late_report", "")],
    "partly_then_not_found": [("partly", "2020-05", "paper_91", ""), ("not_found", "2021-05", "late_report", "")],
    "partly_then_superseded": [("partly", "2020-05", "paper_91", ""), ("superseded", "2021-05", "late_report", "")],
    "unsure_then_sure": [("done", "2021-05", "press_note", "not_confirmed"), ("done", "2020-05", "paper_91", "")],
    "unsure": [("done", "2021-05", "press_note", "not_confirmed made_up"), ("partly", "2020-05", "paper_91", "")],
    "undated_partly": [("partly", "", "paper_91", ""), ("superseded", "2019", "late_report", "")],
    "done_twice": [("done", "2020-05", "paper_91", "made_up"), ("done", "2020-06", "late_report", "approximate")],
    "postponed": [("postponed", "2020-05", "paper_91", "")],
    "elsewhere": [("outcome_elsewhere", "2020", "paper_91", "")],
    "same_day": [("partly", "2020-05", "paper_91", ""), ("superseded", "2020-05", "late_report", "")],
}
MORE_ISSUES = [
    {"issue_id": "agenda", "is_agenda_item": "true"},
    {"issue_id": "agenda_done", "is_agenda_item": "true"},
    {"issue_id": "dated", "due_date": "2021-03"},
    {"issue_id": "dated_again", "due_date": "2021-09", "repeats_issue_id": "dated"},
    {"issue_id": "undated_again_late", "due_date": "2021-08", "repeats_issue_id": "nothing", "document_id": "paper_91"},
    {"issue_id": "undated_again", "due_date": "2021-07", "repeats_issue_id": "nothing", "document_id": "late_report"},
]
PERIOD = {"project_id": "joint_study", "is_tentative": "false", "locator": "p. 1", "period_kind": "actual"}
PERIODS = [
    {"period_id": "p1", "start_date": "2019", "document_id": "paper_90"},
    {"period_id": "p2", "end_date": "2020", "document_id": "paper_91"},
    {"period_id": "p3", "start_date": "2018", "document_id": "slides_91"},
    {"period_id": "p4", "start_date": "2017", "document_id": "slides_91"},
    {"period_id": "p5", "component_id": "study_genes", "start_date": "2016", "document_id": "paper_90"},
]
BUDGET = {
    "project_id": "all_training",
    "item": "Books",
    "kind": "approved",
    "level": "project",
    "per": "total",
    "is_derived": "false",
    "currency": "USD",
    "locator": "p. 1",
    "amount": "10",
}
BUDGETS = [
    {"budget_id": "b1", "document_id": "paper_90"},
    {"budget_id": "b2", "document_id": "late_report", "amount": "20"},
    {"budget_id": "b3", "document_id": "late_report", "amount": "20"},
    {"budget_id": "b4", "item": "Pens", "document_id": "paper_90"},
    {"budget_id": "b5", "per": "year", "document_id": "paper_90"},
    {"budget_id": "b6", "item": "Sum", "is_derived": "true", "formula": "10 + 20", "document_id": "late_report"},
    {"budget_id": "b7", "item": "None", "amount": "", "document_id": "late_report"},
]
STATUS = {"species_id": "dune_bird", "scheme": "iucn", "scope": "global", "locator": "p. 1", "is_confirmed": "true"}
STATUSES = [
    {"status_id": "s1", "category": "LC", "assessed_year": "2015", "document_id": "late_report"},
    {"status_id": "s2", "category": "NT", "assessed_year": "2020", "document_id": "study_2020"},
    {
        "status_id": "s3",
        "category": "VU",
        "assessed_year": "2022",
        "is_confirmed": "false",
        "document_id": "late_report",
    },
    {
        "status_id": "s4",
        "category": "EN",
        "assessed_year": "2020",
        "is_confirmed": "false",
        "document_id": "late_report",
    },
    {"status_id": "s5", "category": "CR", "is_confirmed": "false", "document_id": "late_report"},
    {
        "status_id": "l1",
        "scheme": "national_list",
        "list_name": "Red book",
        "category": "rare",
        "country_code": "MNG",
        "document_id": "paper_90",
    },
    {
        "status_id": "l2",
        "scheme": "national_list",
        "list_name": "Law",
        "category": "protected",
        "country_code": "MNG",
        "document_id": "paper_90",
    },
    {
        "status_id": "l3",
        "scheme": "national_list",
        "list_name": "Law",
        "category": "protected",
        "country_code": "MNG",
        "document_id": "late_report",
    },
]
EXTENT = {"printed": "as printed", "locator": "p. 1"}
EXTENTS = [
    {
        "site_extent_id": "e1",
        "site_id": "pine_reserve",
        "south_deg": "51.5",
        "north_deg": "51.5",
        "west_deg": "115.5",
        "east_deg": "115.5",
        "document_id": "late_report",
    },
    {
        "site_extent_id": "e2",
        "site_id": "pine_reserve",
        "south_deg": "51",
        "north_deg": "52",
        "west_deg": "115",
        "east_deg": "116",
        "document_id": "old_report",
    },
    {
        "site_extent_id": "e3",
        "site_id": "delta_marsh",
        "south_deg": "42.45",
        "north_deg": "43",
        "west_deg": "130",
        "east_deg": "131",
        "document_id": "old_report",
    },
    {
        "site_extent_id": "e4",
        "site_id": "two_banks",
        "south_deg": "50",
        "north_deg": "51",
        "west_deg": "115",
        "east_deg": "116",
        "document_id": "old_report",
    },
]
COVERAGE = {"country_code": "JPN", "realm": "land", "percent_computed": "10", "locator": "p. 1"}
COVERAGES = [
    {"pa_coverage_id": "c1", "as_of": "2020", "document_id": "late_report"},
    {"pa_coverage_id": "c2", "as_of": "2021", "document_id": "study_2020"},
    {"pa_coverage_id": "c3", "as_of": "2021", "document_id": "late_report"},
    {"pa_coverage_id": "c4", "as_of": "2021", "document_id": "late_report"},
]


def of(like: dict[str, str], rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [like | row for row in rows]


@pytest.fixture(scope="module")
def ask() -> Ask:
    followed = FOLLOWED | {"agenda_done": [("done", "2020-05", "paper_91", "")]}
    follow_ups = [
        {
            "follow_up_id": f"{issue}_{place}",
            "issue_id": issue,
            "status": status,
            "date": day,
            "document_id": document,
            "caveat_ids": caveats,
            "what": f"{issue} {status}",
            "locator": "p. 1",
        }
        for issue, rows in followed.items()
        for place, (status, day, document, caveats) in enumerate(rows)
    ]
    issues = of(ISSUE, [*({"issue_id": issue} for issue in FOLLOWED), *MORE_ISSUES])
    late = {
        "project_id": "late_project",
        "title": "Late project",
        "short_title": "Late",
        "project_kind": "study",
        "state": "proposed",
        "summary": "Told later.",
        "document_id": "late_report",
        "locator": "p. 1",
    }
    mention = PERIOD | {
        "period_id": "p9",
        "project_id": "late_project",
        "start_date": "2020",
        "document_id": "paper_90",
        "locator": "p. 9",
    }
    return load_mini(
        more(
            mini_rows(),
            issues=issues,
            follow_ups=follow_ups,
            projects=[late],
            project_periods=[*of(PERIOD, PERIODS), mention],
            budgets=of(BUDGET, BUDGETS),
            statuses=of(STATUS, STATUSES),
            site_extents=of(EXTENT, EXTENTS),
            pa_coverage=of(COVERAGE, COVERAGES),
        )
    )


@pytest.fixture(scope="module")
def rows(ask):
    """Give the rows of an answer."""
    return lambda sql, *given: ask.connection.cursor().execute(sql, list(given)).fetchall()


@pytest.mark.parametrize(
    ("issue", "state", "what", "documents"),
    [
        ("nothing", "open", None, None),
        ("context_alone", "open", None, None),
        ("done_then_open", "done", "done", "paper_91"),
        ("partly_then_open", "partly", "partly", "paper_91"),
        ("partly_then_not_found", "partly", "partly", "paper_91"),
        ("partly_then_superseded", "superseded", "superseded", "late_report"),
        ("unsure_then_sure", "done", "done", "paper_91"),
        ("unsure", "done_unconfirmed", "done", "press_note"),
        ("undated_partly", "superseded", "superseded", "late_report"),
        ("done_twice", "done", "done", "late_report paper_91"),
        ("postponed", "open", "postponed", None),
        ("elsewhere", "open", "outcome_elsewhere", None),
        ("same_day", "partly", "partly", "paper_91"),
        ("agenda", None, None, None),
        ("agenda_done", "done", "done", "paper_91"),
    ],
)
def test_a_request_stands_as_the_answer_that_is_sure_and_newest_says(rows, issue, state, what, documents):
    sql = "select state, state_what, state_document_ids from issue_states(null) where issue_id = $1"
    assert rows(sql, issue) == [(state, None if what is None else f"{issue} {what}", documents)]


def test_what_answers_brings_its_caveats(rows):
    sql = "select caveat_ids from issue_states(null) where issue_id = $1"
    assert rows(sql, "unsure") == [("not_confirmed made_up",)]
    assert rows(sql, "done_twice") == [("approximate made_up",)]
    assert rows(sql, "nothing") == [(None,)]


@pytest.mark.parametrize(
    ("issue", "due", "document"),
    [("dated", "2021-03", None), ("nothing", "2021-07", "late_report"), ("postponed", None, None)],
)
def test_a_date_that_only_the_repeat_gives_is_taken_over_with_its_document(rows, issue, due, document):
    assert rows("select due, due_document_id from issue_states(null) where issue_id = $1", issue) == [(due, document)]


def test_a_repeat_is_no_request_of_its_own_and_its_date_is_known_with_its_document(rows):
    assert rows("select count(*) from issue_states(null) where issue_id like '%again%'") == [(0,)]
    assert rows("select due from issue_states('2022-01-01'::date) where issue_id = 'nothing'") == [("2021-08",)]
    assert rows("select state from issue_states('2020-12-31'::date) where issue_id = 'done_then_open'") == [("open",)]


@pytest.mark.parametrize(
    ("component", "day", "period"),
    [(None, "2030-01-01", "p3"), (None, "2020-12-31", "p1"), ("study_genes", "2030-01-01", "p5")],
)
def test_the_period_is_that_of_the_newest_document_with_a_beginning(rows, component, day, period):
    sql = (
        "select period_id from current_periods($1::date) where project_id = 'joint_study' and period_kind = 'actual' "
        "and component_id is not distinct from $2"
    )
    assert rows(sql, day, component) == [(period,)]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("2019", "2020", "2019 to 2020"), ("2019", None, "from 2019"), (None, "2020", "until 2020")],
)
def test_a_period_is_said_with_the_ends_it_has(rows, start, end, said):
    assert rows("select period_said($1::varchar, $2::varchar)", start, end) == [(said,)]


def test_an_amount_is_current_by_item_and_span_and_never_a_sum_of_ours(rows):
    assert rows("select budget_id from current_budgets(null) where project_id = 'all_training' order by 1") == [
        ("b2",),
        ("b4",),
        ("b5",),
    ]


def test_a_status_is_the_newest_of_the_body_that_decides_and_a_newer_claim_stands_beside_it(rows):
    sql = "select status_id, is_current from current_statuses(null) where species_id = 'dune_bird' order by 1"
    assert rows(sql) == [("l1", True), ("l3", True), ("s2", True), ("s3", False)]
    then = "select status_id from current_statuses('2021-01-01'::date) where species_id = 'dune_bird' order by 1"
    assert rows(then) == [("l1",), ("l2",), ("s2",)]


def test_a_project_is_known_by_its_first_mention_without_what_is_told_later(rows):
    sql = (
        "select document_id, locator, state, summary from current_projects($1::date) where project_id = 'late_project'"
    )
    assert rows(sql, "2020-12-31") == [("paper_90", "p. 9", None, None)]
    assert rows(sql, "2024-01-01") == [("late_report", "p. 1", "proposed", "Told later.")]
    assert rows(sql, "2020-03-04") == []


@pytest.mark.parametrize(
    ("site", "document"),
    [("pine_reserve", "late_report"), ("steppe_park", "old_report"), ("delta_marsh", None), ("two_banks", None)],
)
def test_a_position_is_stated_by_the_document_of_the_point_or_of_the_extent_around_it(rows, site, document):
    expected = [] if document is None else [(document,)]
    assert rows("select document_id from site_positions(null) where site_id = $1", site) == expected


def test_coverage_is_that_of_the_newest_release(rows):
    assert rows("select pa_coverage_id from current_pa_coverage(null) where country_code = 'JPN'") == [("c3",)]


@pytest.mark.parametrize(("as_of", "day"), [(None, date(2026, 1, 1)), ("2021-04-02", date(2021, 4, 2))])
def test_the_day_is_that_of_the_data_or_the_one_looked_back_to(rows, as_of, day):
    assert rows("select day from data_day($1)", as_of) == [(day,)]


@pytest.mark.parametrize(
    ("day", "meetings"),
    [
        ("1993-02-10", []),
        ("1993-02-11", ["first_talks"]),
        ("2020-04-01", ["first_talks", "som_90", "workshop_lost"]),  # the paper of 2020-03-05 is about both
        ("2022-04-01", ["first_talks", "som_90", "som_91", "workshop_lost"]),
        ("2022-04-02", ["first_talks", "som_90", "som_91", "som_92", "workshop_lost"]),
        ("2023-05-31", ["first_talks", "som_90", "som_91", "som_92", "som_93", "workshop_lost"]),
    ],
)
def test_a_meeting_is_known_from_its_last_day_or_its_document(rows, day, meetings):
    assert rows("select meeting_id from current_meetings($1::date) order by 1", day) == [(key,) for key in meetings]


def test_names_are_those_of_tables_with_brackets_left_out_and_no_common_english_name(rows):
    names = set(rows("select thing, name, language from names_known"))
    assert {
        ("species/steppe_cat", "Steppe cat", "en"),
        ("species/steppe_cat", "Felis ficta", "la"),
        ("sites/steppe_park", "Park of the Steppe", "en"),
        ("sites/steppe_park", "The Park", "en"),
        ("countries/CHN", "China", "en"),
        ("countries/CHN", "People's Republic of China", "en"),
        ("organisations/made_up_bureau", "MUB", "en"),
        ("frameworks/made_up_convention", "MUC", "en"),
        ("projects/joint_study", "Joint study", "en"),
        ("projects/joint_study", "Joint study of steppe cats", "en"),
    } <= names
    assert not [name for _, name, _ in names if not name]
