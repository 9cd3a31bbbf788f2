"""Field data on a cluster: files read here or tables read by workers, placed and worked there, put together here.

    files ─► read here ─► sealed pieces ─┐
                                         ├─► placed ─► sealed, by animal ─► worked ─► sealed shares ─► put together here
    tables at an address ────────────────┘   (mapInArrow)   (shuffle)   (applyInArrow)

What is stated of animals is joined before they are parted; an identity that is refused when all records are seen gives
its records back to other animals, and then the buckets of both are worked again as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from neaspec.crossings.engine import MEMORY, Share, put_together, work_share
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers, Reading, sum_by_source
from neaspec.crossings.model.records import Recognised
from neaspec.crossings.out_of_core import PIECE, Tell, read_ahead, refuse_questions
from neaspec.crossings.pipeline import PipelineContext, PipelineResult, publish
from neaspec.crossings.readers.package import Package
from neaspec.crossings.readers.read import packages_to_read, read_packages
from neaspec.crossings.spread.packets import new_key, pack, unpack
from neaspec.crossings.spread.session import engine_errors, on_workers
from neaspec.crossings.spread.tables import Table, open_table
from neaspec.crossings.spread.work import RESULTS, Facts, Kit, Notes, merged_buckets
from neaspec.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

GROUP_ROWS = 1_000_000  # about how many records are worked at once
GROUPS_A_CORE = 4  # at least, so that no core waits long for the last
MOST_GROUPS = 4_096
PARTITIONS_A_GROUP = 4  # so that few groups fall into one
# PACKETS and RESULTS in words of the engine.
PACKETS_AS_TOLD = "bucket int, records binary, tracks binary, notes binary"
RESULTS_AS_TOLD = "notes binary, facts binary, rows binary"


@dataclass(frozen=True)
class Spread:
    """How a run is spread.

    Attributes:
        session: of the engine.
        chunk_rows: about how many rows a piece has.
        memory: most memory of the database of a worker.
        buckets: in how many parts animals are worked; 0 = by rows and cores.
        tell: is told how many rows were read here.
    """

    session: "SparkSession"
    chunk_rows: int = 200_000
    memory: str = MEMORY
    buckets: int = 0
    tell: Tell = lambda rows: None


@dataclass(frozen=True)
class Given:
    """What is worked out.

    Attributes:
        inputs: files that are here; they are read here.
        addresses: of Parquet tables with our own columns, where workers reach them.
        context: rules, borders, parameters.
        answers: to questions.
    """

    inputs: Sequence[Input]
    addresses: Sequence[str]
    context: PipelineContext
    answers: Answers


def run_spread(given: Given, spread: Spread) -> PipelineResult:
    """Work out field data on a cluster; the results are those of one machine.

    Raises:
        InputError: files cannot be read, questions are open, or the engine stopped the run.
    """
    with engine_errors():
        return put_together_here(Job.of(given, spread))


def put_together_here(job: "Job") -> PipelineResult:
    """Let workers work, and put what they made together here, all rows."""
    _, table, facts = job.worked(RESULTS.names)
    rows = [unpack(packet, job.key) for packet in _packets(table, "rows")]
    shares = [fact.share for fact in facts if fact.share is not None]
    whole = [
        replace(share, stays=stays, crossings=crossings) for share, (stays, crossings) in zip(shares, rows, strict=True)
    ]
    return publish(put_together(whole or [nothing(job.given.context)]), job.reading, job.given.context)


def nothing(context: PipelineContext) -> Share:
    """Return what the rules make of no record."""
    return work_share(PIECE.empty_table(), context.parameters)


@dataclass
class Job:
    """What is read and how, before and while workers work; its packets are sealed with a key of its own."""

    given: Given
    spread: Spread
    reading: Reading
    table: Table | None
    files: Mapping[int, Package]
    recognised: list[Recognised] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    rows: int = 0
    key: bytes = field(default_factory=lambda: new_key())

    @classmethod
    def of(cls, given: Given, spread: Spread) -> "Job":
        """Recognise all, read files that are here.

        Raises:
            InputError: files cannot be read, or questions are open.
        """
        table = open_table(spread.session, given.addresses) if given.addresses else None
        inputs = [*given.inputs, *(table.stand_ins() if table else [])]
        ready, reading = packages_to_read(inputs, given.answers)
        refuse_questions(reading)
        job = cls(given, spread, reading, table, table.files([package for _, package in ready]) if table else {})
        job.rows = table.rows if table else 0
        for part in read_ahead(read_packages(ready, given.answers, spread.chunk_rows, reading)):
            if table is not None and part.recognised.source in table.names:
                job.recognised.append(part.recognised)  # without rows: workers read them
            else:
                job.pieces.append(pack(part, job.key))
                job.rows += part.recognised.rows
                spread.tell(part.recognised.rows)
        return job

    def worked(self, columns: Sequence[str], is_kept: bool = False) -> "tuple[DataFrame, pa.Table, list[Facts]]":
        """Let workers work.

        Args:
            columns: of RESULTS that come here.
            is_kept: all columns are kept on the workers.

        Returns:
            All columns as they are on workers, those that came here, and the facts among them.

        Raises:
            InputError: rows cannot be read, or memory is not enough.
        """
        buckets = self._buckets()
        merged: dict[int, int] = {}
        while True:
            results = self._results(buckets, merged)
            results = results.persist(_on_disk()) if is_kept else results
            table = results.select(*columns).toArrow()
            notes: list[Notes] = [unpack(packet, self.key) for packet in _packets(table, "notes")]
            facts: list[Facts] = [unpack(packet, self.key) for packet in _packets(table, "facts")]
            problems = {problem for note in notes for problem in note.problems}
            if problems := problems | {problem for fact in facts for problem in fact.problems}:
                raise InputError(sorted(problems))
            statements = [fact.share.statements for fact in facts if fact.share is not None]
            needed = merged_buckets(pd.concat(statements), buckets) if statements else {}
            if needed == merged:
                self._take(notes)
                return results, table, facts
            results.unpersist()
            merged = needed

    def _buckets(self) -> int:
        if self.spread.buckets:
            return self.spread.buckets
        cores = self.spread.session.sparkContext.defaultParallelism
        return int(min(MOST_GROUPS, max(GROUPS_A_CORE * cores, -(-self.rows // GROUP_ROWS))))

    def _results(self, buckets: int, merged: Mapping[int, int]) -> "DataFrame":
        """Return what workers make of all records (RESULTS); nothing is done before it is asked for."""
        session, context = self.spread.session, self.given.context
        kit = Kit(
            self.reading.identities,
            self.reading.samples,
            context.rules,
            context.parameters,
            context.until,
            self.given.answers,
            self.files,
            buckets,
            merged,
            self.spread.memory,
        )
        sent = session.sparkContext.broadcast(pack(kit, self.key))
        session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(self.spread.chunk_rows))
        session.conf.set("spark.sql.shuffle.partitions", str(buckets * PARTITIONS_A_GROUP))
        frames = [("place_tables", self.table.rows_with_places())] if self.table else []
        frames += [("place_pieces", self._pieces())] if self.pieces or not frames else []
        placed = [frame.mapInArrow(on_workers(step, sent, self.key), PACKETS_AS_TOLD) for step, frame in frames]
        every = placed[0] if len(placed) == 1 else placed[0].unionAll(placed[1])
        return every.groupBy("bucket").applyInArrow(on_workers("work_animals", sent, self.key), RESULTS_AS_TOLD)

    def _pieces(self) -> "DataFrame":
        numbers = pa.array(range(len(self.pieces)), pa.int64())
        table = pa.table({"number": numbers, "piece": pa.array(self.pieces, pa.large_binary())})
        return self.spread.session.createDataFrame(table, "number long, piece binary")

    def _take(self, notes: Sequence[Notes]) -> None:
        """Add up what pieces say, in the order in which one machine reads them."""
        reading = self.reading
        sampled = [reading.sampled]
        for of_table in sorted(notes, key=lambda note: note.place):
            self.recognised.append(of_table.recognised)
            reading.dropped.merge(of_table.dropped)
            reading.doubts.merge(of_table.doubts)
            sampled.append(of_table.sampled)
        reading.recognised = sum_by_source([*reading.recognised, *self.recognised])
        reading.sampled = pd.concat(sampled).drop_duplicates(ignore_index=True).astype("str")


def _packets(table: pa.Table, name: str) -> list[pa.Buffer]:
    return [packet.as_buffer() for packet in table[name] if packet.is_valid]


def _on_disk() -> object:
    from pyspark import StorageLevel

    return StorageLevel.DISK_ONLY
