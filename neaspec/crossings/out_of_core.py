"""Field data larger than memory: in pieces, in bounded memory, and to be taken up again where it was stopped.

Each piece is read, placed and written as one Parquet file into a work folder beside the results. What is written holds
generalised places only. A piece that is there is whole (it is put in place in one step), so a run that was killed goes
on with the first piece that is missing; a run with other inputs, parameters or pieces starts anew. Results are written
whole, the report last, and then the work folder is removed.
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

from neaspec.crossings.engine import MEMORY, RULES_DIR, stays_and_crossings
from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers, Part, Reading, sum_by_source
from neaspec.crossings.model.records import Example, Recognised, RejectedRows
from neaspec.crossings.pipeline import PipelineContext, PipelineResult, place, publish
from neaspec.crossings.readers.read import read_parts
from neaspec.errors import InputError
from neaspec.files import atomic_write

WORK = ".work"
CODE_DIR = Path(__file__).parent
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

    Raises:
        InputError: files cannot be read, questions are open, or another run works in the same folder.
    """
    pieces, reading = read_parts(inputs, answers, chunk_rows)
    if reading.questions:
        raise InputError([
            f"{question.source}, column {question.column}: {question.kind} must be answered, found {question.example!r}"
            for question in reading.questions
        ])  # fmt: skip
    with _work_folder(out, _fingerprint(inputs, context, answers, chunk_rows)) as work:
        files = []
        for number, part in enumerate(_read_ahead(pieces)):
            files.append(_placed_file(work, number, part, reading, context))
            tell(part.recognised.rows)
        _take_notes(files, reading)
        movements = stays_and_crossings(files, context.parameters, memory, threads, spill=work)
        return publish(movements, reading, context)


def _read_ahead(pieces: Iterator[Part]) -> Iterator[Part]:
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


def _fingerprint(inputs: Sequence[Input], context: PipelineContext, answers: Answers, chunk_rows: int) -> str:
    """Return what makes two runs the same: files, parameters, rules, borders, answers, size of pieces, code."""
    digest = hashlib.sha256()
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
    digest.update(json.dumps(stated, sort_keys=True).encode())
    for table in (context.rules.levels, context.rules.names, context.rules.sites, context.rules.countries):
        digest.update(table.to_csv().encode())
    digest.update(context.borders.version.encode())
    for path in sorted([*CODE_DIR.rglob("*.py"), *RULES_DIR.glob("*.sql")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _placed_file(work: Path, number: int, part: Part, reading: Reading, context: PipelineContext) -> Path:
    """Place a piece and keep it, unless an earlier run did."""
    path = work / f"piece-{number:07d}.parquet"
    if not path.exists():
        records, dropped = place(part.records, reading, context)
        dropped.merge(part.dropped)
        notes = {"recognised": asdict(part.recognised), "dropped": _as_lists(dropped)}
        texts = [str(name) for name, kind in records.dtypes.items() if kind == "str"]
        table = pa.Table.from_pandas(records.astype(dict.fromkeys(texts, "category")), preserve_index=False)
        table = table.replace_schema_metadata({"notes": json.dumps(notes)})
        unfinished = path.with_suffix(".part")
        pq.write_table(table, unfinished)
        unfinished.replace(path)
    return path


def _as_lists(dropped: RejectedRows) -> list[list[Any]]:
    return [
        [source, reason, count, [asdict(example) for example in dropped.examples[source, reason]]]
        for (source, reason), count in sorted(dropped.counts.items())
    ]


def _take_notes(files: Sequence[Path], reading: Reading) -> None:
    """Add up what pieces say of what was recognised and left out."""
    recognised = list(reading.recognised)
    for path in files:
        notes = json.loads(pq.read_schema(path).metadata[b"notes"])
        summary = notes["recognised"]
        recognised.append(Recognised(**{**summary, "notes": tuple(summary["notes"])}))
        dropped = RejectedRows()
        for source, reason, count, examples in notes["dropped"]:
            dropped.counts[source, reason] = count
            dropped.examples[source, reason] = [Example(**example) for example in examples]
        reading.dropped.merge(dropped)
    reading.recognised = sum_by_source(recognised)
