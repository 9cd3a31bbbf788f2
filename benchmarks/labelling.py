"""How long it takes to give positions their country, beside a plain test of all polygons in the same run.

`python -m benchmarks.labelling` measures only this and puts it in its place in benchmarks/results.md.
"""

import json
import statistics
import subprocess
import sys
import time

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from benchmarks.report import met, put_section
from neaspec.crossings.geo.borders import Borders, from_mercator, load_borders, unwrap_longitude
from neaspec.crossings.geo.countries import assign_countries
from neaspec.crossings.model.parameters import Parameters
from tests.support.serving import ROOT

TITLE = "## Country of a record"
SIZES = {100_000: 7, 1_000_000: 5, 10_000_000: 3}  # positions -> runs
MOST_RATIO, MOST_LOAD, MOST_MB = 1.5, 1.5, 400.0
# Residents live this near to a border between two of these (metres, standard deviation): most in the border zone or
# near its edge, where a grid knows least.
BORDER_PAIRS = ({"CHN", "RUS"}, {"MNG", "RUS"}, {"PRK", "RUS"})
RESIDENT_M = 8_000.0
LOAD = """
import json, resource, sys, time
import geopandas, numpy, pandas, pyarrow.parquet, pyproj, shapely
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start, worked = time.perf_counter(), time.process_time()
from neaspec.crossings.geo.borders import load_borders
from neaspec.crossings.model.parameters import Parameters
load_borders(Parameters())
seconds, worked = time.perf_counter() - start, time.process_time() - worked
print(json.dumps([seconds, worked, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000]))
"""


def made_up_positions(borders: Borders, count: int, seed: int = 1) -> pd.DataFrame:
    """Return made-up records: half residents near borders of members, half migrants anywhere over land and sea."""
    rng = np.random.default_rng(seed)
    lines = borders.borders
    sides = [{borders.codes[one], borders.codes[other]} for one, other in zip(lines.one, lines.other, strict=True)]
    pieces = [np.flatnonzero([pair == wanted for pair in sides]) for wanted in BORDER_PAIRS]
    residents = count // 2
    chosen = np.concatenate([rng.choice(piece, -(-residents // 3)) for piece in pieces])[:residents]
    on_line = shapely.line_interpolate_point(lines.shapes[chosen], rng.uniform(0, 1, residents), normalized=True)
    longitude, latitude = from_mercator(shapely.get_coordinates(on_line))
    latitude = latitude + rng.normal(0, RESIDENT_M, residents) / 111_000
    longitude = longitude + rng.normal(0, RESIDENT_M, residents) / 111_000 / np.cos(np.radians(latitude))
    migrants = count - residents
    east = np.concatenate([longitude, rng.uniform(75, 185, migrants)])
    north = np.concatenate([latitude, rng.uniform(5, 72, migrants)])
    order = rng.permutation(count)
    return pd.DataFrame(
        {
            "longitude": np.where(east > 180, east - 360, east)[order],
            "latitude": north[order],
            "uncertainty_m": np.nan,
            "declared_country": pd.Series("", index=range(count), dtype="str"),
        }
    )


def plain(borders: Borders, records: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the country of positions by prepared polygons and bounding boxes: no zones, no coasts, no distances."""
    longitude, latitude = unwrap_longitude(records["longitude"].to_numpy()), records["latitude"].to_numpy()
    made = np.full(len(records), -1)
    for place, (shape, (west, south, east, north)) in enumerate(zip(borders.land, borders.bounds, strict=True)):
        near = np.flatnonzero((longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north))
        made[near[shapely.contains_xy(shape, longitude[near], latitude[near])]] = place
    return made


def pair_of_seconds(borders: Borders, records: pd.DataFrame, runs: int) -> tuple[float, float]:
    """Return median seconds of the plain test and of labels, in turns."""
    parameters, times = Parameters(), []
    for _ in range(runs):
        start = time.perf_counter()
        plain(borders, records)
        middle = time.perf_counter()
        assign_countries(records, borders, parameters)
        times.append((middle - start, time.perf_counter() - middle))
    return statistics.median(one for one, _ in times), statistics.median(two for _, two in times)


def load_cost() -> tuple[float, float, float]:
    """Return seconds, seconds of processor and MB that loading the map takes a new process that has its libraries."""
    made = [
        json.loads(subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, check=True, capture_output=True).stdout)
        for _ in range(3)
    ]
    seconds, worked, megabytes = zip(*made, strict=True)
    return statistics.median(seconds), statistics.median(worked), max(megabytes)


def section() -> list[str]:
    """Measure; return the lines of the section."""
    seconds, worked, megabytes = load_cost()
    borders = load_borders(Parameters())
    lines = [
        TITLE,
        "",
        "Country, zone and basis of positions (neaspec/crossings/geo/countries.py), beside `shapely.contains_xy` on prepared polygons of all",
        "countries with bounding boxes first, which tells the country on land only. Made-up positions: half within some kilometres of the",
        "borders between China, Mongolia, the Democratic People's Republic of Korea and the Russian Federation, half anywhere.",
        "",
        "| positions | plain s | labels s | ratio | aim |",
        "| --- | --- | --- | --- | --- |",
    ]
    for count, runs in SIZES.items():
        records = made_up_positions(borders, count)
        floor, ours = pair_of_seconds(borders, records, runs)
        ratio = ours / floor
        lines.append(
            f"| {count:,} | {floor:.2f} | {ours:.2f} | {ratio:.2f} | {MOST_RATIO} {met(ratio <= MOST_RATIO)} |"
        )
        print(lines[-1], flush=True)
    lines += [
        "",
        f"- The map is loaded once, in {seconds:.1f} s; aim {MOST_LOAD:g} s: {met(seconds <= MOST_LOAD)} (processor {worked:.1f} s); it takes {megabytes:.0f} MB; "
        f"aim {MOST_MB:g}: {met(megabytes <= MOST_MB)}.",
        "",
    ]
    return lines


def main() -> None:
    """Measure and put the section where it belongs."""
    put_section(TITLE, section())


if __name__ == "__main__":
    main()
