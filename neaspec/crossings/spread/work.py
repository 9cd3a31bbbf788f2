"""What a worker does: records placed, animals worked, results made public; by the functions of the one-machine way.

Nothing here knows Spark. Exact places come in with rows of a table or with a sealed piece, and end in `Placing`: what
goes out is sealed (packets.py). Texts, times and numbers therefore never meet an engine's own kinds of columns.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from neaspec.crossings.doubts.tracks import TracksInMemory, buckets_of
from neaspec.crossings.engine import Share, work_share
from neaspec.crossings.identity.identities import without_decimals
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.reading import Answers, Part, Reading
from neaspec.crossings.model.records import DoubtfulRows, Recognised, RejectedRows
from neaspec.crossings.out_of_core import PIECE
from neaspec.crossings.outputs.tables import named_rows
from neaspec.crossings.pipeline import Placed, make_context, place
from neaspec.crossings.privacy.rules import Rules
from neaspec.crossings.publish import Publisher
from neaspec.crossings.readers.package import Package
from neaspec.crossings.readers.read import complete
from neaspec.crossings.readers.records_table import STANDARD, TEXTS, part_of_batch
from neaspec.crossings.spread.packets import pack, unpack
from neaspec.errors import InputError
from neaspec.text import load_words

FILE, LINE = "file_of_row", "line_of_row"  # beside the columns of a table: number of the file, place in it from 0
NOTES = -1  # bucket of what is no animal
FIRST_LINE = 2  # of a table, under its header
# Columns of what goes from one step to the next.
SEALED = pa.large_binary()
PACKETS = pa.schema([("bucket", pa.int32()), ("records", SEALED), ("tracks", SEALED), ("notes", SEALED)])
RESULTS = pa.schema([("notes", SEALED), ("facts", SEALED), ("rows", SEALED)])
# What the driver needs of rows that stay on workers: of crossings what is counted, of stays the first of each animal.
COMPACT = (
    "individual_key",
    "species_id",
    "taxon",
    "from_country_code",
    "to_country_code",
    "grade",
    "to_stay",
    "from_stay",
)
FIRSTS = ("individual_key", "arrived_at", "first_source", "first_row", "stay")


@dataclass(frozen=True)
class Kit:
    """What all workers need, sent sealed.

    Attributes:
        identities, samples: what states which records are of one animal.
        rules: of sensitivity.
        parameters: of the definition.
        until: records after it are left out.
        answers: to questions.
        files: number of a file -> file of a table that workers read.
        buckets: in how many parts animals are worked.
        merged: bucket -> bucket it is worked with, because an animal has records in both.
        memory: most memory of the database of a worker.
    """

    identities: pd.DataFrame
    samples: pd.DataFrame
    rules: Rules
    parameters: Parameters
    until: Any
    answers: Answers
    files: Mapping[int, Package]
    buckets: int
    merged: Mapping[int, int]
    memory: str


@dataclass(frozen=True)
class Notes:
    """What a piece says beside its records; `place` gives the order of pieces: file and first line, or number."""

    place: tuple[str, int]
    recognised: Recognised
    dropped: RejectedRows
    doubts: DoubtfulRows
    sampled: pd.DataFrame
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the driver must know of a share: all but its rows, of which only what is counted.

    Attributes:
        share: stays with FIRSTS and the first of each animal, crossings with COMPACT, all else.
        stays: how many there are.
        problems: why there is none.
    """

    share: Share | None
    stays: int = 0
    problems: tuple[str, ...] = ()


class Placing:
    """Records of pieces placed, parted by animal and sealed."""

    def __init__(self, kit: Kit, key: bytes) -> None:
        """Load what positions are measured with; once for a process, as borders are kept."""
        pa.set_cpu_count(1)
        self.kit, self.key = kit, key
        self.context = replace(make_context(kit.rules, kit.parameters), until=kit.until)
        self.merged = np.array([kit.merged.get(bucket, bucket) for bucket in range(kit.buckets)], dtype="int64")

    def pieces(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Place pieces that the driver read: rows of (number, sealed Part)."""
        for batch in batches:
            for number, packet in zip(batch["number"].to_pylist(), batch["piece"], strict=True):
                part: Part = unpack(packet.as_buffer(), self.key)
                yield self._placed(part, self._reading(), ("", number))

    def tables(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Place rows of tables with our own columns, each with FILE and LINE."""
        for batch in batches:
            file, line = (np.asarray(batch[name]) for name in (FILE, LINE))
            breaks = np.flatnonzero((np.diff(file) != 0) | (np.diff(line) != 1)) + 1
            rows = _as_our_columns(batch)
            for first, last in zip([0, *breaks.tolist()], [*breaks.tolist(), len(file)], strict=True):
                if last > first:
                    yield self._of_table(rows.slice(first, last - first), int(file[first]), int(line[first]))

    def _of_table(self, rows: pa.RecordBatch, file: int, line: int) -> pa.RecordBatch:
        package, reading = self.kit.files[file], self._reading()
        place = (package.main.name, line)
        try:
            part = part_of_batch(package, self.kit.answers, rows, line + FIRST_LINE)
        except InputError as problem:
            nothing = Recognised(package.main.name, STANDARD, "", 0, 0)
            notes = Notes(place, nothing, RejectedRows(), DoubtfulRows(), reading.sampled, tuple(problem.problems))
            return _packets([], pack(notes, self.key))
        return self._placed(complete(part, package, self.kit.answers, reading), reading, place)

    def _reading(self) -> Reading:
        return Reading(identities=self.kit.identities, samples=self.kit.samples)

    def _placed(self, part: Part, reading: Reading, where: tuple[str, int]) -> pa.RecordBatch:
        placed = place(part.records, reading, self.context, self.kit.buckets)
        placed.dropped.merge(part.dropped)
        placed.doubts.merge(part.doubts)
        notes = Notes(where, part.recognised, placed.dropped, placed.doubts, reading.sampled)
        return _packets(self._parted(placed), pack(notes, self.key))

    def _parted(self, placed: Placed) -> list[tuple[int, bytes, bytes]]:
        """Return records and tracks of each bucket, sealed."""
        codes, different = pd.factorize(placed.records["individual_key"])
        of_animals = self.merged[buckets_of(pd.Series(different, dtype="str"), self.kit.buckets)]
        records = of_animals[codes] if len(different) else np.zeros(0, dtype="int64")
        tracks = self.merged[placed.tracks["bucket"].to_numpy()]
        return [
            (
                int(bucket),
                pack(pa.Table.from_pandas(placed.records[records == bucket], PIECE, preserve_index=False), self.key),
                pack(placed.tracks[tracks == bucket].reset_index(drop=True), self.key),
            )
            for bucket in np.unique(records)
        ]


def _as_our_columns(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return rows as the reader of our own columns expects them: texts as dictionaries, without FILE and LINE."""
    columns = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name not in (FILE, LINE):
            is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
            columns[name] = pc.dictionary_encode(column) if is_text and name in (*TEXTS, "time") else column
    return pa.RecordBatch.from_pydict(columns)


def _packets(parts: Sequence[tuple[int, bytes, bytes]], notes: bytes) -> pa.RecordBatch:
    buckets, records, tracks = ([part[place] for part in parts] for place in range(3))
    return pa.RecordBatch.from_pydict(
        {
            "bucket": [*buckets, NOTES],
            "records": [*records, None],
            "tracks": [*tracks, None],
            "notes": [*([None] * len(parts)), notes],
        },
        PACKETS,
    )


def work_group(packets: pa.Table, kit: Kit, key: bytes) -> pa.Table:
    """Work the animals of a bucket; what is no animal goes on as it is."""
    pa.set_cpu_count(1)
    if packets["bucket"][0].as_py() == NOTES:
        nothing = pa.nulls(len(packets), SEALED)
        return pa.table([_plain(packets["notes"]), nothing, nothing], RESULTS)
    records = pa.concat_tables([unpack(packet.as_buffer(), key) for packet in packets["records"]])
    tracks = [unpack(packet.as_buffer(), key).astype({"source": "str"}) for packet in packets["tracks"]]
    try:
        with tempfile.TemporaryDirectory() as spill:  # generalised places only, as in a run on one machine
            share = work_share(
                records.unify_dictionaries(), kit.parameters, kit.memory, 1, Path(spill), TracksInMemory(tracks)
            )
    except InputError as problem:
        return _result(pack(Facts(None, problems=tuple(problem.problems)), key), None)
    stays = share.stays[list(FIRSTS)].sort_values(list(FIRSTS[1:])).drop_duplicates("individual_key")
    compact = replace(share, stays=stays, crossings=share.crossings[list(COMPACT)])
    return _result(pack(Facts(compact, len(share.stays)), key), pack((share.stays, share.crossings), key))


def _result(facts: bytes, rows: bytes | None) -> pa.Table:
    return pa.table({"notes": [None], "facts": [facts], "rows": [rows]}, RESULTS)


def _plain(column: pa.ChunkedArray) -> Any:
    return pc.cast(column, SEALED)


@dataclass(frozen=True)
class Publishing:
    """What makes rows public on workers: the publisher, the smallest cell that is told, the language of the words."""

    publisher: Publisher
    smallest_cell: int
    language: str

    def rows(self, name: str, stays: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
        """Return public crossings or stays as they stand in the files of results."""
        publisher = self.publisher
        public = publisher.stays(stays) if name == "stays" else publisher.crossings(crossings)
        return named_rows(public, name, publisher.rules, self.smallest_cell, load_words(self.language))


def public_rows(
    batches: Iterator[pa.RecordBatch], name: str, publishing: Publishing, key: bytes
) -> Iterator[pd.DataFrame]:
    """Give the public rows of shares.

    Args:
        batches: with `rows` of RESULTS.
        name: crossings or stays.
        publishing: how.
        key: of the run.
    """
    for batch in batches:
        for packet in batch["rows"]:
            if packet.is_valid:
                yield publishing.rows(name, *unpack(packet.as_buffer(), key))


def merged_buckets(statements: pd.DataFrame, buckets: int) -> dict[int, int]:
    """Return bucket -> bucket it must be worked with: an animal has records in both, under two keys.

    An identity that is refused gives its records back to the names of their data sets, which other records may have.

    Args:
        statements: of RunRules, of all shares.
        buckets: how many there are.
    """
    root = np.arange(buckets)

    def root_of(bucket: int) -> int:
        while root[bucket] != bucket:
            bucket = int(root[bucket])
        return bucket

    before: npt.NDArray[np.uint16] = buckets_of(statements["individual_key"], buckets)
    first: dict[str, int] = {}
    for key, bucket in zip(without_decimals(statements["final_key"]), before.tolist(), strict=True):
        one, other = root_of(first.setdefault(str(key), bucket)), root_of(bucket)
        root[max(one, other)] = min(one, other)
    return {bucket: root_of(bucket) for bucket in range(buckets) if root_of(bucket) != bucket}
