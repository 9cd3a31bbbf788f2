"""Build, queries and pages without a server; and the same with ten and a hundred times the statements."""

import csv
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from neaspec.data.database import database_path, open_database
from neaspec.data.queries import Ask, load_query, query_names
from neaspec.paths import DATA_DIR
from neaspec.sections import movements
from neaspec.sections.cooperation import page as cooperation
from neaspec.sections.delegation import page as country
from neaspec.sections.home import page as overview
from neaspec.sections.issues import page as issues
from neaspec.sections.projects import page as projects
from neaspec.sections.sites import page as sites
from neaspec.sections.sources import page as sources
from neaspec.sections.species import page as species
from neaspec.text import load_words

SECTIONS = {
    "overview": (overview, overview.OverviewChoices()),
    "species": (species, species.SpeciesChoices()),
    "movements": (movements, movements.MovementsChoices()),
    "sites": (sites, sites.SitesChoices()),
    "projects": (projects, projects.ProjectsChoices()),
    "issues": (issues, issues.IssuesChoices()),
    "cooperation": (cooperation, cooperation.CooperationChoices()),
    "country": (country, country.CountryChoices()),
    "sources": (sources, sources.SourcesChoices()),
}


REPEATED = frozenset(
    {
        "documents",
        "areas",
        "counts",
        "movements",
        "designations",
        "site_areas",
        "site_species",
        "site_links",
        "threats",
        "facts",
        "survey_effort",
        "demography",
        "gaps",
    }
)


def median_ms(work: Callable[[], object], runs: int) -> float:
    """Return the median time of a call in milliseconds, after one call that is not counted."""
    work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def build_seconds(runs: int = 3) -> float:
    """Return the median time of a whole build in seconds."""
    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            database_path(DATA_DIR, Path(folder))
            times.append(time.perf_counter() - started)
    return statistics.median(times)


def query_times(connection: duckdb.DuckDBPyConnection, runs: int = 20) -> dict[str, float]:
    """Return the median time of every query's example in milliseconds, the slowest first."""
    times = {}
    for name in query_names():
        query = load_query(name)
        with connection.cursor() as cursor:
            values = {param: cursor.execute(f"select {value}").fetchone()[0] for param, value in query.params.items()}

            def ask(cursor=cursor, query=query, values=values) -> object:
                return cursor.execute(query.sql, values).df()

            times[name] = median_ms(ask, runs)
    return dict(sorted(times.items(), key=lambda pair: -pair[1]))


def page_times(connection: duckdb.DuckDBPyConnection, runs: int = 1) -> dict[str, float]:
    """Return the time to compose every page with no answer kept, in milliseconds."""
    words = load_words("en")
    return {
        name: median_ms(lambda section=section, choices=choices: section.page(Ask(connection), words, choices), runs)
        for name, (section, choices) in SECTIONS.items()
    }


def once_ms(connection: duckdb.DuckDBPyConnection, name: str) -> float:
    """Return the time to compose one page once, in milliseconds."""
    section, choices = SECTIONS[name]
    started = time.perf_counter()
    section.page(Ask(connection, None, str(id(connection))), load_words("en"), choices)
    return (time.perf_counter() - started) * 1000


def multiplied(folder: Path, times: int) -> Path:
    """Write the tables with statements repeated under new keys, as if that many more documents had been read.

    Each copy belongs to a copy of its document and speaks of an area of its own, but of the same species, sites and
    States. Copies belong to no series and derived figures are not copied, since both would have to be decided anew.
    """
    folder.mkdir(parents=True)
    for path in [*DATA_DIR.glob("*.csv"), DATA_DIR / "datapackage.json"]:
        shutil.copy(path, folder)
    description = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in description["resources"]:
        if table["name"] in REPEATED:
            repeat_rows(folder / table["path"], table["schema"]["primaryKey"][0], times)
    return folder


def repeat_rows(path: Path, key: str, times: int) -> None:
    """Repeat the rows of one table under new keys."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, columns = list(reader), list(reader.fieldnames or [])
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        kept = [row for row in rows if row.get("is_derived") != "true"]
        for copy in range(1, times):
            for row in kept:
                made = dict(row)
                made[key] = f"{row[key]}_x{copy}"
                if "document_id" in made:
                    made["document_id"] = f"{row['document_id']}_x{copy}"
                for column in ("series_id", "part_of_count_id", "derived_from_ids"):
                    if column in made:
                        made[column] = ""
                if "area_id" in made:
                    made["area_id"] = f"{row['area_id']}_x{copy}"
                for column in ("area_name", "name") if "area_id" in made else ("area_name",):
                    if column in made:
                        made[column] = f"{row[column]} {copy}"
                writer.writerow(made)


def project_copy(folder: Path, times: int) -> Path:
    """Copy what the app needs to run, with that many times the statements."""
    project = folder / "project"
    root = DATA_DIR.parent
    for name in ("neaspec", "pages", "queries", "assets", ".streamlit"):
        shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "dashboard.py", project)
    multiplied(project / "data", times)
    shutil.copytree(DATA_DIR / "geo", project / "data" / "geo")
    shutil.copy(DATA_DIR / "README.md", project / "data")
    return project


def grown(project: Path) -> tuple[float, float, dict[str, float]]:
    """Build the database of a project; return build seconds, the slowest query and every page composed once in ms."""
    started = time.perf_counter()
    path = database_path(project / "data", project / "data")
    seconds = time.perf_counter() - started
    connection = open_database(path)
    slowest = max(query_times(connection, runs=1).values())
    times = {name: once_ms(connection, name) for name in SECTIONS}
    connection.close()
    return seconds, slowest, times
