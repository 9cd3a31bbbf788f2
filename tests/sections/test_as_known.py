"""As known at a meeting, no page says a year, a figure or an event of later; plans that were stated by then may be."""

import re
from functools import lru_cache

import pytest

from neaspec.data.description import read_description, tables_of
from neaspec.data.queries import Ask
from neaspec.paths import DATA_DIR
from neaspec.urls import choices_from
from neaspec.web.page_cache import composed_page
from tests.support.as_known import cell, choices_of_all_pages, texts_of

PARTS = 15  # of the pages each meeting reads one part: their rows are read one by one below
SOMS = [f"som_{number}" for number in range(24, 29)]
YEAR = re.compile(r"(?<![\d.,/_])(20[23]\d)(?!\d|[.,]\d)")
NOT_WORDS = re.compile(r"(_ids?$|^id$|^locator$|^caveat_ids$|^note$|^url$|^printed$|^as_of$|_code$|^identifier$)")
OURS = {"gaps", "later_notes"}  # sentences of ours: they excuse nothing
SHORTEST_ANCHOR = 12
# What may stand for a later year on any page, and why.
EXCEPTIONS = {
    r"\b(Strategic Plan|SP) 20\d\d-20\d\d": "the name of the plan under discussion at the meeting",
    r"[Ww]ork (that goes on|continuing|continued|planned) in 2025": "the activity plan for 2025 was put to SOM-27",
    r"2029-r": "the number of a directive",
    r"2030 Agenda": "the name of the Agenda for Sustainable Development",
    r"\b20\d\d–20\d\d \| \d+ \| ": "five years of a chart of meetings, the last of them not yet over",
}
# Notes and gaps that tell a date set by a document of the time: a due date, or the years that money or a plan is for.
PLANNED_NOTES = [
    re.compile(
        r"^(Contributions that States announced for|Amounts of the budget plans|Whether SOM-27 approved the act)"
    ),
    re.compile(r"^(Due in|\w+ 2021 is the month of the conference|The first half of 2021 is|Printed 2020)"),
    re.compile(r"gives September 2021 – December 2022 as the implementing period"),
]
# Leaks that were found once: words and, for each, the first meeting at which they may be seen.
LEAKS = [
    ("gives September 2021", "sources", {"document_id": "som_24_paper"}, "som_25"),
    ("The figure of 2024 covers more regions", "species", {"species_id": "snow_leopard"}, "som_28"),
    ("he partial count of 2025", "species", {"species_id": "snow_leopard"}, "som_28"),
    ("hat of 2022 is a minimum with cubs", "species", {"species_id": "amur_tiger"}, "som_25"),
    ("No workshop or expert meeting on the Tumen estuary in 2021", "sites", {"site_id": "tumen_estuary"}, "som_25"),
    ("No decision of SOM-24", "sites", {"site_id": "tumen_estuary"}, "som_25"),
    ("moved to October 2021 and December 2022", "sources", {"document_id": "som_24_paper"}, "som_26"),
    ("national park of 2021", "sources", {"document_id": "som_24_paper"}, "som_25"),
    ("Whether SOM-27 approved the activity plan", "sources", {"document_id": "som_27_paper"}, "som_28"),
    ("spoonbill census of January 2026", "species", {"species_id": "black_faced_spoonbill"}, ""),
]
STATEMENTS = [table["name"] for table in tables_of(read_description(DATA_DIR)) if table["kind"] == "statement"]


@pytest.fixture(scope="module")
def at(ask):
    """A function: an Ask as known at the last day of a SOM."""
    days = {row.meeting_id: row.held_on.date() for row in ask("soms").itertuples()}
    return lambda meeting_id: Ask(ask.connection, days[meeting_id], ask.version)


def later_years(text: str, year: int) -> set[str]:
    """Return the years in a text that are later than a year."""
    return {found for found in YEAR.findall(text) if int(found) > year}


class Plans:
    """What documents known by a day state of later years: years by the words they stand with."""

    def __init__(self, of: Ask, words) -> None:
        self.year = of.as_known_on.year
        self.by_anchor: dict[str, set[str]] = {}
        self.of_document: dict[str, set[str]] = {}
        names = self._names(of)
        for table in STATEMENTS:
            if table in OURS:
                continue
            rows = of.connection.cursor().execute(f"select * from known_{table}($1)", [of.as_known_on]).df()
            shown = [column for column in rows.columns if not NOT_WORDS.search(column)]
            for row in rows.to_dict("records"):
                said = [cell(row[column]) for column in shown]
                years = set().union(*(later_years(one, self.year) for one in said)) if said else set()
                if not years:
                    continue
                self.of_document.setdefault(str(row.get("document_id")), set()).update(years)
                dated = [
                    form for one in said if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", one) for form in (one, words.date(one))
                ]
                anchors = [
                    one for one in said if len(one) >= SHORTEST_ANCHOR or later_years(one, self.year) and "-" in one
                ]
                anchors += names.get(str(row.get("project_id")), [])
                for anchor in (*anchors, *dated):
                    self.by_anchor.setdefault(anchor.replace("_", " "), set()).update(years)
        for title in of("sources_documents", grade=None)["title"]:  # a title is what the document says
            self.by_anchor.setdefault(title, set()).update(later_years(title, self.year))
        readings = of("readings_taken")
        for row in readings.itertuples():
            keys = str(row.document_ids).split()
            stated = set().union(*(self.of_document.get(key, set()) for key in keys))
            for said in (row.reading, row.reason, row.subject):
                self.by_anchor.setdefault(said, set()).update(stated)
        counts = of.connection.cursor().execute("select value, low, high from known_counts($1)", [of.as_known_on]).df()
        self.figures = {f"{value:g}" for value in counts.to_numpy().ravel() if value == value and value.is_integer()}

    @staticmethod
    def _names(of: Ask) -> dict[str, list[str]]:
        sql = "select project_id, short_title, title from current_projects($1)"
        return {key: names for key, *names in of.connection.cursor().execute(sql, [of.as_known_on]).fetchall()}

    def unexcused(self, text: str) -> set[str]:
        """Return the later years of a text that nothing stated by then excuses."""
        years = later_years(text, self.year) - self.figures
        if years and any(re.search(pattern, text) for pattern in EXCEPTIONS):
            return set()
        if not years:
            return set()
        spaced = text.replace("_", " ")
        for anchor, stated in self.by_anchor.items():
            if years & stated and anchor in spaced:
                years -= stated
        if years and re.fullmatch(r"\d{4}–\d{4}|in \d{4}", text):  # the years a chart of plans covers, a planned year
            years -= set().union(*self.by_anchor.values())
        return years


@pytest.fixture(scope="module")
def seen(at):
    """A function: (page, choices, texts) of all pages as known at a SOM, composed once."""

    @lru_cache(maxsize=1)
    def composed(meeting_id: str) -> list[tuple[str, object, list[str]]]:
        of = at(meeting_id)
        return [
            (
                name,
                choices,
                list(texts_of(composed_page(name, choices, of))),
            )
            for name, choices in choices_of_all_pages(of, SOMS.index(meeting_id), PARTS)
        ]

    return composed


@pytest.mark.parametrize("meeting_id", SOMS)
def test_no_page_says_a_year_that_is_later_than_the_meeting(seen, at, words, meeting_id):
    plans = Plans(at(meeting_id), words)
    checked: dict[str, set[str]] = {}
    told: list[str] = []
    pages = seen(meeting_id)
    for name, choices, texts in pages:
        for text in texts:
            if text not in checked:
                checked[text] = plans.unexcused(text)
                if checked[text]:
                    told.append(f"{name} {choices}: {sorted(checked[text])} in {text!r}")
    assert len(pages) > 20 and len(checked) > 1000
    assert told == []


@pytest.mark.parametrize(("words_of_later", "name", "given", "first"), LEAKS)
def test_what_once_leaked_is_said_from_its_day_on(at, ask, words_of_later, name, given, first):
    for meeting_id in SOMS:
        said = " ".join(texts_of(composed_page(name, choices_from(name, given), at(meeting_id))))
        assert (words_of_later in said) is (bool(first) and meeting_id >= first and is_known(at(meeting_id), given)), (
            meeting_id
        )
    said = " ".join(texts_of(composed_page(name, choices_from(name, given), ask)))
    assert words_of_later in said


def is_known(of: Ask, given: dict[str, str]) -> bool:
    """Tell whether the document a page is about is known."""
    return given.get("document_id") is None or given["document_id"] in set(
        of("sources_documents", grade=None)["document_id"]
    )


def test_no_page_counts_what_a_later_page_states(at):
    said = " ".join(texts_of(composed_page("sites", choices_from("sites", {}), at("som_24"))))
    assert "later or undated document" not in said


def test_no_row_speaks_of_a_later_year_in_words_of_ours(ask):
    """Notes and gaps; what a later document adds is a row of later_notes, a gap has its day in known_from."""
    keys = {one["name"]: one["schema"]["primaryKey"][0] for one in tables_of(read_description(DATA_DIR))}
    day = "coalesce(own.known_on, documents.known_on)"
    told = []
    for table in STATEMENTS:
        columns = ("what", "note", "document_id") if table in OURS else ("note", "document_id")
        sql = (
            f"select {', '.join(f't.{column}' for column in columns)}, year({day}) from {table} as t "
            "inner join documents on t.document_id = documents.document_id "
            f"left join days_of_rows as own on own.table_name = '{table}' and own.row_id = t.{keys[table]}"
        )
        told += [
            (table, said, document_id)
            for *texts, document_id, year in ask.connection.cursor().execute(sql).fetchall()
            for said in texts
            if said and later_years(said, year) and not any(pattern.search(said) for pattern in PLANNED_NOTES)
        ]
    assert told == []


def test_a_planted_look_ahead_is_found(at, words):
    plans = Plans(at("som_24"), words)
    assert plans.unexcused("The figure of 2024 covers more regions.") == {"2024"}
    assert plans.unexcused("signed, 16 May 2024") == {"2024"}
    assert plans.unexcused("Big cats 2020-2022: component 1 | 2021-01 | 2022-12") == set()
    assert plans.unexcused("2,022 birds, 2022.5 ha") == set()
    assert later_years("2021-06 and June 2022", 2020) == {"2021", "2022"}


def test_the_spoonbill_decision_is_known_at_som_28_although_its_page_bears_only_the_year(at):
    asked = at("som_28")("issues_asked", meeting_id="som_27", country_code=None, ask_kind=None)
    plan = asked[asked["issue_id"] == "som_27_spoonbill_plan"].iloc[0]
    assert plan["state"] == "done"
    assert plan["state_date"] == "2024-12"
    decided = at("som_27")("decisions_taken", meeting_id="som_27", project_id=None)
    assert "som_27_spoonbill_plan" in set(decided["decision_id"])
    assert "som_27_spoonbill_plan" not in set(
        at("som_26")("decisions_taken", meeting_id=None, project_id=None)["decision_id"]
    )


def test_between_two_meetings_new_amounts_periods_and_products_are_listed_and_what_became_known_is_apart(at):
    days = {key: at(key).as_known_on for key in SOMS}
    told = at("som_27")("changes_planned", known_from=days["som_24"])
    assert "299,789 USD" in set(told["new_said"])
    news = {(row.about, row.new_said) for row in told[~told["is_known_only"].astype(bool)].itertuples()}
    assert ("Big cats 2020-2022", "until 2022-12") in news
    assert {about for about, _ in news} >= {"Evaluation 2023", "Snow leopard follow-up 2022"}
    assert "Final report of the study, completed and presented at SOM-26." in set(told["what"])
    claims = at("som_27")("changes_claims", known_from=days["som_24"])
    tiger = claims[(claims["about"] == "Amur tiger") & claims["what"].str.startswith("IUCN")]
    assert tiger["is_known_only"].all()
    park = at("som_27")("changes_stated", known_from=days["som_24"])
    park = park[park["about"].str.startswith("Northeast China Tiger")]
    assert park["is_known_only"].all()
