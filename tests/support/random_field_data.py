"""Random field data: a table of text, two of Parquet, stated identities; names, places and times that make trouble."""

import io

import numpy as np
import pandas as pd

from neaspec.crossings.input.members import Input

TAXA = ("Panthera tigris", "Antigone vipio", "Platalea minor", "")
COUNTRIES = ("", "", "", "CHN", "RUS", "KOR")
EVIDENCE = ("gps", "gps", "camera", "genetic", "ring", "sighting")
NAMES = ("F1", "17001", "17001.0", "007", "7", "Т-3", "T-3", "unknown", "Müller", "N 43.12345 E 131.2345", "雌虎")
BORDERS = ((130.9, 43.1), (127.6, 49.8), (117.8, 49.5), (126.8, 38.0), (131.0, 42.4))


def random_files(seed, rows=150):
    """Return files with the same content for the same seed."""
    random = np.random.default_rng(seed)
    tables = [_rows(random, rows, number) for number in range(3)]
    tables[2] = pd.concat([tables[2], tables[1].sample(40, random_state=seed)], ignore_index=True)  # again
    names = ["a table.csv", "part-1.parquet", "part-2.parquet"]
    files = [Input(names[0], tables[0].to_csv(index=False).encode())]
    for name, table in zip(names[1:], tables[1:], strict=True):
        stream = io.BytesIO()
        table.assign(time=pd.to_datetime(table["time"]).astype("datetime64[us]")).to_parquet(stream, index=False)
        files.append(Input(name, stream.getvalue()))
    return [*files, Input("match.csv", _matches(random).encode())]


def _rows(random, rows, number):
    animals = random.integers(0, 24, rows)
    names = np.array([NAMES[animal] if animal < len(NAMES) else f"animal {animal}" for animal in animals])
    home = np.array(BORDERS)[animals % len(BORDERS)]
    east, north = (home[:, axis] + random.normal(0, 0.5, rows) for axis in range(2))
    far = random.random(rows) < 0.01
    east = np.where(far, east + 40, east)
    day = np.sort(random.integers(0, 900, rows))
    minute = random.integers(0, 96, rows) * 15
    time = np.datetime64("2020-01-01", "s") + day.astype("timedelta64[D]") + minute.astype("timedelta64[m]")
    time = np.where(random.random(rows) < 0.005, np.datetime64("2999-01-01", "s"), time)
    declared = random.choice(COUNTRIES, rows)
    sample = np.where(random.random(rows) < 0.2, [f"s{animal}" for animal in animals], "")
    return pd.DataFrame(
        {
            "data_set": random.choice(["set A", "set B", f"set {number}"], rows),
            "individual": np.where(random.random(rows) < 0.03, "", names),
            "sample_id": sample,
            "taxon": np.where(random.random(rows) < 0.02, random.choice(TAXA, rows), np.array(TAXA)[animals % 3]),
            "time": time.astype(str),
            "longitude": np.round(east, random.integers(1, 7)),
            "latitude": np.round(north, 5),
            "uncertainty_m": np.where(random.random(rows) < 0.1, 3_000.0, np.nan),
            "evidence": random.choice(EVIDENCE, rows),
            "declared_country": declared,
            "sex": random.choice(["", "female", "male"], rows, p=[0.8, 0.1, 0.1]),
            "age": random.choice(["", "adult", "juvenile"], rows),
            "behaviour": random.choice(["", "nest"], rows, p=[0.95, 0.05]),
        }
    )


def _matches(random):
    lines = ["sample_id,individual_id,method,loci_compared,loci_matched,laboratory"]
    for number in range(0, 24, 2):
        lines.append(f"s{number},animal K{random.integers(0, 8)},genotype,12,{random.integers(6, 13)},L")
    return "\n".join(lines) + "\n"
