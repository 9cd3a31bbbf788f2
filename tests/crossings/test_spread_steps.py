"""The steps of workers give the bytes of one machine, whatever the pieces and parts; in this process, without Spark.

Every third case and four seeds each time; with ALL_CASES=1 all of them, which takes many minutes.
"""

import os

import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.model.reading import Answers
from neaspec.crossings.outputs.tables import result_files
from neaspec.crossings.pipeline import run_pipeline
from neaspec.crossings.readers.read import read
from neaspec.crossings.spread import run
from neaspec.crossings.spread.run import Given, Job, Spread
from neaspec.text import load_words
from tests.crossings.test_cases import ANSWERS, CASES, EXPECTED
from tests.support.engine_here import TableHere, on_workers_here, session_here
from tests.support.golden_files import load_kit
from tests.support.random_field_data import random_files

ALL = bool(os.environ.get("ALL_CASES"))


@pytest.fixture(scope="module")
def context():
    return load_kit()


@pytest.fixture
def spread(context, monkeypatch):
    """Return a function from files, and tables that workers read, to the bytes of results."""
    monkeypatch.setattr(run, "on_workers", on_workers_here)

    def work(files, tables=(), answers=None, rows=200_000, buckets=2):
        monkeypatch.setattr(run, "open_table", lambda session, addresses: TableHere.of(tables, rows))
        given = Given(files, ["tables"] if tables else [], context, answers or Answers())
        worked = run.put_together_here(Job.of(given, Spread(session_here(rows), rows, buckets=buckets)))
        return bytes_of(worked, context)

    return work


def bytes_of(worked, context):
    return dict(result_files(worked, context, load_words("en")))


def on_one_machine(files, context, answers=None):
    return bytes_of(run_pipeline(read(files, answers or Answers()), context), context)


@pytest.mark.parametrize("name", list(EXPECTED)[:: 1 if ALL else 3])
def test_every_case_gives_the_same_bytes(name, spread, context):
    files = [Input(path.name, path.read_bytes()) for path in sorted((CASES / name).iterdir())]
    answers = ANSWERS.get(name)
    assert spread(files, answers=answers, rows=3) == on_one_machine(files, context, answers)


@pytest.mark.parametrize("seed", range(10 if ALL else 4))
def test_random_data_give_the_same_bytes(seed, spread, context):
    """Read here, and by workers in batches that go across files."""
    files = random_files(seed)
    one = on_one_machine(files, context)
    assert one["crossings.csv"].count(b"\n") > 20
    tables = [file for file in files if file.name.endswith(".parquet")] if seed % 2 else []
    here = [file for file in files if file not in tables]
    assert spread(here, tables, rows=90 + seed, buckets=1 + seed) == one
