"""Which tests run a line of Python or ask a query: a planted fault meets the tests that can see it.

The lines come from coverage data with contexts, the queries from tools/asked_queries.py.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

import coverage

MOST_TESTS = 60  # of one fault; more of them would run the same code once more
MOST_SECONDS = 15.0  # of them together, as long as they took when they were measured
# Of those that are run where the first saw nothing: another test of the same code can ask for more.
MORE_TESTS, MORE_SECONDS = 200, 60.0
GOLDEN = (
    "tests/data/test_queries.py::test_every_answer_to_the_example_is_the_golden_one"  # asks each query of the record
)
RULES_FIRST = "tests/data"  # where the rules of queries are asked by their values
QUICK_FIRST = ("tests/data", "tests/sections", "tests/render", "tests/crossings", "tests/web", "tests/briefs")


DEFINED = re.compile(r"create or replace (?:macro|view|table) (\w+)", re.IGNORECASE)


class Covering:
    """The tests of each line and query, from the files that a run with `--cov-context=test` leaves behind."""

    def __init__(self, folder: Path, root: Path) -> None:
        """Take the folder of the data and the root of the project that was measured."""
        self._root = root
        self._data = coverage.CoverageData(basename=str(folder / "combined"))
        for path in sorted(folder.glob("cov*")):
            part = coverage.CoverageData(basename=str(path))
            part.read()
            self._data.update(part)
        self._lines: dict[str, dict[int, list[str]]] = {}
        self._asked: dict[str, set[str]] = {}
        for path in sorted(folder.glob("asked.*")):
            for line in path.read_text(encoding="utf-8").splitlines():
                query, test = line.split("\t")
                self._asked.setdefault(query, set()).add(test)
        self._took: dict[str, float] = {}
        for path in sorted(folder.glob("took.*")):
            for line in path.read_text(encoding="utf-8").splitlines():
                seconds, test = line.split("\t")
                for name in (test, test.partition("::")[0]):
                    self._took[name] = self._took.get(name, 0.0) + float(seconds)
        self._breadth = breadths(sorted(folder.glob("cov*")))
        self._sql = {
            path.relative_to(root / "queries").with_suffix("").as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((root / "queries").rglob("*.sql"))
        }

    def tests(self, path: str, lines: Iterable[int]) -> tuple[list[str], list[str]]:
        """Return the names of tests that run any of the lines: those to run first, and those where they see nothing.

        Both are from as many files as there are, within the numbers above. Tests of a file stand together, so that what
        they share is made once; rooms of quick tests come first.
        """
        if path not in self._lines:
            self._lines[path] = self._data.contexts_by_lineno(str(self._root / path))
        names = {test_of(context) for line in lines for context in self._lines[path].get(line, ()) if "::" in context}
        return in_turn(names, self._took, self._breadth)

    def tests_of_query(self, path: str) -> tuple[list[str], list[str]]:
        """Return the names of tests that ask a query, or one that rests on a view; as in `tests`."""
        if is_of_field_data(path):
            return [], []  # its steps are asked by name nowhere: the tests that fit its place run
        names = {path.removeprefix("queries/").removesuffix(".sql")}
        defined = {name for query in names for name in DEFINED.findall(self._sql.get(query, ""))}
        views = frozenset(defined)
        while defined:  # what rests on these views, and on what rests on them
            mentioned = re.compile(rf"\b(?:{'|'.join(sorted(defined))})\b")
            # Queries of field data name tables of their own, with words that others use for other things.
            others = {
                query for query in self._sql if query not in names and is_of_field_data(query) == is_of_field_data(path)
            }
            resting = {query for query in others if mentioned.search(self._sql[query])}
            names |= resting
            defined = {name for query in resting for name in DEFINED.findall(self._sql[query])}
        tests = {test for query in names for test in self._asked.get(query, ())}
        first, more = in_turn(tests | self._naming(views), self._took, self._breadth, RULES_FIRST)
        return [GOLDEN, *(test for test in first if test != GOLDEN)], more

    def _naming(self, views: Iterable[str]) -> set[str]:
        """Return the files of tests that name a view: they ask it without a query."""
        named = [re.compile(rf"\b{view}\b") for view in views]
        paths = sorted((self._root / "tests").rglob("test_*.py")) if named else []
        texts = {path.relative_to(self._root).as_posix(): path.read_text(encoding="utf-8") for path in paths}
        return {name for name, text in texts.items() if any(view.search(text) for view in named)}


def is_of_field_data(name: str) -> bool:
    """Tell the queries of field data from those of the record, which share no table."""
    return name.removeprefix("queries/").startswith("crossings/")


def test_of(context: str) -> str:
    """Return the test of a context of coverage; of what a fixture runs its file: it counts for all tests there."""
    return context.partition("::")[0] if context.endswith("|setup") else context.rpartition("|")[0]


def breadths(paths: Iterable[Path]) -> dict[str, int]:
    """Return how many lines each test runs, and each file of tests: a narrow one is about the code it runs.

    The tables are those of the documented format of coverage data.
    """
    lines: dict[str, int] = {}
    for path in paths:
        with sqlite3.connect(path) as data:
            rows = data.execute(
                "select context.context, numbits from line_bits join context on context_id = context.id"
            )
            for context, numbits in rows:
                if "::" in context:
                    for name in (test_of(context), context.partition("::")[0]):
                        lines[name] = lines.get(name, 0) + int.from_bytes(numbits, "little").bit_count()
    return lines


def in_turn(
    names: set[str], took: Mapping[str, float], breadth: Mapping[str, int], before: str = ""
) -> tuple[list[str], list[str]]:
    """Return some of the names, the narrow ones first, and others from as many files as there are to run after them.

    Args:
        names: of tests, and of files all of whose tests are meant.
        took: seconds of each, where known; see MOST_SECONDS and MORE_SECONDS.
        breadth: lines that each runs, where known.
        before: beginning of the names of tests that come before others, the quick ones of them first.
    """
    files = {name for name in names if "::" not in name}
    kept = {name for name in names if name in files or name.partition("::")[0] not in files}
    narrow = sorted(
        kept, key=lambda name: (not name.startswith(before), breadth.get(name, 0), took.get(name, 0.0), name)
    )
    first = within(narrow, took, MOST_TESTS, MOST_SECONDS)
    chosen = set(first)
    left = spread([name for name in narrow if name not in chosen])
    return file_by_file(first), file_by_file(within(left, took, MORE_TESTS, MORE_SECONDS))


def within(names: Iterable[str], took: Mapping[str, float], most: int, most_seconds: float) -> list[str]:
    """Return as many of the names as go into a number and a time; one at least, whatever it takes."""
    chosen: list[str] = []
    seconds = 0.0
    for name in names:
        if len(chosen) < most and (not chosen or seconds + took.get(name, 0.0) <= most_seconds):
            chosen.append(name)
            seconds += took.get(name, 0.0)
    return chosen


def file_by_file(names: Iterable[str]) -> list[str]:
    """Order names by room, quick ones first, and by file."""
    return sorted(names, key=lambda name: (turn(name), name))


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
    return [name for _, name in sorted(turns, key=lambda turn: turn[0])]
