"""An upload is worked out in a process of its own, with limits; what is exact dies with it, and the server goes on."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from neaspec.crossings.geo.borders import borders_version
from neaspec.crossings.outputs.tables import RESULT_FILES, result_file
from neaspec.crossings.privacy.rules import Rules, load_rules
from neaspec.data.queries import Ask
from neaspec.errors import InputError, StoppedError
from neaspec.paths import ROOT
from neaspec.text import Words
from neaspec.web import frames, upload_jobs, upload_pipeline
from neaspec.web.upload_jobs import Spare, Upload, UploadEndedError
from neaspec.web.upload_widget import UploadSession
from neaspec.web.work_queue import Job, WorkQueue
from tools.sample import sample_files

NO_ANSWERS: dict[str, dict[str, Any]] = {"day_first": {}, "utm_zone": {}, "country": {}}


@pytest.fixture(scope="module")
def rules(ask: Ask) -> Rules:
    return load_rules(ask)


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start a process that does what the name of its first file says."""
    monkeypatch.setattr(upload_jobs, "MODULE", "tests.support.odd_upload")


def work_out(files: list[tuple[str, bytes]], rules: Rules, upload: type[Upload] = Upload) -> Any:
    work = upload(files, NO_ANSWERS, rules)
    return work(Job("test", work))


def children() -> set[int]:
    """Return the processes that this one has started and that live."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_results_of_the_sample_are_the_same_to_the_byte_as_without_a_process(rules: Rules, words: Words) -> None:
    files, before = list(sample_files().items()), children()
    here, open_here = upload_pipeline.run_uploaded(files, NO_ANSWERS, rules, lambda stage: None)
    there, open_there = work_out(files, rules)
    assert open_here == open_there
    assert there.questions == here.questions
    assert there.recognised == here.recognised
    for name in RESULT_FILES:
        assert result_file(name, there, borders_version(), words) == result_file(name, here, borders_version(), words)
    for name in ("stays", "crossings", "cells", "pairs", "matrix", "lists", "both_sides", "sexes"):
        pd.testing.assert_frame_equal(getattr(there.results, name), getattr(here.results, name))
    assert children() == before


def test_all_problems_of_files_come_back_and_stages_are_told(rules: Rules) -> None:
    upload = Upload([("a.zip", b"PK\x03\x04 no archive"), ("b.csv", b"\0\1\2" * 50)], NO_ANSWERS, rules)
    job = Job("test", upload)
    with pytest.raises(InputError) as refused:
        upload(job)
    assert len(refused.value.problems) == 2
    assert job.step == ("reading",)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("memory.csv", "too_many_records"),
        ("abort.csv", "too_many_records"),
        ("large.csv", "too_many_records"),
        ("write.csv", "cannot_now"),
        ("error.csv", "cannot_now"),
    ],
)
def test_a_process_that_takes_too_much_or_fails_is_told_in_a_sentence_and_the_server_is_unharmed(
    name: str, key: str, odd: None, rules: Rules, words: Words, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    before, file = children(), tmp_path / "131.234567"
    with caplog.at_level(logging.ERROR), pytest.raises(UploadEndedError, match=key):
        work_out([(name, str(file).encode())], rules)
    assert len(words(f"field_data.{key}")) > 60
    assert "131.234567" not in caplog.text
    assert not file.exists() or file.stat().st_size == 0
    assert children() == before


def test_an_upload_that_takes_too_long_is_ended(odd: None, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    monkeypatch.setattr(upload_jobs, "MOST_SECONDS", 1)
    with pytest.raises(UploadEndedError, match="too_long"):
        work_out([("time.csv", b"x")], rules)
    assert children() == before


def test_the_end_of_a_session_ends_its_process(odd: None, rules: Rules) -> None:
    queue, session, before = WorkQueue("test", 1, 0), UploadSession(), children()
    with queue.joined("x", Upload([("time.csv", b"x")], NO_ANSWERS, rules)) as job:
        session.job = job
        until(lambda: job.step == ("reading",))
        assert len(children() - before) == 1
        session.clear()
        with pytest.raises(StoppedError):
            job.result()
        until(lambda: children() == before)


def test_a_process_ends_when_the_server_is_gone(tmp_path: Path) -> None:
    """Killed without a word, with one process that works and one that waits."""
    script = """
import os, sys, threading, time
from neaspec.web import upload_jobs
from neaspec.web.work_queue import Job
upload_jobs.MODULE = "tests.support.odd_upload"
upload_jobs.SPARE.keep()
work = upload_jobs.Upload([("time.csv", b"x")], {}, None)
job = Job("x", work)
busy = upload_jobs._Process()
upload_jobs.SPARE._process, waits = busy, upload_jobs.SPARE._process
threading.Thread(target=work, args=(job,), daemon=True).start()
while job.step != ("reading",):
    time.sleep(0.05)
print(busy.process.pid, waits.process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    pids = [int(word) for word in ended.stdout.split()]
    assert len(pids) == 2, ended.stderr
    until(lambda: not any(is_alive(pid) for pid in pids), 30)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_none_is_started_ahead_unless_asked_and_a_dead_one_is_not_used(rules: Rules) -> None:
    spare, before = Spare(), children()
    spare.renew()
    assert children() == before
    spare.keep()
    (one,) = children() - before
    spare.keep()
    assert children() - before == {one}
    os.kill(one, 9)
    until(lambda: not is_alive(one))
    taken = spare.take()
    assert taken.process.pid != one
    taken.end()
    spare.keep()
    spare.drop()
    assert children() == before


def test_exact_positions_of_an_upload_are_not_in_the_memory_of_the_server_afterwards(tmp_path: Path) -> None:
    position, table = b"43.1357924680", tmp_path / "cranes.csv"
    row = "A{},Grus vipio,2024-{:02d}-10,gps,CHN,{},{}.5\n"
    rows = [row.format(n % 5, 1 + n % 12, position.decode(), 130 + n % 7) for n in range(20_000)]
    table.write_text("individual,taxon,time,evidence,declared_country,latitude,longitude\n" + "".join(rows))
    script = """
import sys
from pathlib import Path
from neaspec.crossings.privacy.rules import load_rules
from neaspec.web.memory import give_back, keep_large_blocks_apart
from neaspec.web.page_cache import newest_ask
from neaspec.web.upload_jobs import Upload
from neaspec.web.work_queue import Job
keep_large_blocks_apart()
rules = load_rules(newest_ask())
files = [(Path(sys.argv[1]).name, Path(sys.argv[1]).read_bytes())]
print("given", flush=True)
sys.stdin.readline()
upload = Upload(files, {"day_first": {}, "utm_zone": {}, "country": {}}, rules)
files.clear()
result, _ = upload(Job("x", upload))
give_back()
print(sum(one.records for one in result.recognised), flush=True)
sys.stdin.readline()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(table)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stdout.readline() == b"given\n"
        assert in_memory(server.pid, position) >= 20_000  # the search finds what is there
        server.stdin.write(b"\n")
        server.stdin.flush()
        assert int(server.stdout.readline()) > 10_000
        assert in_memory(server.pid, position) == 0
        server.stdin.close()


def in_memory(pid: int, text: bytes) -> int:
    """Count a text in the memory of a process."""
    count = 0
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights = line.split()[:2]
            begin, end = (int(number, 16) for number in place.split("-"))
            if not rights.startswith("rw"):
                continue
            for at in range(begin, end, 1 << 24):
                memory.seek(at)
                try:
                    count += memory.read(min(1 << 24, end - at)).count(text)
                except OSError:
                    break
    return count


def test_what_leaves_the_process_takes_along_nothing_it_was_cut_out_of() -> None:
    words = pd.Series([f"secret {number}" for number in range(1000)] + ["public"], dtype="str")
    sent = frames.dumps({"frame": words.to_frame("word").iloc[-1:], "column": pa.array(words)[-1:]})
    assert b"public" in sent
    assert b"secret" not in sent
