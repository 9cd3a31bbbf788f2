"""Measure everything and write benchmarks/results.md."""

import asyncio
import os
import platform
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import data, sessions, window
from neaspec.tables import database_path, open_database
from tests.serving import ROOT, running

RESULTS = Path(__file__).with_name("results.md")
PAGES = [
    "overview",
    "species",
    "movements",
    "sites",
    "projects",
    "issues",
    "cooperation",
    "country",
    "changes",
    "sources",
]


# How many times the statements; 100 takes many minutes: BENCH_GROWTH=10 measures the smaller only.
GROWTH = [int(times) for times in os.environ.get("BENCH_GROWTH", "10,100").split(",")]


def resident_mb(port: str) -> float:
    """Return the resident memory of the server on a port, in MB (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="ignore")
            if "streamlit" in command and port in command:
                status = (folder / "status").read_text()
                return int(status.partition("VmRSS:")[2].split()[0]) / 1000
        except OSError:
            continue
    return float("nan")


def met(is_met: bool) -> str:
    """Say whether an aim is met."""
    return "met" if is_met else "**not met**"


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
        "# How fast it is", "",
        f"Measured on {date.today().isoformat()} with {os.cpu_count()} cores, Python {platform.python_version()}, by `make bench`.",
        "Medians; ratios compare two things in one run on one machine. Single times depend on the machine.", "",
    ]  # fmt: skip
    print("build", flush=True)
    build = data.build_seconds()
    queries = data.query_times(connection)
    slowest = list(queries.items())[:5]
    out += [
        "## Data", "",
        f"- Whole build: {build:.1f} s.",
        f"- Slowest queries (aim: none over 20 ms, {met(slowest[0][1] <= 20)}): "
        + ", ".join(f"`{name}` {ms:.0f} ms" for name, ms in slowest) + ".",
    ]  # fmt: skip
    print("growth", flush=True)
    plain = data.page_times(connection)
    out += ["", "| statements | build s | slowest query ms | slowest page to compose ms | worst page, times the plain one |",
            "| --- | --- | --- | --- | --- |",
            f"| × 1 | {build:.1f} | {slowest[0][1]:.0f} | {max(plain.values()):.0f} | 1.0 |"]  # fmt: skip
    for times in GROWTH:
        seconds, query, pages = data.grown(times)
        worst = max(pages[name] / plain[name] for name in pages)
        out.append(f"| × {times} | {seconds:.1f} | {query:.0f} | {max(pages.values()):.0f} | {worst:.1f} |")
        print(out[-1], flush=True)
    out += ["", "Composing is done once for each choice and date; after that a page is kept, see below.", ""]
    with tempfile.TemporaryDirectory() as folder, running() as address:
        script = sessions.write_empty_app(Path(folder))
        with running(script, Path(folder)) as empty:
            print("pages", flush=True)
            lines, times, sizes = measure_pages(address, empty)
            out += [
                "## Server", "",
                "A warm page in one session, beside an empty page with as many elements (time until the script has finished,",
                "at the client, over the websocket; what the browser already has is not sent again).", "",
                "| page | elements | ms | empty page ms | ratio | kB sent |", "| --- | --- | --- | --- | --- | --- |", *lines, "",
                f"- Warm page under 40 ms: {met(max(times) <= 40)} (slowest {max(times):.0f} ms).",
                f"- Under 300 kB after the first load: {met(max(sizes) <= 300_000)} (largest {max(sizes) / 1000:.0f} kB).", "",
            ]  # fmt: skip
            print("window", flush=True)
            load = window.first_load_seconds(f"{address}/species", "h1")
            floor_load = window.first_load_seconds(empty, "[data-testid=stHtml]")
            click = window.click_seconds(f"{address}/species", ["Snow leopard", "Hooded crane", "Amur leopard"], "h1")
            floor_click = window.click_seconds(empty, ["second", "third", "first"], "h1")
            out += [
                "## Window", "",
                f"- First load to usable, fresh browser: {load:.1f} s (empty page {floor_load:.1f} s).",
                f"- From a click to the changed page: {click * 1000:.0f} ms; empty page {floor_click * 1000:.0f} ms. The empty page has "
                "only its title to change.",
                "",
            ]  # fmt: skip
        print("crowd", flush=True)
        port = address.rpartition(":")[2]
        out += ["## Many readers", "", "Each opens a species and changes it every 5 s for 25 s; the clients share the cores.", "",
                "| sessions | changes | median s | 95th percentile s | aim | failed | server MB before, after |",
                "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
        for count, aim in ((80, 0.25), (160, 0.5)):
            before = resident_mb(port)
            load_met = asyncio.run(sessions.crowd(address, count, 25))
            high = sessions.percentile(load_met.seconds, 0.95)
            out.append(
                f"| {count} | {len(load_met.seconds)} | {sessions.percentile(load_met.seconds, 0.5):.2f} | {high:.2f} | "
                f"{aim} {met(high <= aim)} | {load_met.failed} | {before:.0f}, {resident_mb(port):.0f} |"
            )
            print(out[-1], flush=True)
    out += [
        "", "## Where the time goes", "",
        "A warm page takes about as long as an empty page with as many elements: what is left is the framework's work for each",
        "element (frame, serialise, send), so pages with many tables and folds (species, issues) are the slowest, and one",
        "process serves about ten to fifteen such changes a second. Many readers at once need fewer elements for each page or",
        "more processes behind one address. A page composed for the first time spends its time in the contradiction checks",
        "and in ranking current counts.",
    ]  # fmt: skip
    RESULTS.write_text("\n".join(out) + "\n", encoding="utf-8")
    print(f"written: {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
