"""How fast field data become crossings.

`python -m benchmarks.crossings` measures only this and puts it in its place in benchmarks/results.md.
"""

import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from playwright.sync_api import sync_playwright

from benchmarks.made_tracks import made_tracks, write_tracks
from benchmarks.report import met, put_section
from benchmarks.window import READY
from neaspec.crossings.engine import STEPS, run_rules, run_step
from neaspec.crossings.geo.borders import Borders
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Reading
from neaspec.crossings.model.records import as_records
from neaspec.crossings.pipeline import PipelineContext, make_context, place
from neaspec.crossings.privacy.rules import load_rules
from neaspec.data.database import open_database, serving_path
from neaspec.data.queries import Ask
from tests.support.serving import FLAGS, chromium, running
from tests.support.stays_oracle import stays_of_movingpandas

SIZES = (100_000, 1_000_000, 10_000_000)
AGAINST_MOVINGPANDAS = (10_000, 100_000)
MOST_SECONDS, MOST_MB, MOST_EXPONENT, LEAST_TIMES, MOST_UPLOAD = 60, 2_000, 1.1, 100, 5
TITLE = "## Field data"
MOVEBANK = {
    "data_set": "study-name",
    "individual": "individual-local-identifier",
    "time": "timestamp",
    "taxon": "individual-taxon-canonical-name",
    "longitude": "location-long",
    "latitude": "location-lat",
}


def command_line(path: Path, out: Path) -> tuple[float, float]:
    """Return seconds and peak memory in MB of the command line on one file, the start of the process included."""
    probe = (
        "import resource, runpy, sys; sys.argv = ['crossings', *sys.argv[1:]]\n"
        "try: runpy.run_module('neaspec.crossings', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", probe, str(path), "--out", str(out)], capture_output=True, text=True, check=True
    )
    return time.perf_counter() - started, float(done.stdout.rpartition("peak ")[2])


def measure_sizes() -> list[str]:
    """Return the lines about growing numbers of records."""
    lines = ["| records | s | peak MB | records a second | growth exponent |", "| --- | --- | --- | --- | --- |"]
    before: tuple[int, float] | None = None
    steepest, seconds, peak = 0.0, 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = write_tracks(Path(folder) / f"{size}.parquet", size)
            seconds, peak = command_line(path, Path(folder) / f"out-{size}")
            exponent = math.log(seconds / before[1]) / math.log(size / before[0]) if before else math.nan
            steepest = max(steepest, exponent if before else 0.0)
            shown = f"{exponent:.2f}" if before else ""
            lines.append(f"| {size:,} | {seconds:.1f} | {peak:.0f} | {size / seconds:,.0f} | {shown} |")
            print(lines[-1], flush=True)
            before = (size, seconds)
    return [
        *lines,
        "",
        f"- {SIZES[-1]:,} records in under {MOST_SECONDS} s: {met(seconds < MOST_SECONDS)} ({seconds:.0f} s); in under "
        f"{MOST_MB / 1000:.0f} GB: {met(peak < MOST_MB)} ({peak:.0f} MB).",
        f"- Growth exponent at most {MOST_EXPONENT}: {met(steepest <= MOST_EXPONENT)} ({steepest:.2f}).",
    ]


def on_land(size: int, borders: Borders) -> pd.DataFrame:
    """Return made-up fixes on land, one for each animal and time: at sea ours carry the last country, theirs do not."""
    tracks = made_tracks(size)
    land = borders.country(tracks["longitude"].to_numpy(), tracks["latitude"].to_numpy())
    tracks = tracks[(land >= 0) & (land != borders.unsettled)].astype(
        dict.fromkeys(("data_set", "individual", "taxon", "evidence"), "str")
    )
    return tracks.drop_duplicates(["individual", "time"]).reset_index(drop=True)


def our_stays(records: pd.DataFrame, context: PipelineContext) -> pd.DataFrame:
    """Return our stays of records: identities, countries, places, stays; no crossings, which the other does not find."""
    placed = place(records, Reading(), context)
    steps = STEPS[: STEPS.index("stays") + 1]
    with run_rules(placed.records, context.parameters, steps=steps) as run:
        return run_step(run.connection, "stays_result")


def measure_against_movingpandas(context: PipelineContext) -> list[str]:
    """Return the lines that set our stays beside those of movingpandas."""
    lines = ["| records on land | movingpandas s | ours s | times | same stays |", "| --- | --- | --- | --- | --- |"]
    least, same = math.inf, True
    lands = {code: context.borders.land[place] for place, code in enumerate(context.borders.codes) if code}
    for size in AGAINST_MOVINGPANDAS:
        tracks = on_land(size, context.borders)
        started = time.perf_counter()
        theirs = stays_of_movingpandas(tracks, lands)
        their_seconds = time.perf_counter() - started
        columns = {str(name): tracks[name] for name in tracks} | {
            "time_quality": "utc_by_standard",
            "source": "made up",
        }
        records = as_records(columns, len(tracks))
        times = []
        for _ in range(5):
            started = time.perf_counter()
            ours = our_stays(records, context)
            times.append(time.perf_counter() - started)
        our_seconds = statistics.median(times)
        ours = ours[(ours["records"] > 1) & (ours["country_code"] != "")].sort_values(["individual", "arrived_at"])
        columns = ["individual", "country_code", "arrived_at", "left_at", "records"]
        is_same = theirs[columns].values.tolist() == ours[columns].values.tolist()
        least, same = min(least, their_seconds / our_seconds), same and is_same
        lines.append(
            f"| {len(tracks):,} | {their_seconds:.1f} | {our_seconds:.2f} | {their_seconds / our_seconds:.0f} | "
            f"{'yes' if is_same else '**no**'}, {len(ours):,} |"
        )
        print(lines[-1], flush=True)
    return [*lines, "", f"- At least {LEAST_TIMES} times as fast, same stays: {met(least >= LEAST_TIMES and same)}."]


def measure_upload(rows: int = 100_000, runs: int = 3) -> list[str]:
    """Return the line about an upload: from choosing the file in a browser to the whole result in its window."""
    times = []
    with tempfile.TemporaryDirectory() as folder, running() as address, sync_playwright() as play:
        path = Path(folder) / "made-up-tracks.csv"
        made = made_tracks(rows).rename(columns=MOVEBANK).drop(columns="evidence")
        made["timestamp"] = made["timestamp"].dt.strftime("%Y-%m-%d %H:%M:%S.000")
        made.assign(visible="true").to_csv(path, index=False)
        size = path.stat().st_size / 1e6
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        for _ in range(runs):
            page = browser.new_page()
            page.goto(f"{address}/field_data")
            page.wait_for_selector(READY, timeout=60_000)
            page.wait_for_timeout(5_000)  # other pages are prepared first
            started = time.perf_counter()
            page.locator("input[type=file]").set_input_files(path)
            page.locator("h1", has_text="in these files").wait_for(timeout=60_000)
            titled = time.perf_counter() - started
            page.wait_for_selector(READY, timeout=60_000)
            times.append((time.perf_counter() - started, titled))
            page.close()
        browser.close()
    whole, titled = (statistics.median(column) for column in zip(*times, strict=True))
    return [
        f"- Upload of {rows:,} rows ({size:.0f} MB, Movebank CSV) on the page, browser and server on the same cores: result "
        f"begun after {titled:.1f} s, all of it there after {whole:.1f} s; under {MOST_UPLOAD} s: {met(whole < MOST_UPLOAD)}."
    ]


def section() -> list[str]:
    """Measure; return the lines of the section."""
    path = serving_path()
    context = make_context(load_rules(Ask(open_database(path), None, path.stem)), Parameters())
    return [
        TITLE,
        "",
        "Made-up tracks of 300 animals over five years (half residents near borders, half birds between two homes) as Parquet,",
        "through the command line: start of the process, reading, countries, places, stays, crossings, files.",
        "",
        *measure_sizes(),
        *measure_upload(),
        "",
        "Beside movingpandas (point by point, all countries of the map), records on land:",
        "",
        *measure_against_movingpandas(context),
        "",
    ]


def main() -> None:
    """Measure and put the section where it belongs."""
    put_section(TITLE, section())


if __name__ == "__main__":
    main()
