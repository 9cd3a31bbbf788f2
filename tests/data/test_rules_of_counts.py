"""Which figure is the current one, which stands for a species, a State, a series: cases that no real row meets."""

import pytest

from neaspec.data.queries import Ask
from tests.support.mini import load_mini, mini_rows, more

DOCUMENTS = {
    "state_2019": ("official", "2019-01-01"),
    "state_2021": ("official", "2021-01-01"),
    "article_2022": ("scientific", "2022-01-01"),
    "club_2023": ("organisation", "2023-01-01"),
    "paper_2024": ("press", "2024-01-01"),
    "web_2024": ("web_page", "2024-01-01"),
}
COUNT = {
    "species_id": "fox",
    "country_code": "MNG",
    "count_kind": "estimate",
    "population_part": "all_ages",
    "locator": "p. 1",
    "method": "camera_trap",
    "qualifier": "exact",
    "unit": "individuals",
    "is_derived": "false",
    "year_to": "2020",
    "document_id": "state_2021",
    "value": "10",
}
# key -> the area and what differs from COUNT; the key says what the row is.
COUNTS: dict[str, dict[str, str]] = {
    "year_newer": {"area_name": "Years", "year_to": "2020", "document_id": "paper_2024"},
    "year_older": {"area_name": "Years", "year_to": "2019"},
    "grade_article": {"area_name": "Grades", "document_id": "article_2022"},
    "grade_club": {"area_name": "Grades", "document_id": "club_2023"},
    "grade_official": {"area_name": "Grades", "document_id": "state_2019"},
    "document_newer": {"area_name": "Documents", "document_id": "state_2021"},
    "document_older": {"area_name": "Documents", "document_id": "state_2019"},
    "same_a": {"area_name": "Same"},
    "same_b": {"area_name": "Same"},
    "web_only": {"area_name": "Web", "document_id": "web_2024"},
    "undated": {"area_name": "Undated", "year_to": ""},
    "derived": {"area_name": "Derived", "is_derived": "true", "formula": "4 + 6"},
    "of_season": {"area_name": "Parts", "season": "winter 2020"},
    "of_year": {"area_name": "Parts"},
    "of_adults": {"area_name": "Parts", "population_part": "adults"},
    "of_tracks": {"area_name": "Parts", "method": "snow_tracks"},
    "of_census": {"area_name": "Parts", "count_kind": "census_count"},
    # A State with areas alone, one with pairs in a series, one with a series of animals, one with a zero alone.
    "owl_a": {"species_id": "owl", "country_code": "CHN", "area_name": "East", "year_to": "2018", "value": "3"},
    "owl_b": {"species_id": "owl", "country_code": "CHN", "area_name": "North", "year_to": "2020", "value": "2"},
    "owl_c": {"species_id": "owl", "country_code": "CHN", "area_name": "South", "year_to": "2019", "value": "0"},
    "owl_d": {"species_id": "owl", "country_code": "CHN", "area_name": "West", "year_to": "2020", "value": "9"},
    "owl_e": {"species_id": "owl", "country_code": "CHN", "area_name": "Far west", "year_to": "2017", "value": "5"},
    "owl_dense": {"species_id": "owl", "country_code": "CHN", "area_name": "Deep", "unit": "individuals_per_100km2"},
    "owl_zero": {"species_id": "owl", "country_code": "JPN", "area_name": "Japan", "value": "0"},
    "owl_pairs": {
        "species_id": "owl",
        "country_code": "RUS",
        "area_name": "Russian Federation",
        "unit": "pairs",
        "value": "4",
        "series_id": "owl_pairs",
    },
    "owl_most": {"species_id": "owl", "country_code": "RUS", "area_name": "Far east", "value": "30"},
    "owl_few": {"species_id": "owl", "country_code": "RUS", "area_name": "Middle", "value": "29"},
    "hare_2019": {"species_id": "hare", "area_name": "Mongolia", "year_to": "2019", "series_id": "hares", "value": "7"},
    "hare_2020": {"species_id": "hare", "area_name": "Mongolia", "series_id": "hares", "value": "8"},
    "hare_2020_press": {
        "species_id": "hare",
        "area_name": "Mongolia",
        "series_id": "hares",
        "value": "99",
        "document_id": "paper_2024",
    },
    "hare_web": {
        "species_id": "hare",
        "area_name": "Mongolia",
        "year_to": "2021",
        "series_id": "hares",
        "document_id": "web_2024",
    },
    "hare_second": {
        "species_id": "hare",
        "area_name": "Mongolia, aerial",
        "method": "aerial",
        "year_to": "2022",
        "series_id": "hares_second",
        "value": "5",
    },
    "hare_park": {"species_id": "hare", "area_name": "Park", "value": "50"},
    "hare_world": {
        "species_id": "hare",
        "country_code": "",
        "area_name": "World",
        "series_id": "hares_world",
        "value": "70",
    },
}
SERIES = {
    "owl_pairs": ("owl", "pairs", ""),
    "hares": ("hare", "individuals", "1"),
    "hares_second": ("hare", "individuals", "2"),
    "hares_world": ("hare", "individuals", ""),
}
PRESENT = [
    ("owl", "CHN", "resident"),
    ("owl", "JPN", "resident"),
    ("owl", "KOR", "resident"),
    ("owl", "PRK", "not_known"),
    ("owl", "KAZ", "resident"),
    ("owl", "RUS", "resident"),
    ("hare", "MNG", "resident"),
    ("hare", "CHN", "present"),
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
    like = mini_rows()["species"][2]
    species = [
        like
        | {"species_id": key, "name": key.capitalize(), "scientific_name": f"Animal {key}", "sort_order": str(place)}
        for place, key in enumerate(("fox", "owl", "hare"), 10)
    ]
    counts = [
        COUNT | {"count_id": key, "year_from": cells.get("year_to", COUNT["year_to"])} | cells
        for key, cells in COUNTS.items()
    ]
    series = [
        {
            "series_id": key,
            "species_id": of,
            "name": key,
            "comparability": "Made up.",
            "is_joined": "true",
            "unit": unit,
            "headline_order": order,
        }
        for key, (of, unit, order) in SERIES.items()
    ]
    present = [
        {
            "species_country_id": f"{of}_{code}",
            "species_id": of,
            "country_code": code,
            "presence": presence,
            "document_id": "state_2019",
            "locator": "p. 1",
        }
        for of, code, presence in PRESENT
    ]
    added = {
        "documents": documents,
        "species": species,
        "counts": counts,
        "series": series,
        "species_countries": present,
    }
    return load_mini(more(mini_rows(), **added))


@pytest.fixture(scope="module")
def found(ask):
    """Give one column of an answer."""
    return lambda sql, *given: [key for (key,) in ask.connection.cursor().execute(sql, list(given)).fetchall()]


@pytest.mark.parametrize(
    ("area", "keys"),
    [
        ("Years", ["year_newer"]),
        ("Grades", ["grade_official"]),
        ("Documents", ["document_newer"]),
        ("Same", ["same_a"]),
        ("Web", []),
        ("Undated", []),
        ("Derived", []),
        ("Parts", ["of_adults", "of_census", "of_season", "of_tracks", "of_year"]),
    ],
)
def test_the_current_figure_is_of_the_newest_year_then_the_best_then_the_newest_document(found, area, keys):
    assert found("select count_id from current_counts(null) where area_name = $1 order by 1", area) == keys


@pytest.mark.parametrize(
    ("day", "keys"), [("2018-12-31", []), ("2019-01-01", ["document_older"]), ("2021-01-01", ["document_newer"])]
)
def test_a_figure_is_current_from_the_day_of_its_document(found, day, keys):
    assert found("select count_id from current_counts($1::date) where area_name = 'Documents'", day) == keys


def test_one_figure_stands_in_a_series_for_each_year_and_none_of_a_web_page(found):
    assert found("select count_id from series_counts(null) where series_id = 'hares' order by 1") == [
        "hare_2019",
        "hare_2020",
    ]
    assert found("select count_id from count_states(null, of_species := 'hare') order by 1") == [
        key for key in sorted(COUNTS) if key.startswith("hare")
    ]


@pytest.mark.parametrize(
    ("species", "code", "keys"),
    [
        ("owl", "CHN", ["owl_b", "owl_d", "owl_a"]),
        ("owl", "JPN", ["owl_zero"]),
        ("owl", "RUS", ["owl_most", "owl_pairs"]),
        ("hare", "MNG", ["hare_2020"]),
        ("owl", "KOR", []),
    ],
)
def test_a_state_is_shown_what_stands_for_it_or_its_newest_areas_without_those_of_none(found, species, code, keys):
    """Three areas at most, no zero and no density among them; beside pairs in a series the highest of animals."""
    assert sorted(
        found("select count_id from state_counts(null) where species_id = $1 and country_code = $2", species, code)
    ) == sorted(keys)


@pytest.mark.parametrize(
    ("species", "rows"),
    [
        (
            "hare",
            [("MNG", "state", "hare_2020", 1), ("MNG", "state", "hare_second", 2), ("CHN", "no_figure", None, None)],
        ),
        (
            "owl",
            [
                ("CHN", "areas", None, None),
                ("RUS", "areas", None, None),
                ("JPN", "no_figure", None, None),
                ("KOR", "no_figure", None, None),
            ],
        ),
        ("marsh_crane", [(None, "range", "cranes_world_2021", 1)]),
        ("steppe_cat", [("MNG", "state", "cats_mng_2020", 1), ("RUS", "state", "cats_rus_2020", 1)]),
    ],
)
def test_each_state_stands_for_itself_and_a_whole_range_for_all(ask, species, rows):
    answer = ask.connection.cursor().execute(
        "select country_code, standing, count_id, place_in_state from species_standing(null) where species_id = $1",
        [species],
    )
    assert sorted(answer.fetchall(), key=str) == sorted(rows, key=str)


def test_states_without_a_figure_cite_who_says_that_it_lives_there_and_areas_who_counted(ask):
    answer = ask.connection.cursor().execute(
        "select country_code, document_ids from species_standing(null) where species_id = 'owl' order by 1"
    )
    assert answer.fetchall() == [
        ("CHN", "state_2021"),
        ("JPN", "state_2019"),
        ("KOR", "state_2019"),
        ("RUS", "state_2021"),
    ]
