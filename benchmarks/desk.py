"""The shared desk under load: readers, focal points and editors at once, on one machine.

`python -m benchmarks.desk` runs it (ten minutes; BENCH_DESK_SECONDS sets another time) and puts it in its place in
benchmarks/results.md. Readers are sessions of the running dashboard over its websocket. Focal points, editors and a
publisher work in a process of their own on the same store, files and tables, through the calls that the pages of the
desk make: what a browser adds to a step is not in these times. Every step that was acknowledged is looked up at the end.
"""

import asyncio
import csv
import json
import multiprocessing
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.data import project_copy
from benchmarks.report import met, put_section
from benchmarks.sessions import crowd, percentile, resident_mb
from neaspec.desk.editions import publish, recover
from neaspec.desk.errors import DeskError
from neaspec.desk.people import Person
from neaspec.desk.settings import EDITIONS, PEOPLE, STORE, DeskSettings
from neaspec.desk.store import Store, Submission
from neaspec.desk.tables import steps
from neaspec.desk.upgrade import open_store
from tests.support.serving import free_port, running

TITLE = "## The shared desk under load"
SECONDS = float(os.environ.get("BENCH_DESK_SECONDS", "600"))
READERS, EDITORS = 60, 3
STATES = ("CHN", "PRK", "JPN", "MNG", "KOR", "RUS")
PEOPLE_OF_A_STATE = 2
# Seconds between two steps of one person, and between two editions; a half less or more each time.
THINKS, READS, PUBLISHES = 6.0, 8.0, 60.0
AIM_SECONDS = 1.0
FLAT = 1.1  # times the memory of the first half that the second may take
REPORTED = [
    "species_id",
    "site_id",
    "country_code",
    "area_id",
    "area_name",
    "year_from",
    "year_to",
    "count_kind",
    "population_part",
    "method",
    "value",
    "qualifier",
    "unit",
]
SECRETS = """[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "made up for a measurement, 0123456789 012345"
client_id = "desk"
client_secret = "made up"
server_metadata_url = "http://localhost:9/.well-known/openid-configuration"
"""
Said = list[tuple[str, str, int, float]]  # action, submission or edition, version, seconds


class Staff:
    """The people of the desk, each a thread; what was acknowledged is kept with its time."""

    def __init__(self, settings: DeskSettings, until: float) -> None:
        """Take the desk and the time (monotonic) at which everybody stops."""
        self.settings, self.until = settings, until
        self.store = Store(open_store(settings.store))
        self.said: Said = []
        self.conflicts = 0
        self.failed: list[str] = []
        self.templates = newest_counts(settings.data_dir)

    def timed(self, action: str, step: Callable[..., Submission], *given: object) -> Submission:
        """Take one step and keep how long it took until it was acknowledged."""
        started = time.perf_counter()
        after = step(*given)
        self.said.append((action, after.submission_id, after.version, time.perf_counter() - started))
        return after

    def led(self, person: Person, action: str, of: Submission, note: str = "") -> Submission:
        """Lead a submission on."""
        return self.timed(action, self.store.lead, person, action, of.submission_id, of.version, note)

    def focal_point(self, person: Person, chance: random.Random) -> None:
        """Report a count, change it, submit it, answer what is asked; again and again."""
        while self.goes_on(chance, THINKS):
            row = self.templates[person.country_code] | {"value": str(chance.randrange(1, 900))}
            own = self.timed("draft", self.store.draft, person, "count", {"row": row})
            for value in ("901", "902"):
                if not self.goes_on(chance, THINKS):
                    return
                text = {"row": row | {"value": value}}
                own = self.timed("change", self.store.change, person, own.submission_id, own.version, text)
            self.led(person, "submit", own)
            for asked in self.store.submissions(person):
                if asked.state == "questions" and asked.author == person.address:
                    self.led(person, "answer", asked, "From the winter census.")

    def editor(self, person: Person, chance: random.Random) -> None:
        """Look at what was submitted; ask back or accept, as others do at the same time."""
        while self.goes_on(chance, THINKS / 2):
            waiting = [each for each in self.store.submissions(person) if each.state == "submitted"]
            if not waiting:
                continue
            try:
                action = chance.choice(("ask", "accept", "accept"))
                self.led(person, action, chance.choice(waiting), "Which month?")
            except DeskError:
                self.conflicts += 1  # another editor was first, and this one was told

    def publisher(self, person: Person, chance: random.Random) -> None:
        """Publish what was accepted, an edition a minute."""
        while self.goes_on(chance, PUBLISHES):
            started = time.perf_counter()
            try:
                number = publish(self.store, person, self.settings, f"at {time.monotonic():.0f}", report_of)
            except DeskError as refused:
                if "Nothing that was accepted" not in str(refused):
                    raise
                continue
            self.said.append(("publish_edition", str(number), 0, time.perf_counter() - started))

    def goes_on(self, chance: random.Random, seconds: float) -> bool:
        """Wait as a person does, and tell whether there is time left."""
        time.sleep(max(0.0, min(chance.uniform(0.5, 1.5) * seconds, self.until - time.monotonic())))
        return time.monotonic() < self.until

    def work(self) -> None:
        """Let everybody work until the time is up."""
        focal = [
            Person(f"focal{number}@{code.lower()}.example", "focal_point", code)
            for code in STATES
            for number in range(PEOPLE_OF_A_STATE)
        ]
        tasks: list[tuple[Callable[[Person, random.Random], None], Person]] = [
            *((self.focal_point, person) for person in focal),
            *((self.editor, Person(f"editor{number}@example.org", "editor")) for number in range(EDITORS)),
            (self.publisher, Person("publisher@example.org", "publisher")),
        ]
        threads = [
            threading.Thread(target=self.guarded, args=(task, person, random.Random(number)))
            for number, (task, person) in enumerate(tasks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def guarded(self, task: Callable[[Person, random.Random], None], person: Person, chance: random.Random) -> None:
        """Do what a person does; a failure is kept, for a thread would lose it."""
        try:
            task(person, chance)
        except Exception as problem:  # whatever it is, it is told in the results
            self.failed.append(f"{person.address}: {problem!r}")


def report_of(submission: Submission) -> tuple[dict[str, str], str]:
    """Name the report of a State."""
    return {
        "title": "Report for a measurement",
        "publisher": submission.country_code,
        "language": "en",
    }, "2026-05-01"


def newest_counts(data_dir: Path) -> dict[str, dict[str, str]]:
    """Return for each State cells of a count as its focal point would report one, from the last on record."""
    templates: dict[str, dict[str, str]] = {}
    with (data_dir / "counts.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["country_code"] in STATES and row["value"]:
                templates[row["country_code"]] = {key: row[key] for key in REPORTED} | {
                    "country_codes": row["country_code"]
                }
    return {
        code: cells | {"year_from": "2025", "year_to": "2025", "qualifier": "exact"}
        for code, cells in templates.items()
    }


def staff_process(settings: DeskSettings, seconds: float, results: Path) -> None:
    """Run the people of the desk and write down what was acknowledged."""
    staff = Staff(settings, time.monotonic() + seconds)
    staff.work()
    results.write_text(json.dumps({"said": staff.said, "conflicts": staff.conflicts, "failed": staff.failed}))


@contextmanager
def watched(port: int, every: float = 15.0) -> Iterator[list[float]]:
    """Note the memory of the server every few seconds, in MB."""
    memory: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(every):
            memory.append(resident_mb(str(port)))

    thread = threading.Thread(target=watch)
    thread.start()
    yield memory
    done.set()
    thread.join()


def lost_steps(store: Store, said: Said) -> list[tuple[str, str, int]]:
    """Return what was acknowledged and is not in the store."""
    with store.engine.connect() as connection:
        rows = connection.execute(select(steps.c.action, steps.c.submission_id, steps.c.version, steps.c.edition)).all()
    kept = {(row.action, row.submission_id, row.version) for row in rows}
    kept |= {(row.action, str(row.edition), 0) for row in rows if row.submission_id is None}
    return [(action, key, version) for action, key, version, _ in said if (action, key, version) not in kept]


def measure(seconds: float = SECONDS) -> dict[str, Any]:
    """Run everything and return what was met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project, port = project_copy(folder, 1), free_port()
        (project / ".streamlit" / "secrets.toml").write_text(SECRETS.format(port=port), encoding="utf-8")
        (folder / "people.csv").write_text("address,role,country_code\n", encoding="utf-8")
        address = f"sqlite:///{folder / 'desk.sqlite'}"
        settings = DeskSettings(address, folder / "people.csv", folder / "editions", project / "data")
        environment = {STORE: address, PEOPLE: str(settings.people), EDITIONS: str(settings.editions)}
        results = folder / "results.json"
        with running(folder=project, port=port, more_env=environment) as served, watched(port) as memory:
            spawned = multiprocessing.get_context("spawn")
            people = spawned.Process(target=staff_process, args=(settings, seconds, results))
            people.start()
            load = asyncio.run(crowd(served, READERS, seconds, READS))
            people.join()
        result: dict[str, Any] = json.loads(results.read_text())
        store = Store(open_store(address))
        recover(store, settings)
        published = [said for said in result["said"] if said[0] == "publish_edition"]
        return {
            **result,
            "load": load,
            "memory": memory,
            "lost": lost_steps(store, result["said"]),
            "faults": store.faults(),
            "published": published,
            "saved": [said for said in result["said"] if said[0] != "publish_edition"],
        }


def report(result: dict[str, Any], seconds: float) -> list[str]:
    """Write the section."""
    times = [said[3] for said in result["saved"]]
    high = percentile(times, 0.95)
    readers = result["load"].seconds
    memory = result["memory"]
    half = len(memory) // 2
    first, last = max(memory[:half], default=float("nan")), max(memory[half:], default=float("nan"))
    edition_times = [said[3] for said in result["published"]]
    kept = not result["lost"] and not result["faults"] and not result["failed"]
    focal = len(STATES) * PEOPLE_OF_A_STATE
    return [
        TITLE,
        "",
        f"{READERS} readers (a page every {READS:.0f} s), {focal} focal points and {EDITORS} editors (a step every "
        f"{THINKS:.0f} and {THINKS / 2:.0f} s), one publisher (an edition a minute), for {seconds / 60:.0f} minutes beside the "
        f"server on the same machine (SQLite), {date.today().isoformat()}.",
        "",
        f"- Saved steps: {len(times)}, the median {percentile(times, 0.5) * 1000:.0f} ms, the 95th percentile "
        f"{high * 1000:.0f} ms, the longest {max(times, default=0) * 1000:.0f} ms. Aim, 95th percentile under "
        f"{AIM_SECONDS:.0f} s: {met(high < AIM_SECONDS)}.",
        f"- Acknowledged and not found in the store: {len(result['lost'])}; faults of the chain: {len(result['faults'])}; "
        f"people who met an error: {len(result['failed'])}; told that another was first: {result['conflicts']}. "
        f"Aim, nothing lost: {met(kept)}.",
        f"- Editions published: {len(edition_times)}, the median {percentile(edition_times, 0.5):.1f} s, the longest "
        f"{max(edition_times, default=float('nan')):.1f} s.",
        f"- Pages of readers: {len(readers)}, the median {percentile(readers, 0.5) * 1000:.0f} ms, the 95th percentile "
        f"{percentile(readers, 0.95) * 1000:.0f} ms; sessions that failed: {result['load'].failed}.",
        f"- Memory of the server: at most {first:.0f} MB in the first half, {last:.0f} MB in the second. Aim, flat (a tenth "
        f"more at most): {met(last <= FLAT * first)}.",
        "",
    ]


if __name__ == "__main__":
    measured = measure()
    for fault in (*measured["failed"], *measured["faults"], *measured["lost"]):
        print(fault)
    lines = report(measured, SECONDS)
    put_section(TITLE, lines)
    print("\n".join(lines))
