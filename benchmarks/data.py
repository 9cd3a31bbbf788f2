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

from neaspec.queries import Ask, load_query, query_names
from neaspec.sections import cooperation, country, issues, movements, overview, projects, sites, sources, species
from neaspec.tables import DATA_DIR, database_path, open_database
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


GROWN_PAGES = ("overview", "movements", "projects", "cooperation", "country")


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
    section.page(Ask(connection), load_words("en"), choices)
    return (time.perf_counter() - started) * 1000


def multiplied(folder: Path, times: int) -> Path:
    """Write the tables with every count, movement and designation repeated under new keys."""
    folder.mkdir(parents=True)
    for path in [*DATA_DIR.glob("*.csv"), DATA_DIR / "datapackage.json"]:
        shutil.copy(path, folder)
    description = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table in description["resources"]:
        if table["name"] in ("counts", "movements", "designations", "site_species", "threats", "facts"):
            repeat_rows(folder / table["path"], table["schema"]["primaryKey"][0], times)
    return folder


def repeat_rows(path: Path, key: str, times: int) -> None:
    """Repeat the rows of one table under new keys; copies of counts get areas of their own and belong to nothing."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, columns = list(reader), list(reader.fieldnames or [])
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        for copy in range(times):
            for row in rows:
                made = dict(row)
                if copy:
                    made[key] = f"{row[key]}_x{copy}"
                    for column in ("series_id", "part_of_count_id", "derived_from_ids"):
                        if column in made:
                            made[column] = ""
                    if "area_name" in made:
                        made["area_name"] = f"{row['area_name']} {copy % 10}"
                    if made.get("is_derived") == "true":
                        continue
                writer.writerow(made)


def grown(times: int) -> tuple[float, float, dict[str, float]]:
    """Return build seconds, slowest query and page times with that many times the statements."""
    with tempfile.TemporaryDirectory() as folder:
        data = multiplied(Path(folder) / "data", times)
        started = time.perf_counter()
        path = database_path(data, Path(folder))
        seconds = time.perf_counter() - started
        connection = open_database(path)
        slowest = max(query_times(connection, runs=1).values())
        return seconds, slowest, {name: once_ms(connection, name) for name in GROWN_PAGES}
