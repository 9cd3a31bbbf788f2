"""Ended at any moment: no acknowledged step is lost, no edition is half, nothing is left; the same with a full disk.

The work is done in a process of its own, which says through a pipe what was acknowledged and is killed at a random
moment. NEASPEC_KILLS says how often (a few by default).
"""

import hashlib
import os
import random
import resource
import select as waiting
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from neaspec.desk import attachments, editions
from neaspec.desk.attachments import attach, attachment_faults
from neaspec.desk.editions import JOURNAL, checksum_of, folder_of, publish, recover
from neaspec.desk.errors import DeskError
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.tables import steps
from neaspec.desk.upgrade import open_store
from neaspec.text import load_words
from tests.desk.conftest import COUNT, EDITOR, MONGOLIA, PUBLISHER, report_of
from tests.support.made_up import write_package

KILLS = int(os.environ.get("NEASPEC_KILLS", "6"))
FULL = max(3, KILLS // 10)
Say = Callable[[str], None]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskSettings:
    """A desk on its own; the trial build is left out, for it writes nothing that stays and is tried elsewhere."""
    monkeypatch.setattr(editions, "_try_build", lambda package, target: None)
    monkeypatch.setattr(attachments, "LEFT_SECONDS", 0)
    data_dir = write_package(tmp_path / "data")
    address = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    return DeskSettings(address, tmp_path / "people.csv", tmp_path / "editions", data_dir)


def work(settings: DeskSettings, say: Say, seed: int, rounds: int = 1_000) -> None:
    """Report, attach, submit, accept, publish, again and again; say each step once it was acknowledged."""
    behind = timedelta(days=random.Random(seed).randrange(400))  # the clock of each process is another
    store = Store(open_store(settings.store), lambda: datetime.now(UTC) - behind)
    recover(store, settings)
    for number in range(rounds):
        drafted = store.draft(MONGOLIA, "count", {"row": COUNT | {"value": str(number + 1)}})
        key = drafted.submission_id
        say(f"draft {key} 1")
        attach(store, MONGOLIA, settings, drafted, "report.pdf", f"%PDF-1.7 {seed} {number}".encode(), load_words())
        say(f"change {key} 2")
        store.lead(MONGOLIA, "submit", key, 2)
        say(f"submit {key} 2")
        store.lead(EDITOR, "accept", key, 2)
        say(f"accept {key} 2")
        edition = publish(store, PUBLISHER, settings, f"round {seed} {number}", report_of)
        say(f"publish_edition {edition} -")
        say(f"publish {key} 2")


def ended(do: Callable[[Say], None], seconds: float) -> list[str]:
    """Do something in a process of its own, kill it after so many seconds, and return what it said until then."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            do(lambda line: os.write(writing, f"{line}\n".encode()))
        finally:
            os._exit(0)
    os.close(writing)
    said, until = b"", time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if waiting.select([reading], [], [], left)[0]:
            block = os.read(reading, 65_536)
            if not block:
                break
            said += block
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while block := os.read(reading, 65_536):
        said += block
    os.close(reading)
    return said.decode().split("\n")[:-1]


def all_holds(settings: DeskSettings, acknowledged: list[str], first: str) -> None:
    """Assert, as the next server does when it starts, that nothing acknowledged is lost and nothing is half."""
    engine = open_store(settings.store)
    store = Store(engine)
    recover(store, settings)
    assert store.faults() == []
    with engine.connect() as connection:
        trail = [dict(row) for row in connection.execute(select(steps).order_by(steps.c.number)).mappings()]
    known = {f"{step['action']} {step['submission_id']} {step['version']}" for step in trail}
    known |= {f"{step['action']} {step['edition']} -" for step in trail}
    assert [line for line in acknowledged if line not in known] == []
    # A clock that goes back moves nothing.
    assert [step["at"] for step in trail] == sorted(step["at"] for step in trail)
    holding = [edition for edition in store.editions() if edition["state"] == "published"]
    assert {edition["state"] for edition in store.editions()} <= {"published", "dropped"}
    assert checksum_of(settings.data_dir) == (holding[-1]["checksum"] if holding else first)
    for edition in holding:
        assert checksum_of(folder_of(settings, edition["number"])) == edition["checksum"]
    folders = {path.name for path in settings.editions.glob("edition-*")}
    assert folders == {folder_of(settings, edition["number"]).name for edition in holding}
    assert not (settings.editions / JOURNAL).exists()
    assert not list(settings.editions.glob(f"{editions.STAGED}*"))
    assert attachment_faults(store, settings) == []
    states = {submission.state for submission in store.submissions(EDITOR)}
    assert states <= {"submitted", "accepted", "published"}
    engine.dispose()


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_half(settings):
    first = checksum_of(settings.data_dir)
    chance = random.Random(20261130)
    started = time.monotonic()
    acknowledged = ended(lambda say: work(settings, say, 0, rounds=1), 600)
    whole_round = time.monotonic() - started
    assert acknowledged[-1].startswith("publish ")
    for number in range(1, KILLS + 1):
        said = ended(lambda say, seed=number: work(settings, say, seed), chance.uniform(0, 1.5 * whole_round))
        acknowledged += said
        all_holds(settings, acknowledged, first)
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged steps, none lost; a round takes {whole_round:.2f} s")


def full_disk(settings: DeskSettings, say: Say, most: int, seed: int) -> None:
    """Work until no file can grow beyond a size, as on a disk that is full; say how it was refused."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        work(settings, say, seed)
    except DeskError as refused:
        say(f"refused {refused}")
    except BaseException as other:
        say(f"failed {type(other).__name__} {other}")


def test_a_full_disk_is_told_in_a_sentence_and_loses_nothing(settings):
    first = checksum_of(settings.data_dir)
    acknowledged = ended(lambda say: work(settings, say, 0, rounds=1), 600)
    chance = random.Random(29)
    size = Path(settings.store.removeprefix("sqlite:///")).stat().st_size
    for number in range(1, FULL + 1):
        most = chance.randrange(2_000, size + 40_000)
        said = ended(lambda say, seed=number, limit=most: full_disk(settings, say, limit, seed), 600)
        assert said[-1].startswith("refused "), said[-1]
        acknowledged += said[:-1]
        all_holds(settings, acknowledged, first)
    again = ended(lambda say: work(settings, say, FULL + 1, rounds=1), 600)  # with room again, work goes on
    assert again[-1].startswith("publish ")
    all_holds(settings, [*acknowledged, *again], first)


def test_what_is_kept_under_a_checksum_has_it(settings):
    ended(lambda say: work(settings, say, 0, rounds=1), 600)
    (kept,) = settings.attachments.iterdir()
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == kept.name
