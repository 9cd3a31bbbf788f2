"""Field data larger than memory: in pieces, in bounded memory, and to be taken up again where it was stopped.

Each piece is read, placed and written as one Parquet file into a work folder beside the results. What is written holds
generalised places only, and beside it, encrypted, the positions that the checks of movement need (doubts/tracks.py). A
piece that is there is whole (it is put in place in one step), so a run that was killed goes on with the first piece
that is missing; a run with other inputs, parameters or pieces starts anew. Results are written whole, the report last,
and then the work folder is removed.
"""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from neaspec.crossings.doubts.tracks import SealedTracks, seal
from neaspec.crossings.engine import MEMORY, RULES_DIR, stays_and_crossings
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers, Part, Reading, sum_by_source
from neaspec.crossings.model.records import (
    PLACED_COLUMNS,
    CountedRows,
    DoubtfulRows,
    Example,
    Recognised,
    RejectedRows,
    Why,
)
from neaspec.crossings.pipeline import PipelineContext, PipelineResult, place, publish
from neaspec.crossings.readers.read import read_parts
from neaspec.errors import InputError
from neaspec.files import atomic_write

WORK = ".work"
CODE_DIR = Path(__file__).parent
# Texts as dictionaries: a piece without any record has the types of the others.
PIECE = pa.schema(
    [
        (
            name,
            {"str": pa.dictionary(pa.int32(), pa.large_string()), "datetime64[us]": pa.timestamp("us")}.get(kind)
            or pa.from_numpy_dtype(kind),
        )
        for name, kind in PLACED_COLUMNS.items()
    ]
)
ENDS = 1 << 20  # bytes at each end of a file that its fingerprint rests on, beside its size and time of change
Tell = Callable[[int], None]  # is told how many rows more were read


def run_out_of_core(
    inputs: Sequence[Input],
    out: Path,
    context: PipelineContext,
    answers: Answers,
    chunk_rows: int = 200_000,
    memory: str = MEMORY,
    threads: int = 2,
    tell: Tell = lambda rows: None,
    has_exact_traps: bool = False,
) -> PipelineResult:
    """Work out field data of any size.

    Args:
        inputs: files.
        out: folder of the results; the work folder is made in it.
        context: rules, borders, parameters.
        answers: to questions.
        chunk_rows: about how many rows a piece has; the result does not depend on it.
        memory: most memory of the database.
        threads: of the database.
        tell: is told the progress.
        has_exact_traps: whether the holder asked for capture histories with the cameras themselves.

    Raises:
        InputError: files cannot be read, questions are open, or another run works in the same folder.
    """
    pieces, reading = read_parts(inputs, answers, chunk_rows)
    refuse_questions(reading)
    fingerprint, key = _fingerprint(inputs, context, answers, chunk_rows)
    with _work_folder(out, fingerprint) as work:
        files = []
        for number, part in enumerate(read_ahead(pieces)):
            files.append(_placed_file(work, number, part, reading, context, key))
            tell(part.recognised.rows)
        _take_notes(files, reading)
        tracks = SealedTracks([_tracks_of(path) for path in files], key)
        movements = stays_and_crossings(files, context.parameters, memory, threads, spill=work, tracks=tracks)
        return publish(movements, reading, context, exact=tracks if has_exact_traps else None)


def refuse_questions(reading: Reading) -> None:
    """Refuse files that do not say what nobody may guess.

    Raises:
        InputError: with every open question.
    """
    if reading.questions:
        raise InputError(
            [
                f"{question.source}, column {question.column}: {question.kind} must be answered, "
                f"found {question.example!r}"
                for question in reading.questions
            ]
        )


def read_ahead(pieces: Iterator[Part]) -> Iterator[Part]:
    """Read the next piece while the one before is placed."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, pieces, None)
        while (part := coming.result()) is not None:
            coming = reader.submit(next, pieces, None)
            yield part


def forget_work(out: Path) -> None:
    """Remove the work folder after the results are written."""
    shutil.rmtree(out / WORK, ignore_errors=True)


@contextmanager
def _work_folder(out: Path, fingerprint: str) -> Iterator[Path]:
    """Give the work folder to one run at a time; work on something else is thrown away."""
    work = out / WORK
    work.mkdir(parents=True, exist_ok=True)
    with (work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise InputError([f"{out}: another run works in this folder; wait for it or choose another"]) from problem
        stated = work / "fingerprint"
        if not stated.is_file() or stated.read_text(encoding="utf-8") != fingerprint:
            for path in work.glob("piece-*"):
                path.unlink()
            atomic_write(stated, fingerprint.encode())
        yield work


def _fingerprint(
    inputs: Sequence[Input], context: PipelineContext, answers: Answers, chunk_rows: int
) -> tuple[str, bytes]:
    """Return what makes two runs the same (files, parameters, rules, borders, answers, day, size of pieces, code).

    Beside it a key that is made of the same and never written: who has what was written cannot make it from that.
    """
    digest = _Twice()
    for given in sorted(inputs, key=lambda source: source.name):
        digest.update(given.name.encode())
        if isinstance(given.data, bytes):
            digest.update(given.data)
            continue
        state = given.data.stat()
        digest.update(f"{state.st_size} {state.st_mtime_ns}".encode())
        with given.data.open("rb") as file:
            digest.update(file.read(ENDS))
            file.seek(max(0, state.st_size - ENDS))
            digest.update(file.read())
    stated: dict[str, Any] = {"parameters": asdict(context.parameters), "answers": asdict(answers), "rows": chunk_rows}
    stated["until"] = context.until.isoformat()
    digest.update(json.dumps(stated, sort_keys=True).encode())
    for table in (context.rules.levels, context.rules.names, context.rules.sites, context.rules.countries):
        digest.update(table.to_csv().encode())
    digest.update(context.borders.version.encode())
    for path in sorted([*CODE_DIR.rglob("*.py"), *CODE_DIR.rglob("*.toml"), *RULES_DIR.glob("*.sql")]):
        digest.update(path.read_bytes())
    return digest.written.hexdigest(), digest.kept.digest()


class _Twice:
    """Two digests of the same, of which one is written and the other never."""

    def __init__(self) -> None:
        self.written, self.kept = hashlib.sha256(), hashlib.sha256(b"positions of a run")

    def update(self, data: bytes) -> None:
        self.written.update(data)
        self.kept.update(data)


def _tracks_of(piece: Path) -> Path:
    return piece.with_suffix(".sealed")


def _placed_file(work: Path, number: int, part: Part, reading: Reading, context: PipelineContext, key: bytes) -> Path:
    """Place a piece and keep it, unless an earlier run did."""
    path = work / f"piece-{number:07d}.parquet"
    if not path.exists():
        placed = place(part.records, reading, context)
        placed.dropped.merge(part.dropped)
        placed.doubts.merge(part.doubts)
        notes = {
            "recognised": asdict(part.recognised),
            "dropped": _as_lists(placed.dropped),
            "doubts": _as_lists(placed.doubts),
        }
        seal(placed.tracks, _tracks_of(path), key)
        table = pa.Table.from_pandas(placed.records, schema=PIECE, preserve_index=False)
        table = table.replace_schema_metadata({"notes": json.dumps(notes)})
        unfinished = path.with_suffix(".part")
        pq.write_table(table, unfinished)
        unfinished.replace(path)
    return path


def _as_lists(counted: CountedRows[Why]) -> list[list[Any]]:
    return [
        [source, reason, count, [asdict(example) for example in counted.examples[source, reason]]]
        for (source, reason), count in sorted(counted.counts.items())
    ]


def _put_lists(lists: Sequence[Sequence[Any]], counted: CountedRows[Why]) -> CountedRows[Why]:
    for source, reason, count, examples in lists:
        counted.counts[source, reason] = count
        counted.examples[source, reason] = [Example(**example) for example in examples]
    return counted


def _take_notes(files: Sequence[Path], reading: Reading) -> None:
    """Add up what pieces say of what was recognised and left out."""
    recognised = list(reading.recognised)
    for path in files:
        notes = json.loads(pq.read_schema(path).metadata[b"notes"])
        summary = notes["recognised"]
        recognised.append(Recognised(**{**summary, "notes": tuple(summary["notes"])}))
        reading.dropped.merge(_put_lists(notes["dropped"], RejectedRows()))
        reading.doubts.merge(_put_lists(notes["doubts"], DoubtfulRows()))
    reading.recognised = sum_by_source(recognised)
