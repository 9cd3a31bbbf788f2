"""How much one server does at once, from the environment; deploy/README.md has the table of all variables.

NEASPEC_QUEUE_FILES    papers, presentations, previews: at once, waiting, of one session, of one address
NEASPEC_QUEUE_PACKS    packs of papers: the same four numbers
NEASPEC_QUEUE_UPLOADS  field data: the same four numbers
NEASPEC_QUEUE_RUNS     scenarios: the same four numbers
NEASPEC_OPEN_PAGES     pages open in browsers: of all, of one address
NEASPEC_UPLOADED_MB    megabytes of uploaded files in memory: of all sessions, of one address
NEASPEC_LOOK_SECONDS   seconds between two looks for new tables and for what a server that died left half done
NEASPEC_METRICS_TOKEN  what a reader of /metrics must know; without it only this machine may read them
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from neaspec.errors import DashboardError

TOKEN = "NEASPEC_METRICS_TOKEN"
SHORTEST_TOKEN = 16
QUEUES = {
    "files": ("NEASPEC_QUEUE_FILES", (2, 30, 8, 24)),
    "packs": ("NEASPEC_QUEUE_PACKS", (1, 3, 1, 2)),  # each takes half a minute
    "uploads": ("NEASPEC_QUEUE_UPLOADS", (2, 20, 1, 8)),
    "scenarios": ("NEASPEC_QUEUE_RUNS", (1, 30, 2, 16)),
}
PAIRS = {"pages": ("NEASPEC_OPEN_PAGES", (1000, 250)), "uploaded": ("NEASPEC_UPLOADED_MB", (1024, 600))}
LOOK = ("NEASPEC_LOOK_SECONDS", (10,))
MOST = 1_000_000


@dataclass(frozen=True)
class QueueNumbers:
    """Numbers of a queue; of_session, of_address: jobs that one session or one address may have in it."""

    at_once: int
    waiting: int
    of_session: int
    of_address: int


def queue_numbers(queue: str, environment: Mapping[str, str] = os.environ) -> QueueNumbers:
    """Return the numbers of a queue.

    Raises:
        DashboardError: if the environment states them wrongly.
    """
    return QueueNumbers(*_numbers(*QUEUES[queue], environment))


def open_pages(environment: Mapping[str, str] = os.environ) -> tuple[int, int]:
    """Return how many pages may be open: of all, of one address."""
    of_all, of_address = _numbers(*PAIRS["pages"], environment)
    return of_all, of_address


def uploaded_megabytes(environment: Mapping[str, str] = os.environ) -> tuple[int, int]:
    """Return how many megabytes of uploaded files are held: of all sessions, of one address."""
    of_all, of_address = _numbers(*PAIRS["uploaded"], environment)
    return of_all, of_address


def look_seconds(environment: Mapping[str, str] = os.environ) -> int:
    """Return the seconds between two looks for new tables."""
    return _numbers(*LOOK, environment)[0]


def metrics_token(environment: Mapping[str, str] = os.environ) -> str:
    """Return what a reader of /metrics must know; empty if nothing was stated.

    Raises:
        DashboardError: if it could be guessed.
    """
    token = environment.get(TOKEN, "")
    if token and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token):
        raise DashboardError(f"{TOKEN} must have at least {SHORTEST_TOKEN} letters and figures, without a space")
    return token


def check(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse numbers that cannot be used before a server starts.

    Raises:
        DashboardError: with all problems, one a line.
    """
    problems = []
    for name, default in (*QUEUES.values(), *PAIRS.values(), LOOK):
        try:
            _numbers(name, default, environment)
        except DashboardError as problem:
            problems.append(str(problem))
    try:
        metrics_token(environment)
    except DashboardError as problem:
        problems.append(str(problem))
    if problems:
        raise DashboardError("\n".join(problems))


def _numbers(name: str, default: tuple[int, ...], environment: Mapping[str, str]) -> tuple[int, ...]:
    stated = environment.get(name, "").split()
    if not stated:
        return default
    is_whole = all(part.isascii() and part.isdecimal() and 0 < int(part[:9]) <= MOST for part in stated)
    if len(stated) != len(default) or not is_whole:
        written = " ".join(str(number) for number in default)
        expected = f"{len(default)} whole number(s) from 1 to {MOST:,}, for example {written!r}"
        raise DashboardError(f"{name} is {environment[name]!r}; expected {expected}")
    return tuple(int(part) for part in stated)
