"""What is in force, as the rules of queries/views/ decide it: cases that no real row meets, each a made-up site."""

from itertools import count
from typing import Any

import pytest

from neaspec.data.queries import Ask
from tests.support.mini import load_mini, mini_rows, more

# document -> grade and date; the order of grades decides, then the newer document.
DOCUMENTS = {
    "law_2015": ("official", "2015-01"),
    "law_2022": ("official", "2022-01"),
    "law_2022_b": ("official", "2022-01"),
    "article_2016": ("scientific", "2016-01"),
    "article_2023": ("scientific", "2023-01"),
    "club_2023": ("organisation", "2023-01"),
    "paper_2024": ("press", "2024-01"),
    "web_2024": ("web_page", "2024-01"),
}
# site -> its designations as (name, level, state, document), and the side of the border or a caveat where it has one.
SITES: dict[str, list[tuple[str, ...]]] = {
    "press_alone": [("Park", "national", "in_force", "paper_2024")],
    "press_beside": [
        ("Park", "international", "in_force", "paper_2024"),
        ("Reserve", "national", "in_force", "club_2023"),
    ],
    "web_alone": [("Park", "national", "in_force", "web_2024")],
    "none_official": [("None", "none", "in_force", "law_2022")],
    "none_by_article": [("None", "none", "in_force", "article_2023")],
    "level_not_named": [("Park", "not_known", "in_force", "law_2022")],
    "one_level_named": [
        ("Park", "not_known", "in_force", "law_2022"),
        ("Zone", "subnational", "in_force", "club_2023"),
    ],
    "highest": [
        ("Zone", "subnational", "in_force", "law_2022"),
        ("Park", "national", "in_force", "law_2022"),
        ("List", "international", "in_force", "article_2023"),
    ],
    "best_document": [
        ("Park", "national", "in_force", "article_2023"),
        ("Reserve", "national", "in_force", "law_2015"),
    ],
    "not_named": [
        ("Park", "national", "in_force", "club_2023"),
        ("Reserve", "national", "in_force", "law_2015", "", "site_not_named"),
    ],
    "ended": [("Ban", "national", "in_force", "law_2015"), ("Ban", "national", "former", "article_2016")],
    "merged": [
        ("Ban", "national", "in_force", "law_2015"),
        ("Ban", "national", "merged_into_national_park", "law_2022"),
    ],
    "ended_and_back": [("Ban", "national", "former", "law_2015"), ("Ban", "national", "in_force", "law_2022")],
    "ended_that_day": [("Ban", "national", "former", "law_2022"), ("Ban", "national", "in_force", "law_2022_b")],
    "signed": [("Treaty", "international", "signed", "law_2022"), ("Idea", "national", "proposed", "club_2023")],
    "proposed": [("Idea", "national", "proposed", "club_2023")],
    "recognised": [("Flyway", "international", "recognition_only", "club_2023")],
    "unconfirmed": [("Park", "national", "not_confirmed", "law_2022")],
    "one_bank": [("Park", "national", "in_force", "law_2022", "MNG")],
    "two_banks_protected": [
        ("Park", "national", "in_force", "law_2022", "MNG"),
        ("Reserve", "national", "in_force", "law_2022", "RUS"),
    ],
    "bank_and_whole": [
        ("Park", "national", "in_force", "law_2022", "MNG"),
        ("List", "national", "in_force", "law_2022"),
    ],
    "whole": [],
    "a_part": [("Park", "national", "in_force", "club_2023")],
    "whole_of_none": [],
    "a_part_of_none": [("None", "none", "in_force", "law_2022")],
    "two_statements": [("Park", "national", "in_force", "law_2015"), ("Park", "national", "in_force", "law_2022")],
    "said_twice": [("Park", "subnational", "in_force", "article_2023"), ("Park", "national", "in_force", "law_2015")],
    "not_stated": [],
}
PARTS = {"a_part": "whole", "a_part_of_none": "whole_of_none"}


def sites() -> list[dict[str, str]]:
    like = {
        "country_codes": "MNG RUS",
        "site_kind": "protected_area",
        "coordinate_basis": "none",
        "is_sensitive": "false",
        "is_in_neaspec_papers": "false",
        "is_tumen": "false",
        "document_id": "law_2015",
        "locator": "p. 1",
    }
    return [like | {"site_id": key, "name": key, "part_of_site_id": PARTS.get(key, "")} for key in SITES]


def designations() -> list[dict[str, str]]:
    numbers = count(1)
    columns = ("designation", "level", "state", "document_id", "country_code", "caveat_ids")
    return [
        {
            "designation_id": f"d{next(numbers):03}",
            "site_id": key,
            "locator": "p. 1",
            **dict(zip(columns, row, strict=False)),
        }
        for key, rows in SITES.items()
        for row in rows
    ]


def areas() -> list[dict[str, str]]:
    like = {"part": "whole", "is_derived": "false", "locator": "p. 1"}
    rows = [
        ("best_document", "10", "article_2023", {}),
        ("best_document", "20", "law_2015", {}),
        ("highest", "10", "law_2015", {}),
        ("highest", "20", "law_2022", {}),
        ("ended", "10", "law_2022", {"is_derived": "true", "formula": "4 + 6"}),
        ("ended", "20", "paper_2024", {}),
        ("merged", "10", "law_2022", {"part": "core"}),
        ("merged", "20", "law_2022", {"part": "not_clear"}),
        ("signed", "10", "web_2024", {}),
        ("proposed", "10", "law_2022", {}),
        ("proposed", "20", "law_2022_b", {}),
    ]
    return [
        like | {"site_area_id": f"a{place:02}", "site_id": site, "area_ha": area, "document_id": document} | more_cells
        for place, (site, area, document, more_cells) in enumerate(rows)
    ]


@pytest.fixture(scope="module")
def ask() -> Ask:
    documents = [
        {
            "document_id": key,
            "title": key,
            "publisher": "Made-up",
            "published_date": day,
            "seen_date": "2026-01-01",
            "kind": "report",
            "grade": grade,
            "language": "en",
        }
        for key, (grade, day) in DOCUMENTS.items()
    ]
    return load_mini(
        more(mini_rows(), documents=documents, sites=sites(), designations=designations(), site_areas=areas())
    )


@pytest.fixture(scope="module")
def states(ask):
    """Give what is decided of each site, for the whole and for one State."""

    def of(side: str | None = None) -> dict[str, dict[str, object]]:
        rows = ask.connection.cursor().execute("from protection_states(null, side := $1)", [side]).df()
        return rows.set_index("site_id").to_dict("index")

    return {side: of(side) for side in (None, "MNG", "RUS")}


def text(value: object) -> object:
    return None if isinstance(value, float) else value


def keys(value: Any) -> str:
    return "" if text(value) is None else " ".join(value)


@pytest.mark.parametrize(
    ("site", "level", "standing", "documents"),
    [
        ("press_alone", "national", None, "paper_2024"),
        ("press_beside", "national", None, "club_2023"),
        ("web_alone", None, None, ""),
        ("none_official", "none", None, "law_2022"),
        ("none_by_article", None, None, ""),
        ("level_not_named", "not_known", "level_not_named", "law_2022"),
        ("one_level_named", "subnational", None, "club_2023"),
        ("highest", "international", None, "article_2023"),
        ("best_document", "national", None, "law_2015"),
        ("not_named", "national", None, "club_2023 law_2015"),
        ("ended", None, None, ""),
        ("merged", None, None, ""),
        ("ended_and_back", "national", None, "law_2022"),
        ("ended_that_day", "national", None, "law_2022_b"),
        ("signed", None, "signed", ""),
        ("proposed", None, "proposed", ""),
        ("recognised", None, None, ""),
        ("unconfirmed", None, None, ""),
        ("one_bank", "national", "one_side", "law_2022"),
        ("two_banks_protected", "national", "one_side", "law_2022"),
        ("bank_and_whole", "national", None, "law_2022"),
        ("whole", None, "in_parts", ""),
        ("a_part", "national", None, "club_2023"),
        ("whole_of_none", None, None, ""),
        ("two_statements", "national", None, "law_2015 law_2022"),
        ("said_twice", "national", None, "law_2015"),
        ("not_stated", None, None, ""),
    ],
)
def test_protection_is_the_highest_level_in_force_by_the_best_documents(states, site, level, standing, documents):
    state = states[None][site]
    assert (text(state["level"]), text(state["standing"]), keys(state["document_ids"])) == (level, standing, documents)


@pytest.mark.parametrize(
    ("site", "documents"),
    [
        ("level_not_named", "law_2022"),
        ("one_bank", "law_2022"),
        ("signed", "law_2022"),
        ("proposed", "club_2023"),
        ("whole", "club_2023"),
        ("highest", ""),
    ],
)
def test_a_standing_has_the_documents_that_say_so(states, site, documents):
    assert keys(states[None][site]["standing_document_ids"]) == documents


@pytest.mark.parametrize(
    ("site", "designations", "recognitions", "proposals", "documents"),
    [
        ("signed", None, None, "Idea; Treaty (signed)", {"law_2022", "club_2023"}),
        ("recognised", None, "Flyway", None, {"club_2023"}),
        ("none_official", None, None, None, {"law_2022"}),
        ("highest", "List; Park; Zone", None, None, {"law_2022", "article_2023"}),
        ("ended", "Ban", None, None, {"law_2015"}),
        ("merged", None, None, None, set()),
        ("ended_and_back", "Ban", None, None, {"law_2022"}),
        ("unconfirmed", None, None, None, set()),
        ("said_twice", "Park", None, None, {"law_2015"}),
        ("web_alone", "Park", None, None, {"web_2024"}),
    ],
)
def test_labels_are_listed_apart_by_what_they_are(states, site, designations, recognitions, proposals, documents):
    state = states[None][site]
    assert tuple(text(state[name]) for name in ("designations", "recognitions", "proposals")) == (
        designations,
        recognitions,
        proposals,
    )
    assert set(keys(state["label_document_ids"]).split()) == documents


@pytest.mark.parametrize(
    ("side", "site", "level", "standing"),
    [
        ("MNG", "one_bank", "national", "one_side"),
        ("RUS", "one_bank", None, None),
        ("RUS", "two_banks_protected", "national", "one_side"),
        ("RUS", "bank_and_whole", "national", None),
        ("RUS", "highest", "international", None),
    ],
)
def test_the_page_of_a_state_leaves_out_what_is_stated_for_the_other_side_alone(states, side, site, level, standing):
    state = states[side][site]
    assert (text(state["level"]), text(state["standing"])) == (level, standing)


def test_statements_are_counted_of_the_best_documents_alone(states):
    counted = {site: state["statements"] for site, state in states[None].items()}
    assert (counted["two_statements"], counted["best_document"], counted["not_named"]) == (2, 1, 2)


def test_a_site_without_labels_is_told_from_one_with(states):
    assert not states[None]["not_stated"]["has_labels"] and states[None]["merged"]["has_labels"]


@pytest.mark.parametrize(
    ("site", "designation", "document"),
    [
        ("two_statements", "Park", "law_2022"),
        ("said_twice", "Park", "law_2015"),
        ("ended", "Ban", "law_2015"),
        ("ended_that_day", "Ban", "law_2022"),
    ],
)
def test_the_current_statement_is_the_best_graded_then_the_newest_then_the_first(ask, site, designation, document):
    rows = ask.connection.cursor().execute(
        "select document_id from current_designations(null) where site_id = $1 and designation = $2",
        [site, designation],
    )
    assert rows.fetchall() == [(document,)]


@pytest.mark.parametrize(
    ("site", "area"),
    [("best_document", 20), ("highest", 20), ("ended", 20), ("merged", None), ("signed", None), ("proposed", 10)],
)
def test_the_area_of_a_site_is_the_printed_one_of_the_whole_by_the_best_document(ask, site, area):
    rows = ask.connection.cursor().execute("select area_ha from current_site_areas(null) where site_id = $1", [site])
    assert rows.fetchall() == ([] if area is None else [(area,)])


def test_the_rules_of_protection_and_of_standing_read_one_pass(ask):
    query = ask.connection.cursor().execute
    assert query("select level from site_protection(null) where site_id = 'highest'").fetchall() == [("international",)]
    assert query("select count(*) from site_protection(null) where site_id in ('ended', 'signed')").fetchall() == [(0,)]
    assert query("select standing from site_standing(null) where site_id = 'signed'").fetchall() == [("signed",)]
    assert query("select count(*) from site_standing(null) where site_id = 'highest'").fetchall() == [(0,)]
    assert query("select proposals from site_labels(null) where site_id = 'proposed'").fetchall() == [("Idea",)]
    assert query("select count(*) from site_labels(null) where site_id = 'not_stated'").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("day", "ban", "park"),
    [("2014-12-31", None, None), ("2015-01-31", "national", None), ("2022-01-31", None, "national")],
)
def test_what_was_in_force_is_told_as_of_a_day(ask, day, ban, park):
    found = dict(
        ask.connection.cursor().execute("select site_id, level from site_protection($1::date)", [day]).fetchall()
    )
    assert (found.get("merged"), found.get("one_bank")) == (ban, park)
