"""Measure everything and write benchmarks/results.md."""

import asyncio
import os
import platform
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import crossings, data, labelling, sessions, taken, window
from benchmarks.report import LAST, RESULTS, met
from neaspec.data.database import database_path, open_database
from neaspec.web.page import ANSWER_FIRST_SECONDS
from tests.support.serving import ROOT, running

PAGES = [
    "overview",
    "species",
    "movements",
    "field_data",
    "sites",
    "projects",
    "issues",
    "cooperation",
    "country",
    "changes",
    "briefs",
    "sources",
]


# How many times the statements; 100 takes many minutes: BENCH_GROWTH=10 measures the smaller only.
GROWTH = [int(times) for times in os.environ.get("BENCH_GROWTH", "10,100").split(",")]


def grown_pages(folder: Path) -> dict[str, float]:
    """Return the median server time of every warm page in milliseconds, for the project in a folder."""
    with running(folder=folder) as address:
        return {
            page: sessions.median_run(
                asyncio.run(sessions.page_runs(address, "" if page == "overview" else page, "", 9))
            ).seconds
            * 1000
            for page in PAGES
        }


def measure_pages(address: str, empty: str) -> tuple[list[str], list[float], list[int]]:
    """Return a line for each page: time, the empty page's time, ratio, bytes."""
    lines, times, sizes = [], [], []
    for page in PAGES:
        name = "" if page == "overview" else page
        run = sessions.median_run(asyncio.run(sessions.page_runs(address, name, "", 15)))
        floor = sessions.median_run(asyncio.run(sessions.page_runs(empty, "", f"count={run.elements}", 15)))
        ratio = run.seconds / floor.seconds
        times.append(run.seconds * 1000)
        sizes.append(run.sent)
        lines.append(
            f"| {page} | {run.elements} | {run.seconds * 1000:.0f} | {floor.seconds * 1000:.0f} | {ratio:.1f} | {run.sent / 1000:.0f} |"
        )
        print(lines[-1], flush=True)
    return lines, times, sizes


def main() -> None:
    """Measure and write."""
    connection = open_database(database_path())
    out = [
        "# How fast it is",
        "",
        f"Measured on {date.today().isoformat()} with {os.cpu_count()} cores, Python {platform.python_version()}, by `make bench`.",
        "Medians; ratios compare two things in one run on one machine. Single times depend on the machine.",
        "",
    ]
    print("build", flush=True)
    build = data.build_seconds()
    queries = data.query_times(connection)
    slowest = list(queries.items())[:5]
    out += [
        "## Data",
        "",
        f"- Whole build: {build:.1f} s.",
        f"- Slowest queries (aim: none over 20 ms, {met(slowest[0][1] <= 20)}): "
        + ", ".join(f"`{name}` {ms:.0f} ms" for name, ms in slowest)
        + ".",
    ]
    print("growth", flush=True)
    plain = {name: data.once_ms(connection, name) for name in data.SECTIONS}
    warm = {1: grown_pages(ROOT)}
    out += [
        "",
        "With more statements: every count, movement, designation and the like repeated under new keys, each copy with a document",
        "of its own. A page shows at most so many rows (neaspec/render/screen/plan.py) and says what it leaves out.",
        "",
        "| statements | build s | slowest query ms | slowest page composed once ms | worst page composed, times the plain one | worst warm page ms | worst warm page, times the plain one |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        f"| × 1 | {build:.1f} | {slowest[0][1]:.0f} | {max(plain.values()):.0f} | 1.0 | {max(warm[1].values()):.0f} | 1.0 |",
    ]
    for times in GROWTH:
        with tempfile.TemporaryDirectory() as folder:
            project = data.project_copy(Path(folder), times)
            seconds, query, pages = data.grown(project)
            warm[times] = grown_pages(project)
        worst = max(pages[name] / plain[name] for name in pages)
        worst_warm = max(warm[times][name] / warm[1][name] for name in PAGES)
        out.append(
            f"| × {times} | {seconds:.1f} | {query:.0f} | {max(pages.values()):.0f} | {worst:.1f} | "
            f"{max(warm[times].values()):.0f} | {worst_warm:.1f} |"
        )
        print(out[-1], flush=True)
    out += [
        "",
        f"Aim: × 100 costs a page at most 2 times: {met(worst_warm <= 2)} for a warm page, {met(worst <= 2)} for composing it the first time.",
        "Composing is done once for each build, choice and date; after that the page is kept, and the pages most readers ask for",
        "first are composed before they ask.",
        "",
    ]
    with tempfile.TemporaryDirectory() as folder, running() as address:
        script = sessions.write_empty_app(Path(folder))
        with running(script, Path(folder)) as empty:
            print("pages", flush=True)
            lines, times, sizes = measure_pages(address, empty)
            out += [
                "## Server",
                "",
                "A warm page in one session, beside an empty page with as many elements (time until the script has finished,",
                "at the client, over the websocket; what the browser already has is not sent again).",
                "",
                "| page | elements | ms | empty page ms | ratio | kB sent |",
                "| --- | --- | --- | --- | --- | --- |",
                *lines,
                "",
                f"- Warm page under 40 ms: {met(max(times) <= 40)} (slowest {max(times):.0f} ms).",
                f"- Under 300 kB after the first load: {met(max(sizes) <= 300_000)} (largest {max(sizes) / 1000:.0f} kB).",
                "",
            ]
            print("window", flush=True)
            load = window.first_load_seconds(f"{address}/species", "h1")
            floor_load = window.first_load_seconds(empty, "[data-testid=stHtml]")
            click = window.click_seconds(f"{address}/species", ["Snow leopard", "Hooded crane", "Amur leopard"], "h1")
            floor_click = window.click_seconds(empty, ["second", "third", "first"], "h1")
            out += [
                "## Window",
                "",
                f"- First load to usable, fresh browser: {load:.1f} s (empty page {floor_load:.1f} s).",
                f"- From a click to the changed page: {click * 1000:.0f} ms; empty page {floor_click * 1000:.0f} ms. The empty page has "
                f"only its title to change. Aim, 1.5 times: {met(click <= 1.5 * floor_click)}; the rest is the browser drawing charts and text.",
                "",
            ]
        print("crowd", flush=True)
        port = address.rpartition(":")[2]
        out += [
            "## Many readers",
            "",
            "Each opens a species and changes it every 5 s for 25 s; the clients share the cores.",
            "",
            "| sessions | changes | median s | 95th percentile s | aim | failed | server MB before, after |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        for count, aim in ((80, 0.25), (160, 0.5)):
            before = sessions.resident_mb(port)
            load_met = asyncio.run(sessions.crowd(address, count, 25))
            high = sessions.percentile(load_met.seconds, 0.95)
            out.append(
                f"| {count} | {len(load_met.seconds)} | {sessions.percentile(load_met.seconds, 0.5):.2f} | {high:.2f} | "
                f"{aim} {met(high <= aim)} | {load_met.failed} | {before:.0f}, {sessions.resident_mb(port):.0f} |"
            )
            print(out[-1], flush=True)
    print("taken", flush=True)
    out += ["", *taken.section()]
    print("labelling", flush=True)
    out += labelling.section()
    print("field data", flush=True)
    out += crossings.section()
    out += [
        LAST,
        "",
        "A warm page is planned already (neaspec/web/page_cache.py): what is left is the framework's work for each element (frame,",
        f"serialise, send) and a pause of {round(ANSWER_FIRST_SECONDS * 1000)} ms in which the browser draws the answer before the pictures. In the browser most of the time",
        "goes into drawing charts (plotly) and into cleaning and laying out the text. A page composed for the first time spends",
        "its time in the contradiction checks, in ranking current counts and in writing its tables.",
    ]
    RESULTS.write_text("\n".join(out) + "\n", encoding="utf-8")
    print(f"written: {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
