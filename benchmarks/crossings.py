"""How fast field data become crossings: python -m benchmarks.crossings (writes its section of results.md)."""

import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import shapely
from neaspec.crossings.borders import Borders

from benchmarks.made_tracks import made_tracks, write_tracks
from neaspec.crossings.engine import stays_and_crossings
from neaspec.crossings.parameters import Parameters
from neaspec.crossings.reading import Reading
from neaspec.crossings.records import as_records
from neaspec.crossings.rules import load_rules
from neaspec.crossings.run import Kit, make_kit, place
from neaspec.queries import Ask
from neaspec.tables import open_database, serving_path
from tests.stays_oracle import stays_of_movingpandas

SIZES = (100_000, 1_000_000, 10_000_000)
AGAINST_MOVINGPANDAS = (10_000, 100_000)
MOST_SECONDS, MOST_MB, MOST_EXPONENT, LEAST_TIMES = 60, 2_000, 1.1, 100


def met(is_met: bool) -> str:
    """Say whether an aim is met."""
    return "met" if is_met else "**not met**"


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
        *lines, "",
        f"- {SIZES[-1]:,} records in under {MOST_SECONDS} s: {met(seconds < MOST_SECONDS)} ({seconds:.0f} s); in under "
        f"{MOST_MB / 1000:.0f} GB: {met(peak < MOST_MB)} ({peak:.0f} MB).",
        f"- Growth exponent at most {MOST_EXPONENT}: {met(steepest <= MOST_EXPONENT)} ({steepest:.2f}).",
    ]  # fmt: skip


def on_land(size: int, borders: Borders) -> pd.DataFrame:
    """Return made-up fixes on land, as records with one fix for each animal and time."""
    tracks = made_tracks(size)
    inside = shapely.contains_xy(
        shapely.union_all(list(borders.lands.values())), tracks["longitude"], tracks["latitude"]
    )
    tracks = tracks[inside].astype(dict.fromkeys(("data_set", "individual", "taxon", "evidence"), "str"))
    return tracks.drop_duplicates(["individual", "time"]).reset_index(drop=True)


def our_stays(tracks: pd.DataFrame, kit: Kit) -> pd.DataFrame:
    """Return our stays of made-up fixes: records, countries, places, stays."""
    columns = {str(name): tracks[name] for name in tracks} | {"time_quality": "utc_by_standard", "source": "made up"}
    records = as_records(columns, len(tracks))
    placed, _ = place(records, Reading(), kit)
    return stays_and_crossings(placed, kit.parameters).stays


def measure_against_movingpandas(kit: Kit) -> list[str]:
    """Return the lines that set our stays beside those of movingpandas."""
    lines = ["| records on land | movingpandas s | ours s | times | same stays |", "| --- | --- | --- | --- | --- |"]
    least, same = math.inf, True
    for size in AGAINST_MOVINGPANDAS:
        tracks = on_land(size, kit.borders)
        started = time.perf_counter()
        theirs = stays_of_movingpandas(tracks, kit.borders.lands)
        their_seconds = time.perf_counter() - started
        our_stays(tracks[:100], kit)  # loads what is loaded once
        started = time.perf_counter()
        ours = our_stays(tracks, kit)
        our_seconds = time.perf_counter() - started
        ours = ours[(ours["records"] > 1) & (ours["country_code"] != "")]
        columns = ["individual", "country_code", "arrived_at", "left_at", "records"]
        is_same = theirs[columns].values.tolist() == ours[columns].values.tolist()
        least, same = min(least, their_seconds / our_seconds), same and is_same
        lines.append(
            f"| {len(tracks):,} | {their_seconds:.1f} | {our_seconds:.2f} | {their_seconds / our_seconds:.0f} | "
            f"{'yes' if is_same else '**no**'}, {len(ours):,} |"
        )
        print(lines[-1], flush=True)
    return [*lines, "", f"- At least {LEAST_TIMES} times as fast, same stays: {met(least >= LEAST_TIMES and same)}."]


def main() -> None:
    """Measure, and write the section of results.md."""
    path = serving_path()
    kit = make_kit(load_rules(Ask(open_database(path), None, path.stem)), Parameters())
    lines = [
        "## Field data", "",
        "Made-up tracks of 300 animals over five years (half residents astride borders, half birds between two homes) as",
        "Parquet, through the command line: start of the process, reading, countries, places, stays, crossings, files.",
        "", *measure_sizes(), "",
        "Beside movingpandas (point by point, all countries of the map), records on land:", "",
        *measure_against_movingpandas(kit), "",
    ]  # fmt: skip
    results = Path(__file__).with_name("results.md")
    text = results.read_text(encoding="utf-8")
    kept = text.partition("## Field data\n")[0].rstrip()
    rest = text.partition("## Field data\n")[2].partition("\n## ")[2]
    results.write_text("\n".join([kept, "", *lines, *(["## " + rest] if rest else [])]), encoding="utf-8")


if __name__ == "__main__":
    main()
    print("peak here", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
