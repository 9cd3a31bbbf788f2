"""How fast field data become crossings on a cluster: one and two workers of one core on this machine, beside one machine.

`python -m benchmarks.spread` measures 1, 3, 10 and 30 million records; `python -m benchmarks.spread 1 3` those sizes only.
It needs pyspark, Java and a quiet machine of at least two cores, and says how busy it was: processor time that nobody
used before it began. The section is put in its place in benchmarks/results.md.
"""

import math
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made_tracks import made_tracks
from benchmarks.report import met, put_section
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.out_of_core import forget_work, run_out_of_core
from neaspec.crossings.outputs.tables import result_files
from neaspec.crossings.pipeline import PipelineContext, PipelineResult
from neaspec.crossings.spread.run import Given, Spread, run_spread
from neaspec.crossings.spread.session import engine_session
from neaspec.text import load_words
from tests.support.cluster import PLAIN_SETTINGS, Cluster, missing
from tests.support.golden_files import load_kit

TITLE = "## Field data on a cluster"
SIZES = (1, 3, 10, 30)  # million records
FILES = 8  # at least, and one for each million
WARM = 20_000  # records of the run that starts workers and loads borders
LEAST_SPEED_UP, LEAST_RATE, MOST_OVERHEAD, MOST_EXPONENT = 1.6, 60_000, 1.5, 1.1
AT = 10  # million records at which the overhead is judged


def write_tables(folder: Path, records: int) -> Path:
    """Write made-up tracks as several Parquet files."""
    folder.mkdir()
    tracks = made_tracks(records)
    parts = max(FILES, records // 1_000_000)
    for part in range(parts):
        rows = tracks.iloc[records * part // parts : records * (part + 1) // parts]
        pq.write_table(pa.Table.from_pandas(rows, preserve_index=False), folder / f"part-{part:02d}.parquet")
    return folder


def idle(seconds: float = 5.0) -> float:
    """Return the share of all cores that nobody uses."""

    def counted() -> tuple[int, int]:
        times = [int(text) for text in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        return times[3] + times[4], sum(times)

    before = counted()
    time.sleep(seconds)
    after = counted()
    return (after[0] - before[0]) / max(after[1] - before[1], 1)


def on_one_machine(folder: Path, context: PipelineContext, out: Path) -> tuple[float, PipelineResult]:
    """Return seconds and results of the one-machine engine with all cores, which has everything loaded."""
    inputs = [Input(path.name, path) for path in sorted(folder.glob("*.parquet"))]
    started = time.perf_counter()
    worked = run_out_of_core(inputs, out, context, Answers())
    seconds = time.perf_counter() - started
    forget_work(out)
    return seconds, worked


def on_workers(
    workers: int, folders: dict[int, Path], warm: Path, context: PipelineContext, expected: dict[int, dict[str, bytes]]
) -> tuple[float, dict[int, float]]:
    """Return seconds of the start and of each size on a cluster.

    Raises:
        AssertionError: a result is not that of one machine.
    """
    words, seconds = load_words("en"), {}
    with tempfile.TemporaryDirectory() as scratch, Cluster(Path(scratch), workers) as cluster:
        started = time.perf_counter()
        os.environ["PYSPARK_PYTHON"] = sys.executable
        with engine_session(cluster.master, PLAIN_SETTINGS | {"spark.driver.memory": "2g"}) as session:
            run_spread(Given([], [str(warm)], context, Answers()), Spread(session))
            start = time.perf_counter() - started
            for size, folder in folders.items():
                started = time.perf_counter()
                worked = run_spread(Given([], [str(folder)], context, Answers()), Spread(session))
                seconds[size] = time.perf_counter() - started
                assert dict(result_files(worked, context, words)) == expected[size], f"other results at {size} million"
                print(f"{workers} workers, {size} million: {seconds[size]:.1f} s", flush=True)
    return start, seconds


def section(sizes: Sequence[int] = SIZES) -> list[str]:
    """Measure; return the lines of the section."""
    context, words = load_kit(), load_words("en")
    free = idle()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        warm = write_tables(place / "warm", WARM)
        on_one_machine(warm, context, place / "out")
        folders = {size: write_tables(place / str(size), size * 1_000_000) for size in sizes}
        alone, expected = {}, {}
        for size, folder in folders.items():
            alone[size], worked = on_one_machine(folder, context, place / "out")
            expected[size] = dict(result_files(worked, context, words))
            print(f"one machine, {size} million: {alone[size]:.1f} s", flush=True)
        starts, spread = {}, {}
        for workers in (1, 2):
            starts[workers], spread[workers] = on_workers(workers, folders, warm, context, expected)
    still_free = idle()
    lines = [
        TITLE,
        "",
        f"Measured on {date.today().isoformat()} with {os.cpu_count()} cores by `python -m benchmarks.spread "
        f"{' '.join(map(str, sizes))}`, of which {free:.0%} were idle before and {still_free:.0%} after the runs"
        f"{'' if min(free, still_free) > 0.9 else ': **the machine was busy, so that times and ratios below are no verdict**'}.",
        "Made-up tracks as Parquet in several files, placing included; a master and workers of one core each, processes of their",
        "own, to whom the code was sent; results compared with those of one machine, byte by byte, in the same run.",
        "",
        f"Start (session, Python workers, borders; apart from all below): {starts[1]:.0f} s with one worker, {starts[2]:.0f} s with two.",
        "",
        "| million records | one machine s | 1 worker s | 2 workers s | speed-up 1 → 2 | records a second and core (2 workers) | beside one machine | growth exponent |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    return lines + _rows(list(sizes), alone, spread)


def _rows(sizes: list[int], alone: dict[int, float], spread: dict[int, dict[int, float]]) -> list[str]:
    rows, exponents = [], []
    for place, size in enumerate(sizes):
        one, two = spread[1][size], spread[2][size]
        before = sizes[place - 1] if place else None
        if before:
            exponents.append(math.log(two / spread[2][before]) / math.log(size / before))
        shown = f"{exponents[-1]:.2f}" if before else ""
        rows.append(
            f"| {size} | {alone[size]:.1f} | {one:.1f} | {two:.1f} | {one / two:.2f} | {size * 1e6 / two / 2:,.0f} | "
            f"{two / alone[size]:.2f} × | {shown} |"
        )
    last = sizes[-1]
    speed_up, rate = spread[1][last] / spread[2][last], last * 1e6 / spread[2][last] / 2
    rows += [
        "",
        f"- Speed-up from one worker to two at least {LEAST_SPEED_UP} at {last} million: {met(speed_up >= LEAST_SPEED_UP)} ({speed_up:.2f}).",
        f"- At least {LEAST_RATE:,} records a second and core with placing: {met(rate >= LEAST_RATE)} ({rate:,.0f}).",
    ]
    if AT in sizes:
        overhead = spread[2][AT] / alone[AT]
        rows.append(
            f"- At most {MOST_OVERHEAD} times the one-machine engine on the same cores at {AT} million: {met(overhead <= MOST_OVERHEAD)} ({overhead:.2f})."
        )
    else:
        rows.append(f"- Beside the one-machine engine at {AT} million: not measured.")
    if exponents:
        rows.append(
            f"- Growth exponent at most {MOST_EXPONENT}: {met(max(exponents) <= MOST_EXPONENT)} ({max(exponents):.2f})."
        )
    missed = [str(size) for size in SIZES if size not in sizes]
    if missed:
        rows.append(f"- Not measured: {', '.join(missed)} million records.")
    return [*rows, ""]


def main() -> None:
    """Measure the sizes given and put the section where it belongs."""
    if problem := missing():
        sys.exit(problem)
    sizes = tuple(int(text) for text in sys.argv[1:]) or SIZES
    put_section(TITLE, section(sizes))


if __name__ == "__main__":
    main()
