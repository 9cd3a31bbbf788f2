"""The recipes of CONTRIBUTING.md, walked on a copy of the tables: it is built, and the files touched are counted.

One copy takes all of them, each adding rows only, so the tables are checked and built once.
"""

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from neaspec.data.build import build_database
from neaspec.data.database import no_progress
from neaspec.data.description import read_description, tables_of
from neaspec.data.queries import Ask, load_query
from neaspec.data.validate import read_rows
from neaspec.data.validate_links import check_headlines
from neaspec.data.validate_rows import Rows
from neaspec.paths import DATA_DIR, QUERIES_DIR, ROOT
from neaspec.render.charts.native import office_symbols
from tools.species_style import markers_allowed, proposals

# The most files one has to touch, CHANGELOG.md and golden answers (one command writes them) not counted.
MOST_FILES = {"species": 8, "site": 4, "correction": 3, "check": 2}
REPORT = {
    "title": "Made-up report",
    "publisher": "Nobody",
    "published_date": "2026-11",
    "seen_date": "2026-11-28",
    "kind": "report",
    "grade": "official",
    "language": "en",
}
CHECK = """-- question: Which series has figures of two areas?
-- params:
--   $as_known_on     null::date
-- returns:
--   series_id        VARCHAR   series.series_id
--   areas            BIGINT    number of areas
select counts.series_id, count(distinct counts.area_id) as areas,
from known_counts($as_known_on) as counts
where counts.series_id is not null
group by counts.series_id
having areas > 1
order by counts.series_id
"""


class Recipe:
    """Rows added to a copy of the tables, and which files they went into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: set[str] = set()

    def add(self, table: str, **cells: str) -> None:
        path = self.folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            columns = next(csv.reader(handle))
        assert cells.keys() <= set(columns), table
        with path.open("a", encoding="utf-8", newline="") as handle:
            csv.DictWriter(handle, columns, restval="", lineterminator="\n").writerow(cells)
        self.files.add(path.name)


def add_species(recipe: Recipe) -> None:
    """A seventh species with one count."""
    with (recipe.folder / "species.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    (light, _), (dark, _) = (
        proposals([row[column] for row in rows], background, 1)[0]
        for column, background in (("colour", "#FFFFFF"), ("colour_dark", "#11161C"))
    )
    marker = next(marker for marker in markers_allowed() if marker not in {row["marker"] for row in rows})
    recipe.add("documents", document_id="owl_report", **REPORT)
    recipe.add(
        "species",
        species_id="made_up_owl",
        name="Made-up owl",
        scientific_name="Bubo fictus",
        taxon_rank="species",
        taxon_group="migratory_bird",
        colour=light,
        colour_dark=dark,
        marker=marker,
        public_place_level="degree_0_1",
        sensitivity_reason="Made up.",
        sensitivity_review_date="2028-12",
        sort_order="7",
    )
    recipe.add(
        "taxon_names",
        taxon_name_id="bubo_fictus",
        name="Bubo fictus",
        language="la",
        species_id="made_up_owl",
        taxon_group="migratory_bird",
        relation="accepted",
    )
    recipe.add(
        "species_countries",
        species_country_id="made_up_owl_mng",
        species_id="made_up_owl",
        country_code="MNG",
        presence="breeding",
        document_id="owl_report",
        locator="p. 1",
    )
    recipe.add("areas", area_id="made_up_steppe", name="Made-up steppe", country_code="MNG")
    recipe.add(
        "series",
        series_id="owl_steppe",
        species_id="made_up_owl",
        area_id="made_up_steppe",
        name="Owls",
        comparability="One count only.",
        is_joined="true",
        unit="individuals",
        headline_order="1",
    )
    recipe.add(
        "counts",
        count_id="owl_2026",
        species_id="made_up_owl",
        country_code="MNG",
        area_id="made_up_steppe",
        area_name="Made-up steppe",
        year_from="2026",
        year_to="2026",
        count_kind="estimate",
        population_part="all_ages",
        method="not_stated",
        value="41",
        qualifier="exact",
        unit="individuals",
        series_id="owl_steppe",
        is_derived="false",
        document_id="owl_report",
        locator="p. 1",
    )


def add_site(recipe: Recipe) -> None:
    """A site with its designation."""
    recipe.add("documents", document_id="site_report", **REPORT)
    recipe.add(
        "sites",
        site_id="made_up_lake",
        name="Made-up lake",
        country_code="MNG",
        country_codes="MNG",
        site_kind="wetland",
        latitude="47.5",
        longitude="104.5",
        coordinate_precision_deg="0.1",
        coordinate_basis="stated",
        is_sensitive="false",
        is_in_neaspec_papers="false",
        is_tumen="false",
        document_id="site_report",
        locator="p. 1",
    )
    recipe.add(
        "designations",
        designation_id="made_up_lake_ramsar",
        site_id="made_up_lake",
        designation="Ramsar Site",
        level="international",
        state="in_force",
        designated_year="2025",
        document_id="site_report",
        locator="p. 1",
    )


def correct_figure(recipe: Recipe) -> None:
    """A newer figure of an area that has one: the old row stays."""
    with (recipe.folder / "counts.csv").open(encoding="utf-8", newline="") as handle:
        old = next(row for row in csv.DictReader(handle) if row["count_id"] == "leopard_llnp_2023_adults")
    recipe.add("documents", document_id="leopard_report", **REPORT)
    recipe.add(
        "counts",
        **old
        | {
            "count_id": "leopard_llnp_2026_adults",
            "year_from": "2026",
            "year_to": "2026",
            "value": "150",
            "as_of": "2026",
            "document_id": "leopard_report",
            "locator": "p. 1",
            "caveat_ids": "overlapping_counts",
            "note": "",
        },
    )


RECIPES = {"species": add_species, "site": add_site, "correction": correct_figure}


@pytest.fixture(scope="module")
def walked(tmp_path_factory) -> tuple[Ask, dict[str, set[str]]]:
    """The database of a copy to which all recipes were applied, and the files that each touched."""
    folder = tmp_path_factory.mktemp("recipes") / "data"
    folder.mkdir()
    for table in tables_of(read_description(DATA_DIR)):
        shutil.copy(DATA_DIR / table["path"], folder)
    shutil.copy(DATA_DIR / "datapackage.json", folder)
    touched = {}
    for name, walk in RECIPES.items():
        walk(recipe := Recipe(folder))
        touched[name] = recipe.files
    target = folder.parent / "walked.duckdb"
    build_database(folder, target, no_progress)
    return Ask(duckdb.connect(str(target), read_only=True)), touched


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_touches_few_files(walked, name):
    _, touched = walked
    assert 1 < len(touched[name]) <= MOST_FILES[name], touched[name]


def test_a_seventh_species_has_its_figure_on_the_overview(walked):
    ask, _ = walked
    rows = ask("species_headlines").set_index("species_id")
    assert rows.loc["made_up_owl", "value"] == 41
    styles = ask("species_styles")
    assert styles["marker"].is_unique
    assert len(set(office_symbols(styles["marker"]).values())) == 7


def test_a_new_site_has_the_level_of_its_designation(walked):
    ask, _ = walked
    sites = ask("sites_protected", country_code="MNG", level=None, species_id=None).set_index("site_id")
    assert sites.loc["made_up_lake", "level"] == "international"


def test_a_corrected_figure_is_current_and_the_old_one_is_not(walked):
    ask, _ = walked
    rows = ask("species_counts", species_id="amur_leopard").set_index("count_id")
    assert rows.loc[["leopard_llnp_2023_adults", "leopard_llnp_2026_adults"], "is_current"].tolist() == [False, True]


def test_a_new_check_is_one_file_and_its_golden_answer(walked, tmp_path):
    ask, _ = walked
    shutil.copytree(QUERIES_DIR / "checks", tmp_path / "checks")
    (tmp_path / "checks" / "two_areas.sql").write_text(CHECK, encoding="utf-8")
    query = load_query("checks/two_areas", tmp_path)
    assert query.question
    assert list(query.returns) == ["series_id", "areas"]
    assert ask.connection.execute(query.sql, {"as_known_on": None}).fetchall() == []


def test_a_species_without_its_series_row_is_refused(tmp_path):
    """The recipe with its most easily forgotten row left out."""
    rows: dict[str, Rows] = {name: read_rows(DATA_DIR / f"{name}.csv") for name in ("species", "series", "counts")}
    assert list(check_headlines(rows)) == []
    rows["species"].append((8, rows["species"][0][1] | {"species_id": "made_up_owl"}))
    assert [problem[:52] for problem in check_headlines(rows)] == [
        "species.csv:8: species_id is 'made_up_owl', but no s"
    ]


@pytest.mark.parametrize("name", RECIPES)
def test_contributing_names_every_file_of_a_recipe(walked, name):
    _, touched = walked
    rows = [line for line in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines() if "|" in line]
    begin = {"species": "| add a species ", "site": "| add a site ", "correction": "| correct a figure "}[name]
    (row,) = [line for line in rows if line.startswith(begin)]
    assert [file for file in touched[name] if f"`data/{file}`" not in row] == []
