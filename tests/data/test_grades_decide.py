"""What rests on which grade of documents: ceilings that may fall, never rise; what a low grade may not decide."""

import pandas as pd
import pytest

from neaspec.data.queries import Ask

WEAK = "('press', 'web_page')"
# Of a hundred statements of all tables, fewer than so many rest on the press, and on web pages.
MOST_PRESS = 12.0
MOST_WEB_PAGES = 1.5
# The working list of species names what anybody wrote of the wetlands, each cell with its source: counted apart.
SPECIES_LIST = "table_name like 'checklist%'"
MOST_WEB_PAGES_IN_SPECIES_LIST = 50.5
# Documents of the press behind the figures of the overview: newest figures that no better document gives.
MOST_PRESS_IN_OVERVIEW = 7
# Tables in which no row at all may rest on a web page: they colour the maps and give areas and positions.
MAPPED = ("sites", "designations", "site_areas", "site_extents")


def told(ask: Ask, sql: str) -> pd.DataFrame:
    """Answer a question about the rows themselves."""
    with ask.connection.cursor() as cursor:
        found: pd.DataFrame = cursor.execute(sql).df()
    return found


def shares(ask: Ask, which: str) -> pd.Series:
    """Return how many of a hundred of these statements rest on each grade."""
    counted = told(
        ask,
        "select grade, count(*) as statements from all_statements(null) join documents using (document_id) "
        f"where {which} group by grade",
    ).set_index("grade")["statements"]
    return counted / counted.sum() * 100


def test_the_press_and_web_pages_carry_few_statements(ask):
    share = shares(ask, f"not ({SPECIES_LIST})")
    assert set(share.index) == {"official", "scientific", "organisation", "press", "web_page"}
    print("\nstatements in a hundred by grade:", share.round(1).to_dict())
    assert share["press"] < MOST_PRESS
    assert share["web_page"] < MOST_WEB_PAGES


def test_web_pages_carry_a_part_of_the_working_species_list_alone(ask):
    share = shares(ask, SPECIES_LIST)
    print("\nrows of the species list in a hundred by grade:", share.round(1).to_dict())
    assert share["web_page"] < MOST_WEB_PAGES_IN_SPECIES_LIST


def test_every_statement_is_counted_with_its_grade_once(ask):
    counted = ask("sources_grades").set_index("grade")["statements"]
    assert counted.index.tolist() == ["official", "scientific", "organisation", "press", "web_page"]
    assert counted.sum() == told(ask, "select count(*) as n from all_statements(null)")["n"].item()


@pytest.mark.parametrize("table", MAPPED)
def test_nothing_on_the_maps_rests_on_a_web_page(ask, table):
    found = told(
        ask,
        f"select t.* from {table} as t join documents on t.document_id = documents.document_id "
        "where documents.grade = 'web_page'",
    )
    assert found.iloc[:, 0].tolist() == []


def test_no_current_figure_and_no_point_of_a_series_rests_on_a_web_page(ask):
    found = told(
        ask,
        "select count_id from counts join documents on counts.document_id = documents.document_id "
        "where documents.grade = 'web_page' and (count_id in (select count_id from current_counts(null)) "
        "or count_id in (select count_id from series_counts(null)))",
    )
    assert found["count_id"].tolist() == []


def test_no_peak_of_a_site_rests_on_a_web_page(ask):
    graded = told(ask, "select document_id, grade from documents").set_index("document_id")["grade"]
    sites = told(ask, "select distinct site_id from counts where site_id is not null order by site_id")["site_id"]
    counted = pd.concat([ask("sites_counts", site_id=site_id) for site_id in sites])
    peaks = counted[counted["is_highest"]]
    assert len(peaks) > 10
    assert peaks.loc[peaks["document_id"].map(graded) == "web_page", "count_id"].tolist() == []
    suncheon = ask("sites_counts", site_id="suncheon_bay")
    highest = suncheon[suncheon["is_highest"] & (suncheon["species_id"] == "hooded_crane")]
    assert highest["value"].tolist() == [8660]  # a board has 9,841, no newspaper or body has


def test_the_level_none_comes_from_a_state_or_from_neaspec_alone(ask):
    found = told(
        ask,
        "select designation_id from designations join documents on designations.document_id = documents.document_id "
        "where level = 'none' and documents.grade <> 'official'",
    )
    assert found["designation_id"].tolist() == []
    shown = told(ask, "select unnest(document_ids) as document_id from site_protection(null) where level = 'none'")
    graded = told(ask, "select document_id, grade from documents").set_index("document_id")["grade"]
    assert set(graded.reindex(shown["document_id"])) <= {"official"}


def test_the_press_decides_a_level_only_where_nothing_better_states_one(ask):
    decided = told(
        ask,
        "select site_id, grade from site_protection(null), unnest(document_ids) as ids(document_id) "
        "join documents on ids.document_id = documents.document_id",
    )
    weak = decided.groupby("site_id")["grade"].agg(set).loc[lambda grades: grades.map(lambda found: found == {"press"})]
    better = told(
        ask,
        "select distinct site_id from designations join documents on designations.document_id = documents.document_id "
        f"where state = 'in_force' and level <> 'none' and grade not in {WEAK}",
    )
    print("\nsites whose level only the press states:", len(weak))
    assert set(weak.index) & set(better["site_id"]) == set()


@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ("current_counts", "species_id country_code area_name count_kind population_part method year_to"),
        ("series_counts", "series_id year_to"),
    ],
)
def test_the_press_gives_a_figure_only_where_nothing_better_gives_one(ask, rule, same):
    keys = ", ".join(same.split())
    alike = " and ".join(f"counts.{key} is not distinct from shown.{key}" for key in same.split())
    found = told(
        ask,
        f"select shown.count_id, counts.count_id as better, {', '.join('shown.' + key for key in same.split())} "
        f"from {rule}(null) as shown join documents on shown.document_id = documents.document_id "
        f"join counts on {alike} and not counts.is_derived join documents as other "
        f"on counts.document_id = other.document_id "
        f"where documents.grade in {WEAK} and other.grade not in {WEAK}",
    )
    assert found["count_id"].tolist() == [], keys


def test_the_figures_of_the_overview_rest_on_better_documents_than_the_press_where_there_are_any(ask):
    figures = ask("species_headlines")
    graded = told(ask, "select document_id, grade from documents").set_index("document_id")["grade"]
    cited = (
        figures[figures["document_ids"].notna()]
        .assign(document_id=lambda rows: rows["document_ids"].str.split())
        .explode("document_id")
    )
    cited["grade"] = cited["document_id"].map(graded)
    assert cited["grade"].notna().all()
    weak = cited[cited["grade"].isin(["press", "web_page"])]
    print("\nfigures of the overview by grade:", cited["grade"].value_counts().to_dict())
    assert len(weak) <= MOST_PRESS_IN_OVERVIEW
    better = told(
        ask,
        "select series_id, year_to from counts join documents on counts.document_id = documents.document_id "
        f"where series_id is not null and grade not in {WEAK}",
    )
    both = weak.merge(better, on=["series_id", "year_to"])
    assert both["series_id"].tolist() == []
    told_figures = weak[
        weak["standing"] != "areas"
    ]  # figures of single areas are only named there, with marks of their own
    assert all("press_only" in str(caveats).split() for caveats in told_figures["caveat_ids"])
