"""Plant random faults, one at a time, and see whether a test fails: `make mutate`. Slow; run by hand, not in CI.

A seed gives the same faults of the same code. Each fault is planted in a copy of the project, the tests that run its
line (from coverage data, see tools/covering.py) or, where none is known, those that fit its place run until one fails,
and tests/mutation_report.md says what was caught and what survived. The report is written
after each fault, so a run can be stopped. A survivor is either a test that is missing, or a change that nobody can see:
such a one gets a line in tests/equivalent_mutants.csv with the reason.
"""

import argparse
import ast
import csv
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from neaspec.paths import ROOT
from tools.covering import Covering
from tools.kept_checks import KEPT

REPORT = ROOT / "tests" / "mutation_report.md"
EQUIVALENT = ROOT / "tests" / "equivalent_mutants.csv"
LIMIT_SECONDS = 900
OWN = "not browser and not cluster"  # tests that need no browser and no cluster
NOT_JUDGED = {
    "unsound": "not judged: its test fails without it, too",
    "too slow": "not judged: its tests did not end in time",
}
NOT_COPIED = (".git", ".venv", "screens", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", "packs")
# Which tests fit a place, the first that matches; the quickest and nearest first: the first failure ends a run.
TESTS: tuple[tuple[str, str], ...] = (
    ("neaspec/sections/country.py", "sections/test_country sections/test_movements"),
    ("neaspec/sections/changes.py", "sections/test_changes sections/test_overview"),
    ("neaspec/sections/cooperation/", "sections/test_cooperation web/test_pages"),
    ("neaspec/sections/issues.py", "sections/test_issues web/test_pages"),
    ("neaspec/sections/briefs/", "sections/test_briefs briefs"),
    ("neaspec/sections/movements.py", "sections/test_movements sections/test_country"),
    ("neaspec/sections/projects/", "sections/test_projects sections/test_briefs web/test_pages"),
    ("neaspec/sections/documented.py", "sections/test_documented sections/test_cooperation"),
    ("neaspec/sections/species/", "sections/test_species_mini sections/test_species"),
    ("neaspec/sections/headlines.py", "sections/test_overview sections/test_species"),
    ("neaspec/sections/overview.py", "sections/test_overview sections/test_briefs"),
    ("neaspec/sections/sites/", "sections/test_site_mini sections/test_country sections/test_sites"),
    ("neaspec/sections/sources/", "sections/test_sources web/test_pages"),
    ("neaspec/sections/field_data/", "web/test_field_data"),
    (
        "neaspec/sections/",
        "sections/test_contradictions sections/test_issues sections/test_country sections/test_changes",
    ),
    ("neaspec/data/search/", "data/test_search"),
    ("neaspec/data/", "data/test_validate data/test_build data sections"),
    ("neaspec/briefs/", "briefs"),
    ("neaspec/render/pdf/", "render/test_pdf_charts render/test_drawings render/test_pdf"),
    ("neaspec/render/pptx/", "render/test_pptx render/test_native_charts"),
    ("neaspec/render/xlsx/", "render/test_xlsx"),
    ("neaspec/render/html_file/", "render/test_html_file"),
    ("neaspec/render/maps/", "render/test_maps render/test_fine_ground render/test_drawings"),
    ("neaspec/render/charts/", "render/test_charts render/test_native_charts render/test_drawings render/test_pptx"),
    ("neaspec/render/screen/", "render/test_screen render/test_blocks_rendered web/test_pages"),
    ("neaspec/render/", "render"),
    (
        "neaspec/crossings/readers/camtrap",
        "crossings/test_camtrap_dp crossings/test_camtrapr crossings/test_camtrap_names crossings/test_golden",
    ),
    ("neaspec/crossings/readers/darwin", "crossings/test_darwin_core crossings/test_golden"),
    ("neaspec/crossings/readers/movebank", "crossings/test_movebank crossings/test_golden"),
    ("neaspec/crossings/readers/template", "crossings/test_template"),
    ("neaspec/crossings/readers/", "crossings/test_readers crossings"),
    ("neaspec/crossings/input/", "crossings/test_values crossings/test_csv_tables crossings/test_archives crossings"),
    (
        "neaspec/crossings/geo/",
        "crossings/test_borders crossings/test_countries crossings/test_sea crossings/test_golden",
    ),
    ("neaspec/crossings/privacy/", "crossings/test_generalise crossings/test_publish crossings/test_leaks"),
    ("neaspec/crossings/publish.py", "crossings/test_publish crossings/test_leaks"),
    (
        "neaspec/crossings/identity/",
        "crossings/test_identities crossings/test_match_table crossings/test_golden_identities",
    ),
    ("neaspec/crossings/", "crossings"),
    ("neaspec/web/uploads", "web/test_uploads"),
    ("neaspec/web/upload", "web/test_field_data"),
    ("neaspec/web/", "web"),
    ("neaspec/", "test_text test_palette web/test_urls render"),
    (
        "queries/crossings/",
        "crossings/test_rules_of_stays crossings/test_engine crossings/doubts crossings/joint crossings/test_golden "
        "crossings/test_golden_identities crossings/test_identities crossings/test_cases",
    ),
    ("queries/checks/", "data/test_checks data/test_queries data/test_discrepancies"),
    ("queries/", "data/test_queries data/test_checks data/test_rules sections"),
)
COMPARED = {
    "==": "!=",
    "!=": "==",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "in": "not in",
    "not in": "in",
    "is": "is not",
    "is not": "is",
}
SQL = (
    (r"\band\b", "or", "and/or"),
    (r"\bor\b", "and", "and/or"),
    (r"<>", "=", "comparison"),
    (r"(?<![<>=:!])=(?![>=])", "<>", "comparison"),
    (r"<=", "<", "comparison"),
    (r">=", ">", "comparison"),
    (r"(?<![<-])>(?![=])", ">=", "comparison"),
    (r"<(?![=>])", "<=", "comparison"),
    (r"\bis not null\b", "is null", "null"),
    (r"\bis null\b", "is not null", "null"),
    (r"\bdesc\b", "asc", "order"),
    (r"\basc\b", "desc", "order"),
    (r"\bmin\(", "max(", "aggregate"),
    (r"\bmax\(", "min(", "aggregate"),
    (r"\bnot in\b", "in", "removed not"),
    (r"\binner join\b", "left join", "join"),
    (r"\bleft join\b", "inner join", "join"),
    (r" \+ ", " - ", "+/-"),
    (r" - ", " + ", "+/-"),
    (r"(?<![\w.'$])\d+(?![\w.'])", "", "constant"),
    (r"\bunion all\b", "union", "union"),
)


@dataclass(frozen=True)
class Mutant:
    """One planted fault: bytes from start to end of a file are replaced."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str
    kind: str

    @property
    def change(self) -> str:
        """Say what is changed."""
        return f"{shown(self.old)} → {shown(self.new)}"


def shown(code: str) -> str:
    """Return code on one line, at most 60 signs of it."""
    line = " ".join(code.split()) or "(nothing)"
    return line if len(line) <= 60 else f"{line[:57]}…"


class _Source:
    """A Python file, and the faults that can be planted at each node of its tree."""

    def __init__(self, path: str, source: bytes) -> None:
        """Take a file by its path in the project and its bytes."""
        self.path, self.source = path, source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return where a node begins and ends, in bytes."""
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0),
        )

    def mutant(self, start: int, end: int, new: str, kind: str) -> Mutant:
        """Return the fault that replaces some bytes."""
        line = self.source.count(b"\n", 0, start) + 1
        return Mutant(self.path, line, start, end, self.source[start:end].decode(), new, kind)

    def between(self, left: ast.expr, right: ast.expr, swaps: dict[str, str], kind: str) -> Iterator[Mutant]:
        """Give the fault of another operator between two nodes."""
        start, end = self.span(left)[1], self.span(right)[0]
        gap = self.source[start:end].decode()
        word = gap.replace("(", " ").replace(")", " ").strip()
        if word in swaps and "#" not in gap:
            yield self.mutant(start, end, gap.replace(word, swaps[word], 1), kind)

    def operators(self, node: ast.AST) -> Iterator[Mutant]:
        """Give faults of comparisons, and/or, plus and minus."""
        if isinstance(node, ast.Compare):
            for left, right in zip([node.left, *node.comparators], node.comparators, strict=False):
                yield from self.between(left, right, COMPARED, "comparison")
        elif isinstance(node, ast.BoolOp):
            yield from self.between(node.values[0], node.values[1], {"and": "or", "or": "and"}, "and/or")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            yield from self.between(node.left, node.right, {"+": "-", "-": "+"}, "+/-")

    def values(self, node: ast.AST) -> Iterator[Mutant]:
        """Give faults of constants and of a `not` that is left out."""
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield self.mutant(*self.span(node), str(not node.value), "constant")
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield self.mutant(*self.span(node), str(node.value + 1), "constant")
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
            start = self.span(node)[0]
            yield self.mutant(start, start + (3 if isinstance(node.op, ast.Not) else 1), "", "removed not")

    def items(self, node: ast.AST) -> Iterator[Mutant]:
        """Give faults of arguments that change places and of a last item that is left out."""
        if isinstance(node, ast.Call) and len(node.args) > 1:
            (first, start), (end, last) = self.span(node.args[0]), self.span(node.args[1])
            is_starred = any(isinstance(argument, ast.Starred) for argument in node.args[:2])
            if self.source[first:start] != self.source[end:last] and not is_starred:
                new = self.source[end:last] + self.source[start:end] + self.source[first:start]
                yield self.mutant(first, last, new.decode(), "swapped arguments")
        elif isinstance(node, ast.List | ast.Set) and len(node.elts) > 1:
            yield self.mutant(self.span(node.elts[-2])[1], self.span(node.elts[-1])[1], "", "dropped item")


def python_mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """Give the faults that can be planted in a Python file."""
    file = _Source(path, source)
    for node in ast.walk(ast.parse(source)):
        yield from file.operators(node)
        yield from file.values(node)
        yield from file.items(node)


def sql_mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """Give the faults that can be planted in a query; comments and texts in quotes are left alone."""
    text = source.decode()
    blank = re.sub(r"--[^\n]*|'[^'\n]*'", lambda found: " " * len(found[0]), text)
    for pattern, new, kind in SQL:
        for found in re.finditer(pattern, blank):
            start, end = (len(text[:place].encode()) for place in found.span())
            written = new or str(int(found[0]) + 1)
            yield Mutant(path, text.count("\n", 0, found.start()) + 1, start, end, found[0], written, f"SQL {kind}")


def all_mutants(root: Path) -> list[Mutant]:
    """Give all faults that can be planted, in order."""
    mutants: list[Mutant] = []
    for path in sorted((root / "neaspec").rglob("*.py")):
        mutants += python_mutants(path.relative_to(root).as_posix(), path.read_bytes())
    for path in sorted((root / "queries").rglob("*.sql")):
        mutants += sql_mutants(path.relative_to(root).as_posix(), path.read_bytes())
    return mutants


def equivalent() -> dict[tuple[str, str, str], str]:
    """Return (file, line of code, change) -> why nobody can see the change."""
    if not EQUIVALENT.is_file():
        return {}
    with EQUIVALENT.open(encoding="utf-8", newline="") as handle:
        return {(row["file"], row["line_of_code"], row["change"]): row["reason"] for row in csv.DictReader(handle)}


def reason_of(mutant: Mutant, reasons: dict[tuple[str, str, str], str], root: Path) -> str:
    """Return why nobody can see a change; empty where somebody can, as far as is known."""
    lines = (root / mutant.path).read_text(encoding="utf-8").splitlines()
    return reasons.get((mutant.path, lines[mutant.line - 1].strip(), mutant.change), "")


def tests_of(path: str) -> tuple[str, ...]:
    """Return the tests that fit a file."""
    named = next(tests for place, tests in TESTS if path.startswith(place)).split()
    return tuple(f"tests/{name}.py" if "test_" in name else f"tests/{name}" for name in named)


def tests_for(mutant: Mutant, covering: Covering | None) -> tuple[tuple[str, ...], ...]:
    """Return the tests that run the line of a fault or ask its query; those that fit its place where none does.

    They come in rounds: the next is run where the one before saw nothing.
    """
    if covering is not None:
        lines = range(mutant.line, mutant.line + mutant.old.count("\n") + 1)
        is_python = mutant.path.endswith(".py")
        rounds = covering.tests(mutant.path, lines) if is_python else covering.tests_of_query(mutant.path)
        if rounds[0]:
            return tuple(tuple(tests) for tests in rounds if tests)
    return (tests_of(mutant.path),)


def run_tests(copy: Path, tests: tuple[str, ...], limit_seconds: int, path: str = "") -> tuple[int, str]:
    """Run tests in the copy until one fails; return the exit code and the name of that test.

    path: of the file with the fault; in the code of checks what they said before is not taken over.

    Raises:
        TimeoutExpired: if they take too long.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", OWN, *tests]
    environment = dict(os.environ)
    if not path.startswith("neaspec/data/"):
        command[5:5] = ["-p", "tools.kept_checks"]
        environment[KEPT] = str(copy.parent / "kept_checks")
    run = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, timeout=limit_seconds, check=False
    )
    failed = re.search(r"^(?:FAILED|ERROR) (\S+?)(?: - .*)?$", run.stdout, re.MULTILINE)
    return run.returncode, failed[1] if failed else ""


def plant(mutant: Mutant, copy: Path, limit_seconds: int, sound: set[str], covering: Covering | None = None) -> str:
    """Plant one fault in the copy, run the tests that fit, and mend it.

    Returns:
        caught, survived, too slow (the tests did not end in time: not judged), or unsound: the test fails without the
        fault, too.
        `sound` collects the tests that are known to pass without a fault.
    """
    path = copy / mutant.path
    whole = path.read_bytes()
    path.write_bytes(whole[: mutant.start] + mutant.new.encode() + whole[mutant.end :])
    try:
        code, failed = 0, ""
        for tests in tests_for(mutant, covering):
            code, failed = run_tests(copy, tests, limit_seconds, mutant.path)
            if code:
                break
    except subprocess.TimeoutExpired:
        return "too slow"
    finally:
        path.write_bytes(whole)
    if code == 0:
        return "survived"
    if failed and failed not in sound and run_tests(copy, (failed,), limit_seconds)[0] != 0:
        return "unsound"
    sound.add(failed)
    return "caught"


def room_of(path: str) -> str:
    """Return the room of a file, such as neaspec/sections or queries."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "neaspec" and len(parts) > 2 else parts[0]


def report(results: list[tuple[Mutant, str]], seed: int, root: Path, all_count: int, only: str = "") -> str:
    """Write what was caught and what survived."""
    reasons = equivalent()
    where = f" in {only}" if only else ""
    lines: dict[str, list[str]] = {}
    rooms: dict[str, Counter[str]] = {}
    survivors, unseen = [], []
    for mutant, result in results:
        code = lines.setdefault(mutant.path, (root / mutant.path).read_text(encoding="utf-8").splitlines())
        line = code[mutant.line - 1].strip()
        reason = reasons.get((mutant.path, line, mutant.change))
        if result == "survived" and reason:
            result = "equivalent"
            unseen.append(f"- `{mutant.path}:{mutant.line}`: `{mutant.change}` ({mutant.kind}): {reason}")
        elif result in ("survived", *NOT_JUDGED):
            note = f" ({NOT_JUDGED[result]})" if result in NOT_JUDGED else ""
            survivors.append(f"- `{mutant.path}:{mutant.line}`: `{mutant.change}` ({mutant.kind}) in `{line}`{note}")
        rooms.setdefault(room_of(mutant.path), Counter())[result] += 1
    total = sum(rooms.values(), Counter[str]())
    rows = [f"| {room} | {figures(counted)} |" for room, counted in [*sorted(rooms.items()), ("all", total)]]
    return "\n".join(
        [
            "# Planted faults",
            "",
            f"Written by `make mutate` on {date.today().isoformat()}: seed {seed}, {len(results)} faults of the "
            f"{all_count:,} that can be planted{where}; the tests that fit the place ran, without a browser.",
            "",
            "| room | planted | caught | survived or not judged | nobody can see | caught of those one can see |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
            "## Survivors",
            "",
            *(survivors or ["None."]),
            "",
            "## Changes that nobody can see",
            "",
            *(unseen or ["None."]),
            "",
        ]
    )


def figures(counted: Counter[str]) -> str:
    """Write the figures of a room."""
    caught, survived = counted["caught"], counted["survived"] + sum(counted[result] for result in NOT_JUDGED)
    share = f"{100 * caught / (caught + survived):.0f} %" if caught + survived else "–"
    return f"{sum(counted.values())} | {caught} | {survived} | {counted['equivalent']} | {share}"


def drawn(mutants: list[Mutant], seed: int, count: int) -> list[Mutant]:
    """Draw faults: each time a kind first, so that swapped arguments, of which there are most, are not most of them."""
    random = Random(seed)
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_kind.setdefault(mutant.kind, []).append(mutant)
    chosen: list[Mutant] = []
    while by_kind and len(chosen) < count:
        kind = random.choice(sorted(by_kind))
        chosen.append(by_kind[kind].pop(random.randrange(len(by_kind[kind]))))
        if not by_kind[kind]:
            del by_kind[kind]
    return chosen


def main() -> None:
    """Plant faults and write the report after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--only", default="", help="the beginning of a path: neaspec/sections")
    parser.add_argument("--limit", type=int, default=LIMIT_SECONDS, help="seconds for the tests of one fault")
    parser.add_argument("--jobs", type=int, default=1, help="faults that are tried at once, each in a copy of its own")
    parser.add_argument("--covered", type=Path, help="folder of coverage data with contexts (see tools/covering.py)")
    given = parser.parse_args()
    covering = Covering(given.covered, ROOT) if given.covered else None
    mutants = [mutant for mutant in all_mutants(ROOT) if mutant.path.startswith(given.only)]
    chosen = drawn(mutants, given.seed, given.count)
    reasons = equivalent()
    sound: set[str] = set()
    results: list[tuple[Mutant, str]] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.jobs) as workers:
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(given.jobs):
            copies.put(Path(folder) / f"copy{number}")
            shutil.copytree(ROOT, Path(folder) / f"copy{number}", ignore=shutil.ignore_patterns(*NOT_COPIED))

        def judge(mutant: Mutant) -> str:
            if reason_of(mutant, reasons, ROOT):
                return "survived"  # nobody can see it; no test need run
            copy = copies.get()
            try:
                return plant(mutant, copy, given.limit, sound, covering)
            finally:
                copies.put(copy)

        for mutant, result in zip(chosen, workers.map(judge, chosen), strict=True):
            results.append((mutant, result))
            print(f"{len(results)} {result}: {mutant.path}:{mutant.line}: {mutant.change}", flush=True)
            REPORT.write_text(report(results, given.seed, ROOT, len(mutants), given.only), encoding="utf-8")


if __name__ == "__main__":
    main()
