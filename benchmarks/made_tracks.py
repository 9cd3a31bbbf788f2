"""Made-up tracks to measure with: residents that live astride borders, and birds that fly between two seasons' homes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ANIMALS = 300
YEARS = 5
# Where borders of the six States run (degrees); residents live near such a place.
ON_BORDERS = np.array(
    [
        (131.0, 43.0),
        (131.3, 44.0),
        (130.8, 48.3),
        (127.6, 49.8),
        (117.8, 49.5),
        (116.7, 49.9),
        (100.6, 51.8),
        (95.5, 50.0),
        (89.7, 49.9),
        (88.0, 48.6),
        (130.6, 42.4),
        (128.1, 42.0),
        (124.9, 40.5),
        (126.8, 38.0),
    ]
)
SUMMER = (106.0, 132.0, 45.0, 52.0)
WINTER = (113.0, 131.5, 28.0, 36.0)


def made_tracks(records: int, seed: int = 4) -> pd.DataFrame:
    """Return records of ANIMALS animals, equally many each, the rows in order of time.

    Columns: data_set, individual, taxon, time (microseconds, UTC), longitude, latitude, evidence.
    """
    random = np.random.default_rng(seed)
    steps = -(-records // ANIMALS)
    seconds = np.linspace(0, YEARS * 365 * 86_400, steps, endpoint=False)
    residents = ANIMALS // 2
    # Most live on one side of the border and cross it now and then.
    homes = ON_BORDERS[np.arange(residents) % len(ON_BORDERS)] + random.normal(0, 0.4, (residents, 2))
    places = np.empty((steps, ANIMALS, 2), dtype="float32")
    offset = np.zeros((residents, 2))
    # As far as a cat walks between two fixes, whatever their number: the wandering has the same reach at every size.
    pull = min(1.0, 2_000 / steps)
    for step in range(steps):
        offset += -pull * offset + random.normal(0, 0.05 * np.sqrt(2 * pull), (residents, 2))
        places[step, :residents] = homes + offset
    season = (1 + np.cos(2 * np.pi * seconds / (365 * 86_400)))[:, None] / 2  # 1 in winter, 0 in summer
    season = np.clip((season - 0.5) * 4 + 0.5, 0, 1)
    birds = ANIMALS - residents
    for axis, (low, high) in enumerate(((0, 1), (2, 3))):
        summer = random.uniform(SUMMER[low], SUMMER[high], birds)
        winter = random.uniform(WINTER[low], WINTER[high], birds)
        path = summer + (winter - summer) * season
        places[:, residents:, axis] = path + random.normal(0, 0.05, (steps, birds))
    number = np.tile(np.arange(ANIMALS), steps)[:records]
    jitter = (number * 1_013) % 3_600  # animals do not report at the same second
    names = np.array([f"animal {place:03d}" for place in range(ANIMALS)])
    time = (np.repeat(seconds, ANIMALS)[:records] + jitter) * 1e6 + 1_577_836_800e6
    flat = places.reshape(-1, 2)[:records].astype("float64")
    return pd.DataFrame(
        {
            "data_set": pd.Categorical.from_codes(number % 2, ["made up north", "made up south"]),
            "individual": pd.Categorical.from_codes(number, names),
            "taxon": pd.Categorical.from_codes(
                (number >= residents).astype(int), ["Panthera tigris", "Antigone vipio"]
            ),
            "time": time.astype("int64").astype("datetime64[us]"),
            "longitude": flat[:, 0],
            "latitude": flat[:, 1],
            "evidence": pd.Categorical.from_codes(np.zeros(records, dtype=int), ["gps"]),
        }
    )


def write_tracks(path: Path, records: int) -> Path:
    """Write made-up tracks as Parquet."""
    table = pa.Table.from_pandas(made_tracks(records), preserve_index=False)
    pq.write_table(table, path, row_group_size=200_000)
    return path
