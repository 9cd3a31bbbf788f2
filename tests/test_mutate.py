"""The maker of planted faults: each is one small change of code that can still be read, the same for the same seed."""

import ast
import os
import subprocess
import sys

import coverage
import pytest

from neaspec.paths import ROOT
from tools import mutate
from tools.covering import GOLDEN, Covering
from tools.mutate import Mutant, all_mutants, drawn, python_mutants, report, sql_mutants


def planted(source, kind):
    """Give the sources with one fault of a kind."""
    data = source.encode()
    return [
        (data[: one.start] + one.new.encode() + data[one.end :]).decode()
        for one in python_mutants("x.py", data)
        if one.kind == kind
    ]


@pytest.mark.parametrize(
    ("source", "kind", "wanted"),
    [
        ("a == b", "comparison", ["a != b"]),
        ("(a) not in (b)", "comparison", ["(a) in (b)"]),
        ("a < b", "comparison", ["a <= b"]),
        ("a and b and c", "and/or", ["a or b and c"]),
        ("a + b", "+/-", ["a - b"]),
        ("x = True", "constant", ["x = False"]),
        ("x = 3", "constant", ["x = 4"]),
        ("if not (a or b): pass", "removed not", ["if  (a or b): pass"]),
        ("~a", "removed not", ["a"]),
        ("f(a, b)", "swapped arguments", ["f(b, a)"]),
        ("f(*a, b)", "swapped arguments", []),
        ("x = [a, b, c]", "dropped item", ["x = [a, b]"]),
        ("x = 'é' == y", "comparison", ["x = 'é' != y"]),
    ],
)
def test_a_fault_is_one_small_change(source, kind, wanted):
    assert planted(source, kind) == wanted


def test_comments_and_texts_of_queries_are_left_alone():
    source = b"-- a and b = 1\nselect 'x = 1 and y' as text from t where c = 2 -- or\n"
    assert [(one.line, one.old, one.new) for one in sql_mutants("q.sql", source)] == [(2, "=", "<>"), (2, "2", "3")]


def test_every_fault_has_tests_that_exist_and_the_same_seed_draws_the_same():
    mutants = all_mutants(ROOT)
    assert len(mutants) > 5000
    paths = {mutant.path for mutant in mutants}
    assert [test for path in paths for test in mutate.tests_of(path) if not (ROOT / test).exists()] == []
    chosen = drawn(mutants, 7, 60)
    assert chosen == drawn(mutants[:], 7, 60) != drawn(mutants, 8, 60)
    for mutant in chosen:
        whole = (ROOT / mutant.path).read_bytes()
        changed = whole[: mutant.start] + mutant.new.encode() + whole[mutant.end :]
        assert changed != whole
        if mutant.path.endswith(".py"):
            ast.parse(changed)


def test_the_report_counts_rooms_and_lists_survivors_with_their_place():
    mutant = Mutant("dashboard.py", 1, 0, 1, "a", "b", "constant")
    said = report([(mutant, "caught"), (mutant, "survived"), (mutant, "too slow")], 5, ROOT, 1000)
    assert "seed 5, 3 faults of the 1,000" in said
    assert "| all | 3 | 1 | 2 | 0 | 33 % |" in said
    assert "- `dashboard.py:1`: `a → b` (constant) in `" in said


def test_a_fault_meets_the_tests_that_run_its_line_file_by_file_quick_rooms_first(tmp_path):
    data = coverage.CoverageData(basename=str(tmp_path / "cov.1"))
    code = str(ROOT / "neaspec" / "files.py")
    for context in ("tests/web/a.py::test_1|run", "tests/web/a.py::test_2|run", "tests/data/b.py::test_3[x|y]|run", ""):
        data.set_context(context)
        data.add_lines({code: [7]})
    data.write()
    covering = Covering(tmp_path, ROOT)
    every = ["tests/data/b.py::test_3[x|y]", "tests/web/a.py::test_1", "tests/web/a.py::test_2"]
    assert covering.tests("neaspec/files.py", [7]) == (every, [])
    assert covering.tests("neaspec/files.py", [8]) == ([], [])
    seen = Mutant("neaspec/files.py", 7, 0, 1, "a", "b", "constant")
    unseen = Mutant("neaspec/files.py", 8, 0, 1, "a", "b", "constant")
    assert mutate.tests_for(seen, covering) == (tuple(every),)
    assert mutate.tests_for(unseen, covering) == (mutate.tests_of("neaspec/files.py"),)


def test_what_a_fixture_runs_counts_for_its_whole_file(tmp_path):
    data = coverage.CoverageData(basename=str(tmp_path / "cov.1"))
    for context in ("tests/data/a.py::test_1|setup", "tests/data/a.py::test_2|run", "tests/data/b.py::test_3|run"):
        data.set_context(context)
        data.add_lines({str(ROOT / "neaspec" / "files.py"): [7]})
    data.write()
    first, more = Covering(tmp_path, ROOT).tests("neaspec/files.py", [7])
    assert first == ["tests/data/a.py", "tests/data/b.py::test_3"]
    assert more == []


def test_quick_tests_are_chosen_first_until_their_time_is_up(tmp_path):
    data = coverage.CoverageData(basename=str(tmp_path / "cov.1"))
    took = {
        "tests/data/a.py::slow": 14.5,
        "tests/data/a.py::quick": 0.4,
        "tests/data/b.py::slowest": 40.0,
        "tests/web/c.py::last": 0.5,
    }
    for test in took:
        data.set_context(f"{test}|run")
        data.add_lines({str(ROOT / "neaspec" / "files.py"): [7]})
    data.write()
    lines = "".join(f"{seconds}\t{test}\n" for test, seconds in took.items())
    (tmp_path / "took.1").write_text(lines, encoding="utf-8")
    first, more = Covering(tmp_path, ROOT).tests("neaspec/files.py", [7])
    assert first == ["tests/data/a.py::quick", "tests/web/c.py::last"]  # the slow one would be a little too much
    assert more == ["tests/data/a.py::slow", "tests/data/b.py::slowest"]


@pytest.mark.parametrize(("seen_by", "result"), [(1, "caught"), (2, "caught"), (3, "survived")])
def test_where_the_first_tests_see_nothing_the_others_are_run(tmp_path, monkeypatch, seen_by, result):
    (tmp_path / "code.py").write_text("x = 1", encoding="utf-8")
    rounds = (("first",), ("more",))
    runs = []

    def run(_copy, tests, _limit, _path=""):
        runs.append(tests)
        return (1, "a test") if len(runs) == seen_by else (0, "")

    monkeypatch.setattr(mutate, "run_tests", run)
    monkeypatch.setattr(mutate, "tests_for", lambda *_: rounds)
    mutant = Mutant("code.py", 1, 4, 5, "1", "2", "constant")
    assert mutate.plant(mutant, tmp_path, 1, {"a test"}) == result
    assert runs == list(rounds[:seen_by])
    assert (tmp_path / "code.py").read_text(encoding="utf-8") == "x = 1"


def test_one_slow_test_is_better_than_none(tmp_path):
    data = coverage.CoverageData(basename=str(tmp_path / "cov.1"))
    data.set_context("tests/data/b.py::slowest|run")
    data.add_lines({str(ROOT / "neaspec" / "files.py"): [7]})
    data.write()
    (tmp_path / "took.1").write_text("80.0\ttests/data/b.py::slowest\n", encoding="utf-8")
    assert Covering(tmp_path, ROOT).tests("neaspec/files.py", [7]) == (["tests/data/b.py::slowest"], [])


def test_a_fault_in_a_view_meets_the_tests_of_the_queries_that_rest_on_it(tmp_path):
    for path, sql in {
        "queries/views/base.sql": "create or replace macro base_rows(day) as table select 1",
        "queries/views/upper.sql": "create or replace macro upper_rows(day) as table from base_rows(day)",
        "queries/near.sql": "from upper_rows($as_known_on)",
        "queries/far.sql": "select 2",
        "queries/crossings/own.sql": "create or replace table upper_rows as select 3",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(sql, encoding="utf-8")
    coverage.CoverageData(basename=str(tmp_path / "cov.1")).write()
    (tmp_path / "asked.1").write_text("near\ttests/data/a.py::test_1\nfar\ttests/data/a.py::test_2\n", encoding="utf-8")
    covering = Covering(tmp_path, tmp_path)
    for path in ("queries/views/base.sql", "queries/views/upper.sql", "queries/near.sql"):
        assert covering.tests_of_query(path) == ([GOLDEN, "tests/data/a.py::test_1"], [])
    # field data have tables of their own, whatever these are called
    assert covering.tests_of_query("queries/crossings/own.sql") == ([], [])
    assert covering.tests_of_query("queries/far.sql") == ([GOLDEN, "tests/data/a.py::test_2"], [])


def test_the_plugin_writes_which_test_asks_which_query(tmp_path):
    test = "def test_asks(ask):\n    ask('soms')\n    ask('soms')\n"
    (tmp_path / "test_asks.py").write_text(test, encoding="utf-8")
    (tmp_path / "conftest.py").write_text("from tests.conftest import ask, real_connection\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.asked_queries", str(tmp_path / "test_asks.py")]
    surroundings = os.environ | {"NEASPEC_ASKED": str(tmp_path), "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout
    (file,) = tmp_path.glob("asked.*")
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert line.startswith("soms\t") and line.endswith("test_asks.py::test_asks")
    (took,) = tmp_path.glob("took.*")
    seconds, test = took.read_text(encoding="utf-8").strip().split("\t")
    assert 0 <= float(seconds) < 300 and test.endswith("test_asks.py::test_asks")
