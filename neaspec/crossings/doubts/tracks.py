"""Positions in the order of time, for the checks of movement: in memory, or sealed on disk while a large run works.

A large run reads its files in pieces, and the records of one animal may lie in any of them. What of them has a position
is written beside each piece as Parquet encrypted by its own standard (AES-GCM), with a key that is made from the inputs
themselves and is never written: who has no inputs cannot open it. It is read again animal by animal, in memory that
does not grow with the files.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.parquet.encryption import create_decryption_properties, create_encryption_properties

from neaspec.crossings.identity.identities import without_decimals
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import TimeQuality

Hashes = npt.NDArray[np.uint64]
BUCKETS = 16  # parts in which animals are looked at
# Hours that the time of a record may be off; a record known only as a long interval is not measured with.
SLACK_HOURS: dict[TimeQuality, float] = {
    "offset_given": 0.1,
    "utc_by_standard": 0.1,
    "utc_assumed": 1.0,
    "day_only": 24.0,
    "interval": 24.0,
}
STATEMENT = ("individual_key", "data_set", "individual", "taxon")
COLUMNS = ("bucket", "who", "time", "longitude", "latitude", "error_km", "slack_h", "kmh", "is_gps", "source", "row")


class Tracks(Protocol):
    """Positions of animals."""

    def parts(self) -> Iterator[pd.DataFrame]:
        """Give COLUMNS in parts; all records of an animal are in one of them."""


@dataclass
class TracksInMemory:
    """Positions of an upload."""

    frames: list[pd.DataFrame] = field(default_factory=list)

    def parts(self) -> Iterator[pd.DataFrame]:
        """Give all at once (Tracks.parts)."""
        if self.frames:
            yield pd.concat(self.frames, ignore_index=True)


@dataclass(frozen=True)
class SealedTracks:
    """Positions in encrypted files, one for each piece."""

    files: Sequence[Path]
    key: bytes

    def parts(self) -> Iterator[pd.DataFrame]:
        """Give the animals of one bucket after the other (Tracks.parts)."""
        sealed = [
            pq.ParquetFile(path, decryption_properties=create_decryption_properties(self.key)) for path in self.files
        ]
        held = [json.loads(file.schema_arrow.metadata[b"buckets"]) for file in sealed]
        for bucket in range(BUCKETS):
            groups = [
                file.read_row_group(buckets.index(bucket))
                for file, buckets in zip(sealed, held, strict=True)
                if bucket in buckets
            ]
            if groups:
                frame = pa.concat_tables(groups, promote_options="permissive").to_pandas()
                yield frame.assign(source=frame["source"].astype("str"))


def seal(tracks: pd.DataFrame, path: Path, key: bytes) -> None:
    """Write positions of a piece, encrypted."""
    ordered = tracks.sort_values("bucket", kind="stable", ignore_index=True)
    buckets, starts = np.unique(ordered["bucket"], return_index=True)
    table = pa.Table.from_pandas(ordered, preserve_index=False)
    table = table.replace_schema_metadata({"buckets": json.dumps(buckets.tolist())})
    properties = create_encryption_properties(key)
    with pq.ParquetWriter(path, table.schema, encryption_properties=properties, use_dictionary=["source"]) as writer:
        for start, end in pairwise([*starts.tolist(), len(table)]):
            writer.write_table(table.slice(start, end - start), row_group_size=max(1, end - start))


def tracks_of(
    records: pd.DataFrame,
    placed: pd.DataFrame,
    groups: "pd.Series[str]",
    parameters: Parameters,
    buckets: int = BUCKETS,
) -> pd.DataFrame:
    """Return positions of records for the checks of movement.

    Args:
        records: RECORD_COLUMNS.
        placed: the same records as the engine knows them (PLACED_COLUMNS).
        groups: taxon group of each record (privacy/taxa.py).
        parameters: greatest speeds.
        buckets: parts in which animals are looked at.

    Returns:
        COLUMNS of the records that have a position and a time that can be measured with.
    """
    has_place = (records["longitude"].notna() & records["latitude"].notna()).to_numpy()
    slack = _numbers_of(records["time_quality"], SLACK_HOURS, np.nan)
    rows = np.flatnonzero(has_place & ~np.isnan(slack))
    chosen = records.iloc[rows]
    who, bucket = _who(placed.iloc[rows], buckets)
    kmh = _numbers_of(groups, {"big_cat": parameters.big_cat_kmh}, parameters.bird_kmh)
    columns: dict[str, Any] = {
        "bucket": bucket,
        "who": who,
        "time": chosen["time"].to_numpy(dtype="datetime64[us]"),
        "longitude": chosen["longitude"].to_numpy(dtype="float64"),
        "latitude": chosen["latitude"].to_numpy(dtype="float64"),
        "error_km": np.nan_to_num(chosen["uncertainty_m"].to_numpy(dtype="float64") / 1000).astype("float32"),
        "slack_h": slack[rows],
        "kmh": kmh[rows],
        "is_gps": _numbers_of(records["evidence"], {"gps": 1.0}, 0.0)[rows] == 1,
        "source": pd.Categorical.from_codes(*pd.factorize(placed["source"].iloc[rows], sort=True)),
        "row": chosen["row"].to_numpy(dtype="int64"),
    }
    return pd.DataFrame(columns)


def _numbers_of(texts: "pd.Series[str]", numbers: Mapping[Any, float], other: float) -> npt.NDArray[np.float32]:
    """Return a number for each text, each different one looked up once."""
    codes, different = pd.factorize(texts)
    as_numbers = np.array([numbers.get(text, other) for text in different], dtype="float32")
    return as_numbers[codes] if len(different) else np.zeros(0, dtype="float32")


def statement_hashes(statements: pd.DataFrame) -> Hashes:
    """Return a number for each statement of STATEMENT, the same for the same texts."""
    columns = [statements[name].tolist() for name in STATEMENT]
    return np.array([_hash("\x1f".join(map(str, row))) for row in zip(*columns, strict=True)], dtype=np.uint64)


def buckets_of(keys: "pd.Series[str]", buckets: int) -> npt.NDArray[np.uint16]:
    """Return the bucket of each animal; a whole number written with decimals has that of the number."""
    return np.array([_hash(key) % buckets for key in without_decimals(keys)], dtype=np.uint16)


def _who(placed: pd.DataFrame, buckets: int) -> tuple[Hashes, npt.NDArray[np.uint16]]:
    """Return the number of each record's statement, and the bucket of its animal; each is worked out once."""
    combined = np.zeros(len(placed), dtype=np.int64)
    for name in STATEMENT:
        codes, different = pd.factorize(placed[name])
        combined, _ = pd.factorize(combined * max(len(different), 1) + codes)
    statements = placed.iloc[np.unique(combined, return_index=True)[1]]
    return statement_hashes(statements)[combined], buckets_of(statements["individual_key"], buckets)[combined]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
