"""Which tests run a line, from coverage data with contexts: a planted fault meets the tests that can see it."""

from collections.abc import Iterable
from pathlib import Path

import coverage

MOST_TESTS = 60  # of one fault; more of them would run the same code once more
QUICK_FIRST = ("tests/data", "tests/sections", "tests/render", "tests/crossings", "tests/web", "tests/briefs")


class Covering:
    """The tests of each line, from the files that `pytest --cov-context=test` leaves behind."""

    def __init__(self, folder: Path, root: Path) -> None:
        """Take the folder of the data and the root of the project that was measured."""
        self._root = root
        self._data = coverage.CoverageData(basename=str(folder / "combined"))
        for path in sorted(folder.glob("cov.*")):
            part = coverage.CoverageData(basename=str(path))
            part.read()
            self._data.update(part)
        self._lines: dict[str, dict[int, list[str]]] = {}

    def tests(self, path: str, lines: Iterable[int]) -> list[str]:
        """Return the names of tests that run any of the lines, from as many files as there are, at most MOST_TESTS.

        Tests of a file stand together, so that what they share is made once; rooms of quick tests come first.
        """
        if path not in self._lines:
            self._lines[path] = self._data.contexts_by_lineno(str(self._root / path))
        names = {
            context.rpartition("|")[0]
            for line in lines
            for context in self._lines[path].get(line, ())
            if "::" in context
        }
        return sorted(spread(sorted(names))[:MOST_TESTS], key=lambda name: (turn(name), name))


def turn(name: str) -> int:
    """Return the place of a test's room among those that are run."""
    room = "/".join(name.split("/")[:2])
    return QUICK_FIRST.index(room) if room in QUICK_FIRST else len(QUICK_FIRST)


def spread(names: list[str]) -> list[str]:
    """Return names of tests so that each file has its turn: the first of every file, then the second of every file."""
    seen: dict[str, int] = {}
    turns = []
    for name in names:
        file = name.partition("::")[0]
        seen[file] = seen.get(file, 0) + 1
        turns.append((seen[file], name))
    return [name for _, name in sorted(turns)]
