"""The process in which one upload is worked out: python -m neaspec.web.upload_process; only upload_jobs.py starts it.

It reads one request from its standard input and writes what comes of it to its standard output, all in frames. What
leaves is public: results, problems, questions, and of an error of ours its kind and where it is. Everything exact is in
the memory of this process alone, and dies with it: it may write no file, leave no picture of its memory, and it ends
when whoever started it ends.
"""

import contextlib
import os
import pickle
import resource
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Literal

from neaspec.errors import DashboardError, InputError
from neaspec.web.frames import HEAD, framed
from neaspec.web.upload_pipeline import make_ready, run_uploaded

# Of all it addresses: the libraries take some 700 MB before the first row, less than half of it real memory.
MOST_MEMORY = 2_500_000_000
MOST_ANSWER = 64_000_000  # bytes of results: the server holds no more of one upload
ENVIRONMENT = {  # few threads and few stores of memory, so that the limit above is used for data
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONDONTWRITEBYTECODE": "1",
}
Kind = Literal["ready", "stage", "result", "input_error", "too_many", "failed"]


def limit_process() -> None:
    """Let this process take so much memory, and write neither files nor, if it fails, a picture of its memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(files: list[tuple[str, bytes]], answers: Mapping[str, Any], rules: Any, out: BinaryIO) -> None:
    """Work out an upload and write what comes of it."""

    def send(kind: Kind, *values: Any) -> None:
        out.write(framed((kind, *values)))
        out.flush()

    try:
        result = framed(("result", run_uploaded(files, answers, rules, lambda stage: send("stage", stage))))
        if len(result) > MOST_ANSWER:
            send("too_many")
        else:
            out.write(result)
            out.flush()
    except InputError as problem:
        send("input_error", list(problem.problems))
    except MemoryError:
        send("too_many")
    except Exception as problem:
        # Neither message nor values: they could quote a cell.
        send("failed", type(problem).__name__, where(problem))


def where(problem: BaseException) -> str:
    """Return file and line of each step to a problem, without any value."""
    steps = traceback.extract_tb(problem.__traceback__)
    return " < ".join(f"{step.filename.rpartition('/')[2]}:{step.lineno}" for step in reversed(steps))


def _requested(stream: BinaryIO) -> tuple[list[tuple[str, bytes]], Mapping[str, Any], Any] | None:
    """Read a request: a frame of names, sizes, answers and rules, then the files; None if there comes none."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    named, answers, rules = pickle.loads(stream.read(*HEAD.unpack(head)))  # noqa: S301  # of the server itself
    files = [(name, stream.read(size)) for name, size in named]
    return files, answers, rules


def _end_with(stream: BinaryIO) -> None:
    """End this process when whoever started it closes the stream, or ends."""
    while stream.read(1):
        pass
    os._exit(0)


@contextlib.contextmanager
def _only_output() -> Iterator[BinaryIO]:
    """Give the standard output to us alone: what a library prints goes nowhere."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        yield out


def main() -> None:
    """Make ready, wait for one request, answer it, end."""
    limit_process()
    with _only_output() as out:
        make_ready()
        out.write(framed(("ready",)))
        out.flush()
        with contextlib.suppress(DashboardError):
            request = _requested(sys.stdin.buffer)
            if request is not None:
                threading.Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
                answer(*request, out)
    os._exit(0)  # at once: nothing is cleaned up that dies with the process


if __name__ == "__main__":
    main()
