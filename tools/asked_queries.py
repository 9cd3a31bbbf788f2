"""Which tests ask which query: a plugin for pytest (-p tools.asked_queries), for faults planted in SQL.

    NEASPEC_ASKED=.covered python -m pytest -p tools.asked_queries ...

Each process of the run leaves a file `asked.<process>` in the folder, one line a query and test: name, tab, test. An
answer that is kept and given again counts as well. What a fixture asks counts for its whole file. A file
`took.<process>` says how long each test took: seconds, tab, test.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from neaspec.data import queries

FOLDER = "NEASPEC_ASKED"
_current: list[str] = []
_seen: set[tuple[str, str]] = set()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember the file of the test whose fixtures are made."""
    _current[:] = [item.nodeid.partition("::")[0]]


def pytest_runtest_call(item: pytest.Item) -> None:
    """Remember which test runs."""
    _current[:] = [item.nodeid]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down how long a test took, in the process that ran it."""
    if os.environ.get(FOLDER) and report.when == "call" and getattr(report, "node", None) is None:
        with (Path(os.environ[FOLDER]) / f"took.{os.getpid()}").open("a", encoding="utf-8") as file:
            file.write(f"{report.duration:.2f}\t{report.nodeid}\n")


def note(name: str) -> None:
    """Write down that the test which runs asked a query, once."""
    pair = (name, _current[0] if _current else "")
    if pair[1] and pair not in _seen:
        _seen.add(pair)
        with (Path(os.environ[FOLDER]) / f"asked.{os.getpid()}").open("a", encoding="utf-8") as file:
            file.write("\t".join(pair) + "\n")


def pytest_configure() -> None:
    """Listen to every question, whether it is answered anew or from what is kept."""
    if not os.environ.get(FOLDER):
        return
    asked, run = queries.Ask.__call__, queries.run_query

    def listened(self: queries.Ask, name: str, **params: object) -> Any:
        note(name)
        return asked(self, name, **params)

    def ran(connection: Any, name: str, **params: object) -> Any:
        note(name)
        return run(connection, name, **params)

    queries.Ask.__call__ = listened  # type: ignore[method-assign]
    queries.run_query = ran  # type: ignore[assignment]
